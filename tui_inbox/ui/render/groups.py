"""Rows of the list of groups, and of lists where somebody is to be put on one."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.queries.groups import GroupRow, ListRow
from tui_inbox.ui.render.cells import Drawing
from tui_inbox.ui.widgets import Row

INDENT = 2


class NewGroup(Struct, frozen=True):
    """The entry that asks for the name of a new group."""

    words: str = "a new group …"


GroupData: TypeAlias = GroupRow | ListRow | NewGroup


class GroupRenderer:
    """Draws them: how many people each has, and whether the one in question is among them.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[GroupData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The line of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        style, data = brush.palette, row.data
        if isinstance(data, NewGroup):
            return [brush.indented([(data.words, style.text)], INDENT, width)]
        if isinstance(data, ListRow):
            facts = brush.facts(["on it, Enter takes them off" if data.within else ""])
            return [brush.indented([(f"list {data.title}", style.bright), *facts], INDENT, width)]
        people = f"{data.people} {'person' if data.people == 1 else 'people'}"
        facts = brush.facts([people, "in it, Enter takes them out" if data.within else ""])
        return [brush.indented([(data.name, style.bright), *facts], INDENT, width)]

    def estimate(self, row: Row[GroupData], width: int) -> int:
        """How many lines a row takes."""
        return 1
