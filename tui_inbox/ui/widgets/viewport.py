"""Which part of a list is on the screen: its rows, their places and the selected one, no painting.

The truth is a row and a screen line (*this* row begins on *that* line), never a count of lines from
an end of the list. So nothing on the screen can move because rows elsewhere come, go or turn out
taller than estimated, whichever end new rows come in at; lines are counted only to tell how long
the list is. Rows are measured when they come on the screen, by drawing them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, NamedTuple

from tui_inbox.ui.widgets.anchor import Seen, Splice, rows_to_hold, unchanged_ends
from tui_inbox.ui.widgets.heights import Heights
from tui_inbox.ui.widgets.row import Position, Row, T
from tui_inbox.ui.widgets.stops import nearest_stop

NEIGHBOURS = 8
"""Rows a position remembers on each side of its own."""


class Top(NamedTuple):
    """What stood at the top of the screen before its size changed."""

    key: str
    """The row."""
    cut: int
    """How many lines of it stood above the screen."""
    height: int
    """Its lines then."""
    whole: bool
    """Whether the selected row was shown whole."""

    def line(self, height: int) -> int:
        """Return the screen line where the row begins, now that it has so many lines."""
        return -(-(-self.cut * height) // self.height) if self.cut else 0


class Viewport(Generic[T]):
    """The rows of a list, the part of them on the screen, and the selected one.

    Args:
        measure: Lines of a row, exactly; the flag tells whether it is selected.
        estimate: Lines of an unselected row, about.
        hold_selection: Whether the selected row, when on the screen, keeps its screen line through
            changes; else the first row on the screen does.
    """

    def __init__(
        self,
        measure: Callable[[Row[T], bool], int],
        estimate: Callable[[Row[T]], int],
        *,
        hold_selection: bool,
    ) -> None:
        self.rows: list[Row[T]] = []
        self.height = 0
        """Lines of the screen; 0 until there is one, and until then no row is measured."""
        self.selected: int | None = None
        """Place of the selected row, or None if no row can be selected."""
        self.seen: list[Seen] = []
        """The rows on the screen, from the top."""
        self._measure_row = measure
        self._estimate_row = estimate
        self._hold_selection = hold_selection
        self._keys: set[str] = set()
        self._heights = Heights()
        self._top = 0
        self._line = 0  # screen line where the top row begins: 0, or less if the top edge cuts it
        self._wanted: Top | None = None  # where the reader was, while the size forbids to be there

    # What is where

    @property
    def total(self) -> int:
        """Lines of the whole list, as far as known."""
        return self._heights.total

    @property
    def offset(self) -> int:
        """Lines above the screen, as far as known."""
        return self._heights.before(self._top) - self._line if self.rows else 0

    @property
    def at_head(self) -> bool:
        """Whether the first line of the list is on the screen."""
        return self._top == 0 and self._line == 0

    @property
    def rows_above(self) -> int:
        """Rows that begin above the screen."""
        return self._top + (self._line < 0)

    def find(self, key: str) -> int | None:
        """Return the place of the row with this key, or None."""
        if key not in self._keys:
            return None
        return next(place for place, row in enumerate(self.rows) if row.key == key)

    def row_at(self, line: int) -> int | None:
        """Return the place of the row that covers a screen line, or None below the last row."""
        covering = (row.place for row in self.seen if row.line <= line < row.line + row.height)
        return next(covering, None)

    def seen_row(self, place: int | None) -> Seen | None:
        """Return where a row is on the screen, or None if it is not."""
        return next((row for row in self.seen if row.place == place), None)

    def stops_seen(self) -> list[Seen]:
        """Return the selectable rows on the screen; only those shown whole, if there are any."""
        stops = [row for row in self.seen if self.rows[row.place].selectable]
        whole = [row for row in stops if row.line >= 0 and row.line + row.height <= self.height]
        return whole or stops

    # Changes of the list

    def show(self, rows: Sequence[Row[T]], *, follow: bool = False) -> None:
        """Become this list; only the part between the first and the last difference is touched.

        Args:
            rows: The complete new list.
            follow: As for `splice`.

        Raises:
            ValueError: Two rows have the same key.
        """
        head, tail = unchanged_ends(self.rows, rows)
        stop, fresh = len(self.rows) - tail, rows[head : len(rows) - tail]
        if head < stop or fresh:  # else nothing has moved, not even what is wanted at another size
            self.splice(head, stop, fresh, follow=follow)

    def splice(
        self, start: int, stop: int, fresh: Sequence[Row[T]], *, follow: bool = False
    ) -> None:
        """Put other rows in the place of `rows[start:stop]`.

        The held row keeps its screen line. The selection stays with its row; if that is gone, the
        next row takes it over.

        Args:
            start: First row to take out; the length of the list appends.
            stop: The row after the last one to take out.
            fresh: What comes in; rows that are taken out may come in again elsewhere.
            follow: When the head of the list is on the screen, stay there instead of holding a row.

        Raises:
            IndexError: The range is not inside the list.
            ValueError: Two rows would have the same key.
        """
        if not 0 <= start <= stop <= len(self.rows):
            raise IndexError(f"rows {start} to {stop} of {len(self.rows)}")
        leaving = {row.key for row in self.rows[start:stop]}
        coming = {row.key for row in fresh}
        if len(coming) < len(fresh) or any(key not in leaving for key in coming & self._keys):
            raise ValueError("two rows with the same key")

        splice = Splice(self.rows, start, stop, fresh)
        selected = 0 if self.selected is None else splice.heir_of(self.selected)
        held = self._rows_to_hold(splice)
        follow = follow and self.at_head
        wanted = None if self._hold_selection else self._wanted  # ranked rows may move meanwhile
        self._heights.splice(start, stop, self._heights_of(fresh, start, stop))
        self.rows[start:stop] = fresh
        self._keys -= leaving
        self._keys |= coming
        self.selected = nearest_stop(self.rows, selected)
        if follow:
            self.place(0, 0)
            self.select_seen()
        else:
            self._hold(held)
            self._wanted = wanted

    def _rows_to_hold(self, splice: Splice) -> Iterable[tuple[int, int]]:
        if not self.rows:
            return ()
        seen = self.seen or [Seen(self._top, self._line, 1)]
        return rows_to_hold(seen, self.selected if self._hold_selection else None, splice)

    def _hold(self, choices: Iterable[tuple[int, int]]) -> None:
        """Put the first row on its line that still reaches down to the screen from there."""
        place = line = 0
        for place, line in choices:
            if not self.rows or not self.height or line + self.measure(place) > 0:
                break
        self.place(place, line)

    def _heights_of(self, fresh: Sequence[Row[T]], start: int, stop: int) -> list[int]:
        """Return heights for rows that come in: estimates, unless a row only moves."""
        old = zip(self.rows[start:stop], self._heights.slice(start, stop), strict=True)
        known = {(row.key, row.version): lines for row, lines in old}
        return [
            known.get((row.key, row.version)) or max(1, self._estimate_row(row)) for row in fresh
        ]

    # Changes of the screen

    def resize(self, height: int, *, reflow: bool) -> None:
        """Fit another screen: the top row keeps its line, and the selection stays on the screen.

        A screen too small for both shows the selection; the top row is back on a larger one, unless
        something was moved in the meantime.

        Args:
            height: Lines of the screen, at least one.
            reflow: Whether rows have other heights now, because of the width or the renderer. Then
                what is above the screen of the top row stays the same share of it.
        """
        was_seen = self.seen_row(self.selected)
        wanted = self._wanted or self._row_at_top()
        first, self.height = not self.height, height
        if reflow and self.rows:
            self._heights = Heights(max(1, self._estimate_row(row)) for row in self.rows)
        place = None if first or wanted is None else self.find(wanted.key)
        if place is not None and wanted is not None:
            self._put(place, wanted.line(self.measure(place)))
        else:
            self.lay_out()
        if first:
            self.select_seen()
        elif was_seen:
            seen = self.seen_row(was_seen.place)
            if seen is None or (wanted is not None and wanted.whole and seen.height <= height):
                self.reveal(was_seen.place, coming=1)
        self._wanted = None if first or wanted == self._row_at_top() else wanted

    def _row_at_top(self) -> Top | None:
        if not self.rows:
            return None
        seen = self.seen_row(self.selected)
        whole = seen is not None and seen.line >= 0 and seen.line + seen.height <= self.height
        return Top(self.rows[self._top].key, -self._line, self._heights[self._top], whole)

    def scroll(self, lines: int) -> int:
        """Scroll by some lines, towards the tail if positive; return by how many it was."""
        top, line = self._top, self._line
        self.place(top, line - lines)
        return self.offset - (self._heights.before(top) - line) if self.rows else 0

    def scroll_to_line(self, line: int) -> None:
        """Put a line, counted from the head with heights as far as known, at the top."""
        if self.rows:
            place, inside = self._heights.locate(max(0, min(line, self.total - 1)))
            self.place(place, -inside)

    def scroll_to_end(self, step: int) -> None:
        """Show the tail of the list if `step` is 1, its head if it is -1."""
        if step > 0 and self.rows and self.height:
            last = len(self.rows) - 1
            self.place(last, self.height - self.measure(last))
        else:
            self.place(0, 0)

    def reveal(self, place: int, coming: int = 0) -> None:
        """Scroll by as little as shows a whole row.

        Of a row taller than the screen, the end that is reached first is shown. Coming from below,
        headers directly above the row are shown with it. A jump to a row outside the screen leaves
        a quarter of a screen around it.

        Args:
            place: The row.
            coming: 1 when the selection comes from above, -1 from below, 0 when it jumps.
        """
        if not self.height:
            self.place(place, 0)
            return
        seen = self.seen_row(place)
        lowest = self.height - self.measure(place)
        if lowest < 0:
            if coming != 0 or not seen or seen.line > 0 or seen.line < lowest:
                self.place(place, lowest if coming < 0 else 0)
            return
        highest = self._lines_of_headers(place, lowest) if coming < 0 else 0
        if coming == 0 and not seen:
            highest = min(lowest, self.height // 4)
            lowest = max(highest, lowest - self.height // 4)
        line = seen.line if seen else (highest if place < self._top else lowest)
        wanted = max(highest, min(line, lowest))
        if not seen or wanted != line:
            self.place(place, wanted)

    def _lines_of_headers(self, place: int, room: int) -> int:
        """Return the lines of the rows above one that cannot be selected; 0 if they do not fit."""
        lines = 0
        while place > 0 and not self.rows[place - 1].selectable:
            place -= 1
            lines += self.measure(place)
        return lines if lines <= room else 0

    # The selection

    def select(self, place: int) -> None:
        """Select a row; what stands above the rows that change their height by it stays there."""
        top, line = self._top, self._line
        if line < 0 and top == self.selected and len(self.seen) > 1:
            # The row cut by the top edge may lose lines: hold the one below.
            top, line = self.seen[1].place, self.seen[1].line
        self.selected = place
        self.place(top, line)

    def select_seen(self) -> None:
        """If the selected row is not on the screen, select the nearest row that is."""
        stops = self.stops_seen()
        if self.selected is not None and stops and not self.seen_row(self.selected):
            self.select(stops[0 if self.selected < self._top else -1].place)

    # Positions

    def position(self) -> Position | None:
        """Return the place of the top line, or None if the list is empty."""
        if not self.rows:
            return None
        below = self.rows[self._top + 1 : self._top + 1 + NEIGHBOURS]
        above = self.rows[max(0, self._top - NEIGHBOURS) : self._top]
        neighbours = tuple(row.key for row in (*below, *reversed(above)))
        return Position(self.rows[self._top].key, -self._line, neighbours)

    def restore(self, position: Position) -> bool:
        """Go back to a place; return False if neither its row nor a neighbour is left."""
        for key in (position.key, *position.neighbours):
            place = self.find(key)
            if place is not None:
                self.place(place, -position.line_offset if key == position.key else 0)
                self.select_seen()
                return True
        return False

    # Layout

    def lay_out(self) -> None:
        """Measure the rows on the screen again, from the top one."""
        self._put(self._top, self._line)

    def place(self, place: int, line: int) -> None:
        """Let a row begin on a screen line, and find what else is on the screen.

        The screen is filled if the list is long enough: no void stands above its first row, and
        none below its last unless the first is shown too.
        """
        self._wanted = None
        self._put(place, line)

    def _put(self, place: int, line: int) -> None:
        self._top, self._line, self.seen = place, line, []
        if not self.rows:
            self._top = self._line = 0
        if not self.rows or not self.height:
            return
        while line > 0 and place > 0:
            place -= 1
            line -= self.measure(place)
        line = min(line, 0)
        last = len(self.rows) - 1
        while (below := line + self.measure(place)) <= 0 and place < last:
            place, line = place + 1, below

        self._top, self._line = place, line
        below = line
        for at in range(place, len(self.rows)):
            if below >= self.height:
                break
            lines = self.measure(at)
            self.seen.append(Seen(at, below, lines))
            below += lines
        if below < self.height and not self.at_head:
            self._put(place, line + self.height - below)

    def measure(self, place: int) -> int:
        """Return the exact lines of a row, drawn if need be, and remember them."""
        lines = self._measure_row(self.rows[place], place == self.selected)
        if self._heights[place] != lines:
            self._heights[place] = lines
        return lines
