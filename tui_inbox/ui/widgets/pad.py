"""The field in which one writes. The keys of the composer come before those of the field."""

from __future__ import annotations

import re
from collections.abc import Callable

from textual import events
from textual.widgets import TextArea

from tui_inbox.core.text import clean_fragment
from tui_inbox.ui import keys
from tui_inbox.ui.widgets.field import JOINS

STEERING = frozenset({"enter", "up", "down"})
"""Keys that belong to the list of completions while it is open."""

_LIKE_A_PATH = re.compile(r"(?:file://|~|/|\./|\.\./|\$\w|['\"][~/])[^\n]{0,4096}")


class Pad(TextArea):
    """The field, without anything that moves by itself.

    Args:
        steer: told of a key that a list of completions may want; says whether it took it.
        dropped: told of a paste that may be a file's path and nothing else, in the place of inserting it.
    """

    BINDINGS = keys.bindings(keys.Context.COMPOSER)

    def __init__(self, *, steer: Callable[[str], bool], dropped: Callable[[str], None]) -> None:
        super().__init__(
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
        )
        self.cursor_blink = False  # nothing on the screen blinks
        self._steer = steer
        self._dropped = dropped

    @property
    def at(self) -> int:
        """Where the hand is in the text, by characters."""
        row, column = self.cursor_location
        lines = self.text.split("\n")
        return sum(len(line) + 1 for line in lines[:row]) + column

    @property
    def before(self) -> str:
        """The line in hand, up to the hand."""
        row, column = self.cursor_location
        return str(self.document.get_line(row))[:column]

    def put_in_place_of(self, length: int, text: str) -> None:
        """Put a text in the place of what stands before the hand.

        Args:
            length: how many characters go.
            text: what comes.
        """
        row, column = self.cursor_location
        self.replace(text, (row, column - length), (row, column), maintain_selection_offset=False)
        self.move_cursor((row, column - length + len(text)))

    def write(self, text: str) -> None:
        """Hold another text, in the way that undoing can take back; the hand goes to its end."""
        self.replace(text, self.document.start, self.document.end)
        self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        if event.key in STEERING and self._steer(event.key):
            event.stop()
            event.prevent_default()  # Textual calls the field's own handler as well, unless told not to
        elif event.character is not None and JOINS.fullmatch(event.character):
            event.stop()
            self._put(event.character)

    async def _on_paste(self, event: events.Paste) -> None:
        text = event.text.strip()
        event.stop()
        event.prevent_default()
        if _LIKE_A_PATH.fullmatch(text):
            self._dropped(text)
        else:
            self.take_in(event.text)

    def take_in(self, text: str) -> None:
        """Put a text from elsewhere where the hand is, in the place of what is selected."""
        self._put(clean_fragment(text))

    def _put(self, text: str) -> None:
        done = self.replace(text, *self.selection, maintain_selection_offset=False)
        self.move_cursor(done.end_location)
