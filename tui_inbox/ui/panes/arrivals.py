"""What has arrived since the reader last looked, and when to follow it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from typing import Any

from textual.timer import Timer

from tui_inbox.queries.rows import EntryKey, EntryRow
from tui_inbox.ui.panes.feed_window import FeedWindow
from tui_inbox.ui.widgets import Position, RowList

IDLE = 10.0
"""Seconds without a key after which the head is followed."""


class Arrivals:
    """Counts arrivals and follows the head: at the very top, when no key was pressed for ten seconds.

    Args:
        rows: the list of the Timeline.
        idle_seconds: how long no key was pressed.
        set_timer: runs a function after some seconds.

    Attributes:
        seq_at_begin: the highest arrival number when counting began.
        beyond: how many posts are stored above the window.
        below: how many posts arrived late and were sorted in below what was the newest.
    """

    def __init__(
        self,
        rows: RowList[Any],
        idle_seconds: Callable[[], float],
        set_timer: Callable[[float, Callable[[], None]], Timer],
    ) -> None:
        self._rows = rows
        self._idle_seconds = idle_seconds
        self._set_timer = set_timer
        self._seen: EntryKey | None = None
        self._newest_at_begin: EntryKey | None = None
        self._oldest_at_begin: EntryKey | None = None
        self._missing = 0
        self._waiting: Timer | None = None
        self.seq_at_begin = 0
        self.beyond = 0
        self.below = 0

    # Counting

    def begin(self, window: FeedWindow, seen: EntryKey | None = None) -> None:
        """Count from now on.

        Args:
            window: what is held.
            seen: the newest post that was on the screen, if that is not the newest of all.
        """
        self._newest_at_begin, self._oldest_at_begin = window.newest, window.oldest
        self.seq_at_begin = window.latest_seq
        self._missing = 0
        self.beyond = self.below = 0
        self._seen = seen or window.newest

    def saw(self, key: EntryKey) -> None:
        """A post was on the screen."""
        if self._seen is None or key > self._seen:
            self._seen = key

    def above(self, window: FeedWindow) -> int:
        """How many posts stand above everything that has been on the screen."""
        seen = self._seen
        if seen is None:
            return 0
        newer = takewhile(lambda row: row.key > seen, window.rows)
        return sum(1 for row in newer if isinstance(row, EntryRow)) + self.beyond

    def some_are_missing(self, window: FeedWindow, arrived: int) -> bool:
        """Count what arrived late, and say whether posts arrived that the window should hold and does not.

        Args:
            window: what is held.
            arrived: posts below the newest one that have arrived since counting began.
        """
        begin = self.seq_at_begin
        held = [row.key for row in window.rows if isinstance(row, EntryRow) and row.seq > begin]
        before, self._missing = (
            self._missing,
            max(0, arrived - sum(k != window.newest for k in held)),
        )
        self.below = sum(1 for key in held if self._is_late(key))
        return self._missing > before

    def _is_late(self, key: EntryKey) -> bool:
        """What was sorted in below what was the newest. What stands below the oldest was asked for."""
        newest, oldest = self._newest_at_begin, self._oldest_at_begin
        return newest is not None and oldest is not None and oldest < key < newest

    # Following

    @contextmanager
    def following(self) -> Iterator[None]:
        """While rows are shown: follow the head if it is on the screen and the reader is idle."""
        at_head = self._rows.at_head and bool(self._rows.rows)
        first = self._rows.rows[0].key if self._rows.rows else None
        self._rows.follow = self._idle_seconds() >= IDLE
        yield
        arrived = bool(self._rows.rows) and self._rows.rows[0].key != first
        if at_head and arrived and not self._rows.follow:
            self._follow_when_idle(self._rows.position())

    def _follow_when_idle(self, place: Position | None) -> None:
        if self._waiting is None:
            pause = max(0.1, IDLE - self._idle_seconds())
            self._waiting = self._set_timer(pause, lambda: self._follow_from(place))

    def _follow_from(self, place: Position | None) -> None:
        """Go to the head, if the reader is where the arrivals found them."""
        self._waiting = None
        now = self._rows.position()
        if place is None or now is None or now.key != place.key:
            return
        if self._idle_seconds() >= IDLE:
            self._rows.top()
        else:
            self._follow_when_idle(place)
