"""Rows of the pages that welcome and sign in: choices with their keys, what is going on, and what is fetched."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from rich.style import Style
from textual.strip import Strip

from tui_inbox.ui.render.cells import BAR, Brush, Drawing, blank
from tui_inbox.ui.render.paragraph import labelled, paragraph
from tui_inbox.ui.widgets import Row

INDENT = 1
CHOICE_AT = 5
"""Column in which choices begin: the key stands before it."""
FACT_COLUMN = 12
"""Cells of the labels of facts, the blanks behind them included."""


class Said(Struct, frozen=True):
    """A paragraph.

    Attributes:
        wrong: whether it says that something did not work.
    """

    text: str
    wrong: bool = False


class Choice(Struct, frozen=True):
    """Something that can be chosen.

    Attributes:
        id: of the key that chooses it.
        key: that key, as it is in force; empty where the owner gave it none.
        words: what it is. `about`: what will happen, in a sentence.
    """

    id: str
    key: str
    words: str
    about: str


class Fact(Struct, frozen=True):
    """A label and what is to be said of it."""

    label: str
    text: str


class Address(Struct, frozen=True):
    """An address for a browser, in full."""

    url: str


SignInData: TypeAlias = Said | Choice | Fact | Address


class SignInRenderer:
    """Draws the rows.

    Args:
        drawing: colours and signs.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[SignInData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        style = brush.palette
        match row.data:
            case Said(text, wrong):
                look = style.yours if wrong else style.text
                lines = paragraph(brush, text, look, indent=INDENT, width=width)
                return self._spaced(lines, width)
            case Choice():
                return self._choice(brush, row.data, width)
            case Fact(label, text):
                return labelled(
                    brush,
                    label,
                    style.dim,
                    text,
                    column=FACT_COLUMN,
                    indent=INDENT,
                    width=width,
                    most=3,
                )
            case Address(url):
                return self._spaced(_whole(brush, url, width), width)

    def _choice(self, brush: Brush, choice: Choice, width: int) -> list[Strip]:
        style = brush.palette
        head = brush.line(
            [(f" {choice.key:<{CHOICE_AT - 1}}", style.yours), (choice.words, style.partner)], width
        )
        about = paragraph(brush, choice.about, style.dim, indent=CHOICE_AT, width=width)
        return self._spaced([head, *about], width)

    def _spaced(self, lines: list[Strip], width: int) -> list[Strip]:
        return lines if self._drawing.dense else [*lines, blank(width)]

    def estimate(self, row: Row[SignInData], width: int) -> int:
        """About how many lines a row takes."""
        return 1 if isinstance(row.data, Fact) else 3


def _whole(brush: Brush, url: str, width: int) -> list[Strip]:
    """An address in pieces that fill the line, so that joining what was selected gives it again.

    Each piece leads to the whole address where the terminal knows links.
    """
    room = max(1, width - BAR - INDENT)
    look = brush.palette.bright + Style(link=url)
    pieces = [url[at : at + room] for at in range(0, len(url), room)]
    return [brush.indented([(piece, look)], INDENT, width) for piece in pieces]
