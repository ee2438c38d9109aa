"""Rows of the People pane: one line per person with the reason, a second where there is one to show."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.queries.rows import PeopleSection, PersonRow
from tui_inbox.ui.render.cells import Brush, Drawing, Part
from tui_inbox.ui.widgets import Row

NAME_AT = 2
DETAIL_AT = 4


class SectionHead(Struct, frozen=True):
    """A section's heading."""

    section: PeopleSection
    words: str
    folded: bool


PeopleData: TypeAlias = SectionHead | PersonRow


class PersonRenderer:
    """Draws rows of the People pane.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[PeopleData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        if isinstance(row.data, SectionHead):
            return [brush.line([(row.data.words, brush.palette.heading)], width)]
        return self._person(brush, row.data, width, selected)

    def estimate(self, row: Row[PeopleData], width: int) -> int:
        """About how many lines a row takes."""
        if isinstance(row.data, SectionHead):
            return 1
        return 2 if row.data.detail and not self._drawing.dense else 1

    def _person(self, brush: Brush, row: PersonRow, width: int, selected: bool) -> list[Strip]:
        style = brush.palette
        parts: list[Part] = [
            (row.person.name, style.partner if row.person.partner else style.name),
            (f"  {row.reason}", style.dim),
        ]
        lines = [brush.indented(parts, NAME_AT, width)]
        if row.detail and (selected or not self._drawing.dense):
            lines.append(brush.indented([(row.detail, style.dim)], DETAIL_AT, width))
        return lines
