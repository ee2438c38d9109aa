"""Rows of the list of what the Timeline can show."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.queries.sources import LackRow, SourceRow
from tui_inbox.ui.render.cells import Drawing, Part
from tui_inbox.ui.render.paragraph import paragraph
from tui_inbox.ui.widgets import Row

INDENT = 2
LACK_LINES = 3
"""Lines of a sentence at most."""


class AnotherTag(Struct, frozen=True):
    """The entry that asks for a tag."""

    words: str = "another tag …"


SourceData: TypeAlias = SourceRow | LackRow | AnotherTag


class SourceRenderer:
    """Draws them: what can be shown, and greyed what a server does not offer.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[SourceData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        style, data = brush.palette, row.data
        if isinstance(data, AnotherTag):
            return [brush.indented([(data.words, style.text)], INDENT, width)]
        if isinstance(data, LackRow):
            words = f"{data.letters}: {data.sentence}" if data.letters else data.sentence
            return paragraph(brush, words, style.dim, indent=INDENT, width=width, most=LACK_LINES)
        letters: list[Part] = [(f" {mark}", style.account(mark)) for mark in data.letters]
        return [brush.indented([(data.source.title, style.bright), *letters], INDENT, width)]

    def estimate(self, row: Row[SourceData], width: int) -> int:
        """About how many lines a row takes."""
        return 1
