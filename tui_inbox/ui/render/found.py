"""Rows of the search page: posts that a query found in everything stored."""

from __future__ import annotations

from textual.strip import Strip

from tui_inbox.queries.rows import HitRow
from tui_inbox.ui.render.body import one_paragraph
from tui_inbox.ui.render.cells import Drawing
from tui_inbox.ui.render.paragraph import paragraph
from tui_inbox.ui.render.post import post_head
from tui_inbox.ui.widgets import Row

LINES = 2
SELECTED_LINES = 8
"""Lines of text of a hit, and of the selected one."""


class FoundRenderer:
    """Draws what a query found.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(self, row: Row[HitRow], width: int, *, selected: bool, focused: bool) -> list[Strip]:
        """The lines of a hit."""
        brush = self._drawing.on(selected=selected, focused=focused)
        style, hit = brush.palette, row.data
        lines = [post_head(brush, hit.post, width)]
        if self._drawing.dense and not selected:
            return lines
        at = self._drawing.text_at
        close = hit.post.author.partner or hit.post.mine
        lines += paragraph(
            brush,
            one_paragraph(hit.post),
            style.bright if close else style.text,
            indent=at,
            width=width,
            most=SELECTED_LINES if selected else LINES,
        )
        if hit.answers:
            lines += paragraph(brush, hit.answers, style.dim, indent=at, width=width, most=1)
        return lines

    def estimate(self, row: Row[HitRow], width: int) -> int:
        """About how many lines a hit takes."""
        return 1 if self._drawing.dense else 3 if row.data.answers else 2
