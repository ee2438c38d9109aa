"""Which panes stand where on a screen of a given size: pure arithmetic, and its Textual layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from tui_inbox.ui.shares import (
    MOST_COLUMN,
    Want,
    column_widths,
    columns_that_fit,
    pane_heights,
    panes_that_fit,
)


class Area(StrEnum):
    """The places that can be on the screen; also the ids of the widgets that fill them."""

    INBOX = "inbox"
    READING = "reading"
    """The reading column: the Timeline, or a page over it."""
    SEARCHES = "searches"
    PEOPLE = "people"
    CORNER = "corner"
    FIRST_PIN = "pin-1"
    SECOND_PIN = "pin-2"
    THIRD_PIN = "pin-3"


class Kind(StrEnum):
    """How much room there is. Each kind has a layout of its own."""

    BROAD = "broad"
    WIDE = "wide"
    MEDIUM = "medium"
    NARROW = "narrow"
    CORNER = "corner"


TABS = (Area.INBOX, Area.READING, Area.SEARCHES, Area.PEOPLE)
"""What the keys `1` to `4` lead to, at every size."""

PINS = (Area.FIRST_PIN, Area.SECOND_PIN, Area.THIRD_PIN)
"""Panes with one search each."""

WITH_COLUMNS = frozenset({Kind.BROAD, Kind.WIDE, Kind.MEDIUM})
"""Kinds with room for panes beside each other."""

BROAD_FROM = 200
WIDE_FROM = 150
MEDIUM_FROM = 100
CORNER_BELOW = Size(60, 16)

GUTTER = 3
"""Blank cells between columns. No lines: an emoji drawn too wide nudges a line and tears no border."""

MARGIN = 1
"""The cell in front of each column, where the focus bar stands. It is a part of the column's region."""

GAP = GUTTER - MARGIN
"""Blank cells between the regions of two columns."""

INBOX_WIDTH = 50
RIGHT_WIDTH = 40
SIDE_WIDTH = 44
"""Cells of the Inbox and of the right column; and of what stands beside the reading column where there are two."""


class Column(Struct, frozen=True):
    """Panes that share a column.

    Attributes:
        areas: they, from top to bottom.
        width: cells set by hand, without that of the focus bar; 0 where nobody has set it.
        deck: whether one of them is seen at a time, the one that was used last.
    """

    areas: tuple[Area, ...]
    width: int = 0
    deck: bool = False


class Shown(Struct, frozen=True):
    """What the owner wants to see at one kind of size.

    Attributes:
        columns: from left to right. Empty where there is room for one pane only.
        used: the areas that had the focus, the last one first; there is one at the least.
        zoomed: the active area alone fills the screen.
        hidden: areas that are seen only while they are active.
        heights: shares of their columns that were set by hand: lines they had when they were set.
        pins: ids of the searches that have panes of their own.
    """

    columns: tuple[Column, ...] = ()
    used: tuple[Area, ...] = (Area.INBOX,)
    zoomed: bool = False
    hidden: frozenset[Area] = frozenset()
    heights: Mapping[Area, int] = {}
    pins: Mapping[Area, int] = {}

    @property
    def active(self) -> Area:
        """The area with the focus."""
        return self.used[0]

    def turned_to(self, area: Area) -> Shown:
        """The same with another active area."""
        others = (one for one in self.used if one is not area)
        return replace(self, used=(area, *others))

    def shows(self, area: Area) -> bool:
        """Whether an area is to be seen, where there is room for it."""
        return area not in self.hidden or area is self.active

    def has(self, area: Area) -> bool:
        """Whether there is such an area in this layout."""
        return area in TABS or area in self.pins

    def latest_first(self, areas: Sequence[Area]) -> list[Area]:
        """Areas by when they were used last; those that never were keep their order, at the end."""
        return sorted(
            areas, key=lambda area: self.used.index(area) if area in self.used else len(self.used)
        )


def kind_of(size: Size) -> Kind:
    """How much room a terminal of this size has."""
    if size.width < CORNER_BELOW.width or size.height < CORNER_BELOW.height:
        return Kind.CORNER
    if size.width >= BROAD_FROM:
        return Kind.BROAD
    if size.width >= WIDE_FROM:
        return Kind.WIDE
    return Kind.MEDIUM if size.width >= MEDIUM_FROM else Kind.NARROW


def usual(kind: Kind) -> Shown:
    """The layout of a kind of size before anybody has changed it."""
    reading = Column((Area.READING,))
    match kind:
        case Kind.BROAD:
            others = (Column((Area.SEARCHES,)), Column((Area.PEOPLE,)))
            return Shown((Column((Area.INBOX,)), reading, *others))
        case Kind.WIDE:
            return Shown(
                (Column((Area.INBOX,)), reading, Column((Area.SEARCHES, Area.PEOPLE))),
            )
        case Kind.MEDIUM:
            deck = Column((Area.INBOX, Area.SEARCHES, Area.PEOPLE), deck=True)
            return Shown((deck, reading))
        case _:
            return Shown()


def place(kind: Kind, size: Size, shown: Shown) -> dict[Area, Region]:
    """Where each visible area stands, from left to right and from top to bottom. Areas left out are not visible.

    Args:
        kind: how much room the terminal has.
        size: of the room for panes; header, status and key line are not in it.
        shown: what the owner wants to see.
    """
    if kind not in WITH_COLUMNS:
        whole = Region(0, 0, min(size.width, MOST_COLUMN), size.height)
        corner = kind is Kind.CORNER and shown.active is Area.INBOX
        return {Area.CORNER if corner else shown.active: whole}
    room = Region(0, 0, max(1, size.width - MARGIN), size.height)
    if shown.zoomed:
        return {shown.active: room.grow((0, min(0, MOST_COLUMN - room.width), 0, 0))}
    regions: dict[Area, Region] = {}
    columns = list(seen_columns(shown, room.size))
    x = 0
    for column, width in zip(columns, _widths(kind, columns, room.width), strict=True):
        regions |= _stack(Region(x, 0, width, room.height), column.areas, shown.heights)
        x += width + GAP
    return regions


def seen_columns(shown: Shown, room: Size) -> Iterator[Column]:
    """The columns that are seen, each with its panes that are seen.

    Where there is no room for all, those stay that were used last, and the reading column.
    """
    columns = [_seen(column, shown, room.height) for column in shown.columns]
    columns = [column for column in columns if column.areas]
    firsts = [shown.latest_first(column.areas)[0] for column in columns]
    order = [shown.active, Area.READING, *shown.latest_first(firsts)]
    kept = [area for area in dict.fromkeys(order) if area in firsts]
    kept = kept[: columns_that_fit(room.width, GAP)]
    for column, first in zip(columns, firsts, strict=True):
        if first in kept:
            yield column


def _seen(column: Column, shown: Shown, height: int) -> Column:
    areas = [area for area in column.areas if shown.shows(area)]
    most = 1 if column.deck else panes_that_fit(height)
    kept = shown.latest_first(areas)[:most]
    return replace(column, areas=tuple(area for area in areas if area in kept))


def _widths(kind: Kind, columns: Sequence[Column], room: int) -> list[int]:
    wants = [
        Want(
            usual=MARGIN + _usual_width(kind, column),
            own=MARGIN + column.width if column.width else 0,
            takes_rest=Area.READING in column.areas,
        )
        for column in columns
    ]
    return column_widths(wants, room - GAP * (len(columns) - 1))


def _usual_width(kind: Kind, column: Column) -> int:
    if kind is Kind.MEDIUM:
        return SIDE_WIDTH
    return INBOX_WIDTH if Area.INBOX in column.areas else RIGHT_WIDTH


def _stack(
    column: Region, areas: Sequence[Area], heights: Mapping[Area, int]
) -> dict[Area, Region]:
    """Panes one below the other, a blank line between them."""
    shares = [heights.get(area, 0) for area in areas]
    if not any(shares) and any(area in PINS for area in areas):
        # Of a search that stands apart only the heading is left in the list of all.
        shares = [1 if area is Area.SEARCHES else 2 for area in areas]
    y, regions = 0, {}
    for area, lines in zip(
        areas, pane_heights(shares, max(0, column.height - len(areas) + 1)), strict=True
    ):
        regions[area] = Region(column.x, y, column.width, lines)
        y += lines + 1
    return regions


class Ground(Struct, frozen=True):
    """What is on the screen: what the owner wants to see, and the room there is for it.

    Attributes:
        kind: how much room the terminal has.
        size: of the room for panes.
        shown: what is shown.
    """

    kind: Kind
    size: Size
    shown: Shown

    @property
    def room(self) -> Size:
        """The room that columns share."""
        return Size(max(1, self.size.width - MARGIN), self.size.height)

    @property
    def columns(self) -> list[Column]:
        """The columns that are seen, with the panes that are seen."""
        return list(seen_columns(self.shown, self.room))

    @property
    def areas(self) -> list[Area]:
        """The areas on the screen, from left to right and from top to bottom."""
        return list(place(self.kind, self.size, self.shown))

    def area_of_search(self, search: int) -> Area:
        """Where hits of a search are seen: in a pane of its own, or among all searches."""
        own = (area for area, pinned in self.shown.pins.items() if pinned == search)
        return next((area for area in own if area in self.areas), Area.SEARCHES)


class PaneLayout(Layout):
    """Places the children whose ids are areas; those without a place are not drawn.

    Args:
        shown: says what the owner wants to see, each time the screen is laid out.
        grip: says where the grip stands, if it is to be seen, and is told the room for panes.

    Attributes:
        room: for panes, as it was laid out last.
    """

    name = "panes"

    def __init__(self, shown: Callable[[], Shown], grip: Callable[[], Region | None]) -> None:
        self._shown = shown
        self._grip = grip
        self.room = Size()

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """Give each visible area its region."""
        self.room = size
        placed = place(kind_of(parent.app.size), size, self._shown())
        regions = {str(area): region for area, region in placed.items()}
        if (grip := self._grip()) is not None:
            regions[GRIP] = grip
        return [
            WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if child.id is not None and (region := regions.get(child.id)) is not None
        ]


GRIP = "grip"
"""Id of the widget that is laid over an edge between panes while the mouse is on it."""
