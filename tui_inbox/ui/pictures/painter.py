"""Makes cells of pictures, in the way of this terminal, and tells kitty which pictures it no longer needs."""

from __future__ import annotations

import asyncio
import random
from base64 import b64encode
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

from tui_inbox.ui.pictures import library
from tui_inbox.ui.pictures.painted import Painted
from tui_inbox.ui.pictures.reading import on_ground, read_pixels
from tui_inbox.ui.pictures.ways import USUAL_CELL, Cell, Way, fitted

if TYPE_CHECKING:
    from tui_inbox.ui.pictures.reading import Pixels

_PIECE = 4096
"""Characters of a picture in one control sequence; kitty takes no more."""
_ESC, _ST = "\x1b", "\x1b\\"


class Painter:
    """Paints pictures.

    Args:
        way: how this terminal shows them.
        cell: pixels of a cell; None where it is not known.
        write: writes to the terminal, in order with the screen.
        tmux: whether tmux stands between, which hands sequences on where `allow-passthrough` is on.
    """

    def __init__(
        self, way: Way, cell: Cell | None, write: Callable[[str], None], *, tmux: bool = False
    ) -> None:
        self.way = way
        self._cell = cell or USUAL_CELL
        self._write = write
        self._tmux = tmux
        # Another program may have used the same ids in this terminal; a random begin makes that unlikely.
        self._next_id = random.randrange(1, 1 << 23)  # noqa: S311  # nothing secret

    async def paint(
        self,
        file: Path,
        columns: int,
        rows: int,
        ground: tuple[int, int, int],
        *,
        in_rows: bool = False,
    ) -> Painted:
        """A picture within a box of cells.

        Args:
            file: the picture.
            columns: cells across; `rows` cells down.
            ground: what shows where the picture is not there.
            in_rows: whether it is to stand among other lines that scroll, where there can be no sixels.

        Raises:
            Unreadable: it cannot be shown.
        """
        way = Way.BLOCKS if in_rows and self.way is Way.SIXEL else self.way
        image_id = self._take_id() if way is Way.KITTY else 0
        painted, sent = await asyncio.to_thread(
            self._paint, file, columns, rows, ground, way, image_id
        )
        if sent:
            self._write(sent)
        return painted

    def forget(self, painted: Painted) -> None:
        """A picture is not shown any more: let the terminal forget it."""
        if painted.image_id:
            self._write(self._command(f"a=d,d=I,i={painted.image_id},q=2"))

    def _take_id(self) -> int:
        self._next_id = (
            self._next_id % ((1 << 24) - 1) + 1
        )  # 24 bits: they are the colour of its cells
        return self._next_id

    def _paint(
        self,
        file: Path,
        columns: int,
        rows: int,
        ground: tuple[int, int, int],
        way: Way,
        image_id: int,
    ) -> tuple[Painted, str]:
        """On a thread: what is shown, and what the terminal has to be told before."""
        library.load(self._cell)
        pixels = on_ground(read_pixels(file), ground)
        across, down = fitted(*pixels.size, columns, rows, self._cell, way)
        size = pixels.size
        if way is Way.SIXEL:
            blank = tuple(Strip.blank(across) for _ in range(down))
            return Painted(blank, across, size, 0, library.sixels(pixels, across, down)), ""
        if way is Way.KITTY:
            cells = library.placeholders(pixels, image_id, across, down)
            sent = "".join(self._transmission(pixels, image_id, across, down))
            return Painted(_strips(cells), across, size, image_id), sent
        return Painted(_strips(library.half_blocks(pixels, across, down)), across, size), ""

    def _transmission(
        self, pixels: Pixels, image_id: int, columns: int, rows: int
    ) -> Iterator[str]:
        """A picture for kitty, as PNG in pieces, and where it goes: wherever its placeholders stand."""
        most = (columns * self._cell.width, rows * self._cell.height)
        shown = pixels.copy()
        shown.thumbnail(most)
        packed = BytesIO()
        shown.save(packed, format="png", compress_level=2)
        data = b64encode(packed.getvalue()).decode("ascii")
        pieces = [data[start : start + _PIECE] for start in range(0, len(data), _PIECE)]
        for place, piece in enumerate(pieces):
            more = int(place < len(pieces) - 1)
            first = f"a=t,f=100,t=d,i={image_id},q=2," if place == 0 else ""
            yield self._command(f"{first}m={more}", piece)
        yield self._command(f"a=p,U=1,i={image_id},c={columns},r={rows},q=2")

    def _command(self, keys: str, payload: str = "") -> str:
        command = f"{_ESC}_G{keys}{';' if payload else ''}{payload}{_ST}"
        return f"{_ESC}Ptmux;{command.replace(_ESC, _ESC * 2)}{_ST}" if self._tmux else command


def _strips(lines: list[list[Segment]]) -> tuple[Strip, ...]:
    return tuple(Strip(line) for line in lines)
