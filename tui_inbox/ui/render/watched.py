"""Rows of the page of watched threads."""

from __future__ import annotations

from textual.strip import Strip

from tui_inbox.queries.overviews import WatchedRow
from tui_inbox.ui.render.body import one_paragraph
from tui_inbox.ui.render.cells import BAR, Brush, Drawing, blank
from tui_inbox.ui.render.paragraph import paragraph
from tui_inbox.ui.render.post import author_parts
from tui_inbox.ui.render.wrap import DOT
from tui_inbox.ui.widgets import Row

TEXT_LINES = 2
SELECTED_LINES = 5
"""Lines of what the thread began with, and of it where the row is selected."""


class WatchedRenderer:
    """Draws watched threads: who began it, what is new, what it is about, and where it stands.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[WatchedRow], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        style, thread = brush.palette, row.data
        head = brush.head(
            mark=self._drawing.glyphs.new if thread.new else " ",
            mark_style=style.yours,
            at=thread.last_at,
            letters=thread.letters,
            parts=[
                *author_parts(brush, thread.post),
                (DOT, style.dim),
                *(
                    [(f"{thread.new} new", style.bright)]
                    if thread.new
                    else [("nothing new", style.dim)]
                ),
                *brush.facts([f"last by {thread.last_by}"]),
            ],
            width=width,
        )
        lines = [head]
        if selected or not self._drawing.dense:
            lines += paragraph(
                brush,
                one_paragraph(thread.post),
                style.text,
                indent=self._drawing.text_at,
                width=width,
                most=SELECTED_LINES if selected else TEXT_LINES,
            )
            lines += self._facts(brush, thread, width)
        return lines if self._drawing.dense else [*lines, blank(width)]

    def _facts(self, brush: Brush, thread: WatchedRow, width: int) -> list[Strip]:
        """Trouble stands before what is to come: it says why that may be late."""
        said = [thread.trouble, thread.stands] if thread.trouble else [thread.stands]
        return [
            strip
            for words in said
            for strip in paragraph(
                brush, words, brush.palette.dim, indent=self._drawing.text_at, width=width, most=2
            )
        ]

    def estimate(self, row: Row[WatchedRow], width: int) -> int:
        """About how many lines a row takes."""
        if self._drawing.dense:
            return 1
        room = max(10, width - BAR - self._drawing.text_at)
        return 3 + min(TEXT_LINES, 1 + len(row.data.post.text) // room)
