"""Which panes stand where on a screen of a given size: pure arithmetic, and its Textual layout."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget


class Area(StrEnum):
    """The places that can be on the screen; also the ids of the widgets that fill them."""

    INBOX = "inbox"
    READING = "reading"
    """The reading column: the Timeline, or a page over it."""
    SEARCHES = "searches"
    PEOPLE = "people"
    CORNER = "corner"


class Kind(StrEnum):
    """How much room there is."""

    WIDE = "wide"
    MEDIUM = "medium"
    NARROW = "narrow"
    CORNER = "corner"


SIDE = (Area.INBOX, Area.SEARCHES, Area.PEOPLE)
"""What can stand in the left column of two."""

WIDE_FROM = 150
MEDIUM_FROM = 100
CORNER_BELOW = Size(60, 16)

GUTTER = 3
"""Blank cells between columns. No lines: an emoji drawn too wide nudges a line and tears no border."""

MARGIN = 1
"""The cell in front of each column, where the focus bar stands. It is a part of the column's region."""

INBOX_WIDTH = 50
RIGHT_WIDTH = 40
SIDE_WIDTH = 44
LEAST_COLUMN = 28
"""No column gets narrower by hand."""


class Shown(Struct, frozen=True):
    """What the owner wants to see.

    Attributes:
        active: the area with the focus.
        side: the area in the left column where there are two columns.
        zoomed: the active area alone fills the screen.
        shift: cells by which the left column was made wider (narrower if negative).
    """

    active: Area = Area.INBOX
    side: Area = Area.INBOX
    zoomed: bool = False
    shift: int = 0


def kind_of(size: Size) -> Kind:
    """How much room a terminal of this size has."""
    if size.width < CORNER_BELOW.width or size.height < CORNER_BELOW.height:
        return Kind.CORNER
    if size.width >= WIDE_FROM:
        return Kind.WIDE
    return Kind.MEDIUM if size.width >= MEDIUM_FROM else Kind.NARROW


def place(kind: Kind, size: Size, shown: Shown) -> dict[Area, Region]:
    """Where each visible area stands. Areas left out are not visible.

    Args:
        kind: how much room the terminal has.
        size: of the room for panes; header, status and key line are not in it.
        shown: what the owner wants to see.
    """
    whole = Region(0, 0, size.width, size.height)
    if kind is Kind.CORNER:
        return {Area.READING if shown.active is Area.READING else Area.CORNER: whole}
    if kind is Kind.NARROW:
        return {shown.active: whole}
    inner = Region(0, 0, size.width - MARGIN, size.height)
    if shown.zoomed:
        return {shown.active: inner}
    if kind is Kind.MEDIUM:
        left, right = _split(inner, _width(MARGIN + SIDE_WIDTH + shown.shift, inner.width))
        return {shown.side: left, Area.READING: right}
    rest, right = _split(inner, inner.width - GUTTER - RIGHT_WIDTH)
    left, middle = _split(rest, _width(MARGIN + INBOX_WIDTH + shown.shift, rest.width))
    upper = (size.height - 1) // 2
    return {
        Area.INBOX: left,
        Area.READING: middle,
        Area.SEARCHES: Region(right.x, 0, right.width, upper),
        Area.PEOPLE: Region(right.x, upper + 1, right.width, size.height - upper - 1),
    }


def _width(wanted: int, room: int) -> int:
    """The width of a left column that leaves the column beside it enough."""
    return max(LEAST_COLUMN, min(wanted, room - GUTTER - LEAST_COLUMN))


def _split(region: Region, left: int) -> tuple[Region, Region]:
    """Two columns with the gutter between them; its last cell is the margin of the second."""
    x, y, width, height = region
    taken = left + GUTTER - MARGIN
    return Region(x, y, left, height), Region(x + taken, y, width - taken, height)


class PaneLayout(Layout):
    """Places the children whose ids are areas; those without a place are not drawn.

    Args:
        shown: says what the owner wants to see, each time the screen is laid out.
    """

    name = "panes"

    def __init__(self, shown: Callable[[], Shown]) -> None:
        self._shown = shown

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """Give each visible area its region."""
        regions = place(kind_of(parent.app.size), size, self._shown())
        return [
            WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if child.id is not None and (region := regions.get(Area(child.id))) is not None
        ]
