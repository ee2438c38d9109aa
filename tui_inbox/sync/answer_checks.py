"""Whether somebody has answered the hits that the owner is looking at.

A hit that asks says "no answer seen", or how many there are. What a line tells is only what reaches the account; so the
conversations of such hits are read while they stand on the screen: a few at a time, each less and less often, and with
the least urgency there is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from tui_inbox.core.asks import asks_something
from tui_inbox.core.moment import HOUR, MINUTE, Millis
from tui_inbox.core.ports import Clock, Network, Refused
from tui_inbox.store import hits, posts, searches
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest

AT_ONCE = 3
"""Conversations that are read in one go."""
FIRST_REST: Millis = 5 * MINUTE
LONGEST_REST: Millis = 2 * HOUR
"""A conversation is read again after the first rest, then after twice that, and so on."""
MOST = 500
"""So many hits are remembered; more do not stand on a screen in a day."""


class AnswerChecks:
    """Reads the conversations of hits for one account.

    Args:
        rests: what the owner is reading at the moment, by local ids.
    """

    def __init__(
        self,
        store: Store,
        ingest: Ingest,
        clock: Clock,
        network: Network,
        account: int,
        rests: Callable[[], Collection[int]],
    ) -> None:
        self._store = store
        self._ingest = ingest
        self._clock = clock
        self._network = network
        self._account = account
        self._rests = rests
        self._next: dict[int, tuple[Millis, Millis]] = {}

    async def look(self) -> None:
        """Read what is due.

        Raises:
            NetworkError: the server could not be asked; that is tried again.
        """
        now, rests = self._clock.now(), self._rests()
        due = [
            post for post in sorted(rests, reverse=True) if self._next.get(post, (0, 0))[0] <= now
        ]
        if not due:
            return
        for post, server_id in await done(self._store.read(lambda db: self._asking(db, due))):
            await self._read(server_id)
            _, rest = self._next.pop(post, (0, 0))
            rest = min(2 * rest, LONGEST_REST) or FIRST_REST
            self._next[post] = (self._clock.now() + rest, rest)
        while len(self._next) > MOST:
            del self._next[next(iter(self._next))]

    async def _read(self, server_id: str) -> None:
        try:
            thread = await self._network.thread(server_id, waited_for=False)
        except Refused as refused:
            if refused.gone:
                await done(self._ingest.take_withdrawals(self._account, [server_id]))
        else:
            await done(self._ingest.take_thread(self._account, thread))

    def _asking(self, db: Connection, due: list[int]) -> list[tuple[int, str]]:
        """The first of them that are open hits of the account's own searches and ask, with the server's ids."""
        asks_only = {one.id for one in searches.searches(db) if one.asks_only}
        found: list[tuple[int, str]] = []
        for post in due:
            own = [hit for hit in hits.about(db, post, [self._account]) if hit.state.is_open]
            stored = posts.post(db, self._account, post) if own else None
            if stored is None or stored.deleted:
                continue
            server_id = posts.server_id(db, self._account, post)
            asks = any(hit.search in asks_only and hit.asks for hit in own)
            if server_id is not None and (asks or asks_something(stored.post.text) is not None):
                found.append((post, server_id))
            if len(found) == AT_ONCE:
                break
        return found
