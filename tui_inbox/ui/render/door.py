"""Rows of the front door: one visitor with what they wrote, what the check found, and the posts behind a sentence."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from rich.cells import cell_len
from textual.strip import Strip

from tui_inbox.core.door import Wish
from tui_inbox.core.findings import Verdict
from tui_inbox.queries.door import Visitor
from tui_inbox.queries.strangers import CheckLine, CheckView, EvidenceRow
from tui_inbox.ui.render.cells import BAR, Brush, Drawing, Part, blank, without_letters
from tui_inbox.ui.render.item import item_word
from tui_inbox.ui.render.paragraph import folded, heading, paragraph
from tui_inbox.ui.render.wrap import DOT, cut, flow
from tui_inbox.ui.widgets import Row

LABELS = 14
"""Cells of the labels, the blanks behind them included."""
LEAST_BESIDE = 30
"""Where fewer cells are left beside the labels, sentences stand below them."""
MOST_TEXT = 8
"""Lines of a stranger's text; the thread has the rest."""
NAMES = 20
"""Cells of a name in front of a post behind a sentence."""
INDENT = 1
GAP = 2
DIGIT = 2
"""Cells of a digit and the blank behind it."""


class VisitorHead(Struct, frozen=True):
    """Who stands before the door, and what they wrote."""

    visitor: Visitor


class VerdictHead(Struct, frozen=True):
    """The verdict of a check, or why there is none."""

    check: CheckView | None
    note: str = ""


class Sentence(Struct, frozen=True):
    """A sentence of a check.

    Attributes:
        digit: the key that shows what stands behind it; empty where nothing does.
        others: of every sentence with something behind it, how long it is and what its digit says, so that the digits
            stand below each other.
    """

    line: CheckLine
    digit: str
    others: tuple[tuple[int, int], ...]


class Evidence(Struct, frozen=True):
    """A post behind a sentence."""

    post: EvidenceRow
    mixed: bool


class Note(Struct, frozen=True):
    """A quiet sentence below, or the heading over the posts behind a sentence."""

    words: str
    heads: bool = False


DoorData: TypeAlias = VisitorHead | VerdictHead | Sentence | Evidence | Note


class DoorRenderer:
    """Draws the rows of the page.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[DoorData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        match row.data:
            case VisitorHead(visitor):
                return self._visitor(brush, visitor, width)
            case VerdictHead(check, note):
                return self._verdict(brush, check, note, width)
            case Sentence():
                return _sentence(brush, row.data, width)
            case Evidence(post, mixed):
                return self._evidence(brush, post, width, mixed=mixed, whole=selected)
            case Note(words, heads):
                if heads:
                    return heading(brush, words, width, first=False)
                lines = paragraph(brush, words, brush.palette.dim, indent=INDENT, width=width)
                return lines if self._drawing.dense else [blank(width), *lines]

    def estimate(self, row: Row[DoorData], width: int) -> int:
        """About how many lines a row takes."""
        match row.data:
            case VisitorHead(visitor):
                room = max(20, width - BAR - self._drawing.text_at)
                return 1 + min(MOST_TEXT, 1 + len(visitor.text) // room)
            case Evidence():
                return 1
            case Sentence(line):
                return 1 + len(line.words) // max(20, width - LABELS)
        return 2

    def _visitor(self, brush: Brush, visitor: Visitor, width: int) -> list[Strip]:
        """Who it is, and the beginning of what they wrote. Servers do not say since when somebody asks to follow."""
        style, drawing = brush.palette, self._drawing
        word = item_word(visitor.item) if visitor.item else _WISHES.get(visitor.wish, "")
        facts = [f"@{visitor.person.handle}"]
        if visitor.notices > 1:
            facts.append(f"{visitor.notices} notifications")
        room = width - BAR - drawing.name_at - len(word) - 1
        name = cut(visitor.person.name, max(8, room))
        beside = room - cell_len(name) - cell_len(DOT)
        first, *below = flow(facts, (beside, *[width - BAR - drawing.text_at] * len(facts)))
        parts: list[Part] = [
            (name, style.partner if visitor.person.partner else style.name),
            (f" {word}" if word else "", style.text),
            *brush.facts([first]),
        ]
        if visitor.at is not None:
            head = brush.head(
                mark=" ",
                mark_style=style.dim,
                at=visitor.at,
                letters=visitor.letters,
                parts=parts,
                width=width,
            )
        else:
            letters = f"{visitor.letters:2} " if drawing.letters else ""
            start = (letters, style.account(visitor.letters))
            head = brush.indented([start, *parts], drawing.name_at - len(letters), width)
        heads = [head]
        heads += (brush.indented([(line, style.dim)], drawing.text_at, width) for line in below)
        text = paragraph(
            brush,
            visitor.text,
            style.text,
            indent=drawing.text_at,
            width=width,
            most=MOST_TEXT,
        )
        return [*heads, *text] if visitor.text else heads

    def _verdict(self, brush: Brush, check: CheckView | None, note: str, width: int) -> list[Strip]:
        style = brush.palette
        above = [] if self._drawing.dense else [blank(width)]
        if check is None:
            return [*above, *paragraph(brush, note, style.dim, indent=INDENT, width=width)]
        look = style.yours if check.verdict is Verdict.SAME else style.heading
        words = str(check.verdict).upper()
        facts = [f"{check.why}" if check.why else "", check.basis, note]
        beside = "".join(text for text, _ in brush.facts(facts))
        first, *rest = folded(f"{words}{beside}", width - BAR - INDENT)
        parts: list[Part] = [(first[: len(words)], look), (first[len(words) :], style.dim)]
        return [
            *above,
            brush.indented(parts, INDENT, width),
            *(brush.indented([(line, style.dim)], INDENT + GAP, width) for line in rest),
        ]

    def _evidence(
        self, brush: Brush, post: EvidenceRow, width: int, *, mixed: bool, whole: bool
    ) -> list[Strip]:
        """When, who where that is not always the stranger, and the text: all of it when selected."""
        style, plain = brush.palette, without_letters(self._drawing)
        name = cut(post.author or "they", NAMES) if mixed else ""
        parts: list[Part] = [(f"{name}  ", style.name)] if mixed else []
        indent = plain.name_at + sum(cell_len(text) for text, _ in parts)
        first, *rest = folded(
            post.text or "(no words)", max(8, width - BAR - indent), None if whole else 1
        )
        head = Brush(plain, style, brush.bar).head(
            mark=" ",
            mark_style=style.dim,
            at=post.at,
            letters="",
            parts=[*parts, (first, style.text)],
            width=width,
        )
        return [head, *(brush.indented([(line, style.text)], indent, width) for line in rest)]


_WISHES: dict[Wish | None, str] = {
    Wish.FOLLOW: "asks to follow you",
    Wish.BE_HEARD: "is held back by your server",
}


def _sentence(brush: Brush, sentence: Sentence, width: int) -> list[Strip]:
    """A label, the sentence, and behind it the digit that shows what it is made of."""
    style, line = brush.palette, sentence.line
    behind = f"{sentence.digit} {line.shows}" if sentence.digit else ""
    room = width - BAR - INDENT - LABELS
    if room < LEAST_BESIDE:
        label = brush.indented([(line.label, style.dim)], INDENT, width)
        words = f"{line.words}  {behind}" if behind else line.words
        below = folded(words, width - BAR - INDENT - GAP)
        return [
            label,
            *(brush.indented([(one, style.text)], INDENT + GAP, width) for one in below),
        ]
    first, *rest = folded(line.words, room)
    parts: list[Part] = [(f"{line.label:<{LABELS}}", style.dim), (first, style.text)]
    if behind and len(line.words) + GAP + len(behind) <= room:
        beside = [long for long, says in sentence.others if long + GAP + DIGIT + says <= room]
        column = min(max(beside) + GAP, room - len(behind))
        parts.append((f"{' ' * (column - len(first))}{behind}", style.dim))
        behind = ""
    lines = [brush.indented(parts, INDENT, width)]
    lines += (brush.indented([(one, style.text)], INDENT + LABELS, width) for one in rest)
    if behind:
        lines.append(brush.indented([(behind, style.dim)], INDENT + LABELS, width))
    return lines
