"""Keys that move: in a list, between panes, back to where one was."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from tui_inbox.core.conversation import Lane
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.layout import WITH_COLUMNS, Area
from tui_inbox.ui.panes.inbox import InboxPane
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.widgets import RowList

HERE = {
    Area.INBOX: "This is the Inbox.",
    Area.SEARCHES: "These are the Searches.",
    Area.PEOPLE: "These are the People.",
}
"""What is said to who wants to go where they are."""


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
        if here.AREA is area:
            desk.say(HERE[area])
        desk.go(area)

    return handle


def read_again(desk: Desk, here: Pane) -> None:
    """Read what a page shows anew."""
    desk.say("Read again.")
    here.reread()


def to_timeline(desk: Desk, here: Pane) -> None:
    """To the Timeline, every page above it closed."""
    desk.go(Area.READING)
    if desk.here is here and desk.accounts:
        desk.say("This is the Timeline.")


def _to_neighbour(step: int, *, around: bool) -> Handler:
    """A handler that goes to the pane beside this one; `around` goes on at the other end."""

    def handle(desk: Desk, here: Pane) -> None:
        areas = desk.areas
        place = areas.index(here.area) + step if here.area in areas else 0
        if around and areas:
            place %= len(areas)
        if 0 <= place < len(areas) and areas[place] is not here.AREA:
            desk.activate(areas[place])
        else:
            side = "left" if step < 0 else "right"
            desk.say("There is no other pane." if around else f"There is no pane to the {side}.")

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
    if desk.ground.kind not in WITH_COLUMNS:
        desk.say("It has the whole screen already.")
        return
    desk.show(replace(desk.shown, zoomed=not desk.shown.zoomed))


def _scope(place: int | None) -> Handler:
    """A handler that shows one account only, or all of them."""

    def handle(desk: Desk, here: Pane) -> None:
        ids = tuple(account.id for account in desk.accounts)
        wanted = ids if place is None else ids[place : place + 1]
        if not wanted:
            desk.say(f"There is no account number {(place or 0) + 1}.")
        elif wanted == desk.scope.accounts:
            desk.say("All accounts are shown." if place is None else "It is shown alone already.")
        else:
            desk.set_scope(wanted)

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
    "list.news": read_again,
    "pane.left": _to_neighbour(-1, around=False),
    "pane.right": _to_neighbour(1, around=False),
    "pane.next": _to_neighbour(1, around=True),
    "pane.previous": _to_neighbour(-1, around=True),
    "pane.inbox": _to(Area.INBOX),
    "pane.timeline": to_timeline,
    "pane.searches": _to(Area.SEARCHES),
    "pane.people": _to(Area.PEOPLE),
    "go.inbox": _to(Area.INBOX),
    "go.timeline": to_timeline,
    "go.searches": _to(Area.SEARCHES),
    "go.people": _to(Area.PEOPLE),
    "go.later": _to_lane(Lane.LATER),
    "place.back": back,
    "zoom": zoom,
    "scope.all": _scope(None),
    "scope.first": _scope(0),
    "scope.second": _scope(1),
    "scope.third": _scope(2),
    "scope.fourth": _scope(3),
}
