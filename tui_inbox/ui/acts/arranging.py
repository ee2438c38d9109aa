"""Keys that arrange the panes of the present size of the terminal: sizes, order, what is hidden, searches apart."""

from __future__ import annotations

from collections.abc import Callable

from tui_inbox.ui import arranging
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.arranging import CannotArrange
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.layout import PINS, Area, Ground, Shown, usual
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.panes.searches import SearchesPane

CELLS = 4
"""Cells by which a column gets wider or narrower."""

LINES = 2
"""Lines by which a pane gets taller or lower."""

NO_SEARCH = "Go to a search first (3), then = p gives it a pane of its own."


def _with_active(change: Callable[[Ground, Area], Shown]) -> Handler:
    """A handler that does something to the pane with the focus."""

    def handle(desk: Desk, here: Pane) -> None:
        _arrange(desk, lambda ground: change(ground, desk.shown.active))

    return handle


def _arrange(desk: Desk, change: Callable[[Ground], Shown]) -> bool:
    """Do something to the layout, or say why it cannot be done; return whether it was done."""
    try:
        desk.show(change(desk.ground))
    except CannotArrange as reason:
        desk.say(str(reason))
        return False
    return True


def _wider(cells: int) -> Handler:
    return _with_active(lambda ground, area: arranging.wider(ground, area, cells))


def _taller(lines: int) -> Handler:
    return _with_active(lambda ground, area: arranging.taller(ground, area, lines))


def _edge(lines: int) -> Handler:
    return _with_active(lambda ground, area: arranging.edge_moved(ground, area, lines))


def _aside(step: int) -> Handler:
    return _with_active(lambda ground, area: arranging.moved_aside(ground, area, step))


def _along(step: int) -> Handler:
    return _with_active(lambda ground, area: arranging.moved_along(ground, area, step))


def hide(desk: Desk, here: Pane) -> None:
    """Hide the pane with the focus; one that is seen only because it has the focus stays from now on."""
    _hide(desk, desk.shown.active, NAMES.get(desk.shown.active, "3"))


def _hide(desk: Desk, area: Area, digit: str) -> None:
    was_hidden = area in desk.shown.hidden
    if _arrange(desk, lambda ground: arranging.hidden_or_back(ground, area)):
        desk.say(
            "It stays from now on." if was_hidden else f"Hidden; {digit} goes there all the same."
        )


def _hides(area: Area) -> Handler:
    def handle(desk: Desk, here: Pane) -> None:
        _hide(desk, area, NAMES[area])

    return handle


NAMES = {Area.INBOX: "1", Area.READING: "2", Area.SEARCHES: "3", Area.PEOPLE: "4"}
"""The keys that lead to areas."""


def pin(desk: Desk, here: Pane) -> None:
    """Give the search that the selection stands in a pane of its own, or take that away."""
    area = desk.shown.active
    search = here.search if isinstance(here, SearchesPane) else None
    own = next((slot for slot in desk.shown.pins if slot is area), None)
    if own is None and search is not None:
        pins = desk.shown.pins.items()
        own = next((slot for slot, pinned in pins if pinned == search.id), None)
    if own is not None:
        slot = own
        _arrange(desk, lambda ground: arranging.unpinned(ground.shown, slot))
    elif search is not None:
        id_ = search.id
        _arrange(desk, lambda ground: arranging.pinned(ground, id_))
    else:
        desk.say(NO_SEARCH)


def usual_sizes(desk: Desk, here: Pane) -> None:
    """Let all columns and panes be as wide and as tall as they are by themselves."""
    _arrange(desk, arranging.usual_sizes)


def as_at_first(desk: Desk, here: Pane) -> None:
    """Arrange everything as it was before anybody changed it."""
    _arrange(desk, lambda ground: usual(ground.kind).turned_to(_at_first(ground.shown.active)))


def _at_first(area: Area) -> Area:
    return Area.SEARCHES if area in PINS else area


HANDLERS: dict[str, Handler] = {
    "width.less": _wider(-CELLS),
    "width.more": _wider(CELLS),
    "edge.up": _edge(-LINES),
    "edge.down": _edge(LINES),
    "layout.left": _aside(-1),
    "layout.right": _aside(1),
    "layout.up": _along(-1),
    "layout.down": _along(1),
    "layout.one": _with_active(arranging.one_at_a_time),
    "layout.taller": _taller(LINES),
    "layout.lower": _taller(-LINES),
    "layout.hide": hide,
    "layout.inbox": _hides(Area.INBOX),
    "layout.timeline": _hides(Area.READING),
    "layout.searches": _hides(Area.SEARCHES),
    "layout.people": _hides(Area.PEOPLE),
    "layout.pin": pin,
    "layout.sizes": usual_sizes,
    "layout.usual": as_at_first,
}
"""By the id of the key."""
