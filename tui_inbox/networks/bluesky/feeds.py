"""Feeds: by which method each is read, and how its pages are gone through."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from tui_inbox.core.ports import Page, PageOf, Refused, Unsupported
from tui_inbox.core.post import Feed, FeedEntry, FeedKind, TagFeed
from tui_inbox.networks.bluesky import wire
from tui_inbox.networks.bluesky.convert import to_entry, usable
from tui_inbox.networks.bluesky.desk import Desk
from tui_inbox.networks.bluesky.paging import Place, is_entry
from tui_inbox.networks.http import Pairs
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.wire_base import decode

MOST = 100
"""Entries on a page at most (lexicons `app.bsky.feed.*`)."""
_PAGES_TO_LOOK = 10
"""Pages that are read to find an entry below which it goes on, where its cursor cannot be made."""

_AUTHOR = "app.bsky.feed.getAuthorFeed"
_SEARCH = "app.bsky.feed.searchPosts"
_BOOKMARKS = "app.bsky.bookmark.getBookmarks"
_NONE = {
    FeedKind.LOCAL: "Bluesky has no timeline of one server.",
    FeedKind.FEDERATED: "Bluesky has no timeline of everything.",
}


class Way(Struct, frozen=True):
    """How a feed is read.

    Attributes:
        method: by its name.
        query: parameters besides those of paging.
    """

    method: str
    query: Pairs = ()
    urgency: Urgency = Urgency.HOME


def lack_of(kind: FeedKind) -> str:
    """Why a feed cannot be shown; empty if it can."""
    return _NONE.get(kind, "")


async def read_feed(desk: Desk, feed: Feed, page: PageOf) -> Page:
    """A page of a feed.

    Raises:
        Unsupported: there is no such feed, or no way upward.
        NetworkError: any other failure.
    """
    if page.newer_than:
        raise Unsupported(f"{desk.session.host} cannot be read upward.")
    way = _way(desk, feed)
    if page.older_than is None or not is_entry(page.older_than):
        return await _read(desk, way, page)
    return await _read_below(desk, way, page, page.older_than)


async def _read_below(desk: Desk, way: Way, page: PageOf, entry_id: str) -> Page:
    """The page below an entry."""
    place = desk.cursors.place(entry_id) or await desk.find_place(entry_id)
    if place is not None and not desk.cursors.knows_form(way.method):
        await _read(desk, way, PageOf(limit=page.limit))
    cursor = desk.cursors.below(way.method, place) if place is not None else None
    if cursor is not None:
        return await _read(desk, way, PageOf(limit=page.limit, older_than=cursor))
    above: str | None = None
    for _ in range(_PAGES_TO_LOOK):
        found = await _read(desk, way, PageOf(limit=MOST, older_than=above))
        ids = [entry.entry_id for entry in found.entries]
        if entry_id in ids:
            rest = found.entries[ids.index(entry_id) + 1 :]
            return Page(rest, found.older)
        if found.older is None:
            break
        above = found.older
    raise Unsupported(f"{desk.session.host} does not go on below this.")


async def _read(desk: Desk, way: Way, page: PageOf) -> Page:
    query = [*way.query, ("limit", str(max(1, min(page.limit, MOST))))]
    if page.older_than:
        query.append(("cursor", page.older_than))
    data = await desk.session.get(
        way.method, query, urgency=way.urgency, headers=await desk.labelers()
    )
    items, cursor = _items(way.method, data)
    border = await desk.border()
    entries: list[FeedEntry] = []
    known: set[str] = set()
    for item in items:
        for entry in usable(to_entry, [item], border):
            if entry.entry_id in known:  # a page may name somebody's boost twice
                continue
            known.add(entry.entry_id)
            entries.append(entry)
            told = item.reason.indexed_at if entry.boost and item.reason else item.post.indexed_at
            cid = item.reason.cid if entry.boost and item.reason else item.post.cid
            desk.cursors.met(entry.entry_id, Place(entry.filed_at, told or "", cid or ""))
    if cursor:
        desk.cursors.told(way.method, cursor)
    return Page(tuple(entries), cursor or None)


def _items(method: str, data: object) -> tuple[Sequence[wire.FeedItem], str | None]:
    """What a page holds, whatever its method calls it."""
    if method == _SEARCH:
        posts = decode(wire.Posts, data) or wire.Posts()
        return [wire.FeedItem(post=one) for one in posts.posts], posts.cursor
    if method == _BOOKMARKS:
        kept = decode(wire.Bookmarks, data) or wire.Bookmarks()
        return [wire.FeedItem(post=one.item) for one in kept.bookmarks], kept.cursor
    feed = decode(wire.Feed, data) or wire.Feed()
    return feed.feed, feed.cursor


def _way(desk: Desk, feed: Feed) -> Way:
    did, argument = desk.session.did, feed.argument
    match feed.kind:
        case FeedKind.HOME:
            return Way("app.bsky.feed.getTimeline")
        case FeedKind.OWN:
            return Way(_AUTHOR, _of(did))
        case FeedKind.PERSON:
            return Way(_AUTHOR, _of(argument), Urgency.CHECKS)
        case FeedKind.LIST:
            return Way("app.bsky.feed.getListFeed", [("list", argument)])
        case FeedKind.CUSTOM:
            return Way("app.bsky.feed.getFeed", [("feed", argument)])
        case FeedKind.FAVOURITES:
            return Way("app.bsky.feed.getActorLikes", [("actor", did)])
        case FeedKind.BOOKMARKS:
            return Way(_BOOKMARKS)
        case FeedKind.SEARCH:
            return _search([("q", argument)])
        case FeedKind.LINK:
            return _search([("q", argument), ("url", argument)])
        case FeedKind.TAG:
            return _tagged(argument)
        case _:
            raise Unsupported(lack_of(feed.kind) or "Bluesky has no such feed.")


def _of(did: str) -> Pairs:
    return [("actor", did), ("filter", "posts_with_replies")]


def _search(query: Pairs) -> Way:
    return Way(_SEARCH, [*query, ("sort", "latest")], Urgency.SEARCHES)


def _tagged(argument: str) -> Way:
    """Posts that have all of some tags; the search knows no other way to join them."""
    try:
        tags = TagFeed.parse(argument)
    except ValueError:
        raise Refused("No tag is named.") from None
    if tags.any:
        raise Unsupported("Bluesky finds posts with all of several tags, not with any of them.")
    names = (tags.tag, *tags.all)
    words = " ".join([*(f"#{name}" for name in names), *(f"-#{name}" for name in tags.none)])
    return _search([("q", words), *(("tag", name) for name in names)])
