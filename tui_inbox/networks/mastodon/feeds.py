"""Feeds: where each stands on a server, and how its pages are read."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from msgspec import Struct

from tui_inbox.core.ports import Page, PageOf, Refused, Unreachable, Unsupported
from tui_inbox.core.post import Feed, FeedKind, TagFeed
from tui_inbox.networks.http import Answer, Pairs
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.convert import to_entry, usable
from tui_inbox.networks.mastodon.paging import (
    carries_cursor,
    linked_cursor,
    older_cursor,
    only_linked,
    page_query,
)
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.wire_base import decode, decode_list

STATUSES_A_PAGE = 40
HOME = "/api/v1/timelines/home"
_PUBLIC = "/api/v1/timelines/public"


class Place(Struct, frozen=True):
    """Where a feed stands.

    Attributes:
        path: from the root, already quoted.
        query: parameters besides those of paging.
        urgency: of reading it.
        is_linked: whether its cursors are the server's own, told in the `Link` header alone.
    """

    path: str
    query: Pairs = ()
    urgency: Urgency = Urgency.HOME
    is_linked: bool = False


_FIXED = {
    FeedKind.HOME: Place(HOME),
    FeedKind.LOCAL: Place(_PUBLIC, [("local", "true")], Urgency.SEARCHES),
    FeedKind.FEDERATED: Place(_PUBLIC, (), Urgency.SEARCHES),
    FeedKind.FAVOURITES: Place("/api/v1/favourites", is_linked=True),
    FeedKind.BOOKMARKS: Place("/api/v1/bookmarks", is_linked=True),
    FeedKind.DIRECT: Place("/api/v1/conversations", is_linked=True),
}


def fixed_place(kind: FeedKind) -> Place:
    """Where a feed stands of which an account has one.

    Raises:
        KeyError: it may have many, or its own id is needed.
    """
    return _FIXED[kind]


async def read_feed(session: Session, feed: Feed, page: PageOf) -> Page:
    """A page of a feed.

    Cursors may be an entry's id as well as what a page gave; favourites, bookmarks and conversations
    go on below a page only, in the server's order. A search gives its newest page only.

    Raises:
        Unsupported: the server has no such feed, or no such way through it.
        NetworkError: any other failure.
    """
    if feed.kind is FeedKind.SEARCH:
        return await _search(session, feed.argument, page)
    place = await _place(session, feed)
    if place.is_linked:
        only_linked(page, session.host)
    elif feed.kind is FeedKind.HOME and page.newer_than and not await _walks_up(session):
        raise Unsupported(f"{session.host} cannot be read upward.")
    answer = await read_page(session, place, page)
    statuses = _statuses(feed.kind, answer)
    entries = tuple(usable(to_entry, statuses, await session.border()))
    if place.is_linked:
        return Page(entries, linked_cursor(answer))
    if not entries and _length(answer) > 1:
        # One entry that cannot be read is left out; a page of them would pass for a quiet night.
        raise Unreachable(f"{session.host} sent a page, and nothing in it could be read.")
    return Page(entries, older_cursor(answer, [status.id for status in statuses]))


async def read_page(
    session: Session, place: Place, page: PageOf, *, most: int = STATUSES_A_PAGE
) -> Answer:
    """A page as the server sends it: surely a list.

    Args:
        session: of the account.
        place: where it stands.
        page: which page.
        most: the server's cap on entries per page.

    Raises:
        Unsupported: the server sends something else.
        NetworkError: any other failure.
    """
    answer = await session.http.get(
        place.path,
        [*place.query, *page_query(page, most)],
        urgency=place.urgency,
        paging=carries_cursor(page),
    )
    if answer.status == 206:
        # The feed is being built after a long absence: what came is not all there is.
        raise Unreachable(f"{session.host} is still putting this feed together.")
    if not isinstance(answer.data, list):
        raise Unsupported(f"{session.host} has no such feed.")
    return answer


def quoted(part: str) -> str:
    """An id as one part of a path."""
    return quote(part, safe="")


async def _place(session: Session, feed: Feed) -> Place:
    argument = quoted(feed.argument)
    match feed.kind:
        case FeedKind.OWN:
            return Place(f"/api/v1/accounts/{quoted(await session.own_id())}/statuses")
        case FeedKind.LIST:
            return Place(f"/api/v1/timelines/list/{argument}")
        case FeedKind.TAG:
            return _tag_place(feed.argument)
        case FeedKind.PERSON:
            return Place(f"/api/v1/accounts/{argument}/statuses", urgency=Urgency.CHECKS)
        case FeedKind.LINK:
            url = [("url", feed.argument)]
            return Place("/api/v1/timelines/link", url, Urgency.SEARCHES)
        case _:
            return fixed_place(feed.kind)


def _tag_place(argument: str) -> Place:
    try:
        tags = TagFeed.parse(argument)
    except ValueError:
        raise Refused("No tag is named.") from None
    sorts = (("any[]", tags.any), ("all[]", tags.all), ("none[]", tags.none))
    further = [(sort, name) for sort, names in sorts for name in names]
    return Place(f"/api/v1/timelines/tag/{quoted(tags.tag)}", further, Urgency.SEARCHES)


def _length(answer: Answer) -> int:
    return len(answer.data) if isinstance(answer.data, list) else 0


def _statuses(kind: FeedKind, answer: Answer) -> Sequence[wire.Status]:
    if kind is not FeedKind.DIRECT:
        return decode_list(wire.Status, answer.data)
    told = decode_list(wire.Conversation, answer.data)
    return [each.last_status for each in told if each.last_status is not None]


async def _search(session: Session, words: str, page: PageOf) -> Page:
    if carries_cursor(page):
        return Page(())
    query = [("q", words), ("type", "statuses"), *page_query(page, STATUSES_A_PAGE)]
    answer = await session.http.get("/api/v2/search", query, urgency=Urgency.SEARCHES)
    results = decode(wire.SearchResults, answer.data) or wire.SearchResults()
    if results.statuses and not _is_address(words):
        await session.learn(search=True)
    return Page(tuple(usable(to_entry, results.statuses, await session.border())))


def _is_address(words: str) -> bool:
    """Whether a post is looked up by its address, which needs no search by word."""
    return words.strip().startswith(("http://", "https://"))


async def _walks_up(session: Session) -> bool:
    """Whether the home feed gives the page above an entry; found out once and remembered.

    A server that does not know `min_id` answers with its newest page, which looks right wherever the
    two are the same. So the second newest entry is asked for as what is just above the third.
    """
    known = (await session.server()).min_id
    if known is not None:
        return known
    newest = await session.http.get(HOME, [("limit", "3")], urgency=Urgency.HOME)
    ids = [status.id for status in decode_list(wire.Status, newest.data)]
    if len(set(ids)) < 3:
        return True  # too little to tell; what is asked for is as good as the newest page
    query = [("limit", "1"), ("min_id", ids[2])]
    above = await session.http.get(HOME, query, urgency=Urgency.HOME, paging=True)
    found = [status.id for status in decode_list(wire.Status, above.data)]
    walks_up = found == [ids[1]]
    await session.learn(min_id=walks_up)
    return walks_up
