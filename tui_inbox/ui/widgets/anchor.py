"""Which row stands still when the rows of a list change, as pure arithmetic on row indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

from tui_inbox.ui.widgets.row import Row, T


class Seen(NamedTuple):
    """A row on the screen."""

    place: int
    """Index of the row in the list."""
    line: int
    """Screen line of its first line; negative when the top edge cuts it."""
    height: int
    """Its lines, those outside the screen included."""


class Splice:
    """One change of a list: `rows[start:stop] = fresh`, and where each old row went.

    Args:
        rows: All rows before the change.
        start: First row that is taken out.
        stop: The row after the last one that is taken out.
        fresh: What comes in; a row with the key of one that is taken out is that row, moved.
    """

    __slots__ = ("_moved", "_shift", "_size", "fresh", "start", "stop")

    def __init__(
        self, rows: Sequence[Row[Any]], start: int, stop: int, fresh: Sequence[Row[Any]]
    ) -> None:
        self.start = start
        self.stop = stop
        self.fresh = fresh
        self._size = len(rows)
        self._shift = len(fresh) - (stop - start)
        self._moved: dict[int, int] = {}
        if start < stop:
            places = {row.key: start + at for at, row in enumerate(fresh)}
            for old in range(start, stop):
                if (new := places.get(rows[old].key)) is not None:
                    self._moved[old] = new

    def place_of(self, old: int) -> int | None:
        """Return the index a row has after the change, or None if it is gone."""
        if old < self.start:
            return old
        if old >= self.stop:
            return old + self._shift
        return self._moved.get(old)

    def heir_of(self, old: int) -> int:
        """Return the new index of the first row at or after `old` that is still there.

        Falls back on the nearest one before, and on 0 when no row is left.
        """
        for index in chain(range(old, self._size), range(old - 1, -1, -1)):
            if (new := self.place_of(index)) is not None:
                return new
        return 0


def rows_to_hold(
    seen: Sequence[Seen], selected: int | None, splice: Splice
) -> Iterator[tuple[int, int]]:
    """Yield which row, by its new index, should keep which screen line, the best choice first.

    That is the selected row if it is on the screen and survives, then the rows on the screen that
    do, from the top: nobody who reads sees a line move that has not changed. With none left on the
    screen the next row of the list takes the top line.

    Args:
        seen: The rows on the screen before the change, from the top; at least one.
        selected: Index of the row that counts more than the top one, or None.
        splice: The change.
    """
    for row in sorted(seen, key=lambda row: row.place != selected):
        place = splice.place_of(row.place)
        if place is not None:
            yield place, row.line
    yield splice.heir_of(seen[0].place), 0


def with_tombstones(
    old: Sequence[Row[T]], new: Sequence[Row[T]], left: Mapping[int, Row[T]]
) -> list[Row[T]]:
    """Return the new rows together with what is left of old ones, each beside what it stood beside.

    That is the nearest row above it that is still there; above all of them it is the nearest below, so that
    what has come in at the head stands above both.

    Args:
        old: The rows as they are.
        new: The rows as they should be, without the ones that something is left of.
        left: What is left of rows, by their place among the old ones.
    """
    merged = list(new)
    places = {row.key: place for place, row in enumerate(new)}
    for place in sorted(left, reverse=True):
        above = (places[row.key] + 1 for row in reversed(old[:place]) if row.key in places)
        below = (places[row.key] for row in old[place + 1 :] if row.key in places)
        merged.insert(next(above, next(below, len(new))), left[place])
    return merged


def unchanged_ends(old: Sequence[Row[Any]], new: Sequence[Row[Any]]) -> tuple[int, int]:
    """Return how many rows at the head and how many at the tail are the same in two lists.

    The two runs never overlap, in either list.
    """
    most = min(len(old), len(new))
    head = _same(old, new, most)
    return head, _same(reversed(old), reversed(new), most - head)


def _same(old: Iterable[Row[Any]], new: Iterable[Row[Any]], most: int) -> int:
    """Count the pairs up to the first difference, or up to so many."""
    for count, (one, other) in enumerate(zip(islice(old, most), new, strict=False)):
        if one is not other and (one.key != other.key or one.version != other.version):
            return count
    return most
