"""The piece of a timeline that is held in memory: pure, newest first, bounded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.queries.rows import EntryKey, EntryRow, TimelineRow, TimelineWindow

MOST = 2000
"""Rows held at most; beyond, those farthest from the reader are let go and can be read again."""

PAGE = 200
"""Rows asked for at once."""

FIRST = 60
"""Rows asked for at first: several screens, read in half the time of a page (4 ms of 8). The rest is read when the
reader comes near to it."""


class FeedWindow(Struct, frozen=True):
    """A piece of the timeline without holes of its own.

    Attributes:
        rows: posts and gaps, newest first.
        at_newest: nothing newer is stored.
        at_oldest: nothing older is stored.
        latest_seq: the arrival number up to which it holds what there was to hold.
    """

    rows: tuple[TimelineRow, ...] = ()
    at_newest: bool = True
    at_oldest: bool = False
    latest_seq: int = 0

    @property
    def newest(self) -> EntryKey | None:
        """Key of the first row."""
        return self.rows[0].key if self.rows else None

    @property
    def oldest(self) -> EntryKey | None:
        """Key of the last row."""
        return self.rows[-1].key if self.rows else None

    @property
    def above(self) -> EntryKey | None:
        """A key just above the first row, below which the same rows are read again; None for the top."""
        if self.at_newest or self.newest is None:
            return None
        return (self.newest[0] + 1, "")

    def covers(self, key: EntryKey) -> bool:
        """Whether a post with this key would be held, if it were still in the feed."""
        above = self.at_newest or (self.newest is not None and key <= self.newest)
        below = self.at_oldest or (self.oldest is not None and key >= self.oldest)
        return above and below

    def has_post(self, posts: Iterable[int]) -> bool:
        """Whether one of these posts stands in it."""
        wanted = set(posts)
        return any(isinstance(row, EntryRow) and row.post.id in wanted for row in self.rows)

    def with_newer(self, page: TimelineWindow) -> FeedWindow:
        """With what was read above it; the far end is let go if it grows too long."""
        rows = (*_unknown(page.rows, self.rows), *self.rows)
        at_oldest = self.at_oldest and len(rows) <= MOST
        return FeedWindow(rows[:MOST], page.at_newest, at_oldest, self._latest_with(page))

    def shortened(self) -> FeedWindow:
        """Its newest page, once it holds twice as much: each arrival is compared with all rows that are held."""
        if len(self.rows) <= 2 * PAGE:
            return self
        return FeedWindow(self.rows[:PAGE], self.at_newest, False, self.latest_seq)

    def stays_behind(self) -> FeedWindow:
        """The same rows, when newer posts are stored that are not held."""
        return replace(self, at_newest=False)

    def with_more_below(self) -> FeedWindow:
        """The same rows, when older posts may be stored that are not held."""
        return replace(self, at_oldest=False)

    def has_room_for(self, page: TimelineWindow) -> bool:
        """Whether a page can be added without letting rows at the other end go."""
        return len(self.rows) + len(page.rows) <= MOST

    def with_older(self, page: TimelineWindow) -> FeedWindow:
        """With what was read below it; the far end is let go if it grows too long."""
        rows = (*self.rows, *_unknown(page.rows, self.rows))
        at_newest = self.at_newest and len(rows) <= MOST
        return FeedWindow(rows[-MOST:], at_newest, page.at_oldest, self._latest_with(page))

    def _latest_with(self, page: TimelineWindow) -> int:
        """With a page beside it. What has arrived elsewhere meanwhile is not held: it is yet to be counted."""
        return max(self.latest_seq, _highest_seq(page.rows))


def window_of(page: TimelineWindow) -> FeedWindow:
    """A window that holds what was read, and nothing else."""
    latest = max(page.latest_seq, _highest_seq(page.rows))
    return FeedWindow(page.rows, page.at_newest, page.at_oldest, latest)


def _highest_seq(rows: Iterable[TimelineRow]) -> int:
    return max((row.seq for row in rows if isinstance(row, EntryRow)), default=0)


def _unknown(rows: Sequence[TimelineRow], known: Sequence[TimelineRow]) -> list[TimelineRow]:
    """Rows that are not held yet: between two readings a row may have moved into the page."""
    held = {_place(row) for row in known}
    return [row for row in rows if _place(row) not in held]


def _place(row: TimelineRow) -> EntryKey | int:
    """What tells a row from others, without the text of `row_key`: that takes a while for hundreds of rows."""
    return row.key if isinstance(row, EntryRow) else row.id


def row_key(row: TimelineRow) -> str:
    """Key of a row in the list: its place in the feed, or the number of the hole."""
    return f"{row.key[0]}:{row.key[1]}" if isinstance(row, EntryRow) else f"gap:{row.id}"


def entry_key(key: str) -> EntryKey | None:
    """The place in the feed that `row_key` wrote for a post; None for a hole and for anything else."""
    at, _, identity = key.partition(":")
    return (int(at), identity) if at.isascii() and at.isdigit() else None
