"""Rows of the key table: contexts as headings, keys with what they do."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.ui.render.cells import Drawing
from tui_inbox.ui.render.paragraph import heading, labelled
from tui_inbox.ui.widgets import Row


class ContextHead(Struct, frozen=True):
    """The heading of a context."""

    words: str
    first: bool


class KeyLine(Struct, frozen=True):
    """A key as it is written, and what it does. `column` is the width of the table's first column."""

    keys: str
    does: str
    column: int


KeyTableData: TypeAlias = ContextHead | KeyLine


class KeyTableRenderer:
    """Draws the rows of the key table.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[KeyTableData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        if isinstance(row.data, ContextHead):
            return heading(brush, row.data.words, width, first=row.data.first)
        return labelled(
            brush,
            row.data.keys,
            brush.palette.bright,
            row.data.does,
            column=row.data.column,
            indent=1,
            width=width,
            most=2,
        )

    def estimate(self, row: Row[KeyTableData], width: int) -> int:
        """About how many lines a row takes."""
        return 2 if isinstance(row.data, ContextHead) and not row.data.first else 1
