"""Rows of the smallest screen: who waits, then the newest of the people you talk with."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from rich.cells import cell_len
from textual.strip import Strip

from tui_inbox.core.conversation import ItemState
from tui_inbox.queries.rows import EntryRow, ItemRow
from tui_inbox.ui.render.body import did_words, one_paragraph
from tui_inbox.ui.render.cells import BAR, Brush, Drawing
from tui_inbox.ui.render.item import item_text, item_word
from tui_inbox.ui.render.paragraph import folded_parts
from tui_inbox.ui.render.post import author_parts
from tui_inbox.ui.widgets import Row

TEXT_AT = 2
MOST_LINES = 2

CornerData: TypeAlias = ItemRow | EntryRow


class _Said(Struct, frozen=True):
    """What a row says, whatever it is."""

    text: str
    close: bool
    did: str


class CornerRenderer:
    """Draws conversations and posts in a few narrow lines.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[CornerData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        if isinstance(row.data, ItemRow):
            head = self._item(brush, row.data, width)
            post = row.data.post
            said = _Said(
                item_text(row.data), row.data.person.partner, did_words(post) if post else ""
            )
        else:
            head = self._post(brush, row.data, width)
            said = _Said(one_paragraph(row.data.post), True, did_words(row.data.post))
        if self._drawing.dense and not selected:
            return [head]
        return [head, *self._text(brush, said, width)]

    def estimate(self, row: Row[CornerData], width: int) -> int:
        """About how many lines a row takes."""
        return 1 if self._drawing.dense else 3

    def _item(self, brush: Brush, item: ItemRow, width: int) -> Strip:
        style, glyphs = brush.palette, self._drawing.glyphs
        marks = {ItemState.NEW: glyphs.new, ItemState.SEEN: glyphs.open}
        word = f" {item_word(item)}".rstrip()
        room = width - BAR - self._drawing.name_at - cell_len(item.person.name)
        return brush.head(
            mark=marks.get(item.state, " "),
            mark_style=style.yours,
            at=item.at,
            letters=item.letters,
            parts=[
                (item.person.name, style.partner if item.person.partner else style.name),
                (word if cell_len(word) <= room else "", style.text),
            ],
            width=width,
        )

    def _post(self, brush: Brush, entry: EntryRow, width: int) -> Strip:
        return brush.head(
            mark=" ",
            mark_style=brush.palette.dim,
            at=entry.post.at,
            letters=entry.post.letters,
            parts=author_parts(brush, entry.post),
            width=width,
        )

    def _text(self, brush: Brush, said: _Said, width: int) -> list[Strip]:
        room = width - BAR - TEXT_AT
        look = brush.palette.bright if said.close else brush.palette.text
        lines = folded_parts(said.text, look, room, MOST_LINES)
        if said.did:
            lines.append([(said.did, brush.palette.dim)])
        return [brush.indented(line, TEXT_AT, width) for line in lines]
