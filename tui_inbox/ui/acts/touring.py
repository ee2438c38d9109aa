"""Keys of the tour of the demo town."""

from __future__ import annotations

from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane

NO_TOUR = "No tour is on; the palette begins one in the demo town."
ONLY_IN_THE_DEMO = "The tour is one of the demo town: tui-inbox demo --tour."


def begin(desk: Desk, here: Pane) -> None:
    """Begin the tour, or begin it again. Outside of the demo town it would send real words."""
    if all(account.network == "demo" for account in desk.accounts) and desk.accounts:
        desk.begin_tour()
    else:
        desk.say(ONLY_IN_THE_DEMO)


def skip(desk: Desk, here: Pane) -> None:
    """The next step of the tour."""
    if desk.tour is None:
        desk.say(NO_TOUR)
    else:
        desk.tour.skip()


def back(desk: Desk, here: Pane) -> None:
    """The step before."""
    if desk.tour is None:
        desk.say(NO_TOUR)
    else:
        desk.tour.back()


def end(desk: Desk, here: Pane) -> None:
    """End the tour. Nothing is kept of it."""
    if desk.tour is None:
        desk.say(NO_TOUR)
    else:
        desk.end_tour()


HANDLERS: dict[str, Handler] = {
    "tour.begin": begin,
    "tour.next": skip,
    "tour.back": back,
    "tour.end": end,
}
