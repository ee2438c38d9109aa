"""The reply card: what one wants to know before answering, under five labels at most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui_inbox.queries.rows import ReplyCard
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.render.paragraph import folded
from tui_inbox.ui.render.wrap import DOT, flow

MOST_LINES = 5
LABEL = 9
"""Cells of the labels' column."""

INDENT = 2
TEXT_LINES = 2
FACT_LINES = 3
"""Lines that the text of a label may take, and those of a label with several facts."""

NEEDED = ("answers", "note")
"""What stays longest besides the first line: whether to answer at all hangs on them."""


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

    def _told(self) -> ReplyCard | None:
        """The card as it is shown: emoji as the owner wants them."""
        emoji = cast(Desk, self.app).services.look.emoji
        if emoji == "pictures" or self._card is None:
            return self._card
        from tui_inbox.ui.render.emoji import told_row  # most owners have emoji

        return told_row(self._card, emoji)

    def give_way(self, lines: int) -> None:
        """Use at most so many lines."""
        if lines != self._room:
            self._room = lines
            self._fit()

    def _fit(self) -> None:
        self.set_class(not self._room or self._card is None or not self._card.lines, "-none")
        self.refresh(layout=True)

    def render(self) -> Content:
        """The title with its rule, then the labelled lines; on small screens all of it in a line or two."""
        card, width = self._told(), self.content_size.width
        if card is None or not width:
            return Content()
        if self._room < MOST_LINES:
            name = card.title.split(" and ")[0]
            kept = shortened(card.lines, self._room)
            lines = [f"{label}: {text}" for label, text in kept[1:]]
            first = f"{name}: {kept[0][1]}"
            return Content("\n").join(
                Content.styled(line, "$inbox-dim").truncate(width, ellipsis=True)
                for line in [first, *lines]
            )
        rule = cast(Desk, self.app).glyphs.rule * max(0, width - cell_len(card.title) - 1)
        head = Content.assemble((card.title, "$inbox-bright"), " ", (rule, "$inbox-rule"))
        return Content("\n").join(
            [
                head.truncate(width),
                *(
                    line
                    for label, text in card.lines[:MOST_LINES]
                    for line in _labelled(label, text, width)
                ),
            ]
        )


def shortened(lines: Sequence[tuple[str, str]], room: int) -> list[tuple[str, str]]:
    """The lines of a card that stay where there is room for few of them, in their order.

    Args:
        lines: labels and what they say.
        room: so many lines, one at least.
    """
    first, rest = lines[:1], lines[1:]
    worth = sorted(
        rest, key=lambda line: NEEDED.index(line[0]) if line[0] in NEEDED else len(NEEDED)
    )
    kept = worth[: max(0, room - 1)]
    return [*first, *(line for line in rest if line in kept)]


def _labelled(label: str, text: str, width: int) -> list[Content]:
    """A label and its text, which goes on in its own column; between facts if there are several."""
    room = max(LABEL, width - INDENT - LABEL)
    facts = text.split(DOT)
    texts = flow(facts, [room] * FACT_LINES) if len(facts) > 1 else folded(text, room, TEXT_LINES)
    return [
        Content.assemble(
            " " * INDENT, (f"{label if not place else '':<{LABEL}}", "$inbox-dim"), line
        )
        for place, line in enumerate(texts)
    ]
