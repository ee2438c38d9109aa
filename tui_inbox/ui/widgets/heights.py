"""How many lines each row of a list takes, with cheap edits anywhere and cheap sums.

A list of some hundred thousand rows is edited at its head, its tail and in its middle while
somebody reads it, and after each edit the widget asks how many lines stand above a row. A plain
list answers in O(n); blocks of about `BLOCK` rows with their sums answer in O(n / BLOCK + BLOCK),
which is some ten microseconds, and need no rebalancing to stay so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

BLOCK = 512
"""Rows in a fresh block; one is cut when it grows past twice, joined when it falls under half."""


class Heights:
    """Line counts of rows in display order.

    Args:
        values: Lines of each row, at least one each.
    """

    __slots__ = ("_blocks", "_lines", "_starts", "_sums")

    def __init__(self, values: Iterable[int] = ()) -> None:
        self._blocks: list[list[int]] = _cut(list(values)) or [[]]
        self._sums: list[int] = [sum(block) for block in self._blocks]
        self._starts: list[int] = []
        self._lines: list[int] = []
        self._number_blocks()

    def __len__(self) -> int:
        return self._starts[-1]

    @property
    def total(self) -> int:
        """Lines of all rows together."""
        return self._lines[-1]

    def __getitem__(self, index: int) -> int:
        """Return the lines of one row.

        Args:
            index: Place of the row, counted from 0.

        Raises:
            IndexError: There is no such row.
        """
        number, inside = self._find(index)
        return self._blocks[number][inside]

    def __setitem__(self, index: int, lines: int) -> None:
        number, inside = self._find(index)
        block = self._blocks[number]
        self._sums[number] += lines - block[inside]
        block[inside] = lines
        self._lines = list(accumulate(self._sums, initial=0))

    def before(self, index: int) -> int:
        """Return how many lines stand above a row.

        Args:
            index: Place of the row; the length of the list asks for the lines of all rows.

        Raises:
            IndexError: There is no such row.
        """
        if index == len(self):
            return self.total
        number, inside = self._find(index)
        return self._lines[number] + sum(self._blocks[number][:inside])

    def locate(self, line: int) -> tuple[int, int]:
        """Return the row that covers a line, and how many of the row's lines stand above that line.

        Args:
            line: Line counted from the first line of the first row.

        Raises:
            IndexError: No row covers this line.
        """
        if not 0 <= line < self.total:
            raise IndexError(f"line {line} of {self.total}")
        number = bisect_right(self._lines, line) - 1
        ends = list(accumulate(self._blocks[number], initial=self._lines[number]))
        inside = bisect_right(ends, line) - 1
        return self._starts[number] + inside, line - ends[inside]

    def slice(self, start: int, stop: int) -> list[int]:
        """Return the lines of the rows from `start` up to, not including, `stop`."""
        if start >= stop:
            return []
        first, inside = self._find(start)
        last, _ = self._find(stop - 1)
        values = [lines for block in self._blocks[first : last + 1] for lines in block]
        return values[inside : inside + stop - start]

    def splice(self, start: int, stop: int, values: Sequence[int]) -> None:
        """Put the heights of other rows in the place of those from `start` up to `stop`.

        Args:
            start: First row to take out; the length of the list appends.
            stop: The row after the last one to take out.
            values: Lines of the rows that come in.

        Raises:
            IndexError: The range is not inside the list.
        """
        if not 0 <= start <= stop <= len(self):
            raise IndexError(f"rows {start} to {stop} of {len(self)}")
        first, inside = self._edge(start)
        last, after = self._edge(stop)
        joined = [*self._blocks[first][:inside], *values, *self._blocks[last][after:]]
        if len(joined) < BLOCK // 2 and last + 1 < len(self._blocks):
            last += 1
            joined += self._blocks[last]
        blocks = _cut(joined)
        self._blocks[first : last + 1] = blocks
        self._sums[first : last + 1] = [sum(block) for block in blocks]
        if not self._blocks:
            self._blocks, self._sums = [[]], [0]
        self._number_blocks()

    def _edge(self, index: int) -> tuple[int, int]:
        """Return the block and the place in it of a gap between rows (the last gap included)."""
        if index == len(self):
            return len(self._blocks) - 1, len(self._blocks[-1])
        return self._find(index)

    def _find(self, index: int) -> tuple[int, int]:
        if not 0 <= index < len(self):
            raise IndexError(f"row {index} of {len(self)}")
        number = bisect_right(self._starts, index) - 1
        return number, index - self._starts[number]

    def _number_blocks(self) -> None:
        self._starts = list(accumulate(map(len, self._blocks), initial=0))
        self._lines = list(accumulate(self._sums, initial=0))


def _cut(values: list[int]) -> list[list[int]]:
    """Cut a run of heights into blocks; a run of up to twice a block stays whole."""
    if not values:
        return []
    if len(values) <= 2 * BLOCK:
        return [values]
    return [values[at : at + BLOCK] for at in range(0, len(values), BLOCK)]
