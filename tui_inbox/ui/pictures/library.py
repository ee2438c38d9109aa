"""textual-image, kept quiet: the only module that knows it.

It asks the terminal when it is imported, reads the answer where keys are read, and writes pictures past the screen's
own writer. So it is imported while standard output seems to be no terminal, and what is to be written is handed to
whoever writes for the screen.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from io import StringIO
from typing import TYPE_CHECKING, Any, cast

from rich.console import Console
from rich.segment import Segment

from tui_inbox.ui.pictures.ways import Cell

if TYPE_CHECKING:
    from tui_inbox.ui.pictures.reading import Pixels

MISSING = (
    "Pictures are shown here once the extra is installed: pip install 'tui-inbox[images]'. "
    "o opens this one in the system's viewer."
)
_DEFINED = r"#(\d+);2;\d+;\d+;\d+"
"""A colour by its red, green and blue in sixels."""
_CELL = ("TEXTUAL_CELL_WIDTH", "TEXTUAL_CELL_HEIGHT")
"""Variables from which textual-image takes the pixels of a cell where it cannot ask."""


def is_installed() -> bool:
    """Whether pictures can be shown at all; nothing is loaded for that."""
    return find_spec("textual_image") is not None


def load(cell: Cell) -> None:
    """Import the library; the first time takes a tenth of a second.

    Args:
        cell: pixels of a cell, which it takes for the truth from then on.
    """
    if "textual_image.renderable" in sys.modules:
        return
    with _seeming_no_terminal(), _told_of(cell):
        import textual_image.renderable  # noqa: F401  # asks the terminal while it is imported
        from textual_image._terminal import get_cell_size

        get_cell_size()  # it asks once, and keeps the answer


def half_blocks(pixels: Pixels, columns: int, rows: int) -> list[list[Segment]]:
    """A picture in half blocks, two pixels in each cell."""
    from textual_image.renderable import HalfcellImage

    return _lines(HalfcellImage(pixels, columns, rows), columns, rows)


def placeholders(pixels: Pixels, image_id: int, columns: int, rows: int) -> list[list[Segment]]:
    """The cells in which kitty shows a picture that it knows under an id; they are text like any other."""
    from textual_image.renderable import TGPImage

    image = TGPImage(pixels, columns, rows)
    image.terminal_image_id = image_id  # known already, so the library writes nothing
    return _lines(image, columns, rows)


def sixels(pixels: Pixels, columns: int, rows: int) -> str:
    """A picture as sixels, of exactly so many cells; empty if the library makes none."""
    from textual_image.renderable import SixelImage

    made = _rendered(SixelImage(pixels, columns, rows), columns, rows)
    written = next((one.text for one in made if one.text.startswith("\x1bP")), "")
    # A colour is defined where it is first used, and xterm does not take that for choosing it: say so.
    return re.sub(_DEFINED, r"\g<0>#\1", written)


def _lines(image: Any, columns: int, rows: int) -> list[list[Segment]]:
    lines = Segment.split_lines(_rendered(image, columns, rows))
    return [line for line in lines if line]


def _rendered(image: Any, columns: int, rows: int) -> list[Segment]:
    console = Console(width=columns, height=rows, file=StringIO())
    made: Iterable[object] = image.__rich_console__(console, console.options)
    return [one for one in made if isinstance(one, Segment)]  # moves of the cursor are left out


class _NoTerminal:
    """Standard output that says it is no terminal, and is itself in everything else."""

    def __init__(self, output: Any) -> None:
        self._output = output

    def isatty(self) -> bool:
        return False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._output, name)


@contextmanager
def _seeming_no_terminal() -> Iterator[None]:
    output = sys.__stdout__
    sys.__stdout__ = cast("Any", _NoTerminal(output))  # type: ignore[misc]  # the library looks there
    try:
        yield
    finally:
        sys.__stdout__ = output  # type: ignore[misc]


@contextmanager
def _told_of(cell: Cell) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in _CELL}
    os.environ.update(zip(_CELL, (str(cell.width), str(cell.height)), strict=True))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
