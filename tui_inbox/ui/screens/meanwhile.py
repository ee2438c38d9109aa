"""What happened to a post while it is being answered: a colleague, or the phone, may have been quicker."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.draft import Draft
from tui_inbox.queries import thread as thread_queries
from tui_inbox.ui.desk import Desk

LOOK_AGAIN = 1.0
"""Seconds between two looks."""


class Meanwhile:
    """Looks once in a while whether somebody has answered, for one draft.

    Args:
        desk: the application.
        draft: the draft as it is on the screen.
        said: what was known when the composer opened.
        set_timer: runs a function after some seconds.
        changed: called when there is something else to say.

    Attributes:
        words: what to say of it, or empty.
        asked: whether the owner was asked to send all the same.
    """

    def __init__(
        self,
        desk: Desk,
        draft: Draft,
        said: str,
        *,
        set_timer: Callable[[float, Callable[[], None]], Timer],
        changed: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._draft = draft
        self._set_timer = set_timer
        self._changed = changed
        self._waiting: Timer | None = None
        self.words = said
        self.asked = False

    def news(self, changes: frozenset[Change]) -> None:
        """Something changed in the store."""
        relevant = any(change.topic in (Topic.POST, Topic.INBOX) for change in changes)
        if relevant and self._draft.reply_to is not None and self._waiting is None:
            self._waiting = self._set_timer(LOOK_AGAIN, self.look)

    def end(self) -> None:
        """Nobody wants to know any more."""
        if self._waiting is not None:
            self._waiting.stop()

    def look(self) -> None:
        """Look now."""
        self._waiting = None
        if self._draft.reply_to is not None:
            self._desk.start(self._read())

    async def _read(self) -> None:
        desk, draft = self._desk, self._draft
        context = await desk.ask(
            thread_queries.reply_context, draft.account, draft.reply_to, now=desk.services.now()
        )
        if context.answered_meanwhile != self.words:
            self.words, self.asked = context.answered_meanwhile, False
            self._changed()
