"""Rows of the search page: posts that a query found in everything stored."""

from __future__ import annotations

from collections.abc import Iterator

from rich.style import Style
from textual.strip import Strip

from tui_inbox.core.highlight import NO_MARKS, Marks
from tui_inbox.queries.rows import HitRow
from tui_inbox.ui.render.body import one_paragraph
from tui_inbox.ui.render.cells import BAR, GAP, Drawing, Part
from tui_inbox.ui.render.paragraph import folded_parts, paragraph
from tui_inbox.ui.render.post import post_head
from tui_inbox.ui.widgets import Row

LINES = 2
SELECTED_LINES = 8
"""Lines of text of a hit, and of the selected one."""

LEAD = 24
"""So many characters at most stand before the first place that was found, where a text begins far above it."""

FOUND = Style(bold=True, underline=True)


class FoundRenderer:
    """Draws what a query found.

    Args:
        drawing: colours, signs and the clock.
        marks: what was looked for, to be marked in the texts.
    """

    def __init__(self, drawing: Drawing, marks: Marks = NO_MARKS) -> None:
        self._drawing = drawing
        self._marks = marks

    def render(self, row: Row[HitRow], width: int, *, selected: bool, focused: bool) -> list[Strip]:
        """The lines of a hit."""
        brush = self._drawing.on(selected=selected, focused=focused)
        style, hit = brush.palette, row.data
        at = self._drawing.text_at
        close = hit.post.author.partner or hit.post.mine or bool(hit.post.own_as)
        look, room = style.bright if close else style.text, width - BAR - at
        if self._drawing.dense and not selected:
            words = self._from_place(one_paragraph(hit.post), room // 2)
            said = self._marked(f"{GAP}{words}", style.text)
            return [post_head(brush, hit.post, width, behind=said)]
        lines = [post_head(brush, hit.post, width)]
        most = SELECTED_LINES if selected else LINES
        text = self._from_place(one_paragraph(hit.post), most * room)
        for (line, _), *behind in folded_parts(text, look, room, most):
            lines.append(brush.indented([*self._marked(line, look), *behind], at, width))
        if hit.answers:
            lines += paragraph(brush, hit.answers, style.dim, indent=at, width=width, most=1)
        return lines

    def _from_place(self, text: str, room: int) -> str:
        """The text, from a little before the first place that was found if it would not be seen otherwise."""
        spans = self._marks.spans(text)
        if not spans or spans[0][1] <= room * 3 // 4:
            return text
        start = text.find(" ", max(0, spans[0][0] - LEAD)) + 1
        return f"… {text[start if 0 < start <= spans[0][0] else spans[0][0] :]}"

    def _marked(self, line: str, look: Style) -> Iterator[Part]:
        """A line with the places that were found marked."""
        at = 0
        for start, end in self._marks.spans(line):
            yield line[at:start], look
            yield line[start:end], look + FOUND
            at = end
        yield line[at:], look

    def estimate(self, row: Row[HitRow], width: int) -> int:
        """About how many lines a hit takes."""
        return 1 if self._drawing.dense else 3 if row.data.answers else 2
