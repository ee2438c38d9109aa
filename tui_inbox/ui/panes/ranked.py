"""Panes whose rows are sorted by rank: they do not re-sort under the hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from textual.timer import Timer

from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.widgets import Row

FOLDING = frozenset({"list.news", "item.open", "pane.left", "pane.right"})
"""Keys that mean something else in a ranked pane: `.` sorts, and headings fold."""

IDLE = 10.0
"""Seconds without a key after which a pane with the focus is no longer in use."""

T = TypeVar("T")


def steady(shown: Iterable[Row[Any]], fresh: Sequence[Row[T]]) -> list[Row[T]]:
    """Fresh rows in the order in which they are shown already.

    Sections stay where the fresh order has them. Within a section, rows that are shown keep their order
    among each other, and rows that are new to the section come behind them.

    Args:
        shown: the rows on the screen now.
        fresh: the rows as they should be, in their true order; headings begin sections.
    """
    places: dict[str, tuple[str, int]] = {}
    section = ""
    for place, row in enumerate(shown):
        section = row.key if row.section else section
        places[row.key] = (section, place)

    ordered: list[Row[T]] = []
    start = 0
    for stop in range(1, len(fresh) + 1):
        if stop == len(fresh) or fresh[stop].section:
            ordered += _steady_section(fresh[start:stop], places)
            start = stop
    return ordered


def _steady_section(fresh: Sequence[Row[T]], places: Mapping[str, tuple[str, int]]) -> list[Row[T]]:
    head = fresh[0].key if fresh[0].section else ""
    return sorted(fresh, key=lambda row: _rank(places.get(row.key), head, row))


def _rank(place: tuple[str, int] | None, head: str, row: Row[Any]) -> tuple[int, int]:
    if row.section:
        return (0, 0)
    if place is None or place[0] != head:
        return (2, 0)
    return (1, place[1])


class RankedPane(Pane):
    """A pane that keeps its order while it has the focus and is in use.

    The true order comes back with `.`, when no key was pressed for ten seconds, and whenever the focus is
    elsewhere.
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._settling: Timer | None = None
        self._sort_now = False

    def in_use(self) -> bool:
        """Whether a hand is on it."""
        rows = self.rows
        return rows is not None and rows.has_focus and self.desk.idle_seconds() < IDLE

    def show_ranked(self, fresh: Sequence[Row[Any]]) -> None:
        """Show rows in their true order, or, while the pane is in use, in the order that is shown."""
        rows = self.rows
        assert rows is not None
        keep = self.in_use() and not self._sort_now
        self._sort_now = False
        shown = steady(rows.rows, fresh) if keep else list(fresh)
        self.show_rows(lambda: rows.show(shown))
        if [row.key for row in shown] != [row.key for row in fresh]:
            self._settle_when_idle()

    def sort(self) -> None:
        """Take the true order now."""
        self._sort_now = True
        self.reread()

    def _settle_when_idle(self) -> None:
        if self._settling is None:
            self._settling = self.set_timer(IDLE - self.desk.idle_seconds() + 0.1, self._settle)

    def _settle(self) -> None:
        self._settling = None
        if self.in_use():
            self._settle_when_idle()
        else:
            self.reread()
