"""Who people are, as the public AppView tells it to anybody: the stream itself knows them by DID alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from tui_inbox.core.moment import to_millis_or_none
from tui_inbox.core.person import Person
from tui_inbox.core.ports import Clock, Refused
from tui_inbox.core.text import clean, clean_line
from tui_inbox.networks.bluesky.addresses import Web, is_did, is_handle, person_ref, short_did
from tui_inbox.networks.http import Http
from tui_inbox.networks.limits import Urgency

_AT_ONCE = 25
"""People whose profiles one request may ask for (lexicon app.bsky.actor.getProfiles)."""
_PROFILES = "/xrpc/app.bsky.actor.getProfiles"
_RESOLVE = "/xrpc/com.atproto.identity.resolveHandle"


class _Label(Struct):
    val: str = ""
    src: str = ""


class _Profile(Struct, rename="camel"):
    did: str
    handle: str = ""
    display_name: str = ""
    description: str = ""
    avatar: str = ""
    created_at: str = ""
    labels: list[_Label] = []


class AppView:
    """Asks who people are.

    Args:
        server: whom to ask, `https://host`.
        clock: for the budget.
        web: where people look at profiles with a browser.
    """

    def __init__(self, server: str, clock: Clock, web: Web) -> None:
        self._http = Http(server, clock=clock)
        self._web = web

    async def people(self, dids: Sequence[str]) -> list[Person]:
        """Who some people are; those who are not found are left out.

        Raises:
            NetworkError: it cannot be asked at the moment.
        """
        found: list[Person] = []
        for start in range(0, len(dids), _AT_ONCE):
            query = [("actors", did) for did in dids[start : start + _AT_ONCE]]
            answer = await self._http.get(_PROFILES, query, urgency=Urgency.SEARCHES)
            found += self._read(answer.data)
        return found

    async def did(self, handle: str) -> str | None:
        """Whose handle it is at the moment; None for nobody's.

        Raises:
            NetworkError: it cannot be asked at the moment.
        """
        if not is_handle(handle):
            return None
        try:
            query = [("handle", handle)]
            answer = await self._http.get(_RESOLVE, query, urgency=Urgency.SEARCHES)
        except Refused:
            return None
        match answer.data:
            case {"did": str(did)} if is_did(did):
                return did
        return None

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.close()

    def _read(self, answer: object) -> Iterator[Person]:
        match answer:
            case {"profiles": [*profiles]}:
                yield from filter(None, map(self._person, profiles))

    def _person(self, told: object) -> Person | None:
        try:
            profile = msgspec.convert(told, _Profile)
        except msgspec.ValidationError:
            return None
        if not is_did(profile.did):
            return None
        told_handle = clean_line(profile.handle, limit=260).lower()
        # `handle.invalid` is the network's word for a handle that does not lead back to them.
        is_theirs = is_handle(told_handle) and told_handle != "handle.invalid"
        handle = told_handle if is_theirs else profile.did
        short = handle.partition(".")[0] if is_theirs else short_did(profile.did)
        return Person(
            ref=person_ref(profile.did),
            server_id=profile.did,
            handle=handle,
            name=clean_line(profile.display_name, limit=200) or short,
            url=self._web.person(profile.did),
            bio=clean(profile.description, limit=5_000),
            bot=_says_bot(profile.labels, profile.did),
            has_picture=bool(profile.avatar),
            created_at=to_millis_or_none(profile.created_at),
        )


def _says_bot(labels: Iterable[_Label], did: str) -> bool:
    return any(label.val == "bot" and label.src == did for label in labels)
