"""Whether the same text went out today already: one quiet line, looked up when the hand rests."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer

from tui_inbox.core.draft import Draft
from tui_inbox.queries import composing
from tui_inbox.ui.desk import Desk

LOOK_AFTER = 1.0
"""Seconds the hand rests before it is looked up."""


class SaidToday:
    """Looks now and then whether a text was sent before.

    Args:
        desk: the application.
        draft: the draft on the screen at that moment.
        set_timer: runs a function after some seconds.
        changed: called when there is something else to say.

    Attributes:
        words: what to say of it, or empty.
    """

    def __init__(
        self,
        desk: Desk,
        draft: Callable[[], Draft | None],
        *,
        set_timer: Callable[[float, Callable[[], None]], Timer],
        changed: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._draft = draft
        self._set_timer = set_timer
        self._changed = changed
        self._timer: Timer | None = None
        self._asked_of = ""
        self.words = ""

    def text_changed(self) -> None:
        """Look when the hand has rested for a moment. One timer goes on while it does not."""
        if self._timer is None:
            self._begin()

    def _begin(self) -> None:
        draft = self._draft()
        self._asked_of = draft.text if draft is not None else ""
        self._timer = self._set_timer(LOOK_AFTER, self._look)

    def end(self) -> None:
        """Nobody wants to know any more."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def forget(self) -> None:
        """Another draft is written."""
        self.end()
        self.words = ""

    def _look(self) -> None:
        self._timer = None
        draft = self._draft()
        if draft is not None and draft.text != self._asked_of:
            self._begin()
        elif draft is not None:
            self._desk.start(self._read(draft))

    async def _read(self, draft: Draft) -> None:
        now = self._desk.services.now()
        words = await self._desk.ask(composing.said_today, draft, now=now)
        said = self._draft()
        if said is not None and said.text == draft.text and words != self.words:
            self.words = words
            self._changed()
