"""The one list of the application: every pane shows its rows in a `RowList`.

Keys are the owner's: the list has actions (`focused.move(1)` and so on) and binds none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeAlias

from textual import events
from textual.content import Content
from textual.geometry import Offset, Region

from tui_inbox.ui.widgets import messages, moves
from tui_inbox.ui.widgets.anchor import with_tombstones
from tui_inbox.ui.widgets.line import LEFT, RIGHT
from tui_inbox.ui.widgets.marking import deed_at, is_slip
from tui_inbox.ui.widgets.painted_list import PaintedList
from tui_inbox.ui.widgets.row import Position, Row, RowRenderer, Side, T

SCREENS_NEAR = 2
"""How many screens from an end of the rows more of them are asked for."""


class RowList(PaintedList[T], Generic[T], can_focus=True):
    """A list of rows of any height, one of them selected.

    What is on the screen stays where it is, whatever comes, goes, moves or changes elsewhere. A
    list with the newest row first holds its first row on the screen; any other holds its selected
    row, if that is on the screen.

    Args:
        renderer: Draws the rows.
        newest_first: Whether the head of the list is the newest row of a stream.
        empty_text: Lines to show when there are no rows; never read as markup.
        name: Name of the widget.
        id: Id of the widget in the DOM.
        classes: CSS classes of the widget.
    """

    Selected: TypeAlias = messages.Selected
    Activated: TypeAlias = messages.Activated
    Scrolled: TypeAlias = messages.Scrolled
    NearEnd: TypeAlias = messages.NearEnd
    Clicked: TypeAlias = messages.Clicked
    Asked: TypeAlias = messages.Asked

    def __init__(
        self,
        renderer: RowRenderer[T],
        *,
        newest_first: bool = False,
        empty_text: Sequence[Content | str] = (),
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(
            renderer,
            newest_first=newest_first,
            empty_text=empty_text,
            name=name,
            id=id,
            classes=classes,
        )
        self.follow = False
        """Whether new rows at the head push the others down while the head is on the screen."""
        self._tombstones: set[str] = set()
        self._told_selected: str | None = None
        self._told_top: tuple[str, int] | None = None
        self._told_near: dict[Side, str] = {}
        self._opened_by_click = False

    # The rows

    @property
    def rows(self) -> Sequence[Row[T]]:
        """All rows, in the order of the screen; not to be changed."""
        return self._view.rows

    def show(
        self,
        rows: Sequence[Row[T]],
        *,
        tombstone: Callable[[Row[T]], Row[T] | None] | None = None,
    ) -> None:
        """Show this list of rows instead of the present one.

        Costs a comparison per row, and work for the part between the first and the last difference.

        Args:
            rows: The complete list, in the order of the screen.
            tombstone: Makes of the first row on the screen, when it is not among them, what stays in its
                place under its key until it is scrolled off; None where nothing does.

        Raises:
            ValueError: Two rows have the same key.
        """
        left = self._left(rows, tombstone) if tombstone is not None else {}
        fresh = {row.key for row in left.values()} - self._tombstones
        self._tombstones = {row.key for row in left.values()}
        if left:
            rows = with_tombstones(self.rows, rows, left)
        self._view.show(rows, follow=self.follow)
        for key in fresh:  # of what was cut by the top edge the one line that stays is to be seen
            self._view.place(self._view.find(key) or 0, 0)
        self._settle()

    def _left(
        self, rows: Sequence[Row[T]], tombstone: Callable[[Row[T]], Row[T] | None]
    ) -> dict[int, Row[T]]:
        """Return what stays of rows on the screen that are not among these, by their present places."""
        keys = {row.key for row in rows}
        gone = [seen.place for seen in self._view.seen if self.rows[seen.place].key not in keys]
        left = {place: self.rows[place] for place in gone if self._is_tombstone(place)}
        if gone and gone[0] == self._view.seen[0].place and gone[0] not in left:
            stone = tombstone(self.rows[gone[0]])
            if stone is not None:
                left[gone[0]] = stone
        return left

    def _is_tombstone(self, place: int) -> bool:
        return self.rows[place].key in self._tombstones

    def splice(self, start: int, stop: int, rows: Sequence[Row[T]]) -> None:
        """Put other rows in the place of `self.rows[start:stop]`, at the cost of these rows only.

        Raises:
            IndexError: The range is not inside the list.
            ValueError: Two rows would have the same key.
        """
        self._view.splice(start, stop, rows, follow=self.follow)
        self._settle()

    def insert_head(self, rows: Sequence[Row[T]]) -> None:
        """Add rows above the first one.

        Raises:
            ValueError: Two rows would have the same key.
        """
        self.splice(0, 0, rows)

    def append_tail(self, rows: Sequence[Row[T]]) -> None:
        """Add rows below the last one.

        Raises:
            ValueError: Two rows would have the same key.
        """
        self.splice(len(self.rows), len(self.rows), rows)

    def update_row(self, row: Row[T]) -> bool:
        """Put a newer version of a row in its place; return False if the list has no such row."""
        place = self._view.find(row.key)
        if place is None:
            return False
        self.splice(place, place + 1, [row])
        return True

    # What is where

    @property
    def selected(self) -> Row[T] | None:
        """The selected row, or None if no row can be selected."""
        place = self._view.selected
        return None if place is None else self.rows[place]

    @property
    def at_head(self) -> bool:
        """Whether the first line of the list is on the screen."""
        return self._view.at_head

    @property
    def rows_above(self) -> int:
        """How many rows begin above the screen."""
        return self._view.rows_above

    def rows_on_screen(self) -> list[tuple[Row[T], int]]:
        """Return the rows on the screen, from the top, each with the screen line it begins on.

        That of the first row is negative when the top edge cuts it.
        """
        return [(self.rows[seen.place], seen.line) for seen in self._view.seen]

    def position(self) -> Position | None:
        """Return the place of the top line, or None if the list is empty."""
        return self._view.position()

    def restore(self, position: Position) -> bool:
        """Go back to a place; return False if neither its row nor a neighbour of it is left."""
        restored = self._view.restore(position)
        self._settle()
        return restored

    # Moving

    def select_key(self, key: str, *, scroll: bool = True) -> bool:
        """Select the row with this key; return False if there is none, or it cannot be selected.

        Args:
            key: Key of the row.
            scroll: Whether to bring the row on the screen.
        """
        place = self._view.find(key)
        if place is None or not self.rows[place].selectable:
            return False
        self._view.select(place)
        if scroll:
            self._view.reveal(place)
        self._settle()
        return True

    def move(self, delta: int) -> None:
        """Move the selection by some selectable rows, down if positive.

        A selected row taller than the screen is scrolled to its end first, by half a screen.
        """
        moves.move(self._view, delta)
        self._settle()

    def page(self, delta_lines: int) -> None:
        """Scroll by some lines, down if positive, and take the selection along.

        A selected row taller than the screen is scrolled to its end first.
        """
        moves.page(self._view, delta_lines)
        self._settle()

    def half_page(self, direction: int) -> None:
        """Page by half a screen, down if `direction` is 1, up if it is -1."""
        self.page(direction * max(1, self._view.height // 2))

    def top(self) -> None:
        """Select the first row."""
        moves.select_end(self._view, -1)
        self._settle()

    def bottom(self) -> None:
        """Select the last row."""
        moves.select_end(self._view, 1)
        self._settle()

    def next_section(self, direction: int) -> bool:
        """Select the first row of the next section, of the previous one if `direction` is -1.

        From inside a section the previous one is its own beginning. Returns False if there is none.
        """
        found = moves.select_section(self._view, direction)
        self._settle()
        return found

    def reveal_section(self, key: str) -> None:
        """Scroll by as little as shows how the section begins that the row with this key heads."""
        place = self._view.find(key)
        if place is not None:
            moves.reveal_section(self._view, place)
            self._settle()

    def scroll_lines(self, delta_lines: int) -> None:
        """Scroll, down if positive; the selection stays on its row until that leaves the screen."""
        moves.scroll(self._view, delta_lines)
        self._settle()

    def activate(self) -> None:
        """Open the selected row: post `Activated`."""
        if self.selected is not None:
            self.post_message(self.Activated(self, self.selected))

    # Actions, for the key table

    def action_move(self, delta: int) -> None:
        """Move the selection by some rows."""
        self.move(delta)

    def action_page(self, direction: int) -> None:
        """A page on or back; one line of the old screen stays in sight."""
        self.page(direction * max(1, self._view.height - 1))

    def action_half_page(self, direction: int) -> None:
        """Half a page on or back."""
        self.half_page(direction)

    def action_top(self) -> None:
        """To the first row."""
        self.top()

    def action_bottom(self) -> None:
        """To the last row."""
        self.bottom()

    def action_next_section(self, direction: int) -> None:
        """To the next section, or the previous one."""
        self.next_section(direction)

    def action_activate(self) -> None:
        """Open the selected row."""
        self.activate()

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """Select the row under the mouse, which moves nothing; a second click on it opens it.

        A click on what does something of its own (`render.deeds`) does that to its row instead. The end of a drag that
        marked text is no click.
        """
        event.stop()
        event.prevent_default()  # Textual marks everything at the second click
        offset = event.get_content_offset(self)
        place = None if offset is None else self._view.row_at(offset.y)
        if place is None or offset is None or not is_slip(self.text_selection):
            return
        if event.button == RIGHT:
            if self._select_place(place):
                self.post_message(self.Asked(self))
        elif event.button == LEFT:
            self._clicked(place, offset, event.chain)

    def _select_place(self, place: int) -> bool:
        """Select a row where it can be, without moving anything; return whether it is."""
        if self.rows[place].selectable and place != self._view.selected:
            self._view.select(place)
            self._settle()
        return self.rows[place].selectable

    def _clicked(self, place: int, offset: Offset, chain: int) -> None:
        found = deed_at(self._screen[offset.y], offset.x)
        if found is not None:
            if chain == 1:
                row = self.rows[place]
                self._select_place(place)
                self.post_message(self.Clicked(self, row, found[2]))
            return
        if not self.rows[place].selectable:
            return
        again = place == self._view.selected
        # When the first half of a double click has opened the row, the second does nothing.
        spent = chain > 1 and self._opened_by_click
        self._opened_by_click = again and not spent
        if self._opened_by_click:
            self.activate()
        else:
            self._select_place(place)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show what would do something if it were clicked: underlined, and with the hand where the terminal has one."""
        offset = event.get_content_offset(self)
        found = None
        if offset is not None and offset.y < len(self._screen) and not event.button:
            found = deed_at(self._screen[offset.y], offset.x)
        self._hover(None if found is None or offset is None else (offset.y, *found[:2]))

    def on_leave(self) -> None:
        """Nothing is under the mouse."""
        self._hover(None)

    def _hover(self, now: tuple[int, int, int] | None) -> None:
        before, self._hovered = self._hovered, now
        if before == now:
            return
        lines = {part[0] for part in (before, now) if part is not None}
        self.refresh(*(Region(0, y, self._strips.width, 1) for y in lines))
        # Assigning the style would paint the whole list again.
        self.styles.inline.set_rule("pointer", "pointer" if now is not None else "default")
        if self.is_attached:
            self.screen.update_pointer_shape()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll this list, and nothing around it."""
        self.scroll_by_wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll this list, and nothing around it."""
        self.scroll_by_wheel(event, -1)

    def scroll_by_wheel(self, event: events.MouseEvent, direction: int) -> None:
        """Scroll by some lines, by a page with shift; the event goes no further."""
        event.stop()
        event.prevent_default()
        lines = max(1, round(self.app.scroll_sensitivity_y))
        if event.shift:
            lines = max(1, self._view.height - 1)
        self.scroll_lines(direction * lines)

    # What the owner is told

    def _settle(self) -> None:
        self._hover(None)  # something else may stand there now
        super()._settle()
        if self.is_attached and self._view.height:
            self._tell()

    def _tell(self) -> None:
        """Post a message about each thing that is not as it was last told."""
        key = self.selected.key if self.selected else None
        if key != self._told_selected:
            self._told_selected = key
            self.post_message(self.Selected(self, self.selected))
        position = self.position()
        top = (position.key, position.line_offset) if position else None
        if top != self._told_top:
            self._told_top = top
            self.post_message(self.Scrolled(self, position))
        if self.rows:
            above = self._view.offset
            below = self._view.total - above - self._view.height
            self._tell_near(Side.HEAD, above, self.rows[0].key)
            self._tell_near(Side.TAIL, below, self.rows[-1].key)

    def _tell_near(self, side: Side, lines: int, end: str) -> None:
        if lines >= SCREENS_NEAR * self._view.height:
            self._told_near.pop(side, None)
        elif self._told_near.get(side) != end:
            self._told_near[side] = end
            self.post_message(self.NearEnd(self, side))
