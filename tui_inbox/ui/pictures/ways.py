"""The ways in which a terminal shows pictures, and which of them this one has. Pure.

The terminal is not asked: its answer would come between keys, and a slow line would cost the start half a second.
What it is called tells enough, and the setting `picture_protocol` tells the rest. With a cell in pixels unknown there
are no sixels, because they would cover what stands beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

AUTO = "auto"


class Way(StrEnum):
    """How a picture is shown. `BLOCKS` are half blocks in colours, which every terminal with colours shows."""

    KITTY = "kitty"
    SIXEL = "sixel"
    BLOCKS = "blocks"


WORDS = {
    Way.KITTY: "by kitty's protocol",
    Way.SIXEL: "as sixels",
    Way.BLOCKS: "in half blocks",
}
"""What a way is called."""


class Cell(Struct, frozen=True):
    """Pixels of one cell of the terminal."""

    width: int
    height: int


USUAL_CELL = Cell(10, 20)
"""Taken where the terminal does not say; only the shape matters then."""

_MOST_ENLARGED = 2.0
"""How much a small picture is enlarged where the terminal shows its pixels."""

_KITTY_TERMS = ("xterm-kitty", "xterm-ghostty")
"""Terminals that know placeholders (sw.kovidgoyal.net/kitty/graphics-protocol, "Unicode placeholders")."""
_SIXEL_TERMS = ("foot", "mlterm", "contour", "yaft")
_SIXEL_PROGRAMS = frozenset({"WezTerm", "iTerm.app", "mintty", "rio"})
_KITTY_VARIABLES = ("KITTY_WINDOW_ID", "GHOSTTY_RESOURCES_DIR")
_SIXEL_VARIABLES = ("WEZTERM_PANE", "KONSOLE_VERSION")


def way_of(
    wish: str, environment: Mapping[str, str], cell: Cell | None, *, all_colours: bool
) -> Way:
    """The way that is taken.

    Args:
        wish: the setting `picture_protocol`.
        environment: the variables of the process.
        cell: pixels of a cell, where the terminal says so.
        all_colours: whether colours are written as they are. Kitty knows a picture by the colour of its cells, so one
            that is rounded would name another picture.
    """
    way = _told(environment) if wish == AUTO else Way(wish)
    if (way is Way.SIXEL and cell is None) or (way is Way.KITTY and not all_colours):
        return Way.BLOCKS
    return way


def _told(environment: Mapping[str, str]) -> Way:
    """What the terminal is called. A multiplexer keeps the pictures to itself, whatever stands around it."""
    term = environment.get("TERM", "")
    if environment.get("TMUX") or term.startswith(("screen", "tmux")):
        return Way.BLOCKS
    if term.startswith(_KITTY_TERMS) or any(map(environment.get, _KITTY_VARIABLES)):
        return Way.KITTY
    program = environment.get("TERM_PROGRAM", "")
    if term.startswith(_SIXEL_TERMS) or program in _SIXEL_PROGRAMS:
        return Way.SIXEL
    return Way.SIXEL if any(map(environment.get, _SIXEL_VARIABLES)) else Way.BLOCKS


def fitted(
    width: int, height: int, columns: int, rows: int, cell: Cell, way: Way
) -> tuple[int, int]:
    """Columns and rows of a picture that keeps its shape within a box, and is not enlarged too much.

    Args:
        width: of the picture, in pixels; `height` likewise.
        columns: of the box, in cells; `rows` likewise.
        cell: pixels of a cell.
        way: how it is shown. A half block is a pixel, so there one pixel may become a whole cell wide.
    """
    most = cell.width if way is Way.BLOCKS else _MOST_ENLARGED
    scale = min(columns * cell.width / width, rows * cell.height / height, most)
    across, down = round(width * scale / cell.width), round(height * scale / cell.height)
    return min(columns, max(1, across)), min(rows, max(1, down))
