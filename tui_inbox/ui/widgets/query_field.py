"""The line in which words are typed that are looked for at once."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.content import Content
from textual.widgets import Input

from tui_inbox.ui.widgets.key_line import ways


class QueryField(Input):
    """The line that is typed. Letters are text in it.

    Args:
        entered: called at Enter.
    """

    DEFAULT_CSS = """
    QueryField, QueryField:focus {
        height: 1;
        border: none;
        padding: 0 1;
        background: $inbox-picked;
        color: $inbox-bright;
    }
    """

    def __init__(self, entered: Callable[[], None]) -> None:
        super().__init__()
        self._entered = entered
        self.cursor_blink = False  # nothing blinks
        self.other_order = ""
        """What `ctrl+t` would show first."""

    def own_keys(self, width: int, keymap: tuple[tuple[str, str], ...]) -> Content:
        """Its key line: letters are text here."""
        order = [("ctrl+t", self.other_order)] if self.other_order else []
        return ways(("Enter", "to what was found"), *order, ("esc", "back"))

    def on_key(self, event: events.Key) -> None:
        """Enter at once, and hand on what is a command after it.

        Keys that arrive together stand in the queue of this widget before Enter has taken the focus away.
        """
        if self.screen.focused is not self:
            event.stop()
            event.prevent_default()
            self.app.post_message(events.Key(event.key, event.character))
        elif event.key == "enter":
            event.stop()
            event.prevent_default()
            self._entered()

    def let_go(self) -> None:
        """It is taken away: the screen would keep it until text is selected, and here none ever is."""
        self.screen.text_selection_started_signal.unsubscribe(self)
