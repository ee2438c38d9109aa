"""One line at the bottom of the screen that asks for one line of text."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from tui_inbox.ui.widgets.field import Field
from tui_inbox.ui.widgets.key_line import ways
from tui_inbox.ui.widgets.line import Line

STAYS = frozenset({"tab", "shift+tab"})
"""Keys that go from field to field elsewhere. A question is one field."""


class AskLine(Widget):
    """Asks, and answers with the text or with None. One is enough for the whole program."""

    DEFAULT_CSS = """
    AskLine {
        display: none;
        layout: horizontal;
        height: 1;
        width: 1fr;
        background: $inbox-picked;
        padding: 0 1;
    }
    AskLine.-open { display: block; }
    AskLine > Line { width: auto; color: $inbox-yours; padding-right: 1; }
    AskLine > Input, AskLine > Input:focus {
        width: 1fr;
        height: 1;
        border: none;
        padding: 0;
        background: $inbox-picked;
        color: $inbox-bright;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._label = Line()
        self._input = Field(compact=True, select_on_focus=False)
        self._input.cursor_blink = False  # nothing on the screen blinks
        self._complete: Callable[[str], str] | None = None
        self._answer: asyncio.Future[str | None] | None = None

    def compose(self) -> ComposeResult:
        """The question and the field."""
        yield self._label
        yield self._input

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self._answer is not None

    def own_keys(self, width: int, keymap: tuple[tuple[str, str], ...]) -> Content:
        """How it is answered."""
        return ways(("Enter", "takes"), ("esc", "leaves"))

    async def ask(
        self,
        label: str,
        text: str = "",
        *,
        complete: Callable[[str], str] | None = None,
        secret: bool = False,
    ) -> str | None:
        """Ask, and wait. A question that is still open is answered with None first.

        Args:
            label: the question; never read as markup.
            text: what the field holds at first.
            complete: what Tab makes of what was typed; it may wait for a disk.
            secret: whether what is typed is not shown, and not kept once it is answered.
        """
        self._end(None)
        self._complete = complete
        before = self.screen.focused
        self._label.say(Content(label))
        self._label.styles.width = min(cell_len(label) + 1, self.screen.size.width * 2 // 3)
        self._input.password = secret
        self._input.value = text
        self._input.cursor_position = len(text)
        self.add_class("-open")
        self.screen.set_focus(self._input)
        self._answer = asyncio.get_running_loop().create_future()
        try:
            return await self._answer
        finally:
            self.remove_class("-open")
            if secret:
                self._input.value = ""
            if self.screen.focused is self._input:
                self.screen.set_focus(before)

    def _end(self, answer: str | None) -> None:
        pending, self._answer = self._answer, None
        if pending is not None and not pending.done():
            pending.set_result(answer)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter answers."""
        event.stop()
        self._end(event.value)

    def on_input_blurred(self) -> None:
        """Who goes elsewhere has not answered. Of a question that was asked again since, this says nothing.

        Who only looks at another window may be there to copy the answer.
        """
        if not self._input.has_focus and self.app.app_focus:
            self._end(None)

    def on_key(self, event: events.Key) -> None:
        """Escape goes away. Tab completes where something can be completed, and goes nowhere else.

        Were the question to close by it, the letters behind it would be commands.
        """
        if event.key == "escape":
            event.stop()
            self._end(None)
        elif event.key in STAYS:
            event.stop()
            event.prevent_default()
            if event.key == "tab" and self._complete is not None:
                self.run_worker(
                    self._make_longer(self._complete), exclusive=True, exit_on_error=False
                )

    async def _make_longer(self, complete: Callable[[str], str]) -> None:
        typed = self._input.value
        longer = await asyncio.to_thread(complete, typed)
        if self.is_open and self._input.value == typed:  # else more was typed meanwhile
            self._input.value = longer
            self._input.cursor_position = len(longer)
