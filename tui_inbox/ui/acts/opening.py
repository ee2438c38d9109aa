"""Keys that open something: threads, pages, links, and the next one that needs the owner."""

from __future__ import annotations

from tui_inbox.queries import needs_you
from tui_inbox.queries.overviews import NeedsYou
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.layout import Area
from tui_inbox.ui.links import open_one_of, open_url
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.panes.searches import search_of
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.target import urls_of

PANES = {"inbox": Area.INBOX, "searches": Area.SEARCHES, "people": Area.PEOPLE}
"""Where `NeedsYou.pane` stands."""


def open_thread(desk: Desk, here: Pane) -> None:
    """Open the thread of what is selected, in the place of the one that is open beside it."""
    target = here.target()
    if target is None:
        desk.say(here.nothing())
        return
    post = target.post.id if target.post else target.row.post if target.row else None
    top = desk.pane_of(Area.READING)
    beside = top if isinstance(top, ThreadPage) and top is not here else None
    if post is None:
        desk.say("Nothing of it is stored here.")
    elif beside is not None and beside.shows(target.account, post):
        desk.activate(Area.READING)
    else:
        page = ThreadPage(target.account, post, item=target.item, hit=target.hit)
        desk.open_page(page, instead=beside is not None)


def translate(desk: Desk, here: Pane) -> None:
    """Open the thread of the selected post with a translation of it."""
    target = here.target()
    if target is None or target.post is None:
        desk.say("There is no post here.")
    else:
        page = ThreadPage(
            target.account, target.post.id, item=target.item, hit=target.hit, translate=True
        )
        desk.open_page(page)


def _needs(step: int) -> Handler:
    """A handler that walks the queue of what needs the owner."""

    def handle(desk: Desk, here: Pane) -> None:
        desk.places.leave(here.spot())
        desk.opening(_walk(desk, step))

    return handle


async def _walk(desk: Desk, step: int) -> None:
    queue = await desk.ask(needs_you.queue, desk.scope, now=desk.services.now())
    if not queue:
        missing = await desk.pane_of(Area.INBOX).why_missing()
        desk.say(missing or "Nobody waits for you.")
        return
    places = [need.key for need in queue]
    last = desk.walked
    before = places.index(last) if last in places else -1 if step > 0 else len(queue)
    place = before + step
    if not 0 <= place < len(queue):
        desk.say("That was the last one." if step > 0 else "That was the first one.")
        return
    _go_to(desk, queue[place])


def _go_to(desk: Desk, need: NeedsYou) -> None:
    """Select what needs the owner where it stands, and open its thread."""
    desk.walked = need.key
    area = PANES.get(need.pane)
    if area is None:
        desk.act("open.outbox")
        return
    if area is Area.SEARCHES:
        area = desk.ground.area_of_search(search_of(need.key))
    pane = desk.pane_of(area)
    desk.activate(area)
    if pane.rows is not None:
        pane.rows.select_key(need.key)
    target = pane.target()
    if need.post is not None:
        item = target.item if target else None
        hit = target.hit if target else None
        desk.open_page(ThreadPage(need.account, need.post, item=item, hit=hit), instead=True)


def open_link(desk: Desk, here: Pane) -> None:
    """Open the link of the selected post; more than one: ask which."""
    target = here.target()
    open_one_of(desk, urls_of(target.post) if target and target.post else [])


def open_browser(desk: Desk, here: Pane) -> None:
    """Open the post itself in the browser."""
    target = here.target()
    if target and target.post and target.post.url:
        open_url(desk, target.post.url)
    else:
        desk.say("It has no address.")


def copy_url(desk: Desk, here: Pane) -> None:
    """Copy the address of the selected post."""
    target = here.target()
    if target and target.post and target.post.url:
        desk.copy_to_clipboard(target.post.url)
        desk.say("The address is in the clipboard.")
    else:
        desk.say("It has no address.")


def copy_text(desk: Desk, here: Pane) -> None:
    """Copy the text of the selected post."""
    target = here.target()
    if target and target.post and target.post.text:
        desk.copy_to_clipboard(target.post.text)
        desk.say("The text is in the clipboard.")
    else:
        desk.say("There is no text in it.")


HANDLERS: dict[str, Handler] = {
    "item.open": open_thread,
    "item.link": open_link,
    "item.translate": translate,
    "item.browser": open_browser,
    "item.copy_url": copy_url,
    "item.copy_text": copy_text,
    "next.needs": _needs(1),
    "next.before": _needs(-1),
}
