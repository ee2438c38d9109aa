"""Keys that move: in a list, between panes, back to where one was."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from tui_inbox.core.conversation import Lane
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.inbox import InboxPane
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.widgets import RowList

STEP = 4
"""Cells by which a column gets wider or narrower."""

MOST_SHIFT = 60


def _in_list(move: Callable[[RowList[object]], object]) -> Handler:
    """A handler that moves in the list of the pane."""

    def handle(desk: Desk, here: Pane) -> None:
        if here.rows is not None:
            move(here.rows)

    return handle


def _jump(move: Callable[[RowList[object]], object]) -> Handler:
    """A handler that moves far in the list of the pane; `,` leads back."""

    def handle(desk: Desk, here: Pane) -> None:
        if here.rows is not None:
            desk.places.leave(here.spot())
            move(here.rows)

    return handle


def _to(area: Area) -> Handler:
    def handle(desk: Desk, here: Pane) -> None:
        desk.go(area)

    return handle


def _to_neighbour(step: int, *, around: bool) -> Handler:
    """A handler that goes to the pane beside this one; `around` goes on at the other end."""

    def handle(desk: Desk, here: Pane) -> None:
        areas = desk.areas
        place = areas.index(here.AREA) + step if here.AREA in areas else 0
        if around:
            place %= len(areas)
        if 0 <= place < len(areas):
            desk.activate(areas[place])

    return handle


def _to_lane(lane: Lane) -> Handler:
    def handle(desk: Desk, here: Pane) -> None:
        desk.go(Area.INBOX)
        inbox = desk.pane_of(Area.INBOX)
        if isinstance(inbox, InboxPane) and not inbox.open_lane(lane):
            desk.say(f"Nobody stands in {lane}.")

    return handle


def back(desk: Desk, here: Pane) -> None:
    """Go back to where one was before the last jump."""
    spot = desk.places.back()
    if spot is None:
        desk.say("There is no place to go back to.")
        return
    desk.go(spot.area, leave=False)
    desk.pane_of(spot.area).restore(spot)


def zoom(desk: Desk, here: Pane) -> None:
    """Let the pane fill the screen, or no longer."""
    desk.show(replace(desk.shown, zoomed=not desk.shown.zoomed))


def _widen(cells: int) -> Handler:
    def handle(desk: Desk, here: Pane) -> None:
        shift = max(-MOST_SHIFT, min(MOST_SHIFT, desk.shown.shift + cells))
        desk.show(replace(desk.shown, shift=shift))

    return handle


def _scope(place: int | None) -> Handler:
    """A handler that shows one account only, or all of them."""

    def handle(desk: Desk, here: Pane) -> None:
        ids = tuple(account.id for account in desk.accounts)
        if place is None:
            desk.set_scope(ids)
        elif place < len(ids):
            desk.set_scope(ids[place : place + 1])
        else:
            desk.say(f"There is no account number {place + 1}.")

    return handle


HANDLERS: dict[str, Handler] = {
    "list.down": _in_list(lambda rows: rows.move(1)),
    "list.up": _in_list(lambda rows: rows.move(-1)),
    "list.page": _in_list(lambda rows: rows.action_page(1)),
    "list.back": _in_list(lambda rows: rows.action_page(-1)),
    "list.half_down": _in_list(lambda rows: rows.half_page(1)),
    "list.half_up": _in_list(lambda rows: rows.half_page(-1)),
    "list.line_down": _in_list(lambda rows: rows.scroll_lines(1)),
    "list.line_up": _in_list(lambda rows: rows.scroll_lines(-1)),
    "list.section": _in_list(lambda rows: rows.next_section(1)),
    "list.section_up": _in_list(lambda rows: rows.next_section(-1)),
    "list.top": _jump(lambda rows: rows.top()),
    "list.bottom": _jump(lambda rows: rows.bottom()),
    "go.top": _jump(lambda rows: rows.top()),
    "list.news": lambda desk, here: here.reread(),
    "pane.left": _to_neighbour(-1, around=False),
    "pane.right": _to_neighbour(1, around=False),
    "pane.next": _to_neighbour(1, around=True),
    "pane.previous": _to_neighbour(-1, around=True),
    "pane.inbox": _to(Area.INBOX),
    "pane.timeline": lambda desk, here: desk.go(Area.READING),
    "pane.searches": _to(Area.SEARCHES),
    "pane.people": _to(Area.PEOPLE),
    "go.inbox": _to(Area.INBOX),
    "go.timeline": lambda desk, here: desk.go(Area.READING),
    "go.searches": _to(Area.SEARCHES),
    "go.people": _to(Area.PEOPLE),
    "go.later": _to_lane(Lane.LATER),
    "place.back": back,
    "zoom": zoom,
    "width.less": _widen(-STEP),
    "width.more": _widen(STEP),
    "scope.all": _scope(None),
    "scope.first": _scope(0),
    "scope.second": _scope(1),
    "scope.third": _scope(2),
    "scope.fourth": _scope(3),
}
