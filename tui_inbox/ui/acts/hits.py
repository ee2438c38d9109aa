"""Keys of the Searches: mark a search, show only what asks, and leave out what is like a hit."""

from __future__ import annotations

from collections.abc import Callable

from tui_inbox.commands import searches as search_commands
from tui_inbox.core.bare_links import telling_words
from tui_inbox.queries.rows import HitRow, PostRow
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.panes.searches import SearchesPane

NO_HIT = "Only a hit can be left out; that is a heading."


def mark(desk: Desk, here: Pane) -> None:
    """Mark the search: its new hits count for `n`."""
    if isinstance(here, SearchesPane) and (search := here.search) is not None:
        desk.follow(search_commands.mark(desk.services.ctx, search.id, not search.marked))


def asks_only(desk: Desk, here: Pane) -> None:
    """Show only those hits of the search that ask for something, or all of them again."""
    if isinstance(here, SearchesPane) and (search := here.search) is not None:
        ctx = desk.services.ctx
        desk.follow(search_commands.set_asks_only(ctx, search.id, not search.asks_only))


def _with_hit(do: Callable[[Desk, HitRow, str], None]) -> Handler:
    """A handler for the selected hit, which is told the query that has found it."""

    def handle(desk: Desk, here: Pane) -> None:
        target = here.target()
        if target is None or target.hit is None:
            desk.say(NO_HIT)
        else:
            search = here.search if isinstance(here, SearchesPane) else None
            do(desk, target.hit, search.query if search is not None else "")

    return handle


def not_author(desk: Desk, hit: HitRow, query: str) -> None:
    """Leave out what this author writes."""
    _exclude(desk, hit, f"from:{hit.post.author.handle}")


def not_phrase(desk: Desk, hit: HitRow, query: str) -> None:
    """Leave out what has a phrase in it; some words of this one are proposed."""
    desk.opening(_ask_phrase(desk, hit, query))


async def _ask_phrase(desk: Desk, hit: HitRow, query: str) -> None:
    proposed = telling_words(hit.post.text, query)
    phrase = await desk.ask_line("nothing with the phrase", proposed)
    if phrase and phrase.strip():
        _exclude(desk, hit, f'"{phrase.strip().replace(chr(34), "")}"')


def not_domain(desk: Desk, hit: HitRow, query: str) -> None:
    """Leave out what links to where this links to; of several hosts one is chosen."""
    hosts = _hosts(hit.post)
    if not hosts:
        desk.say("There is no link in it.")
    elif len(hosts) == 1:
        _exclude(desk, hit, f"link:{hosts[0]}")
    else:
        desk.opening(_ask_host(desk, hit, hosts))


async def _ask_host(desk: Desk, hit: HitRow, hosts: list[str]) -> None:
    chosen = await desk.ask_choice(
        "nothing that links to", hosts, done="leaves it out", several=False
    )
    if chosen:
        _exclude(desk, hit, f"link:{hosts[chosen[0]]}")


def _hosts(post: PostRow) -> list[str]:
    """Where the links of a post lead, each host once; names and tags are no links."""
    from tui_inbox.core.matching import host_of_url  # not needed for the first picture

    urls = [link.url for link in post.links if post.text[link.start : link.start + 1] not in "@#"]
    if post.card is not None:
        urls.append(post.card.url)
    hosts = (host_of_url(url).removeprefix("www.") for url in urls)
    return list(dict.fromkeys(host for host in hosts if host))


def _exclude(desk: Desk, hit: HitRow, term: str) -> None:
    desk.follow(search_commands.exclude(desk.services.ctx, hit.search, term))


HANDLERS: dict[str, Handler] = {
    "search.mark": mark,
    "search.asks": asks_only,
    "not.author": _with_hit(not_author),
    "not.phrase": _with_hit(not_phrase),
    "not.domain": _with_hit(not_domain),
}
"""By the id of the key."""
