"""Something to look at over the reading column, until the next key: what lies below stays as it is."""

from __future__ import annotations

from typing import Any, cast

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.widget import Widget

from tui_inbox.ui.desk import Desk
from tui_inbox.ui.layout import Area
from tui_inbox.ui.render.cells import Drawing
from tui_inbox.ui.widgets import RowList
from tui_inbox.ui.widgets.key_line import ways
from tui_inbox.ui.widgets.title import PaneTitle

HINT = "any key goes back"
TOP = 2
"""Lines above it where it takes the whole width."""

SCROLLS = {"j": 1, "down": 1, "space": 1, "pagedown": 1, "k": -1, "up": -1, "pageup": -1}


class Over(ModalScreen[None]):
    """A title and rows.

    Args:
        title: what it shows.
        rows: its rows.
        drawing: what renderers need.
    """

    DEFAULT_CSS = """
    Over { background: transparent; }
    Over > Widget { background: $inbox-ground; layout: vertical; }
    """

    def __init__(self, title: str, rows: RowList[Any], drawing: Drawing) -> None:
        super().__init__()
        self._title_words = title
        self._drawing = drawing
        self._heading = PaneTitle()
        self._rows = rows
        self._column = Widget(self._heading, self._rows)

    def compose(self) -> ComposeResult:
        """Title and rows."""
        yield self._column

    def own_keys(self, width: int, keymap: tuple[tuple[str, str], ...]) -> Content:
        """How it is scrolled, and how to go back."""
        return ways(("j k", "scroll"), ("any other key", "goes back"))

    def on_mount(self) -> None:
        """Stand over the reading column: the Inbox is never covered."""
        self._heading.say(self._title_words, self._drawing.glyphs.rule, hint=HINT)
        self._place()

    def on_resize(self) -> None:
        """The column may stand elsewhere now, as soon as it has been laid out."""
        self.call_after_refresh(self._place)

    def _place(self) -> None:
        region = cast(Desk, self.app).pane_of(Area.READING).heading.region
        size = self.app.size
        if not region.width:
            region = Region(0, TOP, size.width, 1)
        styles = self._column.styles
        styles.margin = (region.y, 0, 0, region.x)
        styles.width, styles.height = region.width, max(1, size.height - region.y - 2)

    def on_key(self, event: events.Key) -> None:
        """Scroll, or go back."""
        event.stop()
        event.prevent_default()
        if event.key in SCROLLS:
            self._rows.action_page(SCROLLS[event.key])
        else:
            self.dismiss()

    def on_click(self) -> None:
        """Go back."""
        self.dismiss()
