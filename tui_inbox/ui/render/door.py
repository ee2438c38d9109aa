"""Rows of the page of requests: who asks to follow, and who is held back, each with what they last wrote."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.queries.door import DoorRow
from tui_inbox.ui.render.cells import Brush, Drawing, Part
from tui_inbox.ui.render.paragraph import heading, paragraph
from tui_inbox.ui.widgets import Row


class DoorHead(Struct, frozen=True):
    """The heading above those who want the same."""

    words: str
    first: bool


DoorData: TypeAlias = DoorHead | DoorRow


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
        if isinstance(row.data, DoorHead):
            return heading(brush, row.data.words, width, first=row.data.first)
        one = row.data
        lines = [self._head(brush, one, width)]
        if one.text and (selected or not self._drawing.dense):
            lines += paragraph(
                brush,
                f"“{' '.join(one.text.split())}”",
                brush.palette.dim,
                indent=self._drawing.text_at,
                width=width,
                most=3 if selected else 1,
            )
        return lines

    def estimate(self, row: Row[DoorData], width: int) -> int:
        """About how many lines a row takes."""
        if isinstance(row.data, DoorHead):
            return 1 if row.data.first or self._drawing.dense else 2
        return 2 if row.data.text and not self._drawing.dense else 1

    def _head(self, brush: Brush, one: DoorRow, width: int) -> Strip:
        """Who it is. Servers do not say since when somebody asks to follow: then there is no age."""
        style = brush.palette
        parts: list[Part] = [
            (one.person.name, style.partner if one.person.partner else style.name),
            (f" @{one.person.handle}", style.dim),
        ]
        if one.notices > 1:
            parts += brush.facts([f"{one.notices} notifications"])
        if one.at is not None:
            return brush.head(
                mark=" ",
                mark_style=style.dim,
                at=one.at,
                letters=one.letters,
                parts=parts,
                width=width,
            )
        letters = f"{one.letters:2} " if self._drawing.letters else ""
        start = (letters, style.account(one.letters))
        return brush.indented([start, *parts], self._drawing.name_at - len(letters), width)
