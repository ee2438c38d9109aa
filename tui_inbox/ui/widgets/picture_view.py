"""A picture on the screen."""

from __future__ import annotations

from rich.control import Control
from rich.segment import ControlType, Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui_inbox.ui.pictures.painted import Painted

MARGIN = 2
"""Cells before a picture, so that it begins where texts do."""
GAP = 1
"""Blank lines below it."""
_AS_IT_IS = [(ControlType.CURSOR_FORWARD, 0)]
"""Marks a segment that takes no cells and is written as it is."""


class PictureView(Widget):
    """Shows one picture, or nothing and takes no room then."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    PictureView { width: 1fr; height: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._painted: Painted | None = None

    @property
    def painted(self) -> Painted | None:
        """What it shows."""
        return self._painted

    def show(self, painted: Painted | None) -> None:
        """Show another picture, or none."""
        self._painted = painted
        self.styles.height = 0 if painted is None else painted.rows + GAP
        self.refresh(layout=True)

    def render_line(self, y: int) -> Strip:
        """One line of cells."""
        width = self.size.width
        if self._painted is None or y >= self._painted.rows:
            return Strip.blank(width, self.visual_style.rich_style)
        line = Strip.join([Strip.blank(MARGIN), self._painted.lines[y]])
        return line.apply_style(self.visual_style.rich_style).adjust_cell_length(
            width, self.visual_style.rich_style
        )

    def render_lines(self, crop: Region) -> list[Strip]:
        """Its cells. Sixels are written over them with the last line, and only where all of it is seen and nothing
        lies over the screen: they know no clipping.
        """
        lines = super().render_lines(crop)
        painted = self._painted
        if painted is None or not painted.sixels or not lines:
            return lines
        if crop.size != self.size or not self.screen.is_active:
            return lines
        seen = self.region
        written = (
            Control.move_to(seen.x + MARGIN, seen.y).segment.text
            + painted.sixels
            + Control.move_to(seen.right, seen.bottom - 1).segment.text
        )
        last = Strip([*lines[-1], Segment(written, None, _AS_IT_IS)], lines[-1].cell_length)
        return [*lines[:-1], last]
