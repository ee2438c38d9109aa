"""Sending what was written: what is asked once before it, and what is said after."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from tui_inbox.commands import sending
from tui_inbox.core.draft import Draft
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.key_words import key_for
from tui_inbox.ui.render.composed import Room
from tui_inbox.ui.screens.compose_head import too_long
from tui_inbox.ui.screens.draft_keeper import DraftKeeper

NOTHING = "There is nothing to send yet."


class Doubt(Protocol):
    """Something because of which the owner is asked once whether to send.

    Attributes:
        words: what it is; empty for nothing.
        asked: whether the owner was asked.
    """

    words: str
    asked: bool


class ComposeSending:
    """Sends one draft, and no second time while it is at it.

    Args:
        desk: the application.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._busy = False
        self._brake_asked = False

    def begin(self) -> None:
        """Another draft is written: it is asked about anew."""
        self._brake_asked = False

    def send(
        self,
        keeper: DraftKeeper | None,
        doubts: Sequence[Doubt],
        left: Room,
        sent: Callable[[], None],
    ) -> None:
        """Send a draft, unless something is to be said or asked first.

        Args:
            keeper: has the draft; None while it is read.
            doubts: what may be asked about first: whether it may be answered, whether somebody was quicker.
            left: what is left for the text.
            sent: called when it is in the outbox.
        """
        if self._busy:
            return
        if keeper is None or _is_nothing(keeper.draft):
            self._desk.say(NOTHING)
        elif left.left < 0:
            self._desk.say(too_long(-left.left))
        elif doubt := next((one for one in doubts if one.words and not one.asked), None):
            doubt.asked = True
            send = key_for(self._desk, "compose.send")
            self._desk.say(f"{doubt.words}. {send} again sends it.")
        else:
            self._desk.start(self._send(keeper, sent))

    async def _send(self, keeper: DraftKeeper, sent: Callable[[], None]) -> None:
        if self._busy:
            return
        self._busy = True
        try:
            draft = await keeper.settle()
            sending_it = sending.send(self._desk.services.ctx, draft, asked=self._brake_asked)
            outcome = await asyncio.wrap_future(sending_it)
        finally:
            self._busy = False
        self._brake_asked = outcome.asks
        if outcome.action is None:
            self._desk.say(outcome.sentence)  # it was refused, or asks first; the draft stays
        else:
            sent()


def _is_nothing(draft: Draft) -> bool:
    return not draft.text.strip() and not draft.attachments
