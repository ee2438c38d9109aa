"""Panes whose rows are sorted by rank: they do not re-sort under the hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from textual.timer import Timer

from tui_inbox.commands import places as place_commands
from tui_inbox.queries import positions as position_queries
from tui_inbox.ui.panes.beside import Beside
from tui_inbox.ui.panes.pane import NOTHING, Pane
from tui_inbox.ui.places import position_from, position_text
from tui_inbox.ui.widgets import Position, Row, RowList

FOLDING = frozenset({"list.news", "item.open", "pane.left", "pane.right"})
"""Keys that mean something else in a ranked pane: `.` sorts, and headings fold."""

KEEP_AFTER = 2.0
"""Seconds after the owner has moved until the place is kept for the next start."""

IDLE = 10.0
"""Seconds without a key after which a pane with the focus is no longer in use."""

COMES_BACK = 2.0
"""Seconds in which a row that an undo brings back is shown; later it is no longer waited for."""

RECENT = 120.0
"""Seconds for which a place is kept for a row that has gone."""

T = TypeVar("T")

Place: TypeAlias = tuple[str, str]
"""Where a row stands: key of the section's heading, and its own."""


def places(rows: Iterable[Row[Any]]) -> Iterator[Place]:
    """Where rows stand, in their order; headings begin sections."""
    section = ""
    for row in rows:
        section = row.key if row.section else section
        yield section, row.key


def steady(shown: Iterable[Place], fresh: Sequence[Row[T]]) -> list[Row[T]]:
    """Fresh rows in the order in which they are shown already.

    Sections stay where the fresh order has them. Within a section, rows that are shown keep their order
    among each other, and rows that are new to the section come behind them.

    Args:
        shown: where rows stand on the screen now, or stood a moment ago.
        fresh: the rows as they should be, in their true order; headings begin sections.
    """
    ranks = {place: rank for rank, place in enumerate(shown)}
    ordered: list[Row[T]] = []
    start = 0
    for stop in range(1, len(fresh) + 1):
        if stop == len(fresh) or fresh[stop].section:
            ordered += _steady_section(fresh[start:stop], ranks)
            start = stop
    return ordered


def _steady_section(fresh: Sequence[Row[T]], ranks: Mapping[Place, int]) -> list[Row[T]]:
    head = fresh[0].key if fresh[0].section else ""
    return sorted(fresh, key=lambda row: _rank(row, ranks.get((head, row.key))))


def _rank(row: Row[Any], rank: int | None) -> tuple[int, int]:
    if row.section:
        return (0, 0)
    return (2, 0) if rank is None else (1, rank)


def with_gone(before: Sequence[Place], now: Sequence[Place]) -> list[Place]:
    """Places of now, with those of before that are gone behind what they stood behind.

    Args:
        before: the places as they were, gone ones included.
        now: the places as they are.
    """
    there = set(now)
    behind: dict[Place | None, list[Place]] = {}
    last: Place | None = None
    for place in before:
        if place in there:
            last = place
        else:
            behind.setdefault(last, []).append(place)
    merged = list(behind.get(None, ()))
    for place in now:
        merged.append(place)
        merged += behind.get(place, ())
    return merged


class Order:
    """The order that is shown; for a while it remembers where a row stood that has gone.

    So a row that is put back, as by an undo, comes back to its place and not to the end of its section.
    """

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._gone_at: dict[Place, float] = {}

    def steady(self, fresh: Sequence[Row[T]], now: float) -> list[Row[T]]:
        """Fresh rows in the order that is remembered: see `steady`. `now` is as in `remember`."""
        self._forget(now)
        return steady(self._places, fresh)

    def remember(self, rows: Iterable[Row[Any]], now: float) -> None:
        """These rows are shown now.

        Args:
            rows: all of them, in the order of the screen.
            now: seconds that never jump.
        """
        shown = list(places(rows))
        there = set(shown)
        gone = [place for place in self._places if place not in there]
        self._gone_at = {place: self._gone_at.get(place, now) for place in gone}
        self._places = with_gone(self._places, shown)
        self._forget(now)

    def _forget(self, now: float) -> None:
        """Forget what went too long ago: should it come back, it is new."""
        long_gone = {place for place, at in self._gone_at.items() if now - at >= RECENT}
        if long_gone:
            self._places = [place for place in self._places if place not in long_gone]
            for place in long_gone:
                del self._gone_at[place]


class RankedPane(Pane):
    """A pane that keeps its order while it has the focus and is in use.

    The true order comes back with `.`, when no key was pressed for ten seconds, and whenever the focus is
    elsewhere. What is taken off and put back soon, as by an undo, comes back to where it stood. The next start
    begins where the owner was.
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._place = f"place:{id}"
        self._begin_at: tuple[Position, str | None] | None = None
        self._begun = False
        self._keeping: Timer | None = None
        self._settling: Timer | None = None
        self._sort_now = False
        self._order = Order()
        self._beside = Beside(self)
        self._coming_back: tuple[str, float] | None = None

    def in_use(self) -> bool:
        """Whether a hand is on it."""
        rows = self.rows
        return rows is not None and rows.has_focus and self.desk.idle_seconds() < IDLE

    def show_ranked(self, fresh: Sequence[Row[Any]]) -> None:
        """Show rows in their true order; while the pane is in use, or nothing may move, in the order that is shown."""
        rows = self.rows
        assert rows is not None
        is_still = self.desk.services.look.still
        keep = (is_still or self.in_use()) and not self._sort_now
        self._sort_now = False
        now = self.desk.services.monotonic()
        shown = self._order.steady(fresh, now) if keep else list(fresh)
        self._order.remember(shown, now)
        self.show_rows(lambda: self._show_at(rows, self.with_unfolded(shown), now))
        self._begin(rows)
        if not is_still and [row.key for row in shown] != [row.key for row in fresh]:
            self._settle_when_idle()

    def with_unfolded(self, rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
        """Rows in the order of the screen, each with what is unfolded below it; that is no part of the order."""
        return rows

    def _show_at(self, rows: RowList[Any], shown: Sequence[Row[Any]], now: float) -> None:
        """Show rows, and select the one that was to come back, if it has."""
        rows.show(shown)
        if self._coming_back is not None:
            key, until = self._coming_back
            if now >= until or rows.select_key(key):
                self._coming_back = None

    def select_when_back(self, key: str) -> None:
        """Select a row that an undo brings back: now, or when it is shown in a moment."""
        if self.rows is not None and not self.rows.select_key(key):
            self._coming_back = key, self.desk.services.monotonic() + COMES_BACK

    # Where the owner is, from one start to the next

    async def read_first(self) -> None:
        """Where the owner was at the end of the last run."""
        self._begin_at = position_from(await self.desk.ask(position_queries.read, self._place))

    def _begin(self, rows: RowList[Any]) -> None:
        """Select where the owner was, and nothing but a real row as long as nobody has touched a key."""
        if not self._begun and self._begin_at is not None:
            position, selected = self._begin_at
            rows.restore(position)
            has_size = bool(rows.size.height)  # else there is no screen yet to bring it on
            self._begun = selected is not None and rows.select_key(selected, scroll=has_size)
        if not self._begun and not self.desk.pressed and rows.selected and rows.selected.section:
            rows.top()
        self._begun = self._begun or bool(self.desk.pressed)

    def on_row_list_selected(self, event: RowList.Selected) -> None:
        """Let what is read beside it follow, and keep the place for the next start, once the hand rests."""
        self._beside.wander()
        self._keep_soon()

    def on_row_list_scrolled(self, event: RowList.Scrolled) -> None:
        """Keep the place for the next start, once the hand rests."""
        event.stop()
        self._keep_soon()

    def _keep_soon(self) -> None:
        if self._keeping is None:
            self._keeping = self.set_timer(KEEP_AFTER, self._keep)

    def on_unmount(self) -> None:
        """The end: keep it."""
        if self._keeping is not None:
            self._keep()

    def _keep(self) -> None:
        self._keeping = None
        spot = self.spot()
        if spot is not None and spot.position is not None:
            text = position_text(spot.position, spot.selected)
            place_commands.keep(self.desk.services.ctx, self._place, text)

    # The order

    def sort(self) -> None:
        """Take the true order now."""
        self._sort_now = True
        self.desk.say("In order.")
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

    # Headings

    def show_unfolded(self, heading: str) -> None:
        """Scroll so far that what was unfolded under a heading can be seen, its beginning at least."""
        if self.rows is not None:
            self.rows.reveal_section(heading)

    def select_first_below(self, heading: str) -> bool:
        """Select the first row below a heading, or the heading where there is none; False without either."""
        rows = self.rows
        if rows is None:
            return False
        below = first_below(rows.rows, heading)
        return rows.select_key(heading if below is None else below)

    def nothing(self) -> str:
        """What to say to a key that acts on a row, where a heading is selected."""
        row = self.rows.selected if self.rows is not None else None
        if row is None or not row.section:
            return NOTHING
        if row.data.folded:
            return "That is a heading; Enter unfolds it."
        return "That is a heading; j goes to what stands below it."


def first_below(rows: Sequence[Row[Any]], heading: str) -> str | None:
    """Key of the first row of the section that a heading begins; None if there is none to select."""
    place = next((place for place, row in enumerate(rows) if row.key == heading), len(rows))
    for row in rows[place + 1 :]:
        if row.section:
            return None
        if row.selectable:
            return row.key
    return None
