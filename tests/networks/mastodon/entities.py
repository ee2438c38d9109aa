"""Entities as a Mastodon server sends them, complete and ordinary, to be bent by tests."""

from __future__ import annotations

from typing import Any

from networks.clocks import START

from tui_inbox.networks.mastodon.convert import Border

BORDER = Border(server="https://town.example", domain="town.example", now=START)


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
