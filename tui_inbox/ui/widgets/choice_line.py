"""A strip at the bottom of the screen that asks to choose among a few things, each by a key of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from tui_inbox.ui.widgets.ask_line import STAYS
from tui_inbox.ui.widgets.key_line import ways

MARKS = "1234567890abcdefghij"
"""The keys, in the order of the choices. The largest polls we know of, Pleroma's, have 20."""

KEY = "choice"
"""Name under which a stretch of text carries the key that it stands for."""


class ChoiceLine(Widget, can_focus=True):
    """Asks, and answers with the places of what was chosen, or with None. One is enough for the program."""

    DEFAULT_CSS = """
    ChoiceLine {
        display: none;
        height: auto;
        width: 1fr;
        background: $inbox-picked;
        color: $inbox-text;
        padding: 0 1;
    }
    ChoiceLine.-open { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._label = ""
        self._done = ""
        self._choices: Sequence[str] = ()
        self._several = False
        self._may_be_none = False
        self._chosen: frozenset[int] = frozenset()
        self._answer: asyncio.Future[tuple[int, ...] | None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self._answer is not None

    def own_keys(self, width: int, keymap: tuple[tuple[str, str], ...]) -> Content:
        """How it is answered."""
        return ways(("Enter", self._done), ("esc", "leaves"))

    @property
    def words(self) -> str:
        """What it says, without its style."""
        return self.render().plain

    async def ask(
        self,
        label: str,
        choices: Sequence[str],
        *,
        done: str,
        several: bool,
        chosen: Collection[int] | None = None,
    ) -> tuple[int, ...] | None:
        """Ask, and wait. A question that is still open is answered with None first.

        Args:
            label: what is asked; never read as markup, as the choices.
            choices: what can be chosen; those without a mark of their own cannot.
            done: what Enter does, in a word.
            several: whether more than one may be chosen.
            chosen: places that are chosen already; then none is an answer, too.
        """
        self._end(None)
        before = self.screen.focused
        self._label, self._choices, self._done, self._several = label, choices, done, several
        self._chosen, self._may_be_none = frozenset(chosen or ()), chosen is not None
        self.add_class("-open")
        self.refresh(layout=True)
        self.screen.set_focus(self)
        answer: asyncio.Future[tuple[int, ...] | None]
        answer = self._answer = asyncio.get_running_loop().create_future()
        try:
            return await answer
        finally:
            if not self.is_open:  # else another question has begun in the meantime
                self.remove_class("-open")
                if self.screen.focused is self:
                    self.screen.set_focus(before)

    def render(self) -> Content:
        """The question, the choices with their keys, and the ways out."""
        parts: list[Content] = [Content.styled(self._label, "$inbox-bright")]
        for place, (mark, choice) in enumerate(zip(MARKS, self._choices, strict=False)):
            inside = "x" if place in self._chosen else " "
            box = f"[{inside}]" if self._several else f"({inside})"
            style = "$inbox-bright" if place in self._chosen else "$inbox-text"
            entry = Content.assemble((mark, "bold $inbox-yours"), " ", (f"{box} {choice}", style))
            parts.append(_pressing(entry, mark))
        ways = [(f"Enter {self._done}", "enter"), ("Esc leaves", "escape")]
        dim = [_pressing(Content.styled(words, "$inbox-dim"), key) for words, key in ways]
        parts.append(Content.styled(" · ", "$inbox-dim").join(dim))
        return Content("   ").join(parts)

    def on_key(self, event: events.Key) -> None:
        """A mark chooses, Enter answers, Escape goes away; no other letter nor Tab does anything meanwhile."""
        if event.key in ("escape", "enter"):
            self._press(event.key)
        elif event.character is not None and event.is_printable:
            self._press(event.character)
        elif event.key not in STAYS:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Do what the key of the words under the mouse does."""
        event.stop()
        key = event.style.meta.get(KEY)
        if isinstance(key, str):
            self._press(key)

    def _press(self, key: str) -> None:
        """Answer, go away, or choose what has this mark."""
        if key == "escape":
            self._end(None)
        elif key != "enter":
            self._choose(MARKS.find(key))
        elif self._chosen or self._may_be_none:
            self._end(tuple(sorted(self._chosen)))

    def _choose(self, place: int) -> None:
        """Choose, or take it back; where one only may be chosen the other goes."""
        if 0 <= place < len(self._choices):
            kept = self._chosen if self._several else self._chosen & {place}
            self._chosen = kept ^ {place}
            self.refresh()

    def on_blur(self) -> None:
        """Who goes elsewhere has not answered. Of a question that was asked again since, this says nothing."""
        if not self.has_focus:
            self._end(None)

    def _end(self, answer: tuple[int, ...] | None) -> None:
        pending, self._answer = self._answer, None
        if pending is not None and not pending.done():
            pending.set_result(answer)


def _pressing(words: Content, key: str) -> Content:
    """Words that stand for a key when they are clicked."""
    return words.stylize(Style.from_meta({KEY: key}))
