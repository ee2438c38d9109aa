"""The strip that says what may follow a prefix; it appears when the hand hesitates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui_inbox.ui.desk import Desk
from tui_inbox.ui.key_names import shown
from tui_inbox.ui.keymap import names_of, written
from tui_inbox.ui.keys import Key
from tui_inbox.ui.widgets.key_line import ways
from tui_inbox.ui.widgets.line import act_clicked, acting

WATCHED = "open.watched"
"""The key behind whose word it stands how much is new, where anything is."""

AFTER = 0.3
"""Seconds after the prefix until the strip is shown."""


class WhichKey(Widget):
    """Keys that may follow, with their words; each can be clicked."""

    DEFAULT_CSS = """
    WhichKey {
        display: none;
        height: auto;
        width: 1fr;
        background: $inbox-picked;
        color: $inbox-text;
        padding: 0 1;
    }
    WhichKey.-open { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Content] = []
        self._opened = 0
        self._follows = True

    @property
    def words(self) -> str:
        """What it says, without its style."""
        return "   ".join(entry.plain for entry in self._entries)

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return self.has_class("-open")

    def own_keys(self, width: int, keymap: tuple[tuple[str, str], ...]) -> Content:
        """How to go away without doing any of it."""
        return ways(("any other key" if self._follows else "esc", "leaves"))

    def open(self, prefix: Key | None, keys: Sequence[Key], remapped: Mapping[str, str]) -> None:
        """Show what may follow.

        Args:
            prefix: the key that waits; None for keys that work without one.
            keys: those that may follow.
            remapped: the owner's own keys by id.
        """
        self._opened += 1
        self._follows = prefix is not None
        self._say(prefix, keys, remapped)
        self.add_class("-open")
        desk = cast(Desk, self.app)
        desk.keys_changed()
        if any(key.id == WATCHED for key in keys):
            desk.start(self._say_new(self._opened, prefix, keys, remapped))

    async def _say_new(
        self, opened: int, prefix: Key | None, keys: Sequence[Key], remapped: Mapping[str, str]
    ) -> None:
        """Say how much is new in watched threads, as soon as that is known."""
        from tui_inbox.queries import watched  # not needed for the first picture

        desk = cast(Desk, self.app)
        new = (await desk.ask(watched.count, desk.scope)).new
        if new and self.is_open and opened == self._opened:
            self._say(prefix, keys, remapped, f" {new}")

    def _say(
        self, prefix: Key | None, keys: Sequence[Key], remapped: Mapping[str, str], new: str = ""
    ) -> None:
        entries = [
            Content.assemble(
                acting(_label(key, remapped), key.id, "bold $inbox-yours"),
                " ",
                acting(key.word + (new if key.id == WATCHED else ""), key.id),
            )
            for key in keys
        ]
        if prefix is not None:
            words = f"{written(prefix.id, remapped)} {prefix.word}   "
            entries[0] = Content.styled(words, "$inbox-bright") + entries[0]
        self._entries = entries
        self.refresh(layout=True)

    def close(self) -> None:
        """Go away."""
        if self.is_open:
            self.remove_class("-open")
            cast(Desk, self.app).keys_changed()

    def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        event.prevent_default()  # Textual marks all of it at the second click
        if id_ := act_clicked(event):
            event.stop()
            cast(Desk, self.app).act(id_)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the keys take."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The keys, none parted from its word."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for entry in self._entries:
            longer = Content("   ").join([lines[-1], entry]) if lines else entry
            if lines and longer.cell_length <= width:
                lines[-1] = longer
            else:
                lines.append(entry)
        return lines


def _label(key: Key, remapped: Mapping[str, str]) -> str:
    """The key as it is written: one of its names, or from which to which."""
    names = names_of(key, remapped)
    return f"{shown(names[0])}-{shown(names[-1])}" if len(names) > 2 else written(key.id, remapped)
