"""What a list shows: rows, and the renderer that draws them."""

from __future__ import annotations

from collections.abc import Hashable
from enum import Enum
from typing import Generic, Protocol, TypeVar

from msgspec import Struct
from textual.strip import Strip

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
T_contra = TypeVar("T_contra", contravariant=True)


class Row(Struct, Generic[T_co], frozen=True, eq=False):
    """One row of a list: a post, a conversation, a person, a header, a gap.

    Two rows with the same key and version look the same; whatever a reader can see of `data`, or
    that decides how the row behaves, belongs to the version.
    """

    key: str
    """Names the row for as long as the list lives; unique in its list, never parsed."""
    version: Hashable
    """Changes whenever the row would be drawn differently."""
    data: T_co
    """What the renderer draws and the owner acts on."""
    selectable: bool = True
    """Whether the selection may stop here."""
    section: bool = False
    """Whether a section (lane, day, search) begins here."""

    def __eq__(self, other: object) -> bool:
        """Whether both look the same."""
        return isinstance(other, Row) and self._looks() == other._looks()

    def __hash__(self) -> int:
        return hash(self._looks())

    def _looks(self) -> tuple[str, Hashable, bool, bool]:
        return self.key, self.version, self.selectable, self.section


class RowRenderer(Protocol[T_contra]):
    """Draws rows. The widget keeps what it returns, so it is asked about once per row and look."""

    def render(
        self, row: Row[T_contra], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """Return the lines of a row, at least one.

        The widget crops or pads each line to the width and lays it on its own ground, so a segment
        needs a background only where it differs. A selected row may have more lines.

        Args:
            row: The row.
            width: Cells of a line.
            selected: Whether the selection is on this row.
            focused: Whether it is, and the list has the focus too.
        """

    def estimate(self, row: Row[T_contra], width: int) -> int:
        """Return about how many lines the unselected row takes, at least one, without drawing it.

        Only the length of the list depends on it, so it should be cheap before it is right.

        Args:
            row: The row.
            width: Cells of a line.
        """


class Position(Struct, frozen=True):
    """A place in a list that outlives changes of the list: a row, and a line of it."""

    key: str
    """The row at the top of the screen."""
    line_offset: int = 0
    """How many lines of that row stand above the top of the screen."""
    neighbours: tuple[str, ...] = ()
    """Rows to fall back on when the row is gone, best first."""


class Side(Enum):
    """An end of a list."""

    HEAD = "head"
    """Where the first row on the screen comes from."""
    TAIL = "tail"
    """Where the last row on the screen comes from."""
