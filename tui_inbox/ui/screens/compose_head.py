"""The composer's first line: from whom, to whom, who may read it, what is left."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from tui_inbox.core import audiences
from tui_inbox.core.draft import Draft
from tui_inbox.core.post import Audience
from tui_inbox.queries.rows import AccountRow, PersonLabel
from tui_inbox.ui.render.wrap import cut
from tui_inbox.ui.themes import Colours
from tui_inbox.ui.widgets.line import Line

OFFERED = tuple(map(Audience, audiences.CHOICES))
"""Audiences that can be chosen, from wide to narrow."""

LEAST_NAMES = 12
"""Cells that the names have at least."""


class ComposeHead(Line):
    """The line that prevents the worst mistake of the trade: the account in capitals, on its colour.

    In a column too narrow for it, it goes on in a second line.
    """

    DEFAULT_CSS = """
    ComposeHead { text-style: bold; height: auto; max-height: 2; }
    """

    def colour(self, colours: Colours, place: int) -> None:
        """Take the colour of an account.

        Args:
            colours: the theme's.
            place: the account's place in the header line.
        """
        self.styles.background = colours.accounts[place % len(colours.accounts)]
        self.styles.color = colours.on_account

    def say_for(
        self, account: AccountRow, to: Sequence[PersonLabel], draft: Draft | None, left: int
    ) -> None:
        """Say how things stand.

        Args:
            account: the account that writes.
            to: who is addressed; nobody in a new post.
            draft: what is written; None while it is read.
            left: characters left, negative for too many.
        """
        words = [account.label.upper(), ""]
        if draft is not None:
            words.append(audiences.IN_WORDS[draft.audience])
            words += [f"warning: {draft.warning}"] if draft.warning else []
            words += [draft.language] if draft.language else []
            words.append(f"{left} left" if left >= 0 else f"{-left} too many")
        # Names give way, what is left is never cut off.
        room = self.content_size.width - sum(cell_len(word) + 3 for word in words) + 3
        words[1] = cut(to_whom(to), max(room, LEAST_NAMES))
        self.say(Content(" · ".join(words)))
        self.refresh(layout=True)

    def render(self) -> Content:
        """All of it."""
        return self.content


def to_whom(people: Sequence[PersonLabel]) -> str:
    """Who is addressed, in words."""
    if not people:
        return "a new post"
    return f"to {', '.join(person.name for person in people)}"


def after(audience: Audience) -> Audience:
    """The next narrower audience that can be chosen; after the last the widest."""
    place = OFFERED.index(audience) if audience in OFFERED else -1
    return OFFERED[(place + 1) % len(OFFERED)]


def too_long(characters: int) -> str:
    """What to say of a text with so many characters too many."""
    return f"It is {characters} character{'' if characters == 1 else 's'} too long."
