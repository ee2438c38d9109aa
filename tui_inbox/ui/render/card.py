"""Rows of a person card: who it is, what they say of themselves, what was said, what they wrote lately."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.queries.rows import PersonCard, PostRow
from tui_inbox.ui.pictures.painted import Painted
from tui_inbox.ui.render.body import body
from tui_inbox.ui.render.cells import Brush, Drawing, Part, blank, without_letters
from tui_inbox.ui.render.exchange import ExchangeData, exchange_estimate, exchange_lines
from tui_inbox.ui.render.paragraph import heading, labelled, paragraph
from tui_inbox.ui.render.picture import picture_lines
from tui_inbox.ui.render.post import post_head
from tui_inbox.ui.widgets import Row

INDENT = 0
LEAST_LABEL, MOST_LABEL = 9, 20
"""Cells of the labels' column, its gap included."""

LINES_OF_FIELD = 3


class CardHead(Struct, frozen=True):
    """Who it is and how the two stand to each other; `letters` of the account that sees them, `face`: their picture."""

    card: PersonCard
    letters: str
    face: Painted | None = None


class CardAbout(Struct, frozen=True):
    """What they say of themselves, and what the owner knows of them."""

    card: PersonCard


class CardSection(Struct, frozen=True):
    """The heading of a part of the card. `hint` says why it is empty, if it is."""

    words: str
    hint: str = ""


class CardMore(Struct, frozen=True):
    """That more passed between the two than is shown."""


CardData: TypeAlias = CardHead | CardAbout | CardSection | CardMore | ExchangeData | PostRow


class CardRenderer:
    """Draws the rows of a person card. Its rows carry no account letters: its head has them.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._letters = drawing.letters
        self._drawing = without_letters(drawing)

    def render(
        self, row: Row[CardData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        match row.data:
            case CardHead():
                return self._head(brush, row.data, width)
            case CardAbout():
                return about_lines(brush, row.data.card, width)
            case CardSection():
                lines = heading(brush, row.data.words, width, first=False)
                if row.data.hint:
                    look = brush.palette.dim
                    lines += paragraph(brush, row.data.hint, look, indent=2, width=width)
                return lines
            case CardMore():
                words = "earlier: Enter shows all of it, S finds words in it"
                return paragraph(brush, words, brush.palette.dim, indent=2, width=width)
            case ExchangeData():
                return exchange_lines(brush, row.data, width, selected=selected)
            case PostRow():
                return self._post(brush, row.data, width)

    def estimate(self, row: Row[CardData], width: int) -> int:
        """About how many lines a row takes."""
        match row.data:
            case CardHead():
                return 2 + (row.data.face.rows if row.data.face else 0)
            case CardAbout():
                card = row.data.card
                return 3 + len(card.bio) // max(10, width) + len(card.fields) + len(card.lines)
            case CardSection():
                return 3 if row.data.hint else 2
            case CardMore():
                return 1
            case ExchangeData():
                return exchange_estimate(row.data, width)
            case PostRow():
                return 4

    def _head(self, brush: Brush, head: CardHead, width: int) -> list[Strip]:
        style, card = brush.palette, head.card
        parts: list[Part] = []
        if self._letters:
            parts.append((f"{head.letters} ", style.account(head.letters)))
        look = style.partner if card.person.partner else style.name
        parts += [(card.person.name, look), (f"  @{card.person.handle}", style.dim)]
        facts = " · ".join(standing(card))
        return [
            brush.line(parts, width),
            *paragraph(brush, facts, style.text, indent=INDENT, width=width, most=3),
            *(picture_lines(brush, head.face, INDENT, width) if head.face else []),
        ]

    def _post(self, brush: Brush, post: PostRow, width: int) -> list[Strip]:
        indent = self._drawing.text_at
        lines = [
            post_head(brush, post, width),
            *(brush.indented(parts, indent, width) for parts in body(brush, post, width - indent)),
        ]
        return lines if self._drawing.dense else [*lines, blank(width)]


def standing(card: PersonCard) -> list[str]:
    """How the owner and a person stand to each other, in words."""
    match card.following, card.followed_by:
        case True, True:
            words = ["you follow each other"]
        case True, False:
            words = ["you follow them"]
        case False, True:
            words = ["follows you"]
        case _:
            words = ["neither follows the other"]
    words += [
        word
        for word, holds in (
            ("you asked to follow", card.requested),
            ("pinned", card.pinned),
            ("muted", card.muting),
            ("blocked", card.blocking),
        )
        if holds
    ]
    words += card.aside
    return [*words, card.reason] if card.reason else words


def about_lines(brush: Brush, card: PersonCard, width: int) -> list[Strip]:
    """What they say of themselves, the fields of their profile, and what the owner knows of them."""
    lines: list[Strip] = []
    if card.bio:
        lines.append(blank(width))
        lines += paragraph(brush, card.bio, brush.palette.text, indent=INDENT, width=width)
    fields = [
        (field.label, f"{field.text} · verified" if field.verified else field.text)
        for field in card.fields
    ]
    known = [("note", card.note)] if card.note else []
    known += [(label, text) for label, text in card.lines if label != "note"]
    longest = max((len(label) + 2 for label, _ in (*fields, *known)), default=0)
    column = min(MOST_LABEL, max(LEAST_LABEL, longest))
    for block in (fields, known):
        if block:
            lines += [blank(width), *_block(brush, block, column, width)]
    return lines or [blank(width)]


def _block(brush: Brush, block: list[tuple[str, str]], column: int, width: int) -> list[Strip]:
    return [
        line
        for label, text in block
        for line in labelled(
            brush,
            label,
            brush.palette.dim,
            " ".join(text.split()),
            column=column,
            indent=INDENT,
            width=width,
            most=LINES_OF_FIELD,
        )
    ]
