"""Rows of the list of themes."""

from __future__ import annotations

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.ui.render.cells import Brush, Drawing, Part
from tui_inbox.ui.render.paragraph import paragraph
from tui_inbox.ui.widgets import Row

NAME_AT = 2
SAMPLE_AT = 4
MISTAKE_LINES = 4


class ThemeData(Struct, frozen=True):
    """A theme as the list shows it.

    Attributes:
        facts: whose it is, whether it is dark, whether it is the one that is kept.
        mistakes: what is wrong in the owner's file, a sentence each.
    """

    name: str
    facts: tuple[str, ...]
    mistakes: tuple[str, ...] = ()


class ThemeRenderer:
    """Draws them. The selected one is on, so a few words below its name show what it makes of them.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[ThemeData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        style, data = brush.palette, row.data
        lines = [
            brush.indented([(data.name, style.bright), *brush.facts(data.facts)], NAME_AT, width)
        ]
        if selected:
            lines.append(brush.indented(self._sample(brush), SAMPLE_AT, width))
        for sentence in data.mistakes:
            lines += paragraph(
                brush, sentence, style.text, indent=SAMPLE_AT, width=width, most=MISTAKE_LINES
            )
        return lines

    def estimate(self, row: Row[ThemeData], width: int) -> int:
        """About how many lines a row takes."""
        return 1 + 2 * len(row.data.mistakes)

    def _sample(self, brush: Brush) -> list[Part]:
        """One of each: mark, age, letters, somebody one talks with, somebody else, a reason."""
        style, glyphs = brush.palette, self._drawing.glyphs
        parts: list[Part] = [(f"{glyphs.new} ", style.yours), ("5h ", style.dim)]
        parts += [(f"{letters} ", look) for letters, look in style.letters.items()]
        return [
            *parts,
            ("somebody you talk with", style.partner),
            (" asks", style.text),
            *brush.facts(["and a reason"]),
        ]
