"""A line of a row that knows what of it is text, and how that goes on: so it can be copied as it was written."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment
from textual.strip import Strip


class RowLine(Strip):
    """A drawn line of a row.

    Args:
        segments: what is drawn.
        cells: how wide it is.
        text_at: how many characters stand before its text: bar, mark, age, letters, indent. Each takes one cell.
        behind: what stood between its text and that of the next line: a blank or nothing; None for a line break.
    """

    __slots__ = ["behind", "text_at"]

    def __init__(
        self, segments: Iterable[Segment], cells: int, text_at: int, behind: str | None
    ) -> None:
        super().__init__(segments, cells)
        self.text_at = text_at
        self.behind = behind
