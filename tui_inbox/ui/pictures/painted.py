"""A picture as cells of the terminal."""

from __future__ import annotations

from msgspec import Struct
from textual.strip import Strip


class Painted(Struct, frozen=True, eq=False):
    """A picture as cells.

    Attributes:
        lines: its cells, each line `columns` wide.
        pixels: its size as it was read, in pixels.
        image_id: what kitty knows it as; 0 elsewhere.
        sixels: what is written over its first cell; empty elsewhere.
    """

    lines: tuple[Strip, ...]
    columns: int
    pixels: tuple[int, int]
    image_id: int = 0
    sixels: str = ""

    @property
    def rows(self) -> int:
        """How many lines it has."""
        return len(self.lines)
