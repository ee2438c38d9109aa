"""Rows of the Searches pane: standing searches, and what they found."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from rich.cells import cell_len
from textual.strip import Strip

from tui_inbox.core.conversation import ItemState
from tui_inbox.queries.rows import HitRow
from tui_inbox.ui.render.body import one_paragraph
from tui_inbox.ui.render.cells import BAR, Brush, Drawing, Part, blank, without_letters
from tui_inbox.ui.render.paragraph import paragraph
from tui_inbox.ui.render.post import WATCHED, author_name
from tui_inbox.ui.render.wrap import DOT, cut, cut_short, wrap
from tui_inbox.ui.widgets import Row


class SearchHead(Struct, frozen=True):
    """A standing search's heading. `gap`: a blank line parts it from the hits above."""

    id: int
    query: str
    account: int
    letters: str
    marked: bool
    unread: int
    coverage: str
    folded: bool
    gap: bool


SearchData: TypeAlias = SearchHead | HitRow


class HitRenderer:
    """Draws rows of the Searches pane. Hits carry no account letters: their heading has them.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._letters = drawing.letters
        self._drawing = without_letters(drawing)

    def render(
        self, row: Row[SearchData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        if isinstance(row.data, SearchHead):
            return self._heading(brush, row.data, width, selected)
        return self._hit(brush, row.data, width, selected)

    def estimate(self, row: Row[SearchData], width: int) -> int:
        """About how many lines a row takes."""
        if isinstance(row.data, SearchHead):
            return 2 if row.data.gap else 1
        return 1 if self._drawing.dense else 3

    def _heading(self, brush: Brush, head: SearchHead, width: int, selected: bool) -> list[Strip]:
        style = brush.palette
        facts: list[Part] = []
        if self._letters:
            facts += [(DOT, style.dim), (head.letters, style.account(head.letters))]
        facts += brush.facts([f"{head.unread} new", "folded" if head.folded else ""])
        mark = "* " if head.marked else ""
        room = width - BAR - len(mark) - sum(cell_len(text) for text, _ in facts)
        query = cut(head.query, max(8, room))
        lines = [brush.line([(mark, style.yours), (query, style.heading), *facts], width)]
        if selected and head.coverage:
            lines += paragraph(brush, head.coverage, style.dim, indent=3, width=width, most=3)
        return [blank(width), *lines] if head.gap and not self._drawing.dense else lines

    def _hit(self, brush: Brush, hit: HitRow, width: int, selected: bool) -> list[Strip]:
        style, post = brush.palette, hit.post
        name = style.partner if post.author.partner else style.name
        mark = {ItemState.NEW: self._drawing.glyphs.new, ItemState.SEEN: self._drawing.glyphs.open}
        word = " asks" if post.asks else ""
        word += f"{DOT}{WATCHED}" if post.watched else ""
        head = brush.head(
            mark=mark.get(hit.state, " "),
            mark_style=style.yours,
            at=post.at,
            letters=post.letters,
            parts=[
                (cut(author_name(post), width - BAR - self._drawing.name_at - len(word)), name),
                (word, style.text),
            ],
            width=width,
        )
        if self._drawing.dense and not selected:
            return [head]
        indent = self._drawing.text_at
        room = width - BAR - indent
        lines, left_out = wrap(one_paragraph(post), room, most=4 if selected else 2)
        texts = ["".join(piece.text for piece in pieces) for pieces in lines]
        if left_out:
            texts[-1] = cut_short(texts[-1], room)
        said_lines: list[list[Part]] = [[(text, style.text)] for text in texts]
        if hit.answers:
            if cell_len(texts[-1]) + 3 + cell_len(hit.answers) <= room:
                said_lines[-1] += brush.facts([hit.answers])
            else:
                said_lines.append([(hit.answers, style.dim)])
        return [head, *(brush.indented(parts, indent, width) for parts in said_lines)]
