"""The room for panes: what stands where in it, at each kind of size, and edges that the mouse can move."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from textual.geometry import Offset, Region, Size
from textual.layout import Layout
from textual.widget import Widget

from tui_inbox.ui.desk import Desk
from tui_inbox.ui.edges import Edge, back_to_usual, edge_at, edges, moved
from tui_inbox.ui.layout import WITH_COLUMNS, Area, Kind, PaneLayout, Shown, kind_of, place
from tui_inbox.ui.layouts import Layouts
from tui_inbox.ui.widgets.grip import Grip

LINES_AROUND = 5
"""Lines of header, status and keys, as long as nothing has been laid out."""


class Body(Widget):
    """Holds the panes. Where they stand is decided anew at each layout.

    Args:
        layouts: what is shown at each kind of size.
        stays: whether the hand has to stay in an area when the kind of size becomes another one.
        arranged: called when something else is shown, or shown elsewhere. No message: a widget remembers the last one,
            and with it the page in which it began.
    """

    def __init__(
        self, layouts: Layouts, stays: Callable[[Area], bool], arranged: Callable[[], None]
    ) -> None:
        super().__init__()
        self.layouts = layouts
        self._stays = stays
        self._arranged = arranged
        self._grip: Grip | None = None
        self._panes = PaneLayout(lambda: self.shown, self._grip_cells)

    @property
    def layout(self) -> Layout:
        """Our own way of placing children; style sheets only know Textual's."""
        return self._panes

    @property
    def kind(self) -> Kind:
        """How much room there is."""
        return kind_of(self.app.size)

    @property
    def room(self) -> Size:
        """The size of the room for panes, as it was laid out last."""
        size = self.app.size
        return self._panes.room or Size(size.width, max(1, size.height - LINES_AROUND))

    @property
    def shown(self) -> Shown:
        """What is shown at this size."""
        if self.layouts.kind is not self.kind:
            self.layouts.turn(self.kind, stays=self._stays)
            self._arranged()
        return self.layouts.shown

    def show(self, shown: Shown) -> bool:
        """Lay the panes out in another way; return whether it is another one."""
        if shown == self.shown:
            return False
        self.layouts.shown = shown
        self._lay_out()
        self._arranged()
        return True

    def _lay_out(self) -> None:
        # A child asks, because Textual forgets an arrangement only when a child wants another.
        next(iter(self.children)).refresh(layout=True)

    @property
    def on_screen(self) -> list[Area]:
        """The areas on the screen, from left to right and from top to bottom."""
        return list(place(self.kind, self.room, self.shown))

    # Edges

    async def add_grip(self) -> None:
        """Let edges be moved by the mouse. It is not needed for the first picture, so it comes after it."""
        desk = cast(Desk, self.app)
        grip = Grip(self._move, self._reset, self._lay_out, lambda: desk.glyphs.rule)
        await self.mount(grip)
        self._grip = grip

    def _grip_cells(self) -> Region | None:
        return self._grip.cells if self._grip is not None else None

    def hover(self, at: Offset) -> None:
        """The mouse is somewhere in the room: show the edge that is under it, if any."""
        if self._grip is not None and not self._grip.is_held:
            self._grip.show(self._edge_at(at))

    def press(self, at: Offset, room: Offset) -> bool:
        """The mouse button goes down somewhere in the room: take the edge there; False where there is none.

        Args:
            at: where, counted from the corner of the room.
            room: where on the screen that is. The room has nothing to draw, so it does not know its own place.
        """
        self.hover(at)
        if self._grip is None or self._grip.edge is None:
            return False
        self._grip.take(room)
        return True

    def _edge_at(self, at: Offset) -> tuple[Edge, Region] | None:
        if self.kind not in WITH_COLUMNS:
            return None
        return edge_at(self.kind, self.room, self.shown, at)

    def _move(self, edge: Edge, to: int) -> None:
        """Move an edge, and the grip with it."""
        if self.show(moved(self.kind, self.room, self.shown, edge, to)) and self._grip is not None:
            now = edges(self.kind, self.room, self.shown)
            is_it = (one for one in now if (one.before, one.after) == (edge.before, edge.after))
            self._grip.follow(next(is_it, edge))

    def _reset(self, edge: Edge) -> None:
        self.show(back_to_usual(self.shown, edge))
