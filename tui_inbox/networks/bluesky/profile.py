"""The account's own profile: a record of its own, of which only what was changed is written anew.

Source: lexicon `app.bsky.actor.profile`; `putRecord` with `swapRecord` writes only over the version that was read, so
that nothing in it is lost that another client knows and this one does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from tui_inbox.core.ports import Refused
from tui_inbox.core.profile import CHANGED_ELSEWHERE, OwnProfile, ProfileEdit, ProfileWords
from tui_inbox.core.text import clean, clean_line
from tui_inbox.networks.bluesky.convert import to_person
from tui_inbox.networks.bluesky.desk import Desk
from tui_inbox.networks.bluesky.reading import read_recent
from tui_inbox.networks.bluesky.xrpc import Swapped
from tui_inbox.networks.limits import Urgency

COLLECTION = "app.bsky.actor.profile"
KEY = "self"
_PUT = "com.atproto.repo.putRecord"
_NAMES = {"name": "displayName", "text": "description"}


async def read_profile(desk: Desk) -> OwnProfile:
    """The own profile, with the last posts and the one that is pinned.

    What others see is shown some seconds later; what was typed stands in the account's repository at once, so that is
    what name and text are taken from.

    Raises:
        NetworkError: it cannot be read.
    """
    person = to_person(await desk.me(anew=True), await desk.border())
    value, _ = await _record(desk, Urgency.WAITING)
    words = _words_of(value)
    recent = await read_recent(desk, desk.session.did, waited_for=True)
    pinned = value.get("pinnedPost")
    uri = pinned.get("uri") if isinstance(pinned, dict) else None
    seen = await desk.seen([uri], Urgency.WAITING) if isinstance(uri, str) else {}
    return OwnProfile(
        person=replace(person, name=words.name or person.name, bio=words.text),
        words=words,
        posts=recent.posts,
        pinned=tuple(seen.values()),
        has_fields=False,
    )


async def change_profile(desk: Desk, edit: ProfileEdit) -> None:
    """Change what is not so yet.

    Raises:
        Refused: somebody else has changed it since, or the server takes it not.
        NetworkError: it was not done, or that is not known.
    """
    value, cid = await _record(desk, Urgency.SEND)
    left = edit.left_to_write(_words_of(value))
    if left is None:
        raise Refused(CHANGED_ELSEWHERE)
    changes = {_NAMES[part]: getattr(edit.to, part) for part in left if part in _NAMES}
    if not changes:
        return
    said = {
        "repo": desk.session.did,
        "collection": COLLECTION,
        "rkey": KEY,
        "record": {"$type": COLLECTION, **value, **changes},
        "swapRecord": cid,
    }
    try:
        await desk.session.call(_PUT, said)
    except Swapped:  # it was written in the moment between
        raise Refused(CHANGED_ELSEWHERE) from None


def _words_of(value: Mapping[str, Any]) -> ProfileWords:
    name, text = value.get("displayName"), value.get("description")
    return ProfileWords(
        name=clean_line(name, limit=200) if isinstance(name, str) else "",
        text=clean(text, limit=5_000) if isinstance(text, str) else "",
    )


async def _record(desk: Desk, urgency: Urgency) -> tuple[Mapping[str, Any], str | None]:
    """The record and its version; nothing where none was made yet."""
    found = await desk.record(f"at://{desk.session.did}/{COLLECTION}/{KEY}", urgency)
    return ((found.value or {}), found.cid) if found is not None else ({}, None)
