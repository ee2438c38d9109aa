"""Letting standing searches listen to more than what reaches their account: feeds, public streams, timelines."""

from __future__ import annotations

from concurrent.futures import Future

from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.journal import Step, log
from tui_inbox.core.outside import STREAMS, Source, SourceKind, feed_address, timeline_address
from tui_inbox.core.post import Feed
from tui_inbox.core.query_text import QueryError, parse, unparse
from tui_inbox.core.text import clean_fragment
from tui_inbox.store import outside, searches
from tui_inbox.store.searches import SavedSearch
from tui_inbox.store.store import Writing

GONE = Outcome("This search is gone already.")
WANTS_ALL = Outcome(
    "A search without words of its own would keep everything that is said there: give it some first."
)
ONLY_OUTSIDE = Outcome("This search looks in its feed only, and not at what your server has.")
NOWHERE_ELSE = Outcome("This search looks nowhere else: throw the search away instead.")


def save_feed(
    ctx: Context, account: int, address: str, query: str = "", *, asks_only: bool = False
) -> Future[Outcome]:
    """Keep a search that listens to a feed, and to nothing else.

    Args:
        account: whose hits they are.
        address: of an RSS or Atom feed, or of a page that names its feed.
        query: which of its items are wanted; empty for all of them.
        asks_only: show only those that ask for something.
    """

    def job(w: Writing) -> Outcome:
        try:
            text = unparse(parse(clean_fragment(query))) if query else ""
            place = feed_address(address)
        except QueryError as error:
            return Outcome(f"This is not a query: {error}.")
        except ValueError as error:
            return Outcome(str(error))
        source = outside.put_source(w, SourceKind.FEED, place)
        if _is_kept(w, account, text, source):
            return Outcome(f"The feed {place} is kept already.")
        now = ctx.clock.now()
        search = searches.add_search(w, account, text, at=now, outside_only=True)
        searches.set_asks_only(w, search, asks_only)
        outside.listen(w, search, source)
        step: Step = {"step": "search saved", "search": search}
        what = f"keeping the feed {place}"
        return Outcome(f"The feed {place} is kept", log(w, now, account, what, [step]))

    return ctx.change(job)


def listen_to_feed(ctx: Context, search: int, address: str) -> Future[Outcome]:
    """Let a search listen to a feed as well."""

    def job(w: Writing) -> Outcome:
        try:
            place = feed_address(address)
        except ValueError as error:
            return Outcome(str(error))
        return _listen(ctx, w, search, SourceKind.FEED, place, f"the feed {place}")

    return ctx.change(job)


def listen_to_stream(ctx: Context, search: int, network: str) -> Future[Outcome]:
    """Let a search listen to everything public of a network (one of `core.outside.STREAMS`)."""

    def job(w: Writing) -> Outcome:
        found = searches.search(w.db, search)
        if found is not None and not found.query:
            return WANTS_ALL
        return _listen(ctx, w, search, SourceKind.STREAM, network, STREAMS[network])

    return ctx.change(job)


def look_in_timeline(ctx: Context, search: int, feed: Feed, title: str) -> Future[Outcome]:
    """Let a search have a timeline of its account read for it, such as a list that home leaves out.

    Args:
        title: what the timeline is called.
    """

    def job(w: Writing) -> Outcome:
        found = searches.search(w.db, search)
        if found is None:
            return GONE
        if found.outside_only:
            return ONLY_OUTSIDE
        address = timeline_address(found.account, feed)
        return _listen(ctx, w, search, SourceKind.TIMELINE, address, title, title=title)

    return ctx.change(job)


def stop_listening(ctx: Context, search: int, source: int) -> Future[Outcome]:
    """Let a search listen to a source (local id) no more. What it has found stays."""

    def job(w: Writing) -> Outcome:
        found = searches.search(w.db, search)
        heard = {one.id: one for one in outside.sources_of(w.db, search)}
        if found is None or source not in heard:
            return GONE
        if found.outside_only and len(heard) == 1:
            return NOWHERE_ELSE
        outside.stop_listening(w, search, source)
        name = heard[source].name
        step: Step = {"step": "search stopped listening", "search": search, "source": source}
        action = log(w, ctx.clock.now(), found.account, f"no longer listening to {name}", [step])
        return Outcome(
            f"“{_called(found, heard[source])}” does not listen to {name} any more", action
        )

    return ctx.change(job)


def _listen(
    ctx: Context,
    w: Writing,
    search: int,
    kind: SourceKind,
    address: str,
    name: str,
    *,
    title: str | None = None,
) -> Outcome:
    found = searches.search(w.db, search)
    if found is None:
        return GONE
    source = outside.put_source(w, kind, address)
    if title is not None:
        outside.put_state(w, source, "", title=title)
    if not outside.listen(w, search, source):
        return Outcome(f"It listens to {name} already.")
    step: Step = {"step": "search listens", "search": search, "source": source}
    action = log(w, ctx.clock.now(), found.account, f"listening to {name}", [step])
    return Outcome(f"it listens to {name} as well", action)


def _is_kept(w: Writing, account: int, query: str, source: int) -> bool:
    return any(
        one.account == account
        and one.query == query
        and source in {heard.id for heard in outside.sources_of(w.db, one.id)}
        for one in searches.searches(w.db)
    )


def _called(search: SavedSearch, source: Source) -> str:
    return search.query or source.name
