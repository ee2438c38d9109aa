"""What renderers of posts have in common: their lines, and the blank one that parts a row from the next."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import tzinfo
from typing import Generic, TypeVar

from textual.strip import Strip

from tui_inbox.ui.render.cells import Brush, Drawing, blank
from tui_inbox.ui.widgets import Row

D = TypeVar("D")


class SpacedRenderer(ABC, Generic[D]):
    """Draws rows that a blank line parts, where the drawing is not dense.

    Args:
        drawing: colours, signs and the clock.
        zone: the owner's time zone, None for the machine's.
    """

    def __init__(self, drawing: Drawing, zone: tzinfo | None = None) -> None:
        self._drawing = drawing
        self._zone = zone

    def render(self, row: Row[D], width: int, *, selected: bool, focused: bool) -> list[Strip]:
        """The lines of a row, with the blank one behind it."""
        brush = self._drawing.on(selected=selected, focused=focused)
        lines = self._lines(brush, row.data, width)
        return lines if self._drawing.dense else [*lines, blank(width)]

    @abstractmethod
    def _lines(self, brush: Brush, data: D, width: int) -> list[Strip]:
        """What the row says."""
