"""Rows of the People pane: one line per person with the reason, a second where there is one to show."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from rich.cells import cell_len
from textual.strip import Strip

from tui_inbox.queries.rows import PeopleSection, PersonRow
from tui_inbox.ui.render.cells import BAR, Brush, Drawing, Part
from tui_inbox.ui.render.deeds import key_deed
from tui_inbox.ui.render.paragraph import paragraph
from tui_inbox.ui.widgets import Row

NAME_AT = 2
DETAIL_AT = 4

REASON_LINES = 3
DETAIL_LINES = 3
"""Lines of a reason below the name, and of the detail of the selected person; others have one."""


class SectionHead(Struct, frozen=True):
    """A section's heading."""

    section: PeopleSection
    words: str
    folded: bool


PeopleData: TypeAlias = SectionHead | PersonRow


class PersonRenderer:
    """Draws rows of the People pane. A reason that does not fit behind the name stands below it, whole.

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
            opens = key_deed(brush.palette.heading, "item.open")
            return [brush.line([(row.data.words, opens)], width)]
        return self._person(brush, row.data, width, selected)

    def estimate(self, row: Row[PeopleData], width: int) -> int:
        """About how many lines a row takes."""
        if isinstance(row.data, SectionHead):
            return 1
        return 2 if row.data.detail and not self._drawing.dense else 1

    def _person(self, brush: Brush, row: PersonRow, width: int, selected: bool) -> list[Strip]:
        style = brush.palette
        look = style.partner if row.person.partner else style.name
        name: list[Part] = [(row.person.name, key_deed(look, "open.person"))]
        if self._drawing.letters:
            name.insert(0, (f"{row.letters:2} ", style.account(row.letters)))
        reason = f"  {row.reason}"
        cells = sum(cell_len(text) for text, _ in name) + cell_len(reason)
        if cells <= width - BAR - NAME_AT:
            lines = [brush.indented([*name, (reason, style.dim)], NAME_AT, width)]
        else:
            lines = [
                brush.indented(name, NAME_AT, width),
                *paragraph(
                    brush, row.reason, style.dim, indent=DETAIL_AT, width=width, most=REASON_LINES
                ),
            ]
        if row.detail and (selected or not self._drawing.dense):
            most = DETAIL_LINES if selected else 1
            lines += paragraph(
                brush, row.detail, style.dim, indent=DETAIL_AT, width=width, most=most
            )
        return lines
