"""Much by one person in a row, folded to one row: which posts stand, and which are folded under which. Pure.

A row that has been shown is never folded by itself, and what arrives is folded under the row that stands beside it. So
folding never moves a line of the screen: at most a count in one goes up. What was shown keeps its place over a new
start, as far as the kept position names it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from tui_inbox.core.moment import HOUR
from tui_inbox.queries.rows import EntryKey, EntryRow, TimelineRow

LEAST = 3
"""So many posts by one person in a row are a flood."""

APART = HOUR
"""Posts that stand farther apart than this, in milliseconds, are no flood, though nobody spoke between them."""

MOST = 50
"""So many are folded under one row; then another one stands. A page of a flood therefore always brings rows."""


class Floods:
    """What is folded in one window on the Timeline.

    Args:
        folds: whether anything is folded at all; may be changed when nothing is shown (`begin`).
    """

    def __init__(self, *, folds: bool = True) -> None:
        self.folds = folds
        self._stands: set[EntryKey] = set()
        self._under: dict[EntryKey, EntryKey] = {}
        self._members: dict[EntryKey, list[EntryRow]] = {}
        self._opened: set[EntryKey] = set()
        self._unfolded: set[EntryKey] = set()

    def begin(self, shown: Collection[EntryKey] = ()) -> None:
        """Other feeds are shown, or others of their rows: nothing has been shown yet.

        Args:
            shown: what stood on the screen when it was left; it stands again.
        """
        self._stands = set(shown)
        self._under, self._members = {}, {}
        self._opened, self._unfolded = set(), set()

    # What is shown

    def rows(self, window: Sequence[TimelineRow]) -> list[TimelineRow]:
        """The rows that stand, of all that are held; the others are folded under them.

        Args:
            window: all of them, newest first.
        """
        if not self.folds:
            return list(window)
        held = {row.key for row in window if isinstance(row, EntryRow)}
        self._stands &= held
        self._opened &= held
        self._unfolded &= held
        self._under = {
            key: head
            for key, head in self._under.items()
            if key in held and head in self._stands and key not in self._stands
        }
        count: dict[EntryKey, int] = {}
        for head in self._under.values():
            count[head] = count.get(head, 0) + 1
        for run in _runs(window):
            self._place(run, count)
        self._members = {}
        rows: list[TimelineRow] = []
        for row in window:
            if isinstance(row, EntryRow) and row.key in self._under:
                self._members.setdefault(self._under[row.key], []).append(row)
            else:
                rows.append(row)
        return rows

    def _place(self, run: Sequence[EntryRow], count: dict[EntryKey, int]) -> None:
        """Give each post of a run that is new here its place: to stand, or under one that stands."""
        if not run[0].brought_by or len(run) < LEAST:
            for row in run:
                if not (row.brought_by and row.key in self._under):
                    self._stand(row.key)
            return
        stands, under = self._stands, self._under
        fresh = [row.key for row in run if row.key not in stands and row.key not in under]
        if not fresh:
            return
        place = {row.key: number for number, row in enumerate(run)}
        standing = [row.key for row in run if row.key in self._stands]
        for key in fresh:
            head = min(standing, key=lambda one: abs(place[one] - place[key]), default=None)
            if head is None or count.get(head, 0) >= MOST or head in self._opened:
                self._stand(key)
                standing.append(key)
                if head in self._opened:
                    self._opened.add(key)
            else:
                self._under[key] = head
                count[head] = count.get(head, 0) + 1

    def _stand(self, key: EntryKey) -> None:
        self._under.pop(key, None)
        self._stands.add(key)

    # What is known of a row

    def more(self, key: EntryKey) -> int:
        """How many are folded under a row."""
        return len(self._members.get(key, ()))

    def head(self, key: EntryKey) -> EntryKey:
        """The row that a post is to be found at: its own, or the one it is folded under."""
        return self._under.get(key, key)

    def is_opened(self, key: EntryKey) -> bool:
        """Whether a row is part of a flood that the owner has unfolded."""
        return key in self._opened

    def is_unfolded(self, key: EntryKey) -> bool:
        """Whether a row stood for a flood until the owner unfolded it: it says how to fold it again."""
        return key in self._unfolded

    # What the owner does

    def unfold(self, key: EntryKey) -> None:
        """Let everything stand that is folded under a row."""
        for row in self._members.get(key, ()):
            self._stand(row.key)
            self._opened.add(row.key)
        self._opened.add(key)
        self._unfolded.add(key)

    def fold(self, key: EntryKey, window: Sequence[TimelineRow]) -> None:
        """Fold what was unfolded around a row again: it stands, and the others of its run go under it."""
        for run in _runs(window):
            keys = [row.key for row in run]
            if key in keys:
                self._stands -= self._opened.intersection(keys) - {key}
                for other in keys:
                    if other not in self._stands and self._under.get(other) not in self._stands:
                        self._under[other] = key
                self._opened.difference_update(keys)
                self._unfolded.difference_update(keys)


def _runs(window: Sequence[TimelineRow]) -> Iterator[list[EntryRow]]:
    """Posts that follow each other by one person, none far from the next; each of the others for itself."""
    run: list[EntryRow] = []
    for row in window:
        if run and not _goes_on(run[-1], row):
            yield run
            run = []
        if isinstance(row, EntryRow):
            run.append(row)
    if run:
        yield run


def _goes_on(above: EntryRow, row: TimelineRow) -> bool:
    """Whether a row is more by whoever brought the one above it."""
    if not (isinstance(row, EntryRow) and row.brought_by and row.brought_by == above.brought_by):
        return False
    return above.key[0] - row.key[0] <= APART
