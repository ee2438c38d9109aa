"""The composer on the screen: its first line, the text, what goes with it, and the line that says how things stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from msgspec import Struct
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import Millis
from tui_inbox.queries.composing import Surroundings
from tui_inbox.queries.rows import AccountRow, PersonLabel
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.render import composed
from tui_inbox.ui.render.wrap import DOT
from tui_inbox.ui.screens.compose_head import ComposeHead
from tui_inbox.ui.widgets.completions import Completions
from tui_inbox.ui.widgets.line import Line
from tui_inbox.ui.widgets.lines import Lines
from tui_inbox.ui.widgets.pad import Pad
from tui_inbox.ui.widgets.poll_editor import PollEditor

LEAST_LINES = 4
MOST_LINES = 9
"""Lines of the text area; how many depends on the height of the column."""

TIGHT = 22
"""Lines of the screen below which what goes with a text is told in one line."""


class Picture(Struct, frozen=True):
    """What there is to show.

    Attributes:
        accounts: those that post it, the first one first; `place` is that one's place in the header line.
        draft: what is written; None while it is read.
        around: what stands around it.
        to: who is addressed by a fresh answer.
        room: what is left for the text.
        notes: facts for the line below, the most important first; empty ones are left out.
        now: the moment for ages.
    """

    accounts: Sequence[AccountRow]
    place: int
    draft: Draft | None
    around: Surroundings
    to: Sequence[PersonLabel]
    room: composed.Room
    notes: Sequence[str]
    now: Millis


class ComposeView(Widget):
    """Shows what is written. What it means is the composer's, which fills it before it is mounted."""

    DEFAULT_CSS = """
    ComposeView {
        display: none;
        layout: vertical;
        height: auto;
        width: 1fr;
        margin-top: 1;
        padding-left: 1;
    }
    ComposeView.-open { display: block; }
    ComposeView > Pad, ComposeView > Pad:focus {
        height: 6;
        border: none;
        padding: 0;
        background: $inbox-ground;
        color: $inbox-bright;
        scrollbar-size-vertical: 0;
    }
    """

    def __init__(self) -> None:
        super().__init__(id="composer")
        self._head = ComposeHead()
        self._with = Lines()
        self._note = Line(id="compose-note")
        self._column = 0
        self._pad: Pad
        self._completions: Completions
        self._poll: PollEditor

    def fill(self, *, pad: Pad, completions: Completions, poll: PollEditor) -> None:
        """Hand in what one writes in.

        Args:
            pad: the text.
            completions: what a word may become.
            poll: edits the poll.
        """
        self._pad, self._completions, self._poll = pad, completions, poll

    def compose(self) -> ComposeResult:
        """To whom and how it may be read; the text; what goes with it; whether it is kept."""
        yield self._head
        yield self._pad
        yield self._completions
        yield self._with
        yield self._poll
        yield self._note

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return self.has_class("-open")

    @property
    def has_hand(self) -> bool:
        """Whether the keys go to it."""
        focused = self.screen.focused
        return focused is not None and self in focused.ancestors_with_self

    def take_hand(self) -> None:
        """Let the keys go to the text."""
        self.screen.set_focus(self._pad)

    def show(self, picture: Picture) -> None:
        """Say from whom, to whom, who may read it, what goes with it, and what is left."""
        self._head.colour(cast(Desk, self.app).colours, picture.place)
        self._head.tell(_head_words(picture, self._head.content_size.width))
        self._with.say(self._with_lines(picture.draft))
        self._note.say(Content(DOT.join(fact for fact in picture.notes if fact)))
        self.share()

    def _with_lines(self, draft: Draft | None) -> list[str]:
        if draft is None or self._poll.is_open:
            return []  # the editor shows the poll, and files do not go with it
        lines = composed.goes_with(draft)
        return [DOT.join(lines)] if lines and self._column < TIGHT else lines

    def fit(self, column: int) -> None:
        """Take a part of a column's lines, never fewer than four for the text."""
        self._column = column
        self.share()

    def share(self) -> None:
        """The text gives lines to what stands below it, so that nothing above it moves, down to its four."""
        offers = len(self._completions.offers)
        self._with.display = not offers  # what goes with the text is not changed meanwhile
        below = offers or len(self._with.lines)
        below += self._poll.lines if self._poll.is_open else 0
        usual = max(LEAST_LINES, min(MOST_LINES, self._column // 4))
        self._pad.styles.height = max(LEAST_LINES, usual - below)


def _head_words(picture: Picture, width: int) -> str:
    draft, labels = picture.draft, [account.label for account in picture.accounts]
    if draft is None:
        return composed.head_words(labels, "", None, "", picture.room, width)
    whom = composed.whom(draft, picture.around, picture.to, picture.now)
    when = composed.when(draft, picture.around.limits, picture.now)
    return composed.head_words(labels, whom, draft, when, picture.room, width)
