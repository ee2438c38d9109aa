"""Who people are, as the public AppView tells it to anybody: the stream itself knows them by DID alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_inbox.core.person import Person
from tui_inbox.core.ports import Clock, Refused
from tui_inbox.networks.bluesky import wire
from tui_inbox.networks.bluesky.addresses import Web, is_did, is_handle
from tui_inbox.networks.bluesky.convert import Border, to_person
from tui_inbox.networks.http import Http
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.wire_base import decode_list

_AT_ONCE = 25
"""People whose profiles one request may ask for (lexicon app.bsky.actor.getProfiles)."""
_PROFILES = "/xrpc/app.bsky.actor.getProfiles"
_RESOLVE = "/xrpc/com.atproto.identity.resolveHandle"


class AppView:
    """Asks who people are.

    Args:
        server: whom to ask, `https://host`.
        clock: for the budget, and for the time of reading.
        web: where people look at profiles with a browser.
    """

    def __init__(self, server: str, clock: Clock, web: Web) -> None:
        self._http = Http(server, clock=clock)
        self._clock = clock
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
        told = answer.get("profiles") if isinstance(answer, dict) else None
        border = Border(self._clock.now(), self._web)
        return (to_person(actor, border) for actor in decode_list(wire.Actor, told))
