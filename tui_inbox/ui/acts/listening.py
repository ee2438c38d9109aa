"""What a standing search listens to outside its account: feeds and public streams, by what the palette offers."""

from __future__ import annotations

from tui_inbox.commands import outside
from tui_inbox.core.outside import COSTS
from tui_inbox.queries import sources
from tui_inbox.queries.rows import SearchRows
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.panes.searches import SearchesPane
from tui_inbox.ui.services import errand

NO_SEARCH = "There is no search here; S keeps one."
ASKING = "Asking the server which lists there are …"
NO_TIMELINE = "This account has no list, and its server shows no timeline of its own."
NOT_ANSWERED = "The server has not said yet which lists there are; try again in a moment."
NOTHING_HEARD = "This search listens to nothing outside its account."
STREAM = "bluesky"


def add_feed(desk: Desk, here: Pane) -> None:
    """Let the search that the selection stands in listen to a feed as well."""
    if (search := _search(desk, here)) is not None:
        desk.opening(_add_feed(desk, search))


async def _add_feed(desk: Desk, search: SearchRows) -> None:
    address = await desk.ask_line("address of a feed, or of a page that has one", "https://")
    if address is not None and address.strip() not in ("", "https://"):
        desk.follow(outside.listen_to_feed(desk.services.ctx, search.id, address))


def hear_all(desk: Desk, here: Pane) -> None:
    """Let it listen to everything public of Bluesky, once the owner knows what that costs."""
    if (search := _search(desk, here)) is not None:
        desk.opening(_hear_all(desk, search))


async def _hear_all(desk: Desk, search: SearchRows) -> None:
    choice = ("listen", "rather not")
    places = await desk.ask_choice(COSTS[STREAM], choice, done="so be it", several=False)
    if places == (0,):
        desk.follow(outside.listen_to_stream(desk.services.ctx, search.id, STREAM))


def add_timeline(desk: Desk, here: Pane) -> None:
    """Let it look in a list, or in all that its server knows, as well."""
    if (search := _search(desk, here)) is not None:
        desk.opening(_add_timeline(desk, search))


async def _add_timeline(desk: Desk, search: SearchRows) -> None:
    offered = await desk.ask(sources.for_searches, search.account)
    if offered is None:
        desk.say(ASKING)
        said = await errand(desk.services, lambda hub: hub.read_sources(search.account))
        offered = await desk.ask(sources.for_searches, search.account)
        desk.say(said)
    if not offered:
        desk.say(NO_TIMELINE if offered is not None else NOT_ANSWERED)
        return
    names = [one.title for one in offered]
    places = await desk.ask_choice("look in", names, done="looks there", several=False)
    if places:
        chosen = offered[places[0]]
        looking = outside.look_in_timeline(desk.services.ctx, search.id, chosen.feed, chosen.title)
        desk.follow(looking)


def leave_source(desk: Desk, here: Pane) -> None:
    """Let it listen to one of its sources no more; what that has brought stays."""
    search = _search(desk, here)
    if search is not None and not search.sources:
        desk.say(NOTHING_HEARD)
    elif search is not None:
        desk.opening(_leave_source(desk, search))


async def _leave_source(desk: Desk, search: SearchRows) -> None:
    places: tuple[int, ...] | None = (0,)
    if len(search.sources) > 1:
        names = [source.name for source in search.sources]
        places = await desk.ask_choice("no longer listen to", names, done="stops it", several=False)
    if places:
        source = search.sources[places[0]]
        desk.follow(outside.stop_listening(desk.services.ctx, search.id, source.id))


def _search(desk: Desk, here: Pane) -> SearchRows | None:
    search = here.search if isinstance(here, SearchesPane) else None
    if search is None:
        desk.say(NO_SEARCH)
    return search


HANDLERS: dict[str, Handler] = {
    "search.timeline": add_timeline,
    "search.listen": add_feed,
    "search.stream": hear_all,
    "search.leave": leave_source,
}
"""By the id of the key."""
