"""Headings, paragraphs and labelled lines, as pages are made of them."""

from __future__ import annotations

from rich.style import Style
from textual.strip import Strip

from tui_inbox.ui.render.cells import BAR, Brush, Part, blank, going_on
from tui_inbox.ui.render.wrap import cut, cut_short, wrap


def folded(text: str, width: int, most: int | None = None) -> list[str]:
    """A text in lines; the last one ends in `…` if some are left out."""
    lines, left_out = wrap(text, width, most=most)
    texts = ["".join(piece.text for piece in line) for line in lines]
    if left_out:
        texts[-1] = cut_short(texts[-1], width)
    return texts


def folded_parts(text: str, look: Style, width: int, most: int | None = None) -> list[list[Part]]:
    """A text in lines that say how they go on; the last one ends in `…` if some are left out."""
    lines, left_out = wrap(text, width, most=most)
    texts = ["".join(piece.text for piece in line) for line in lines]
    if left_out:
        texts[-1] = cut_short(texts[-1], width)
    return [[(said, look), *going_on(line)] for said, line in zip(texts, lines, strict=True)]


def paragraph(
    brush: Brush, text: str, look: Style, *, indent: int, width: int, most: int | None = None
) -> list[Strip]:
    """A text folded to the width, each line beginning in the same column.

    Args:
        brush: draws the row.
        text: clean text; its line breaks are kept.
        look: how it looks.
        indent: column in which the lines begin.
        width: cells of a line.
        most: how many lines at most.
    """
    lines = folded_parts(text, look, width - BAR - indent, most)
    return [brush.indented(line, indent, width) for line in lines]


def heading(brush: Brush, words: str, width: int, *, hint: str = "", first: bool) -> list[Strip]:
    """A heading, with a blank line above it unless it is the first or the drawing is dense."""
    line = brush.line([(words, brush.palette.heading), *brush.facts([hint])], width)
    return [line] if first or brush.drawing.dense else [blank(width), line]


def labelled(
    brush: Brush,
    label: str,
    look: Style,
    text: str,
    *,
    column: int,
    indent: int,
    width: int,
    most: int,
) -> list[Strip]:
    """A label and a text beside it, which goes on in its own column.

    Args:
        brush: draws the row.
        label: stands in the first line.
        look: how the label looks.
        text: clean text.
        column: cells of the labels, the blanks behind them included.
        indent: column in which the label begins.
        width: cells of a line.
        most: lines of text at most.
    """
    style = brush.palette
    first, *rest = folded_parts(text, style.text, width - BAR - indent - column, most)
    name = f"{cut(label, column - 2):<{column}}"
    return [
        brush.indented([(name, look), *first], indent, width),
        *(brush.indented(line, indent + column, width) for line in rest),
    ]
