"""What is seen of an edge between panes while the mouse is on it, and what moves the edge."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.content import Content
from textual.geometry import Offset, Region
from textual.widget import Widget

from tui_inbox.ui.edges import Edge
from tui_inbox.ui.layout import GRIP


class Grip(Widget):
    """A tint over the blank cells of an edge, or its rule in another colour. There is one, laid where the mouse is.

    Args:
        move: moves an edge to a column or a line of the room for panes.
        reset: puts an edge back where it usually is.
        lay_out: asks for the panes to be laid out anew.
        rule: says what a rule is made of.
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

    def __init__(
        self,
        move: Callable[[Edge, int], None],
        reset: Callable[[Edge], None],
        lay_out: Callable[[], None],
        rule: Callable[[], str],
    ) -> None:
        super().__init__(id=GRIP)
        self._move = move
        self._reset = reset
        self._lay_out = lay_out
        self._rule = rule
        self._edge: Edge | None = None
        self._cells: Region | None = None
        self._held = False
        self._room = Offset()

    @property
    def cells(self) -> Region | None:
        """Where it stands in the room for panes; None where it is not to be seen."""
        return self._cells

    @property
    def edge(self) -> Edge | None:
        """The edge that it shows."""
        return self._edge

    @property
    def is_held(self) -> bool:
        """Whether the edge is being moved."""
        return self._held

    def show(self, found: tuple[Edge, Region] | None) -> None:
        """Show an edge, in some cells of the room for panes; None shows none."""
        edge, cells = found or (None, None)
        if cells != self._cells:
            self._edge, self._cells = edge, cells
            self.set_class(bool(edge and cells != edge.blank), "-rule")
            self._lay_out()

    def take(self, room: Offset) -> None:
        """The mouse button was pressed on it.

        Args:
            room: where on the screen the room for panes begins.
        """
        if self._edge is not None:
            self._room = room
            self._held = True
            self.add_class("-held")
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move the edge along."""
        if not self._held or self._edge is None or self._cells is None:
            return
        event.stop()
        at = event.screen_offset - self._room
        if self._edge.upright:
            self._move(self._edge, at.x)
        else:  # the rule stands below the blank line
            self._move(self._edge, at.y - (self._cells.y - self._edge.blank.y))

    def follow(self, edge: Edge) -> None:
        """The edge has been moved: stand where it is now."""
        if self._edge is not None and self._cells is not None:
            self._cells = self._cells.translate(edge.blank.offset - self._edge.blank.offset)
        self._edge = edge

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of it."""
        event.stop()
        self.let_go()

    def let_go(self) -> None:
        """The edge stays where it is."""
        if self._held:
            self._held = False
            self.remove_class("-held")
            self.release_mouse()
            if not self.is_mouse_over:
                self.show(None)

    def on_click(self, event: events.Click) -> None:
        """A double click puts the edge back where it usually is."""
        event.stop()
        if event.chain == 2 and self._edge is not None:
            self._reset(self._edge)
            self.show(None)

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        if not self._held:
            self.show(None)

    def render(self) -> Content:
        """The rule, or nothing but the tint."""
        return Content(self._rule() * self.size.width if self.has_class("-rule") else "")
