"""How much of what standing searches find is kept: so many hits a minute, so many in all.

A search that finds nearly everything would fill the store and the screen, and nobody reads so much. What is not kept
is counted; its posts, where they are stored, are found by `/` like any others.
"""

from __future__ import annotations

from collections import defaultdict

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
        left, since = self._left.get((search, asks), (MOST_AT_ONCE, now))
        left = min(MOST_AT_ONCE, left + max(0, now - since) * MOST_A_MINUTE / MINUTE)
        takes = left >= 1
        self._left[search, asks] = (left - takes, now)
        if asks and not takes:
            self._passed[search] += 1
        return takes

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
