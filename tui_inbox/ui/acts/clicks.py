"""What a click on a stretch of a row does (`render.deeds`)."""

from __future__ import annotations

from tui_inbox.queries import named, sources
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.panes.timeline import TimelinePane
from tui_inbox.ui.render.deeds import Deed, Does


def do(desk: Desk, here: Pane, deed: Deed) -> None:
    """Do it to the row that was clicked, which is selected where it can be."""
    match deed.does:
        case Does.KEY if deed.value == "item.open" and here.rows is not None:
            here.rows.activate()
        case Does.KEY:
            desk.act(deed.value)
        case Does.LINK:
            desk.open_url(deed.value)
        case Does.NAME:
            desk.start(_open_person(desk, _account(desk, here), deed))
        case Does.TAG:
            _show_tag(desk, deed)
        case Does.THREAD:
            _open_thread(desk, _account(desk, here), int(deed.value))


def _account(desk: Desk, here: Pane) -> int:
    """Who looks: the account of the row, else the first that is shown."""
    target = here.target()
    return target.account if target is not None else desk.scope.accounts[0]


async def _open_person(desk: Desk, account: int, deed: Deed) -> None:
    """The card of somebody who is named; their page in the browser where the server did not say who it is."""
    from tui_inbox.ui.screens.person import PersonPage

    person = await desk.ask(named.named_in, account, deed.post, deed.value)
    if person is not None:
        desk.open_page(PersonPage(account, person))
    else:
        desk.open_url(deed.url)


def _show_tag(desk: Desk, deed: Deed) -> None:
    """The posts with a tag, in the Timeline; its page in the browser where that is no tag here."""
    try:
        source = sources.tag(deed.value.removeprefix("#"))
    except ValueError:
        desk.open_url(deed.url)
        return
    desk.go(Area.READING)
    timeline = desk.pane_of(Area.READING)
    if isinstance(timeline, TimelinePane):
        timeline.show_source(source)


def _open_thread(desk: Desk, account: int, post: int) -> None:
    from tui_inbox.ui.screens.thread import ThreadPage

    desk.places.leave(desk.here.spot())
    desk.open_page(ThreadPage(account, post))
