"""The reference: the smallest Textual app with a list of 100,000 rows. What it costs, Textual costs."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

ROWS = 100_000


class BareList(ScrollView, can_focus=True):
    """One line per row on Textual's line API; `j` and `k` move the selection."""

    BINDINGS: ClassVar[list[BindingType]] = [("j", "move(1)"), ("k", "move(-1)")]

    def __init__(self) -> None:
        super().__init__()
        self._selected = 0

    def on_mount(self) -> None:
        self._measure()

    def on_resize(self) -> None:
        self._measure()

    def action_move(self, by: int) -> None:
        """Move the selection; scroll when it would leave the screen."""
        left, self._selected = self._selected, max(0, min(ROWS - 1, self._selected + by))
        top, height = self.scroll_offset.y, self.size.height
        if self._selected < top:
            self.scroll_to(y=self._selected, animate=False)
        elif self._selected >= top + height:
            self.scroll_to(y=self._selected - height + 1, animate=False)
        self.refresh_line(left - top)
        self.refresh_line(self._selected - self.scroll_offset.y)

    def render_line(self, y: int) -> Strip:
        """Draw one row. Its text begins as a post of the fake server does."""
        row, width = y + self.scroll_offset.y, self.size.width
        text = f"p{row:07d}q some text of a post number {row} in the list"
        style = Style(reverse=True) if row == self._selected else Style()
        return Strip([Segment(text.ljust(width)[:width], style)], width)

    def _measure(self) -> None:
        self.virtual_size = Size(self.size.width, ROWS)


class BareApp(App[None]):
    """The list and nothing else."""

    def compose(self) -> ComposeResult:
        yield BareList()

    def on_mount(self) -> None:
        self.query_one(BareList).focus()


if __name__ == "__main__":
    BareApp().run()
