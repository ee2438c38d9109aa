"""Rows of the owner's rules: points, what each is about, until when; below an open one what it finds."""

from __future__ import annotations

from typing import TypeAlias

from rich.cells import cell_len
from textual.strip import Strip

from tui_inbox.core.moment import Millis
from tui_inbox.core.own_rules import points_words
from tui_inbox.queries.rule_rows import RuleRow, facts_of
from tui_inbox.ui.render.cells import BAR, Drawing, Part
from tui_inbox.ui.render.exchange import ExchangeData, exchange_estimate, exchange_lines
from tui_inbox.ui.render.paragraph import folded
from tui_inbox.ui.render.wrap import DOT, flow
from tui_inbox.ui.widgets import Row

POINTS = 11
"""Cells of the points, right-aligned: `not at all` is the longest."""

TEXT_AT = POINTS + 2

RuleData: TypeAlias = RuleRow | ExchangeData


class RuleRenderer:
    """Draws rules and what they find.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[RuleData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        style, data = brush.palette, row.data
        if isinstance(data, ExchangeData):
            return exchange_lines(brush, data, width, selected=selected)
        look = style.dim if data.over else style.bright
        first, *rest = _lines(data, self._drawing.now(), width - BAR - TEXT_AT)
        parts: list[Part] = [(f"{points_words(data.rule):>{POINTS}}  ", look), (first, look)]
        return [
            brush.line(parts, width),
            *(brush.indented([(line, style.dim)], TEXT_AT, width) for line in rest),
        ]

    def estimate(self, row: Row[RuleData], width: int) -> int:
        """About how many lines a row takes."""
        if isinstance(row.data, ExchangeData):
            return exchange_estimate(row.data, width)
        return 1 + len(row.data.about) // max(10, width - TEXT_AT)


def _lines(row: RuleRow, now: Millis, width: int) -> list[str]:
    """What it is about, and beside it or below the facts, none of them cut in its middle."""
    facts = facts_of(row, now)
    beside = DOT.join([row.about, *facts])
    if cell_len(beside) <= width:
        return [beside]
    return [*folded(row.about, width), *flow(facts, [width] * len(facts))]
