"""The edges between panes: where they are, and what it means to move one. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace
from textual.geometry import Offset, Region, Size

from tui_inbox.ui.layout import GAP, MARGIN, Area, Column, Ground, Kind, Shown, place
from tui_inbox.ui.shares import LEAST_COLUMN, LEAST_PANE


class Edge(Struct, frozen=True):
    """What parts two panes.

    Attributes:
        before: the pane at its left, or above it; of a column the first that is seen.
        after: the pane at its right, or below it.
        upright: whether it stands between two columns.
        blank: the blank cells between the two.
    """

    before: Area
    after: Area
    upright: bool
    blank: Region


def edges(kind: Kind, size: Size, shown: Shown) -> Iterator[Edge]:
    """Every edge on the screen. Parameters as for `layout.place`."""
    regions = place(kind, size, shown)
    if len(regions) < 2:
        return
    firsts: list[Area] = []
    for column in Ground(kind, size, shown).columns:
        firsts.append(column.areas[0])
        for above, below in pairwise(column.areas):
            x, y, width, _ = regions[below]
            yield Edge(above, below, False, Region(x + MARGIN, y - 1, width - MARGIN, 1))
    for left, right in pairwise(firsts):
        blank = Region(regions[right].x - GAP, 0, GAP, size.height)
        yield Edge(left, right, True, blank)


def edge_at(kind: Kind, size: Size, shown: Shown, at: Offset) -> tuple[Edge, Region] | None:
    """The edge that can be taken at a point of the room for panes, and the cells that show it.

    That is the blank between two columns; between two panes the blank line, or the rule under the title of the lower.
    """
    for edge in edges(kind, size, shown):
        cells = [edge.blank]
        if not edge.upright:
            cells.append(edge.blank.translate(Offset(0, RULE_BELOW)))
        for region in cells:
            if region.contains_point(at):
                return edge, region
    return None


RULE_BELOW = 2
"""Lines from the blank line between two panes to the rule under the title of the lower one."""


def moved(kind: Kind, size: Size, shown: Shown, edge: Edge, to: int) -> Shown:
    """The layout with an edge at another place, as near as the least sizes allow.

    Args:
        kind: as for `layout.place`, and so are `size` and `shown`.
        edge: one of its edges.
        to: where the first blank cell of it, or the blank line, is wanted.
    """
    regions = place(kind, size, shown)
    before, after = regions[edge.before], regions[edge.after]
    if not edge.upright:
        both = before.height + after.height
        upper = _between(LEAST_PANE, to - before.y, both - LEAST_PANE)
        heights = dict(shown.heights)
        column = next(one for one in shown.columns if edge.before in one.areas)
        heights |= {area: regions[area].height for area in column.areas if area in regions}
        heights |= {edge.before: upper, edge.after: both - upper}
        return replace(shown, heights=heights)
    both = before.width + after.width
    left = _between(LEAST_COLUMN, to - before.x, both - LEAST_COLUMN)
    widths = {edge.before: left - MARGIN, edge.after: both - left - MARGIN}
    if Area.READING in widths:  # it takes the rest anyway
        del widths[Area.READING]
    return replace(shown, columns=tuple(_with_width(column, widths) for column in shown.columns))


def _between(least: int, wanted: int, most: int) -> int:
    return max(least, min(wanted, max(least, most)))


def _with_width(column: Column, widths: dict[Area, int]) -> Column:
    width = next((widths[area] for area in column.areas if area in widths), column.width)
    return replace(column, width=width)


def back_to_usual(shown: Shown, edge: Edge) -> Shown:
    """The layout with an edge where it usually is."""
    if not edge.upright:
        column = next(one for one in shown.columns if edge.before in one.areas)
        heights = {area: lines for area, lines in shown.heights.items() if area not in column.areas}
        return replace(shown, heights=heights)
    widths = {edge.before: 0, edge.after: 0}
    return replace(shown, columns=tuple(_with_width(column, widths) for column in shown.columns))
