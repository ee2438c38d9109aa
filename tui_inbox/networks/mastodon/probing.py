"""What a server offers, found out by asking it once in a while."""

from __future__ import annotations

from tui_inbox.core.ports import NetworkError, PageOf, Refused, SignedOut, Unsupported
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.core.sources import Lack, Source, Sources
from tui_inbox.core.text import clean_line
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire, wire_account
from tui_inbox.networks.mastodon.family import Family
from tui_inbox.networks.mastodon.feeds import fixed_place
from tui_inbox.networks.mastodon.paging import carries_cursor, linked_cursor, page_query
from tui_inbox.networks.mastodon.server import NO_SEARCH_REMEMBERED_FOR
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.wire_base import decode, decode_list

_TAGS_A_PAGE = 200
_MOST_TAGS = 1_000
"""Tags that are read at most. Nobody finds one in a longer list."""

_CERTAIN = (
    (FeedKind.HOME, "Home"),
    (FeedKind.MENTIONS, "Mentions of you"),
    (FeedKind.OWN, "Your posts"),
)
_PROBED = (
    (FeedKind.LOCAL, "This server"),
    (FeedKind.FEDERATED, "All known servers"),
    (FeedKind.DIRECT, "Private conversations"),
    (FeedKind.FAVOURITES, "Favourites"),
    (FeedKind.BOOKMARKS, "Bookmarks"),
)
_TITLES = dict((*_CERTAIN, *_PROBED))


async def read_sources(session: Session) -> Sources:
    """The feeds an account can show. Fixed ones are asked about once and remembered; lists and
    followed tags are read anew."""
    server = await session.server()
    lacks = server.lacks
    if lacks is None:
        lacks = {}
        for kind, title in _PROBED:
            if sentence := await _lack(session, kind, title):
                lacks[kind.value] = sentence
        await session.learn(lacks=lacks)
    offered = [Source(Feed(k), title) for k, title in _TITLES.items() if k.value not in lacks]
    lacking = [Lack(FeedKind(kind), sentence) for kind, sentence in lacks.items()]
    if server.search is False:
        lacking.append(
            Lack(FeedKind.SEARCH, f"{session.host} does not search everybody's posts by word.")
        )
    for kind, read, name in (
        (FeedKind.LIST, _lists, "lists"),
        (FeedKind.TAG, _followed_tags, "followed tags"),
    ):
        try:
            offered += await read(session)
        except (Refused, Unsupported):
            lacking.append(Lack(kind, f"{session.host} keeps no {name}."))
    return Sources(tuple(offered), tuple(lacking))


async def probe_search(session: Session, posts: int) -> None:
    """Find out whether posts can be found by word, if that is not known, or was not so the day before.

    A server without full-text search answers as one that found nothing. Somebody who has posted is
    found by `from:me` wherever there is one; only Mastodon and its forks are known to have that word.

    Args:
        session: of the account.
        posts: how many the account has written, as its server says.
    """
    server = await session.server()
    now = session.clock.now()
    is_known = server.search or (server.search is False and now < server.search_again)
    if is_known or server.family is not Family.MASTODON or posts < 1:
        return
    query = [("q", "from:me"), ("type", "statuses"), ("limit", "1")]
    try:
        answer = await session.http.get("/api/v2/search", query, urgency=Urgency.CHECKS)
    except NetworkError:
        return  # it stays unknown, and nothing depends on it
    results = decode(wire.SearchResults, answer.data)
    if results is not None:
        again = now + NO_SEARCH_REMEMBERED_FOR
        await session.learn(search=bool(results.statuses), search_again=again)


async def probe_schedules(session: Session) -> None:
    """Find out whether texts can be left to the server for later, if that is not known."""
    if (await session.server()).schedules is not None:
        return
    try:
        answer = await session.http.get(
            "/api/v1/scheduled_statuses", [("limit", "1")], urgency=Urgency.CHECKS
        )
    except (Refused, Unsupported):
        await session.learn(schedules=False)
    except NetworkError:
        return  # it stays unknown: texts wait here meanwhile
    else:
        await session.learn(schedules=isinstance(answer.data, list))


async def _lack(session: Session, kind: FeedKind, title: str) -> str:
    """Why a feed cannot be shown; empty if it can.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    place = fixed_place(kind)
    sentence = f"{session.host} does not offer this: {title}."
    try:
        answer = await session.http.get(
            place.path, [*place.query, ("limit", "1")], urgency=Urgency.WAITING
        )
    except (Refused, Unsupported):
        return sentence
    except SignedOut:
        # Some close a public feed by refusing the token there, which is fine everywhere else.
        if not await session.is_signed_in():
            raise
        return sentence
    return "" if isinstance(answer.data, list) else sentence


async def _lists(session: Session) -> list[Source]:
    answer = await session.http.get("/api/v1/lists", urgency=Urgency.WAITING)
    return [
        Source(Feed(FeedKind.LIST, each.id), clean_line(each.title or "", limit=200) or each.id)
        for each in decode_list(wire_account.UserList, answer.data)
    ]


async def _followed_tags(session: Session) -> list[Source]:
    """The tags an account follows, page by page. A server that ignores cursors shows by saying nothing new."""
    names: dict[str, None] = {}
    cursor: str | None = None
    while len(names) < _MOST_TAGS:
        page = PageOf(limit=_TAGS_A_PAGE, older_than=cursor)
        answer = await session.http.get(
            "/api/v1/followed_tags",
            page_query(page, _TAGS_A_PAGE),
            urgency=Urgency.WAITING,
            paging=carries_cursor(page),
        )
        known = len(names)
        told = [clean_line(tag.name, limit=200) for tag in decode_list(wire.Tag, answer.data)]
        names |= dict.fromkeys(name for name in told if name)
        cursor = linked_cursor(answer)
        if cursor is None or len(names) == known:
            break
    return [Source(Feed(FeedKind.TAG, name), f"#{name}") for name in list(names)[:_MOST_TAGS]]
