"""How much of what standing searches find is kept: so many hits a minute, so many in all.

A search that finds nearly everything would fill the store and the screen, and nobody reads so much. What is not kept
is counted; its posts, where they are stored, are found by `/` like any others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from tui_inbox.core.moment import MINUTE, SECOND, Millis, to_datetime
from tui_inbox.store import hits
from tui_inbox.store.store import Writing

MOST_AT_ONCE = 300
MOST_A_MINUTE = 30
"""A search that rests may take in so many hits at once, which is some pages; then so many a minute."""

MOST_HITS = 1_000
"""So many hits of a search are kept, with a few more for a while; see `hits.keep_most`."""
AT_MOST_OVER = 50

COUNTED_EVERY: Millis = 10 * SECOND
"""How often what was not kept is written down: not for each post, since these are many."""


class HitFlow:
    """The allowances of all searches, in memory: a start gives them anew."""

    def __init__(self) -> None:
        self._left: dict[tuple[int, bool], tuple[float, Millis]] = {}
        self._passed: dict[int, int] = defaultdict(int)
        self._fresh: dict[int, int] = {}
        self._counted_at: Millis = 0

    def takes(self, search: int, now: Millis, *, asks: bool) -> bool:
        """Whether one more hit of a search is kept; else it is counted.

        Args:
            asks: whether it is one that its search wants to see. Those that are not have an allowance of their own,
                so that they take no room from the others.
        """
        left = self.left(search, now, asks=asks)
        takes = left >= 1
        self._left[search, asks] = (left - takes, now)
        if asks and not takes:
            self._passed[search] += 1
        return takes

    def left(self, search: int, now: Millis, *, asks: bool) -> float:
        """How many more hits of a search would be kept at once. May be asked on any thread."""
        left, since = self._left.get((search, asks), (MOST_AT_ONCE, now))
        return min(MOST_AT_ONCE, left + max(0, now - since) * MOST_A_MINUTE / MINUTE)

    def pass_by(self, counts: Mapping[int, int]) -> None:
        """So many hits of some searches are not kept and were not asked about one by one (`Room`)."""
        for search, count in counts.items():
            self._passed[search] += count

    def kept(self, w: Writing, search: int) -> None:
        """One more hit is kept; now and then those that are too many go."""
        self._fresh[search] = self._fresh.get(search, AT_MOST_OVER - 1) + 1
        if self._fresh[search] >= AT_MOST_OVER:
            self._fresh[search] = 0
            hits.keep_most(w, search, MOST_HITS)

    def count(self, w: Writing, now: Millis) -> None:
        """Write down how many were not kept, if it is time."""
        if self._passed and not 0 <= now - self._counted_at < COUNTED_EVERY:
            day = to_datetime(now).astimezone().date().toordinal()
            for search, count in self._passed.items():
                hits.add_passed(w, search, count, day)
            self._passed.clear()
            self._counted_at = now


class Room:
    """What is left of the allowances while a batch is looked through, before anything of it is stored.

    A public stream may bring hundreds of hits at a time for which there is no room: nobody has to be asked who wrote
    them. Whether a hit is kept is decided when it is stored (`HitFlow.takes`), so nothing is taken from a flow here.
    """

    def __init__(self, flow: HitFlow, now: Millis) -> None:
        self._flow = flow
        self._now = now
        self._left: dict[tuple[int, bool], float] = {}

    def has(self, search: int, *, asks: bool) -> bool:
        """Whether there is room for one more hit of a search; from then on there is so much less."""
        key = search, asks
        left = self._left.get(key)
        if left is None:
            left = self._flow.left(search, self._now, asks=asks)
        self._left[key] = left - 1
        return left >= 1
