"""Lines of the catch-up page: how many, of what, and who."""

from __future__ import annotations

from msgspec import Struct
from rich.cells import cell_len
from textual.strip import Strip

from tui_inbox.queries.overviews import CatchUpLine
from tui_inbox.ui.render.cells import BAR, Brush, Drawing, blank
from tui_inbox.ui.render.paragraph import paragraph
from tui_inbox.ui.widgets import Row

COUNT = 4
"""Cells of the counts, right-aligned."""

WORDS_AT = COUNT + 2
GAP = 3
MOST_WORDS = 36
"""Longer words push their detail on, and nobody else's."""

LEAST_DETAIL = 20
"""Where fewer cells are left beside the words, the detail stands below them."""


class CatchUpData(Struct, frozen=True):
    """A line, and the cells of the page's column of words."""

    line: CatchUpLine
    words_width: int


def catch_up_data(lines: tuple[CatchUpLine, ...]) -> list[CatchUpData]:
    """Lines with the width of their column of words."""
    widest = max((cell_len(line.words) for line in lines), default=0)
    return [CatchUpData(line, min(widest, MOST_WORDS)) for line in lines]


class CatchUpRenderer:
    """Draws the lines of the catch-up page.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[CatchUpData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        style, line = brush.palette, row.data.line
        head = [(f"{line.count:>{COUNT}}  ", style.bright), (line.words, style.bright)]
        if not self._is_below(row.data, width):
            gap = " " * (max(0, row.data.words_width - cell_len(line.words)) + GAP)
            return [brush.line([*head, (f"{gap}{line.detail}", style.dim)], width)]
        lines = [brush.line(head, width), *self._detail(brush, line, width)]
        return lines if self._drawing.dense else [*lines, blank(width)]

    def estimate(self, row: Row[CatchUpData], width: int) -> int:
        """About how many lines a row takes."""
        return 3 if self._is_below(row.data, width) else 1

    @staticmethod
    def _is_below(data: CatchUpData, width: int) -> bool:
        return width - BAR - WORDS_AT - data.words_width - GAP < LEAST_DETAIL

    @staticmethod
    def _detail(brush: Brush, line: CatchUpLine, width: int) -> list[Strip]:
        if not line.detail:
            return []
        look = brush.palette.dim
        return paragraph(brush, line.detail, look, indent=WORDS_AT, width=width, most=2)
