"""What the owner can do to a layout by keys: each a function from what is shown to what shall be. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tui_inbox.ui import edges
from tui_inbox.ui.layout import (
    GAP,
    MARGIN,
    PINS,
    WITH_COLUMNS,
    Area,
    Column,
    Ground,
    Kind,
    Shown,
    place,
)
from tui_inbox.ui.shares import LEAST_COLUMN, columns_that_fit, panes_that_fit

ONE_PANE = "Only one pane has room here."
ZOOMED = "This pane is zoomed; Z shows the others again."
ALONE = "It stands alone in its column."
AT_THE_EDGE = "Nothing stands further out."
NO_COLUMN = "There is no room for one more column at this size."
NO_LINES = "There is no height for one more pane in this column."
ONE_STAYS = "The Inbox or the Timeline has to stay."
PINS_FULL = "Three searches have panes of their own already; = p on one of them takes it away."
DECK = "This column shows one pane at a time; = s shows them one below the other."


class CannotArrange(Exception):
    """It cannot be done; the text says why."""


def seen_column(ground: Ground, area: Area) -> Column:
    """The column of an area, with the panes that are seen.

    Raises:
        CannotArrange: there are no columns, or the area stands in none of them.
    """
    if ground.kind not in WITH_COLUMNS:
        raise CannotArrange(ONE_PANE)
    if ground.shown.zoomed:
        raise CannotArrange(ZOOMED)
    return next(column for column in ground.columns if area in column.areas)


# Sizes


def wider(ground: Ground, area: Area, cells: int) -> Shown:
    """The column of an area wider by some cells, narrower if negative; the reading column takes it from beside it.

    Raises:
        CannotArrange: there is nothing beside it, or no column may change any more.
    """
    first = seen_column(ground, area).areas[0]
    regions = place(ground.kind, ground.size, ground.shown)
    if Area.READING in regions and first is not Area.READING:
        width = max(LEAST_COLUMN, regions[first].width + cells) - MARGIN
        columns = list(ground.shown.columns)
        here = _place_of(columns, first)
        columns[here] = replace(columns[here], width=width)
        return _changed(ground, replace(ground.shown, columns=tuple(columns)))
    some = [edge for edge in edges.edges(ground.kind, ground.size, ground.shown) if edge.upright]
    beside = [edge for edge in some if first in (edge.before, edge.after)]
    if not beside:
        raise CannotArrange("It stands alone; there is nothing beside it to take cells from.")
    return _moved_by(ground, beside[0], cells if beside[0].before is first else -cells)


def edge_moved(ground: Ground, area: Area, lines: int) -> Shown:
    """The edge below a pane, or above the lowest one, moved down by some lines, up if negative.

    Raises:
        CannotArrange: the pane stands alone in its column, or is as low as can be.
    """
    return _moved_by(ground, _edge_beside(ground, area), lines)


def taller(ground: Ground, area: Area, lines: int) -> Shown:
    """A pane taller by some lines, lower if negative.

    Raises:
        CannotArrange: as for `edge_moved`.
    """
    edge = _edge_beside(ground, area)
    return _moved_by(ground, edge, lines if edge.before is area else -lines)


def _edge_beside(ground: Ground, area: Area) -> edges.Edge:
    if len(seen_column(ground, area).areas) < 2:
        raise CannotArrange(ALONE)
    some = [
        edge for edge in edges.edges(ground.kind, ground.size, ground.shown) if not edge.upright
    ]
    below = next((edge for edge in some if edge.before is area), None)
    return below or next(edge for edge in some if edge.after is area)


def _moved_by(ground: Ground, edge: edges.Edge, by: int) -> Shown:
    now = edge.blank.x if edge.upright else edge.blank.y
    return _changed(ground, edges.moved(ground.kind, ground.size, ground.shown, edge, now + by))


def _changed(ground: Ground, shown: Shown) -> Shown:
    """What shall be shown, if that looks different; a wish that has no room is not remembered."""
    if place(ground.kind, ground.size, shown) == place(ground.kind, ground.size, ground.shown):
        raise CannotArrange("There is no room for that.")
    return shown


def usual_sizes(ground: Ground) -> Shown:
    """All columns and panes as wide and as tall as they are by themselves.

    Raises:
        CannotArrange: there are no columns.
    """
    seen_column(ground, ground.shown.active)
    columns = tuple(replace(column, width=0) for column in ground.shown.columns)
    return replace(ground.shown, columns=columns, heights={})


# Order


def moved_aside(ground: Ground, area: Area, step: int) -> Shown:
    """A pane one column to the right, to the left if `step` is -1.

    It changes places with the reading column, and joins any other one below its panes. A pane that shares its column
    leaves that, for a column of its own where the reading column or the edge of the screen comes next. Where there are
    two columns only, they change places.

    Raises:
        CannotArrange: nothing stands further out, or there is no room for another column.
    """
    seen, columns = seen_column(ground, area), ground.columns
    beside = columns.index(seen) + step
    beside_it = columns[beside] if 0 <= beside < len(columns) else None
    whole = list(ground.shown.columns)
    here = _place_of(whole, area)
    if beside_it is None and (len(seen.areas) == 1 or ground.kind is Kind.MEDIUM):
        raise CannotArrange(AT_THE_EDGE)
    there = None if beside_it is None else _place_of(whole, beside_it.areas[0])
    swaps = ground.kind is Kind.MEDIUM or area is Area.READING
    swaps |= len(seen.areas) == 1 and beside_it is not None and Area.READING in beside_it.areas
    if swaps and there is not None:
        whole[here], whole[there] = whole[there], whole[here]
    elif there is not None and Area.READING not in whole[there].areas:
        whole[there] = replace(whole[there], areas=(*whole[there].areas, area))
        whole[here] = _without(whole[here], area)
    else:
        if len(columns) + 1 > columns_that_fit(ground.room.width, GAP):
            raise CannotArrange(NO_COLUMN)
        whole[here] = _without(whole[here], area)
        whole.insert(here + (step > 0), Column((area,)))
    return replace(ground.shown, columns=tuple(column for column in whole if column.areas))


def moved_along(ground: Ground, area: Area, step: int) -> Shown:
    """A pane below the next one of its column, above the one before it if `step` is -1.

    Raises:
        CannotArrange: it is the last one, or the first.
    """
    seen_column(ground, area)
    columns = list(ground.shown.columns)
    here = _place_of(columns, area)
    areas = list(columns[here].areas)
    shown = [one for one in areas if ground.shown.shows(one)]
    if len(shown) < 2:
        raise CannotArrange(ALONE)
    at = shown.index(area) + step
    if not 0 <= at < len(shown):
        raise CannotArrange("It is the lowest one." if step > 0 else "It is the uppermost one.")
    one, other = areas.index(area), areas.index(shown[at])
    areas[one], areas[other] = areas[other], areas[one]
    columns[here] = replace(columns[here], areas=tuple(areas))
    return replace(ground.shown, columns=tuple(columns))


def one_at_a_time(ground: Ground, area: Area) -> Shown:
    """The panes of a column one at a time, or one below the other again.

    Raises:
        CannotArrange: the pane stands alone.
    """
    seen_column(ground, area)
    columns = list(ground.shown.columns)
    here = _place_of(columns, area)
    if len(columns[here].areas) < 2:
        raise CannotArrange(ALONE)
    columns[here] = replace(columns[here], deck=not columns[here].deck)
    return replace(ground.shown, columns=tuple(columns))


def _place_of(columns: Sequence[Column], area: Area) -> int:
    return next(place for place, column in enumerate(columns) if area in column.areas)


def _without(column: Column, area: Area) -> Column:
    areas = tuple(one for one in column.areas if one is not area)
    return replace(column, areas=areas)


# Hiding


def hidden_or_back(ground: Ground, area: Area) -> Shown:
    """A pane hidden, or no longer. Who hides the active one is where they were before.

    Raises:
        CannotArrange: it has to stay, or there are no columns.
    """
    seen_column(ground, ground.shown.active)
    shown = ground.shown
    if area in shown.hidden:
        return replace(shown, hidden=shown.hidden - {area})
    hidden = shown.hidden | {area}
    if {Area.INBOX, Area.READING} <= hidden:
        raise CannotArrange(ONE_STAYS)
    shown = replace(shown, hidden=hidden)
    if shown.active is area:
        there = [one for column in shown.columns for one in column.areas if one not in hidden]
        shown = shown.turned_to(shown.latest_first(there)[0])
    return shown


# Searches with panes of their own


def pinned(ground: Ground, search: int) -> Shown:
    """A search in a pane of its own, below the Searches and the panes of other searches there.

    Args:
        ground: what is shown.
        search: id of the search.

    Raises:
        CannotArrange: there is no room, or no more than three may be.
    """
    seen_column(ground, ground.shown.active)
    shown = ground.shown
    slot = next((one for one in PINS if one not in shown.pins), None)
    if slot is None:
        raise CannotArrange(PINS_FULL)
    columns = list(shown.columns)
    here = _place_of(columns, Area.SEARCHES)
    column = columns[here]
    if column.deck:
        raise CannotArrange(DECK)
    seen = [area for area in column.areas if area not in shown.hidden]
    if len(seen) + 1 > panes_that_fit(ground.size.height):
        raise CannotArrange(NO_LINES)
    behind = max(at for at, area in enumerate(column.areas) if area in (Area.SEARCHES, *PINS)) + 1
    areas = (*column.areas[:behind], slot, *column.areas[behind:])
    columns[here] = replace(column, areas=areas)
    heights = {area: lines for area, lines in shown.heights.items() if area not in areas}
    return replace(
        shown, columns=tuple(columns), pins={**shown.pins, slot: search}, heights=heights
    )


def unpinned(shown: Shown, slot: Area) -> Shown:
    """The layout without the pane of a search; what was used before it is active."""
    columns = (_without(column, slot) for column in shown.columns)
    used = tuple(area for area in shown.used if area is not slot) or (Area.SEARCHES,)
    return replace(
        shown,
        columns=tuple(column for column in columns if column.areas),
        used=used,
        hidden=shown.hidden - {slot},
        heights={area: lines for area, lines in shown.heights.items() if area is not slot},
        pins={area: search for area, search in shown.pins.items() if area is not slot},
    )
