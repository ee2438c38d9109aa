"""What is seen of an edge between panes while the mouse is on it, and what moves the edge."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from textual import events
from textual.content import Content
from textual.geometry import Offset, Region
from textual.widget import Widget

from tui_inbox.ui.desk import Desk
from tui_inbox.ui.edges import Edge, back_to_usual, edge_at, edges, moved
from tui_inbox.ui.layout import GRIP, WITH_COLUMNS, Shown


class Grip(Widget):
    """A tint over the blank cells of an edge, or its rule in another colour. There is one, laid where the mouse is.

    Args:
        show: shows panes in another way; returns whether it is another one.
        lay_out: asks for the panes to be laid out anew.
    """

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Grip {
        visibility: visible;
        background: $inbox-picked;
    }
    Grip.-rule {
        background: $inbox-ground;
        color: $inbox-yours;
    }
    Grip.-held { background: $inbox-rule; }
    Grip.-rule.-held { background: $inbox-picked; }
    """

    def __init__(self, show: Callable[[Shown], bool], lay_out: Callable[[], None]) -> None:
        super().__init__(id=GRIP)
        self._show = show
        self._lay_out = lay_out
        self._edge: Edge | None = None
        self._cells: Region | None = None
        self._held = False
        self._room = Offset()

    @property
    def desk(self) -> Desk:
        """The application."""
        return cast(Desk, self.app)

    @property
    def cells(self) -> Region | None:
        """Where it stands in the room for panes; None where it is not to be seen."""
        return self._cells

    def hover(self, at: Offset) -> None:
        """The mouse is somewhere in the room: show the edge that is under it, if any."""
        ground = self.desk.ground
        if not self._held:
            has_any = ground.kind in WITH_COLUMNS
            self._stand(edge_at(ground.kind, ground.size, ground.shown, at) if has_any else None)

    def _stand(self, found: tuple[Edge, Region] | None) -> None:
        edge, cells = found or (None, None)
        if cells != self._cells:
            self._edge, self._cells = edge, cells
            self.set_class(bool(edge and cells != edge.blank), "-rule")
            self._lay_out()

    def press(self, at: Offset, room: Offset) -> bool:
        """The mouse button goes down somewhere in the room: take the edge there; False where there is none.

        Args:
            at: where, counted from the corner of the room.
            room: where on the screen that is. The room has nothing to draw, so it does not know its own place.
        """
        self.hover(at)
        if self._edge is None:
            return False
        self._room = room
        self._held = True
        self.add_class("-held")
        self.capture_mouse()
        return True

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move the edge along, and stay on it."""
        edge, cells = self._same_edge(), self._cells
        if not self._held or edge is None or cells is None:
            return
        event.stop()
        at = event.screen_offset - self._room
        # The rule under a title stands below the blank line.
        to = at.x if edge.upright else at.y - (cells.y - edge.blank.y)
        ground = self.desk.ground
        if not self._show(moved(ground.kind, ground.size, ground.shown, edge, to)):
            return
        if (now := self._same_edge()) is not None:
            self._edge = now
            self._cells = cells.translate(now.blank.offset - edge.blank.offset)

    def _same_edge(self) -> Edge | None:
        """The edge that it shows, where that is now; None where it is gone, as on another size of the terminal."""
        ground, edge = self.desk.ground, self._edge
        if edge is None:
            return None
        now = edges(ground.kind, ground.size, ground.shown)
        return next(
            (one for one in now if (one.before, one.after) == (edge.before, edge.after)), None
        )

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of it: the edge stays where it is."""
        event.stop()
        self._let_go()

    def go(self) -> None:
        """The edge may be elsewhere now: let go of it, and show none."""
        self._let_go()
        self._stand(None)

    def _let_go(self) -> None:
        if self._held:
            self._held = False
            self.remove_class("-held")
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """A double click puts the edge back where it usually is."""
        event.stop()
        edge = self._same_edge()
        if event.chain == 2 and edge is not None:
            self._show(back_to_usual(self.desk.shown, edge))
            self._stand(None)

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        if not self._held:
            self._stand(None)

    def render(self) -> Content:
        """The rule, or nothing but the tint."""
        is_rule = self.has_class("-rule")
        return Content(self.desk.glyphs.rule * self.size.width if is_rule else "")
