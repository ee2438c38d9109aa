"""Feeds that are read because somebody looks at them: each up to now or further down, and what feeds there are."""

from __future__ import annotations

from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.core.ports import Clock, Network, Page, PageOf
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.core.sources import KeptSources
from tui_inbox.store import accounts, feeds
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.backfill import END_OF_FEED, Backfill
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest

SERVERS_ORDER = frozenset(
    {
        FeedKind.FAVOURITES,
        FeedKind.BOOKMARKS,
        FeedKind.DIRECT,
        FeedKind.SEARCH,
        FeedKind.CUSTOM,
    }
)
"""Feeds that stand in an order of the server's own: by when something was kept, how well it fits, or what
somebody's program chose.

What is missing between two of their pages cannot be told from times, so no hole is ever noted in them, and a post
that is not on a page was not withdrawn.
"""

SOURCES_KEPT: Millis = 5 * MINUTE
"""How old the kept list of feeds may be before a server is asked for it again."""


class FeedReader:
    """Reads what one account is looking at, beside the home feed, which is always kept true."""

    def __init__(
        self,
        store: Store,
        ingest: Ingest,
        clock: Clock,
        network: Network,
        account: int,
        backfill: Backfill,
    ) -> None:
        self._store = store
        self._ingest = ingest
        self._clock = clock
        self._network = network
        self._account = account
        self._backfill = backfill

    async def read(self, feed: Feed) -> str:
        """Bring a feed up to now. Returns a sentence, which is empty: all that can go wrong is raised.

        Raises:
            NetworkError: a page could not be read; what came before it is stored.
        """
        if feed.kind in SERVERS_ORDER:
            await self._read_newest(feed)
        else:
            await self._backfill.catch_up(feed)
        return ""

    async def read_older(self, feed: Feed) -> str:
        """The next page below. Returns a sentence, empty when something came.

        Raises:
            NetworkError: the page could not be read.
        """
        if feed.kind not in SERVERS_ORDER:
            return await self._backfill.read_older(feed)
        cursor = await done(self._store.read(lambda db: self._older(db, feed)))
        if cursor is None:
            return END_OF_FEED
        page = await self._network.feed(feed, PageOf(older_than=cursor))
        await self._file(feed, page, moves_cursor=True)
        return "" if page.entries else END_OF_FEED

    async def read_sources(self) -> str:
        """Keep which feeds there are, unless that was asked a short while ago. Returns an empty sentence.

        Raises:
            NetworkError: the server could not be asked; what was kept before stays.
        """
        name, now = accounts.SOURCES, self._clock.now()
        kept = await done(self._store.read(lambda db: accounts.get_state(db, self._account, name)))
        if kept is not None and now - KeptSources.parse(kept).read_at <= SOURCES_KEPT:
            return ""
        text = str(KeptSources(now, await self._network.sources()))
        await done(self._store.write(lambda w: accounts.put_state(w, self._account, name, text)))
        return ""

    async def _read_newest(self, feed: Feed) -> None:
        """The newest page. Where it joins nothing that is known, reading on begins anew below it."""
        page = await self._network.feed(feed, PageOf())
        joins = await done(self._store.read(lambda db: self._joins(db, feed, page)))
        await self._file(feed, page, moves_cursor=not joins)

    async def _file(self, feed: Feed, page: Page, *, moves_cursor: bool) -> None:
        def also(w: Writing, id: int) -> None:
            if moves_cursor:
                feeds.set_older(w, id, page.older, page.older is None)

        await done(self._ingest.file_page(self._account, feed, page.entries, also=also))

    def _joins(self, db: Connection, feed: Feed, page: Page) -> bool:
        id = feeds.find_feed(db, self._account, feed)
        if id is None:
            return False
        return bool(feeds.knows(db, id, [entry.entry_id for entry in page.entries]))

    def _older(self, db: Connection, feed: Feed) -> str | None:
        id = feeds.find_feed(db, self._account, feed)
        return feeds.older_cursor(db, id) if id is not None else None
