"""Rows of the mix: a time, and under it a bar for each kind of own posts."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.core.mix import MEANING
from tui_inbox.queries.mix import PeriodMix, Share
from tui_inbox.ui.render.cells import BAR, Drawing, blank
from tui_inbox.ui.widgets import Row

WORDS_AT = 29
"""Column in which bars begin: count, share and kind stand before it."""
MOST = 40
"""Cells of a bar that is all there is."""


class PeriodHead(Struct, frozen=True):
    """The heading of a time. `first` has no blank line above it."""

    period: PeriodMix
    first: bool


class Bar(Struct, frozen=True):
    """A kind of posts in a time of some days."""

    days: int
    share: Share


MixData: TypeAlias = PeriodHead | Bar


class MixRenderer:
    """Draws them.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[MixData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        style, data = brush.palette, row.data
        if isinstance(data, PeriodHead):
            posts = data.period.posts
            words = f"{data.period.days} days"
            facts = brush.facts([f"{posts} {'post' if posts == 1 else 'posts'}"])
            head = brush.line([(words, style.heading), *facts], width)
            return [head] if data.first else [blank(width), head]
        share = data.share
        room = max(4, min(MOST, width - BAR - WORDS_AT - 2))
        bar = self._drawing.glyphs.block * round(room * share.percent / 100)
        lines = [
            brush.line(
                [
                    (f"{share.posts:4} ", style.bright),
                    (f"{share.percent:4} %  ", style.dim),
                    (f"{share.kind:<{WORDS_AT - 13}}", style.text),
                    (bar, style.text),
                ],
                width,
            )
        ]
        said = MEANING[share.kind]
        if share.target:
            said += f" · you would like {share.target} %"
        lines.append(brush.indented([(said, style.dim)], 13, width))
        return lines

    def estimate(self, row: Row[MixData], width: int) -> int:
        """How many lines a row takes."""
        return 2 if isinstance(row.data, Bar) or not row.data.first else 1
