"""The reply card: what one wants to know before answering, in five labelled lines at most."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from tui_inbox.queries.rows import ReplyCard

MOST_LINES = 5
LABEL = 9
"""Cells of the labels' column."""


class CardView(Widget):
    """Shows a card; takes no room where there is none. Gives way to the composer on small screens."""

    DEFAULT_CSS = """
    CardView {
        height: auto;
        width: 1fr;
        color: $inbox-text;
        margin-top: 1;
        padding-left: 1;
    }
    CardView.-none { display: none; }
    """

    def __init__(self) -> None:
        super().__init__(classes="-none")
        self._card: ReplyCard | None = None
        self._room = MOST_LINES

    def say(self, card: ReplyCard | None) -> None:
        """Show a card, or nothing."""
        if card != self._card:
            self._card = card
            self._fit()

    def give_way(self, lines: int) -> None:
        """Use at most so many lines."""
        if lines != self._room:
            self._room = lines
            self._fit()

    def _fit(self) -> None:
        self.set_class(not self._room or self._card is None or not self._card.lines, "-none")
        self.refresh(layout=True)

    @property
    def wanted(self) -> int:
        """Lines it would like, with its title and the blank line above."""
        return min(MOST_LINES, len(self._card.lines)) + 2 if self._card and self._card.lines else 0

    def render(self) -> Content:
        """The title with its rule, then the labelled lines; on small screens all of it in a line or two."""
        card, width = self._card, self.content_size.width
        if card is None or not width:
            return Content()
        if self._room < MOST_LINES:
            name = card.title.split(" and ")[0]
            lines = [f"{label}: {text}" for label, text in card.lines[1 : self._room]]
            first = f"{name}: {card.lines[0][1]}"
            return Content("\n").join(
                Content.styled(line, "$inbox-dim").truncate(width, ellipsis=True)
                for line in [first, *lines]
            )
        rule = "─" * max(0, width - len(card.title) - 1)
        head = Content.assemble((card.title, "$inbox-bright"), " ", (rule, "$inbox-rule"))
        return Content("\n").join(
            [
                head.truncate(width),
                *(_labelled(label, text, width) for label, text in card.lines[:MOST_LINES]),
            ]
        )


def _labelled(label: str, text: str, width: int) -> Content:
    line = Content.assemble("  ", (f"{label:<{LABEL}}", "$inbox-dim"), text)
    return line.truncate(width, ellipsis=True)
