"""The composer, as seen from what sets something in it besides the text."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from tui_inbox.core.account import Limits
from tui_inbox.core.draft import Draft
from tui_inbox.queries.composing import Surroundings
from tui_inbox.queries.rows import AccountRow
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.render.composed import accounts_of


class Asked(Struct, frozen=True):
    """A draft as it was when something was asked about it.

    Attributes:
        turn: the time of writing in which that was.
    """

    draft: Draft
    turn: int


class Writing(Protocol):
    """Where a draft is written."""

    @property
    def turn(self) -> int:
        """Which time of writing this is: another one for each draft that is opened, and when it has left."""
        ...

    @property
    def draft(self) -> Draft | None:
        """The draft on the screen; None while it is read."""
        ...

    @property
    def around(self) -> Surroundings:
        """What stands around it."""
        ...

    def change(self, draft: Draft) -> None:
        """Go on with this one in its place; its text is that on the screen."""
        ...

    def write(self, text: str) -> None:
        """Let this be the text."""
        ...

    def insert(self, text: str) -> None:
        """Put a text where the hand is."""
        ...

    def write_from(self, account: AccountRow) -> None:
        """Let another account write it."""
        ...

    def note(self, words: str) -> None:
        """Say something in the line under the text, until something else is done."""
        ...

    def take_hand(self) -> None:
        """Let the keys go to the text again."""
        ...


class Options:
    """Some of what is set of the draft that is being written, by the letters behind ctrl+o.

    Args:
        desk: the application.
        writing: where it is written.
    """

    def __init__(self, desk: Desk, writing: Writing) -> None:
        self._desk = desk
        self._writing = writing

    def asked(self, draft: Draft) -> Asked:
        """What is asked about a draft that is being written now."""
        return Asked(draft, self._writing.turn)

    def answered(self, asked: Asked) -> Draft | None:
        """The draft that was asked about, as it is by now; None where another one is written.

        One that was never on disk has no number, and every new text of its account looks like it: it is the same
        only as long as it stays open.
        """
        draft, before = self._writing.draft, asked.draft
        if draft is None or _target(draft) != _target(before):
            return None
        is_open_still = asked.turn == self._writing.turn
        return draft if is_open_still or before.id == draft.id != 0 else None


def _target(draft: Draft) -> tuple[int, int | None, int | None]:
    return draft.account, draft.reply_to, draft.edits


def limits_of(writing: Writing, draft: Draft) -> list[Limits]:
    """What the servers allow that are to take a draft."""
    return [writing.around.limits.get(account, Limits()) for account in accounts_of(draft)]
