"""Whether what the owner is looking at stands as it is shown.

A line tells of edits and deletions while it is open, and of the posts that come by it. What happened before it was
opened, and what happens to posts of other feeds, nobody tells. Pages show that of the newest posts and an opened thread
of its own; for the rest it shows only where somebody looks. So what has stood on the screen from one minute to the next
is asked about, unless its server has shown it since the line was opened and within the hour. It is the last that an
account asks for, one screenful in some minutes, and each post once in an hour or a session.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.core.moment import HOUR, MINUTE, SECOND, Millis
from tui_inbox.core.ports import Clock
from tui_inbox.store import posts
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store
from tui_inbox.sync.futures import done
from tui_inbox.sync.sightings import Sightings
from tui_inbox.sync.standing import Standing

LOOKS_ON: Millis = 90 * SECOND
"""The screen says once a minute what stands on it; after so long nobody looks."""
TRUE_FOR: Millis = HOUR
AT_ONCE = 20
"""Posts asked about in one go: a screenful, one request where the server answers for many, else one for each."""
EVERY: Millis = 3 * MINUTE
"""How often an account asks at most."""


class ScreenChecks:
    """Asks about such posts of one account.

    Args:
        sightings: when each was last seen to be true.

    Attributes:
        account: its local id.
    """

    def __init__(
        self, store: Store, clock: Clock, standing: Standing, sightings: Sightings
    ) -> None:
        self.account = standing.account
        self._store = store
        self._clock = clock
        self._standing = standing
        self._sightings = sightings
        self._began: Millis = 0
        self._asked: dict[int, Millis] = {}
        self._stands: frozenset[int] = frozenset()
        self._rests: frozenset[int] = frozenset()
        self._told_at: Millis = 0
        self._asked_at: Millis = 0

    def begin(self) -> None:
        """A session begins: what was seen before it may have changed while nobody listened."""
        self._began = self._clock.now()
        self._asked.clear()

    def stand(self, on_screen: Sequence[int]) -> None:
        """These posts (local ids) stand on the screen now; what stood there a minute ago too is being read."""
        before = self._stands if self.is_looked_at else frozenset()
        self._stands = frozenset(on_screen)
        self._rests = self._stands & before
        self._told_at = self._clock.now()

    def rests(self) -> frozenset[int]:
        """What the owner is reading now, by local ids: it has stood on the screen from one minute to the next."""
        return self._rests if self.is_looked_at else frozenset()

    async def look(self) -> None:
        """Ask about what rests on the screen and may have changed.

        Raises:
            NetworkError: it could not be asked; that is tried again.
        """
        now = self._clock.now()
        rests = 0 <= now - self._asked_at < EVERY  # however often a line comes and goes
        wanted = self._doubtful(now) if self.is_looked_at and not rests else []
        if not wanted:
            return
        self._asked_at = now
        named = await done(self._store.read(lambda db: self._server_ids(db, wanted)))
        if named:
            await self._standing.ask(named)
        # What its server says nothing of is not asked about again at once either.
        self._asked |= dict.fromkeys(wanted, now)

    @property
    def is_looked_at(self) -> bool:
        """Whether the screen has said lately what stands on it."""
        return 0 <= self._clock.now() - self._told_at < LOOKS_ON

    def _doubtful(self, now: Millis) -> list[int]:
        """The newest of the posts that were not seen to be true since the line was opened, and within the hour."""
        self._asked = {post: at for post, at in self._asked.items() if 0 <= now - at < TRUE_FOR}
        since = max(self._began, now - TRUE_FOR)
        seen = {post: self._sightings.last(self.account, post) for post in self._rests}
        doubtful = [
            post for post, at in seen.items() if post not in self._asked and (at or 0) < since
        ]
        return sorted(doubtful, reverse=True)[:AT_ONCE]

    def _server_ids(self, db: Connection, wanted: Sequence[int]) -> list[str]:
        ids = (posts.server_id(db, self.account, post) for post in wanted)
        return [id for id in ids if id is not None]
