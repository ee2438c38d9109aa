"""The composer, as seen from what sets something in it besides the text."""

from __future__ import annotations

from typing import Protocol

from tui_inbox.core.account import Limits
from tui_inbox.core.draft import Draft
from tui_inbox.queries.composing import Surroundings
from tui_inbox.queries.rows import AccountRow
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.render.composed import accounts_of


class Writing(Protocol):
    """Where a draft is written."""

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


def is_same(draft: Draft | None, other: Draft) -> bool:
    """Whether a draft is the one that was asked about: by now it may have been changed and saved."""
    if draft is None:
        return False
    before = (other.account, other.reply_to, other.edits)
    return (draft.account, draft.reply_to, draft.edits) == before and other.id in (0, draft.id)


def limits_of(writing: Writing, draft: Draft) -> list[Limits]:
    """What the servers allow that are to take a draft."""
    return [writing.around.limits.get(account, Limits()) for account in accounts_of(draft)]
