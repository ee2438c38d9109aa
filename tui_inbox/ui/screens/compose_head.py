"""The composer's first line: from whom, to whom, who may read it, what is left."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from tui_inbox.core.post import Audience
from tui_inbox.ui.themes import Colours
from tui_inbox.ui.widgets.line import Line
from tui_inbox.ui.widgets.told import told_content


class ComposeHead(Line):
    """The line that prevents the worst mistake of the trade: the account in capitals, on its colour.

    In a column too narrow for it, it goes on in further lines.
    """

    DEFAULT_CSS = """
    ComposeHead { text-style: bold; height: auto; max-height: 3; }
    /* Of sixteen colours, bold black is shown as grey by many terminals: it could not be read on the account's. */
    ComposeHead:ansi { text-style: none; }
    ComposeHead:nocolor { text-style: bold; }
    """

    def colour(self, colours: Colours, place: int) -> None:
        """Take the colour of an account.

        Args:
            colours: the theme's.
            place: the account's place in the header line.
        """
        self.styles.background = colours.accounts[place % len(colours.accounts)]
        self.styles.color = colours.on_account

    def tell(self, words: str) -> None:
        """Say how things stand. Other lines need another layout, other words do not: it is told at each key stroke."""
        lines = words.count("\n")
        is_layout = lines != self.content.plain.count("\n")
        self.say(Content(words))
        if is_layout:
            self.refresh(layout=True)

    def render(self) -> Content:
        """All of it."""
        return told_content(self, self.content)


def after(audience: Audience, offered: Sequence[Audience]) -> Audience:
    """The next narrower audience that can be chosen; after the last the widest.

    Args:
        offered: those that can be chosen, from wide to narrow.
    """
    place = offered.index(audience) if audience in offered else -1
    return offered[(place + 1) % len(offered)]


def too_long(characters: int) -> str:
    """What to say of a text with so many characters too many."""
    return f"It is {characters} character{'' if characters == 1 else 's'} too long."
