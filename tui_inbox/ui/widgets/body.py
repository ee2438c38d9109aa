"""The room for panes: what stands where in it, at each kind of size, and edges that the mouse can move."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.geometry import Offset, Region, Size
from textual.layout import Layout
from textual.widget import Widget

from tui_inbox.ui.layout import Area, Ground, Kind, PaneLayout, Shown, kind_of
from tui_inbox.ui.layouts import Layouts

if TYPE_CHECKING:
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
    def ground(self) -> Ground:
        """What is on the screen, and where."""
        return Ground(self.kind, self.room, self.shown)

    # Edges that the mouse can move

    async def add_grip(self) -> None:
        """Let edges be moved by the mouse. It is not needed for the first picture, so it comes after it."""
        from tui_inbox.ui.widgets.grip import Grip

        grip = Grip(self.show, self._lay_out)
        await self.mount(grip)
        self._grip = grip

    def resized(self) -> None:
        """The terminal has another size: edges are elsewhere."""
        if self._grip is not None:
            self._grip.go()

    def _grip_cells(self) -> Region | None:
        return self._grip.cells if self._grip is not None else None

    def hover(self, at: Offset) -> None:
        """The mouse is somewhere in the room."""
        if self._grip is not None:
            self._grip.hover(at)

    def press(self, at: Offset, room: Offset) -> bool:
        """The mouse button goes down somewhere in the room, which begins at `room`; return whether on an edge."""
        return self._grip is not None and self._grip.press(at, room)
