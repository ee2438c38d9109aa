"""Rows of the answer to "why": points and reasons, their sum, and the events behind one of them."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.priority import phrases
from tui_inbox.queries.rows import ReasonRow
from tui_inbox.ui.render.cells import BAR, Brush, Drawing, Part, blank
from tui_inbox.ui.render.exchange import ExchangeData, exchange_estimate, exchange_lines
from tui_inbox.ui.render.paragraph import folded, paragraph
from tui_inbox.ui.widgets import Row

POINTS = 7
"""Cells of the points, right-aligned: sign, two digits, point, thousandths."""

SENTENCE_AT = POINTS + 2


class Standing(Struct, frozen=True):
    """What is decided before any points."""

    words: str


class SumLine(Struct, frozen=True):
    """The sum of all points, None where there are none, what the next one lacks, and what the one above has more."""

    total: int | None
    next: str
    before: str = ""


class EvidenceHead(Struct, frozen=True):
    """The heading over the events behind a reason. `words` are the reason's own."""

    words: str
    found: bool
    opens: bool
    is_rule: bool = False


class MoreEvents(Struct, frozen=True):
    """So many events stand behind a reason besides. `can_show`: whether Enter shows some of them."""

    count: int
    can_show: bool


TraceData: TypeAlias = Standing | ReasonRow | SumLine | EvidenceHead | MoreEvents | ExchangeData


class TraceRenderer:
    """Draws the rows of a trace.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[TraceData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        match row.data:
            case ReasonRow():
                shown = phrases.points(row.data.points)
                return _counted(brush, shown, row.data.sentence, width)
            case Standing():
                return _counted(brush, "", row.data.words, width)
            case SumLine():
                return self._sum(brush, row.data, width)
            case EvidenceHead():
                return _evidence_head(brush, row.data, width)
            case MoreEvents():
                hint = "Enter shows them" if row.data.can_show else "older ones"
                words = f"… {row.data.count} more, {hint}"
                return [brush.indented([(words, brush.palette.dim)], 2, width)]
            case ExchangeData():
                return exchange_lines(brush, row.data, width, selected=selected)

    def estimate(self, row: Row[TraceData], width: int) -> int:
        """About how many lines a row takes."""
        match row.data:
            case Standing():
                return 1
            case ReasonRow():
                return 1 + len(row.data.sentence) // max(10, width - SENTENCE_AT)
            case SumLine():
                return 2 + len(row.data.next + row.data.before) // max(10, width - SENTENCE_AT)
            case MoreEvents():
                return 1
            case EvidenceHead():
                return 2
            case ExchangeData():
                return exchange_estimate(row.data, width)

    def _sum(self, brush: Brush, line: SumLine, width: int) -> list[Strip]:
        if line.total is None:
            return _counted(brush, "", line.next, width)
        rule = brush.line([(self._drawing.glyphs.rule * POINTS, brush.palette.rule)], width)
        lines = [rule, *_counted(brush, phrases.total(line.total), line.next, width)]
        return [*lines, *_counted(brush, "", line.before, width)] if line.before else lines


def _counted(brush: Brush, points: str, sentence: str, width: int) -> list[Strip]:
    """Points in their column and a sentence beside them."""
    style = brush.palette
    first, *rest = folded(sentence, width - BAR - SENTENCE_AT)
    parts: list[Part] = [(f"{points:>{POINTS}}  ", style.bright), (first, style.text)]
    return [
        brush.line(parts, width),
        *(brush.indented([(line, style.text)], SENTENCE_AT, width) for line in rest),
    ]


def _evidence_head(brush: Brush, head: EvidenceHead, width: int) -> list[Strip]:
    lines = [] if brush.drawing.dense else [blank(width)]
    words = f"Behind it: {head.words}"
    lines += paragraph(brush, words, brush.palette.heading, indent=0, width=width, most=2)
    if not head.found:
        words = "no event stands behind it alone"
        if head.is_rule:
            words = "a rule of yours in the settings file, E shows all of them"
        lines += paragraph(brush, words, brush.palette.dim, indent=2, width=width)
    elif head.opens:
        lines += paragraph(
            brush, "Enter on one opens its thread", brush.palette.dim, indent=2, width=width
        )
    return lines
