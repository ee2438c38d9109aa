"""A poll in the making: one line for each choice, and one that says how long it lasts."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from tui_inbox.core.text import clean_line
from tui_inbox.ui import keys
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.widgets.field import Field
from tui_inbox.ui.widgets.key_line import ways
from tui_inbox.ui.widgets.line import Line

MOST = 10
"""Lines for choices, on servers that allow so many."""

HINT = "poll · Enter next line, esc done · “1d, several” allows more than one"
LABEL = 7


class PollText(Struct, frozen=True):
    """A poll as it was typed: its choices, and how long it lasts, as `1d` or `6h, several`."""

    options: tuple[str, ...]
    lasts: str


class PollLine(Widget):
    """A label and a field. It takes the focus by its field."""

    DEFAULT_CSS = """
    PollLine { layout: horizontal; height: 1; width: 1fr; }
    PollLine > Line { width: 7; }
    PollLine > Input, PollLine > Input:focus {
        width: 1fr;
        height: 1;
        border: none;
        padding: 0;
        background: $inbox-ground;
        color: $inbox-bright;
    }
    PollLine > Input:focus { background: $inbox-picked; }
    """

    def __init__(self, label: str) -> None:
        super().__init__()
        self._name = label
        self._label = Line()
        self._mark(" ")
        self.field = Field(compact=True, select_on_focus=False)
        self.field.cursor_blink = False  # nothing on the screen blinks

    def compose(self) -> ComposeResult:
        """The label and the field."""
        yield self._label
        yield self.field

    def _mark(self, bar: str) -> None:
        self._label.say(Content(f"{bar}{self._name:>{LABEL - 2}}"))

    def on_descendant_focus(self) -> None:
        """The hand is here, which is to be seen without colour too."""
        self._mark(cast(Desk, self.app).glyphs.bar)

    def on_descendant_blur(self) -> None:
        """The hand is elsewhere."""
        self._mark(" ")


class PollEditor(Widget):
    """Edits a poll while it is open. Each change is told at once, so that each is kept.

    Args:
        changed: told of the poll as it is typed.
        done: told when the hand is to go back to the text.
    """

    BINDINGS = keys.bindings(keys.Context.COMPOSER)
    DEFAULT_CSS = """
    PollEditor { display: none; layout: vertical; height: auto; width: 1fr; }
    PollEditor.-open { display: block; }
    PollEditor > .-spare { display: none; }
    """

    def __init__(self, *, changed: Callable[[PollText], None], done: Callable[[], None]) -> None:
        super().__init__()
        self._changed = changed
        self._done = done
        self._most = 4
        self._choices: list[PollLine] = []
        self._lasts = PollLine("lasts")

    def compose(self) -> ComposeResult:
        """What to do; `prepare` adds the lines."""
        hint = Line()
        hint.say(Content(HINT))
        yield hint

    def prepare(self) -> None:
        """Add a line for each choice, and the length: 33 widgets, for which a screen that only reads has no use."""
        if not self._choices:
            self._choices = [PollLine(str(number)) for number in range(1, MOST + 1)]
            self.mount(*self._choices, self._lasts)

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return self.has_class("-open")

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        return 2 + sum(not line.has_class("-spare") for line in self._choices)

    def open(self, poll: PollText, most: int) -> None:
        """Show a poll; the hand goes to its first empty choice.

        Args:
            poll: as it is.
            most: how many choices there may be.
        """
        self.prepare()
        self._most = max(2, min(most, MOST))
        for place, line in enumerate(self._choices):
            line.field.value = poll.options[place] if place < len(poll.options) else ""
        self._lasts.field.value = poll.lasts
        self.add_class("-open")
        self._fit()
        first = min(len(poll.options), self._most - 1)
        field = self._choices[first].field
        if field.is_attached:
            self.screen.set_focus(field)
        else:
            self.call_after_refresh(self.screen.set_focus, field)

    def close(self) -> None:
        """Go away."""
        self.remove_class("-open")

    @property
    def text(self) -> PollText:
        """The poll as it is typed; empty lines are no choices."""
        typed = (clean_line(line.field.value) for line in self._choices)
        return PollText(tuple(filter(None, typed)), clean_line(self._lasts.field.value))

    def _fit(self) -> None:
        """Show the lines that are filled, and one more; two at least."""
        filled = [place for place, line in enumerate(self._choices) if line.field.value.strip()]
        shown = min(max([2, *(place + 2 for place in filled)]), self._most)
        for place, line in enumerate(self._choices):
            line.set_class(place >= shown, "-spare")

    def on_input_changed(self, event: Input.Changed) -> None:
        """A key stroke."""
        event.stop()
        if self.is_open:
            self._fit()
            self._changed(self.text)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next line, and out of the last."""
        event.stop()
        self.go(1)

    def own_keys(self, width: int, keymap: tuple[tuple[str, str], ...]) -> Content:
        """How to go from line to line, and back to the text."""
        return ways(("Enter", "next"), ("↑ ↓", "other lines"), ("esc", "back to the text"))

    def on_key(self, event: events.Key) -> None:
        """Up and down go from line to line, Escape back to the text."""
        match event.key:
            case "escape":
                self._done()
            case "down":
                self.go(1)
            case "up":
                self.go(-1)
            case _:
                return
        event.stop()
        event.prevent_default()

    def go(self, delta: int) -> None:
        """Go to the next line or the one before; from the last back to the text."""
        shown = [line.field for line in self._choices if not line.has_class("-spare")]
        fields = [*shown, self._lasts.field]
        here = next((place for place, field in enumerate(fields) if field.has_focus), -1)
        if here + delta >= len(fields):
            self._done()
        else:
            self.screen.set_focus(fields[max(0, here + delta)])
