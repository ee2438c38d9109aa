"""The feeds of an account: each asked for what is newer than what is on its shelf, in steps that can be paid."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from tui_inbox.core.events import Notice, NoticeKind
from tui_inbox.core.moment import DAY, MINUTE, Millis
from tui_inbox.core.ports import NoticePage, Page, PageOf, Unsupported
from tui_inbox.core.post import Feed, FeedEntry, FeedKind, TagFeed
from tui_inbox.core.sources import Lack, Source, Sources
from tui_inbox.core.spending import Micros
from tui_inbox.networks.http import Pairs
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.x import desk as desks
from tui_inbox.networks.x import prices, wire
from tui_inbox.networks.x.convert import id_before, to_entry
from tui_inbox.networks.x.desk import Desk
from tui_inbox.networks.x.failures import StaleSince
from tui_inbox.networks.x.shelf import Kept, Shelf, Shelves

WEEK: Millis = 7 * DAY - 5 * MINUTE
"""How far back the search looks, a little less than X does."""

MOST = 100

_LACKS = {
    FeedKind.FAVOURITES: "X sells no list of what you like to apps of this kind.",
    FeedKind.LOCAL: "X is one server, whose posts nobody could read all.",
    FeedKind.FEDERATED: "X is one server, whose posts nobody could read all.",
    FeedKind.DIRECT: "Private conversations on X are not read here.",
}


class _Way(Struct, frozen=True):
    """How a feed is asked for.

    Attributes:
        price: of each post; `least` may be asked for at once.
        rests: how long its newest page is believed, so that asking often costs nothing.
        leaves: the part of a day's money that its newest page leaves to others.
        leaves_below: the same of what stands below that.
        all_day: its money is spread over the day.
        is_search: it looks back for a week only.
        kept: what was bought of it and is remembered between runs.
    """

    path: str
    query: Pairs = ()
    price: Micros = prices.POST
    least: int = 5
    most: int = MOST
    urgency: Urgency = Urgency.HOME
    rests: Millis = 0
    leaves: float = 0.0
    leaves_below: float = 0.0
    all_day: bool = False
    is_search: bool = False
    kept: Kept = Kept.ALL


class Feeds:
    """Reads the feeds of one account.

    Args:
        desk: of the account.
        shelves: what was bought.
        home_page: posts of the home feed that are asked for at once; none at all for 0.
    """

    def __init__(self, desk: Desk, shelves: Shelves, home_page: int) -> None:
        self._desk = desk
        self._shelves = shelves
        self._home_page = home_page
        self._asked_at: dict[str, Millis] = {}

    async def read(self, feed: Feed, page: PageOf) -> Page:
        """A page of a feed. Its cursors are ids of posts, but for bookmarks.

        Raises:
            Overspent: there is no money for it today.
            Unsupported: X has no such feed, or cannot be read upward.
            NetworkError: any other failure.
        """
        if page.newer_than:
            raise Unsupported("X cannot be read upward.")
        if feed.kind is FeedKind.BOOKMARKS:
            return await self._bookmarks(page)
        if feed.kind is FeedKind.MENTIONS:
            notices = await self.notices(page)
            entries = (notice.entry for notice in notices.notices)
            return Page(tuple(one for one in entries if one is not None), notices.older)
        if feed.kind is FeedKind.HOME and not self._home_page:
            return Page(())
        way = self._way(feed)
        shelf, posts, older = await self._posts(str(feed), way, page)
        return Page(tuple(await self._entries(shelf, posts, way.urgency)), older)

    async def notices(self, page: PageOf) -> NoticePage:
        """A page of who addresses the account: X tells of nothing else that happens.

        Raises:
            Overspent: there is no money for it today.
            NetworkError: any other failure.
        """
        if page.newer_than:
            raise Unsupported("X cannot be read upward.")
        feed = Feed(FeedKind.MENTIONS)
        way = self._way(feed)
        shelf, posts, older = await self._posts(str(feed), way, page)
        entries = await self._entries(shelf, posts, way.urgency)
        return NoticePage(tuple(self._notice(entry) for entry in entries), older)

    def sources(self) -> Sources:
        """What can be read, and what X does not offer."""
        offered = (
            Source(Feed(FeedKind.HOME), "home"),
            Source(Feed(FeedKind.MENTIONS), "mentions"),
            Source(Feed(FeedKind.OWN), "own posts"),
            Source(Feed(FeedKind.BOOKMARKS), "bookmarks"),
        )
        return Sources(offered, tuple(Lack(kind, words) for kind, words in _LACKS.items()))

    def _way(self, feed: Feed) -> _Way:
        me = self._desk.me
        match feed.kind:
            case FeedKind.HOME:
                return _Way(
                    f"/2/users/{me}/timelines/reverse_chronological",
                    [("exclude", "retweets")],
                    least=1,
                    most=self._home_page,
                    rests=3 * MINUTE,
                    leaves=desks.FOR_HOME,
                    all_day=True,
                )
            case FeedKind.MENTIONS:
                return _Way(
                    f"/2/users/{me}/mentions",
                    price=prices.OWN,
                    urgency=Urgency.MENTIONS,
                    rests=MINUTE,
                    leaves_below=desks.FOR_HOME,
                )
            case FeedKind.OWN:
                return _Way(
                    f"/2/users/{me}/tweets",
                    [("exclude", "retweets")],
                    price=prices.OWN,
                    urgency=Urgency.MENTIONS,
                    leaves_below=desks.FOR_BACKGROUND,
                )
            case FeedKind.PERSON if feed.argument.isascii() and feed.argument.isdigit():
                return _Way(
                    f"/2/users/{feed.argument}/tweets",
                    [("exclude", "retweets")],
                    most=20,
                    leaves=desks.FOR_HOME,
                    rests=3 * MINUTE,
                    kept=Kept.NOTHING,
                )
            case FeedKind.SEARCH | FeedKind.TAG:
                words = feed.argument if feed.kind is FeedKind.SEARCH else _tagged(feed)
                return _Way(
                    "/2/tweets/search/recent",
                    [("query", words)],
                    least=10,
                    most=20,
                    urgency=Urgency.SEARCHES,
                    rests=5 * MINUTE,
                    leaves=desks.FOR_SEARCHES,
                    leaves_below=desks.FOR_SEARCHES,
                    all_day=True,
                    is_search=True,
                    kept=Kept.NEWEST if feed.kind is FeedKind.SEARCH else Kept.NOTHING,
                )
        raise Unsupported(_LACKS.get(feed.kind, "X has no such feed."))

    async def _posts(
        self, name: str, way: _Way, page: PageOf
    ) -> tuple[Shelf, tuple[wire.Post, ...], str | None]:
        """A page of posts with the shelf they stand on, and the cursor for what follows."""
        limit = max(1, min(page.limit, MOST))
        shelf = await self._shelves.get(name)
        if page.older_than is None:
            shelf = await self._up_to_now(name, way, shelf, limit)
            posts = shelf.posts[:limit]
        else:
            found = shelf.below(page.older_than, limit)
            if found is None:
                shelf, found = await self._below(name, way, shelf, page.older_than, limit)
            posts = found
        more = bool(posts) and shelf.has_below(posts[-1])
        return shelf, posts, posts[-1].id if more else None

    async def _up_to_now(self, name: str, way: _Way, shelf: Shelf, limit: int) -> Shelf:
        """A shelf with what is new."""
        now = self._desk.session.clock.now()
        if 0 <= now - self._asked_at.get(name, -way.rests) < way.rests:
            return shelf
        since = shelf.newest
        if way.is_search and since is not None and int(since) < int(id_before(now - WEEK)):
            since = None
        try:
            told = await self._ask(way, limit, way.leaves, since=since)
        except StaleSince:
            told = await self._ask(way, limit, way.leaves)
        self._asked_at[name] = now
        shelf = shelf.with_newer(told)
        await self._shelves.put(name, shelf, way.kept)
        return shelf

    async def _below(
        self, name: str, way: _Way, shelf: Shelf, id: str, limit: int
    ) -> tuple[Shelf, tuple[wire.Post, ...]]:
        """What stands below a post, and the shelf it stands on: the feed's own only where it follows on that."""
        if not id.isascii() or not id.isdigit():
            raise Unsupported("X does not go on below this.")
        told = await self._ask(way, limit, way.leaves_below, until=id)
        if shelf.posts and shelf.posts[-1].id == id:
            longer = shelf.with_older(told)
            if len(longer.posts) > len(shelf.posts):
                await self._shelves.put(name, longer, way.kept)
        return Shelf().with_newer(told), tuple(told.data)

    async def _ask(
        self,
        way: _Way,
        limit: int,
        leaves: float,
        *,
        since: str | None = None,
        until: str | None = None,
    ) -> wire.PostPage:
        query = list(way.query)
        query += [("since_id", since)] if since is not None else []
        query += [("until_id", until)] if until is not None else []
        return await self._desk.page(
            way.path,
            query,
            price=way.price,
            wanted=min(limit, way.most),
            least=way.least,
            urgency=way.urgency,
            leaves=self._desk.paced(leaves) if way.all_day and until is None else leaves,
        )

    async def _bookmarks(self, page: PageOf) -> Page:
        """A page of bookmarks, which stand in an order of their own."""
        query = [("pagination_token", page.older_than)] if page.older_than else []
        told = await self._desk.page(
            f"/2/users/{self._desk.me}/bookmarks",
            query,
            price=prices.OWN,
            wanted=min(page.limit, MOST),
            least=1,
            urgency=Urgency.WAITING,
        )
        shelf = Shelf().with_newer(told)
        entries = await self._entries(shelf, tuple(told.data), Urgency.WAITING)
        return Page(tuple(entries), told.meta.next_token)

    async def _entries(
        self, shelf: Shelf, posts: Iterable[wire.Post], urgency: Urgency
    ) -> list[FeedEntry]:
        page = wire.PostPage(data=list(posts), includes=wire.Includes(media=list(shelf.media)))
        known = await self._desk.known(page, urgency=urgency)
        found = (to_entry(post, known) for post in page.data)
        entries = [entry for entry in found if entry is not None]
        return sorted(entries, key=lambda entry: entry.filed_at, reverse=True)  # edits have new ids

    def _notice(self, entry: FeedEntry) -> Notice:
        post = entry.seen.post
        names_me = any(one.server_id == self._desk.me for one in post.mentions)
        only_quotes = post.quoted is not None and post.reply_to is None and not names_me
        kind = NoticeKind.QUOTE if only_quotes else NoticeKind.MENTION
        return Notice(entry.entry_id, kind, entry.filed_at, post.author, entry.seen)


def _tagged(feed: Feed) -> str:
    """A timeline of tags in the words of the search."""
    tags = TagFeed.parse(feed.argument)
    first = [f"#{tag}" for tag in (tags.tag, *tags.any)]
    either = first[0] if len(first) == 1 else f"({' OR '.join(first)})"
    return " ".join([either, *(f"#{tag}" for tag in tags.all), *(f"-#{tag}" for tag in tags.none)])
