"""The layouts of all kinds of size: each as the owner left it, and as text for the next start."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from tui_inbox.ui.layout import (
    INBOX_WIDTH,
    PINS,
    SIDE_WIDTH,
    TABS,
    WITH_COLUMNS,
    Area,
    Column,
    Kind,
    Shown,
    usual,
)

LAYOUT = "layout"
"""Name of the kept place that holds what stands where."""

MOST_CELLS = 1000
"""No number that is kept counts for more."""


class Layouts:
    """What is shown at each kind of size, and the kind of now.

    Args:
        kept: layouts of the last run. A kind that is not among them begins as usual, with the pane that is active then.
        kind: how much room there is.
    """

    def __init__(self, kept: Mapping[Kind, Shown], kind: Kind) -> None:
        self._shown = dict(kept)
        self.kind = kind
        self._shown.setdefault(kind, usual(kind))

    @property
    def shown(self) -> Shown:
        """What is shown now."""
        return self._shown[self.kind]

    @shown.setter
    def shown(self, shown: Shown) -> None:
        self._shown[self.kind] = shown

    @property
    def all(self) -> Mapping[Kind, Shown]:
        """What is shown at each kind of size that there has been."""
        return self._shown

    def turn(self, kind: Kind, *, stays: Callable[[Area], bool]) -> None:
        """There is room of another kind: its own layout comes back.

        Args:
            kind: how much room there is.
            stays: whether the hand has to stay in the area in which it is.
        """
        if kind is self.kind:
            return
        active = self.shown.active
        # A corner is there for who waits: only who reads goes on reading.
        goes_along = kind not in self._shown and (kind is not Kind.CORNER or active is Area.READING)
        self.kind = kind
        shown = self._shown.setdefault(kind, usual(kind))
        if (goes_along or stays(active)) and shown.has(active):
            self.shown = shown.turned_to(active)


def layouts_text(layouts: Mapping[Kind, Shown]) -> str:
    """Layouts as they are kept in the store."""
    return json.dumps({"sizes": {str(kind): _plain(shown) for kind, shown in layouts.items()}})


def _plain(shown: Shown) -> dict[str, Any]:
    return {
        "columns": [
            {"panes": column.areas, "width": column.width, "one": column.deck}
            for column in shown.columns
        ],
        "used": shown.used,
        "zoomed": shown.zoomed,
        "hidden": sorted(shown.hidden),
        "heights": dict(shown.heights),
        "pins": dict(shown.pins),
    }


def layouts_from(text: str | None) -> dict[Kind, Shown]:
    """The layouts that `layouts_text` wrote; those that cannot be understood are left out.

    What was written before each kind of size had its own, is read as the layout of all of them.
    """
    try:
        kept = json.loads(text or "")
        if "sizes" not in kept:
            return _from_one(kept)
        sizes = dict(kept["sizes"])
    except (ValueError, TypeError, KeyError):
        return {}
    found = {}
    for kind in Kind:
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            found[kind] = _sound(kind, sizes[str(kind)])
    return found


def _sound(kind: Kind, kept: Mapping[str, Any]) -> Shown:
    """A layout from what was kept of it.

    Raises:
        ValueError: it is none.
    """
    columns = tuple(
        Column(tuple(map(Area, one["panes"])), _number(one["width"]), bool(one["one"]))
        for one in kept["columns"]
    )
    pins = {Area(area): int(search) for area, search in kept["pins"].items()}
    heights = {Area(area): _number(lines) for area, lines in kept["heights"].items()}
    used = tuple(dict.fromkeys(map(Area, kept["used"])))
    hidden = frozenset(map(Area, kept["hidden"]))
    shown = Shown(columns, used, bool(kept["zoomed"]), hidden, heights, pins)
    areas = [area for column in columns for area in column.areas]
    wanted = {*TABS, *pins} if kind in WITH_COLUMNS else set()
    alone = all(len(one.areas) == 1 for one in columns if Area.READING in one.areas)
    if (
        sorted(areas) != sorted(wanted)
        or not all(column.areas for column in columns)
        or not alone
        or not used
        or not all(map(shown.has, used))
        or not {*pins} <= {*PINS}
        or {Area.INBOX, Area.READING} <= hidden
    ):
        raise ValueError("no layout")
    return shown


def _number(kept: object) -> int:
    if not isinstance(kept, int) or not 0 <= kept <= MOST_CELLS:
        raise ValueError("no number of cells")
    return kept


def _from_one(kept: Mapping[str, Any]) -> dict[Kind, Shown]:
    """One layout for all sizes: the active pane, the one in the left of two columns, and by how much that was wider.

    Raises:
        ValueError: it is none.
    """
    active, side, shift = Area(kept["active"]), Area(kept["side"]), int(kept["shift"])
    if active not in TABS or side not in TABS:
        raise ValueError("no layout")
    widths = {Kind.WIDE: INBOX_WIDTH, Kind.BROAD: INBOX_WIDTH, Kind.MEDIUM: SIDE_WIDTH}
    layouts = {}
    for kind in Kind:
        shown = usual(kind)
        if shift and kind in widths:
            first, *others = shown.columns
            width = max(1, min(MOST_CELLS, widths[kind] + shift))
            shown = Shown((Column(first.areas, width, first.deck), *others))
        in_corner = kind is Kind.CORNER and active is not Area.READING
        layouts[kind] = shown.turned_to(side).turned_to(Area.INBOX if in_corner else active)
    return layouts
