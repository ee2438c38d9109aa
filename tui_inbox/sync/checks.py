"""Whether what the owner still has before them stands as it is shown.

Edits and deletions are told once, to whoever listens; pages show those of the newest posts. For the rest the server
would have to be asked, which is affordable for a few posts only: for those that wait in the Inbox or are being
answered. They are asked about once in a round, which begins with every hour and after every longer absence.
"""

from __future__ import annotations

from tui_inbox.core.moment import HOUR, MINUTE, Millis
from tui_inbox.core.ports import Clock
from tui_inbox.store.before_owner import before_owner
from tui_inbox.store.store import Store
from tui_inbox.sync.futures import done
from tui_inbox.sync.standing import Standing

A_ROUND: Millis = HOUR
ABSENCE: Millis = 10 * MINUTE
"""How old a round must be for a new session to begin another: a line that comes and goes must not cost more."""
MOST = 200
"""Posts that are asked about in one round: the newest."""
AT_ONCE = 20
"""Posts asked about in one go: one request where the server answers for many, else one for each."""


class Checks:
    """Asks about such posts of one account."""

    def __init__(self, store: Store, clock: Clock, standing: Standing) -> None:
        self._store = store
        self._clock = clock
        self._standing = standing
        self._asked: set[int] = set()
        self._began: Millis = 0

    def begin(self) -> None:
        """A session begins: what was asked about before it may have changed in between."""
        if self._clock.now() - self._began >= ABSENCE:
            self._begin_round()

    async def look(self) -> None:
        """Ask about some of those that were not asked about in this round.

        Raises:
            NetworkError: it could not be asked; they are asked about the next time.
        """
        if not 0 <= self._clock.now() - self._began < A_ROUND:
            self._begin_round()
        wanted = await done(
            self._store.read(lambda db: before_owner(db, self._standing.account, MOST))
        )
        left = {post: server_id for post, server_id in wanted if post not in self._asked}
        some = dict(list(left.items())[:AT_ONCE])
        if some:
            await self._standing.ask(list(some.values()))
            self._asked |= some.keys()

    def _begin_round(self) -> None:
        self._began = self._clock.now()
        self._asked.clear()
