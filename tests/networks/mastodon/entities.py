"""Entities as a Mastodon server sends them, complete and ordinary, to be bent by tests."""

from __future__ import annotations

from typing import Any, TypeVar

from networks.clocks import START

from tui_inbox.networks.mastodon.convert import Border
from tui_inbox.networks.wire_base import Wire, decode

BORDER = Border(server="https://town.example", domain="town.example", now=START)

W = TypeVar("W", bound=Wire)


def read(model: type[W], data: object) -> W:
    """An entity as it is decoded."""
    got = decode(model, data)
    assert got is not None
    return got


def account(username: str = "mira", host: str = "", **changes: Any) -> dict[str, Any]:
    """An account; without a host one of the server's own people."""
    home = host or "town.example"
    return {
        "id": f"10{len(username)}",
        "username": username,
        "acct": f"{username}@{host}" if host else username,
        "display_name": username.capitalize(),
        "note": "<p>Repairs clocks.</p>",
        "url": f"https://{home}/@{username}",
        "uri": f"https://{home}/users/{username}",
        "avatar": f"https://{home}/pictures/{username}.png",
        "locked": False,
        "bot": False,
        "created_at": "2019-03-04T00:00:00.000Z",
        "fields": [],
    } | changes


def mention(username: str = "mira", host: str = "", **changes: Any) -> dict[str, Any]:
    """Somebody named in a status, as told beside it."""
    whole = account(username, host)
    return {key: whole[key] for key in ("id", "username", "acct", "url")} | changes


def status(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A status."""
    return {
        "id": str(number),
        "uri": f"https://town.example/users/mira/statuses/{number}",
        "url": f"https://town.example/@mira/{number}",
        "account": account(),
        "created_at": "2026-05-01T10:00:00.000Z",
        "edited_at": None,
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "content": "<p>The clock runs again.</p>",
        "spoiler_text": "",
        "sensitive": False,
        "visibility": "public",
        "language": "en",
        "reblog": None,
        "favourited": False,
        "reblogged": False,
        "bookmarked": False,
        "muted": False,
        "mentions": [],
        "tags": [],
        "media_attachments": [],
        "poll": None,
        "card": None,
        "filtered": [],
        "quote": None,
    } | changes


def notification(number: int = 1, kind: str = "mention", **changes: Any) -> dict[str, Any]:
    """A notification in the form of v1."""
    return {
        "id": str(number),
        "type": kind,
        "created_at": "2026-05-01T10:00:01.000Z",
        "account": account(),
        "status": status(),
    } | changes


FULL = status(
    5,
    mentions=[mention("ole", "village.example")],
    tags=[{"name": "clocks", "url": "https://town.example/tags/clocks"}],
    emojis=[{"shortcode": "clock", "url": "https://town.example/clock.png"}],
    media_attachments=[
        {
            "id": "1",
            "type": "video",
            "url": "https://town.example/1.mp4",
            "meta": {"original": {"duration": 12.5, "width": 640, "height": 480}},
            "description": "A clock.",
        }
    ],
    poll={
        "id": "2",
        "expires_at": "2026-06-01T10:00:00.000Z",
        "expired": False,
        "multiple": True,
        "votes_count": 3,
        "voters_count": 2,
        "voted": True,
        "own_votes": [1],
        "options": [{"title": "yes", "votes_count": 1}, {"title": "no", "votes_count": 2}],
    },
    card={
        "url": "https://town.example/story",
        "title": "A story",
        "description": "Of clocks.",
        "authors": [{"name": "Mira"}],
    },
    filtered=[{"filter": {"id": "1", "title": "clocks", "context": ["home"]}}],
    quote={"state": "accepted", "quoted_status": status(4)},
    in_reply_to_id="3",
    in_reply_to_account_id="103",
)
"""A status with all that there can be."""
