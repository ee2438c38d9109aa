"""What has arrived since the reader last looked, when to follow it, and what was fetched from the past instead."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from typing import Any

from textual.timer import Timer

from tui_inbox.core.post import Feed
from tui_inbox.queries.rows import EntryKey, EntryRow
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.feed_window import FeedWindow
from tui_inbox.ui.services import errand
from tui_inbox.ui.widgets import Position, RowList

IDLE = 10.0
"""Seconds without a key after which the head is followed."""


def _itself(key: EntryKey) -> EntryKey:
    """Nothing is folded."""
    return key


class Arrivals:
    """Counts arrivals and follows the head: at the very top, when no key was pressed for ten seconds.

    Args:
        rows: the list of the Timeline.
        idle_seconds: how long no key was pressed.
        set_timer: runs a function after some seconds.
        reread: reads again, which brings the newest posts where they are not held.
        is_still: whether nothing may move by itself: then the head is never followed.

    Attributes:
        counted_to: an arrival number up to which nothing is missing in the window that it should hold.
        beyond: how many posts are stored above the window.
    """

    def __init__(
        self,
        rows: RowList[Any],
        idle_seconds: Callable[[], float],
        set_timer: Callable[[float, Callable[[], None]], Timer],
        reread: Callable[[], None],
        is_still: Callable[[], bool] = lambda: False,
    ) -> None:
        self._rows = rows
        self._idle_seconds = idle_seconds
        self._set_timer = set_timer
        self._reread = reread
        self._is_still = is_still
        self._seen: EntryKey | None = None
        self._newest_at_begin: EntryKey | None = None
        self._oldest_at_begin: EntryKey | None = None
        self._seq_at_begin = 0
        self._missing = 0
        self._waiting: Timer | None = None
        self._found_at: Position | None = None
        self.counted_to = 0
        self.beyond = 0
        self._late: frozenset[EntryKey] = frozenset()
        self._paged: frozenset[EntryKey] = frozenset()

    # Counting

    @property
    def below(self) -> int:
        """How many posts arrived late and were sorted in below what was the newest."""
        return len(self._late)

    def begin(self, window: FeedWindow, seen: EntryKey | None = None) -> None:
        """Count from now on.

        Args:
            window: what is held.
            seen: the newest post that was on the screen, if that is not the newest of all.
        """
        self._newest_at_begin, self._oldest_at_begin = window.newest, window.oldest
        self._seq_at_begin = self.counted_to = window.latest_seq
        self._missing = 0
        self.beyond = 0
        self._late = self._paged = frozenset()
        self._seen = seen or window.newest

    def saw(self, key: EntryKey) -> None:
        """A post was on the screen."""
        if self._seen is None or key > self._seen:
            self._seen = key

    def above(self, window: FeedWindow, head: Callable[[EntryKey], EntryKey] = _itself) -> int:
        """How many posts stand above everything that has been on the screen.

        Args:
            window: what is held.
            head: the row at which a post is to be found; what is folded under a row that was seen is not above.
        """
        seen = self._seen
        if seen is None:
            return 0
        newer = takewhile(lambda row: row.key > seen, window.rows)
        posts = sum(1 for row in newer if isinstance(row, EntryRow) and head(row.key) > seen)
        return posts + self.beyond

    def some_are_missing(self, window: FeedWindow, arrived: int) -> bool:
        """Whether posts arrived that the window should hold and does not, and another reading may bring them.

        What the next reading does not bring either cannot be held, such as posts of people one does not talk with.
        It is not looked for again, nor is what is held: so what is counted does not become more with the days.

        Args:
            window: what is held.
            arrived: posts below the newest one that have arrived after `counted_to`.
        """
        held = sum(
            row.seq > self.counted_to and row.key != window.newest
            for row in window.rows
            if isinstance(row, EntryRow)
        )
        before, self._missing = self._missing, max(0, arrived - held)
        if self._missing > before:
            return True
        self.counted_to, self._missing = max(self.counted_to, window.latest_seq), 0
        return False

    def count_late(self, window: FeedWindow, *, paged: bool) -> None:
        """Count what was sorted in below what was the newest.

        Args:
            window: what is held.
            paged: whether what is new in it came with pages of the past: then nobody posted it just now.
        """
        begin = self._seq_at_begin
        held = (row for row in window.rows if isinstance(row, EntryRow) and row.seq > begin)
        late = frozenset(row.key for row in held if self._is_late(row.key))
        if paged:
            self._paged |= late - self._late
        self._late = late - self._paged

    def _is_late(self, key: EntryKey) -> bool:
        """What was sorted in below what was the newest. What stands below the oldest was asked for."""
        newest, oldest = self._newest_at_begin, self._oldest_at_begin
        return newest is not None and oldest is not None and oldest < key < newest

    # Following

    @property
    def follows(self) -> bool:
        """Whether the reader is at the very top and has not pressed a key for a while."""
        return self._rows.at_head and self._is_idle()

    def _is_idle(self) -> bool:
        """Whether nobody is surprised when the head moves."""
        return not self._is_still() and self._idle_seconds() >= IDLE

    @contextmanager
    def following(self) -> Iterator[None]:
        """While rows are shown: follow the head if it is on the screen and the reader is idle."""
        at_head = self._rows.at_head and bool(self._rows.rows)
        first = self._rows.rows[0].key if self._rows.rows else None
        # Under text that is being marked nothing moves.
        self._rows.follow = self._is_idle() and self._rows.text_selection is None
        yield
        arrived = bool(self._rows.rows) and self._rows.rows[0].key != first
        if at_head and arrived and not self._rows.follow:
            self._follow_when_idle(self._rows.position())

    def _follow_when_idle(self, place: Position | None) -> None:
        self._found_at = place
        if self._waiting is None and not self._is_still():
            pause = max(0.1, IDLE - self._idle_seconds())
            self._waiting = self._set_timer(pause, self._follow_now)

    def _follow_now(self) -> None:
        """Go to the head, if the reader is where the last arrivals at the head found them."""
        self._waiting = None
        if self._rows.text_selection is not None:
            self._waiting = self._set_timer(IDLE, self._follow_now)
            return
        place, now = self._found_at, self._rows.position()
        if place is None or now is None or now.key != place.key:
            return
        if self._is_idle():
            self._rows.top()
            self._reread()
        else:
            self._follow_when_idle(place)


class Paging:
    """Pages on their way from the servers: older posts, what is missing in holes, and feeds that are looked at.

    Args:
        desk: the application.

    Attributes:
        asking: whose feeds are asked for older posts at the moment, by account.
        catching_up: whose feeds are brought up to now at the moment.
        filling: holes that are filled at the moment.
        wanted: whether the owner asked for older posts, by a key at the end of what is stored.
        is_reading: whether pages came, or may have come, when it was last asked.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.asking: set[tuple[int, Feed]] = set()
        self.catching_up: set[tuple[int, Feed]] = set()
        self.filling: set[int] = set()
        self.wanted = False
        self.is_reading = False

    def has_read(self, first_past: bool) -> bool:
        """Whether what is new in the store may have come with pages since this was last asked.

        Args:
            first_past: whether the past of an account is still being read for the first time.
        """
        before, self.is_reading = self.is_reading, bool(first_past or self.asking or self.filling)
        return before or self.is_reading

    async def older(self, accounts: Sequence[int], feed: Feed) -> None:
        """Ask for the page below the oldest posts. What servers say to that is told to who asked for it.

        Args:
            accounts: whose; those that are asked already are not asked twice.
            feed: of which feed.
        """
        fresh = [(account, feed) for account in accounts if (account, feed) not in self.asking]
        if not fresh:
            return
        self.asking.update(fresh)
        self.is_reading = True
        try:
            said = await asyncio.gather(*(self._older(*one) for one in fresh))
        finally:
            self.asking.difference_update(fresh)
        if self.wanted and all(said):
            self._desk.say(said[0])
        self.wanted = False

    async def _older(self, account: int, feed: Feed) -> str:
        return await errand(self._desk.services, lambda hub: hub.read_older(account, feed))

    async def newest(self, accounts: Sequence[int], feed: Feed) -> str:
        """Bring a feed up to now. What servers say to that, as far as it did not work.

        Args:
            accounts: whose; those that are asked already are not asked twice.
            feed: which feed.
        """
        fresh = [(account, feed) for account in accounts if (account, feed) not in self.catching_up]
        self.catching_up.update(fresh)
        try:
            said = await asyncio.gather(*(self._newest(*one) for one in fresh))
        finally:
            self.catching_up.difference_update(fresh)
        return " ".join(dict.fromkeys(sentence for sentence in said if sentence))

    async def _newest(self, account: int, feed: Feed) -> str:
        return await errand(self._desk.services, lambda hub: hub.read_feed(account, feed))

    async def fill(self, gap: int, changed: Callable[[], object]) -> None:
        """Fill a hole.

        Args:
            gap: local id of the hole.
            changed: called when it is being filled.
        """
        self.filling.add(gap)
        self.is_reading = True
        changed()
        try:
            if said := await errand(self._desk.services, lambda hub: hub.fill_gap(gap)):
                self._desk.say(said)
        finally:
            self.filling.discard(gap)
