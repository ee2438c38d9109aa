"""Pages: catching up after an absence, and filling holes.

The rule of reconnecting (design rule 9): the stream is already being listened to and buffered when these are
called. Then the newest page; if it does not touch what is known, downward until it does, within bounds; what
could not be fetched becomes a gap row that holds its own edges and cursor.
"""

from __future__ import annotations

from functools import partial

from tui_inbox.core.person import Relationship
from tui_inbox.core.ports import Clock, Network, Page, PageOf, Refused
from tui_inbox.core.post import Feed, FeedEntry, FeedKind
from tui_inbox.store import accounts, feeds, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.feeds import EntryKey, Gap
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import InFeed, Ingest

CATCH_UP_PAGES = 10
"""Pages fetched at most after an absence, before the rest becomes a gap (facts 1.2: bound it)."""
GAP_PAGES = 5
"""Pages fetched for one press on a gap."""

END_OF_FEED = "That is all the server keeps of this feed."


class Backfill:
    """Reads pages of one account into the store."""

    def __init__(
        self, store: Store, ingest: Ingest, clock: Clock, network: Network, account: int
    ) -> None:
        self._store = store
        self._ingest = ingest
        self._clock = clock
        self._network = network
        self._account = account

    async def catch_up(self, feed: Feed) -> None:
        """Bring a feed up to now: newest page, then downward until it meets what is known."""
        newest = await done(self._store.read(lambda db: self._newest(db, feed)))
        page = await self._network.feed(feed, PageOf())
        if newest is None:
            await self._file(feed, page, lambda w, id: feeds.set_older(w, id, *_below(page)))
        elif page.older is None or not page.entries or await self._meets(feed, page, newest):
            await self._file(feed, page)
        else:
            gap = await self._file_above_gap(feed, page, newest)
            await self._walk(gap, feed, CATCH_UP_PAGES)
        if feed.kind is FeedKind.HOME:
            now = str(self._clock.now())
            await done(
                self._store.write(
                    lambda w: accounts.put_state(w, self._account, accounts.READ_AT, now)
                )
            )

    async def read_older(self, feed: Feed) -> str:
        """The page below the oldest entry of a feed. Returns a sentence, empty when something came."""
        cursor = await done(self._store.read(lambda db: self._older(db, feed)))
        if cursor is None:
            return END_OF_FEED
        page = await self._network.feed(feed, PageOf(older_than=cursor))
        await self._file(feed, page, lambda w, id: feeds.set_older(w, id, *_below(page)))
        return "" if page.entries else END_OF_FEED

    async def fill_gap(self, gap: Gap, feed: Feed) -> str:
        """Fetch what is missing in a hole, from its upper edge down. Returns a sentence for the user."""
        return await self._walk(gap, feed, GAP_PAGES)

    async def _walk(self, gap: Gap, feed: Feed, pages: int) -> str:
        """Downward from the upper edge of a hole. The hole shrinks in the transaction that fills it."""
        cursor = gap.older_than
        for _ in range(pages):
            page = await self._network.feed(feed, PageOf(older_than=cursor))
            met = await self._meets(feed, page, gap.lower)
            if met or page.older is None or not page.entries:
                await self._file(feed, page, lambda w, _: feeds.close_gap(w, gap.id))
                return "" if met else "The server does not keep what was between."
            cursor, upper = page.older, _key(page.entries[-1])
            move = partial(_move_gap, gap=gap.id, upper=upper, older_than=cursor)
            await self._file(feed, page, move)
        return "Part of it is here; Enter fetches more."

    async def _file(self, feed: Feed, page: Page, also: InFeed | None = None) -> None:
        await done(self._ingest.file_page(self._account, feed, page.entries, also=also))

    async def _file_above_gap(self, feed: Feed, page: Page, lower: EntryKey) -> Gap:
        """File a page that does not touch what is known, together with the hole below it."""
        upper, cursor = _key(page.entries[-1]), page.older or ""
        made: list[Gap] = []

        def add_gap(w: Writing, feed_id: int) -> None:
            gap_id = feeds.add_gap(w, feed_id, upper=upper, lower=lower, older_than=cursor)
            made.append(Gap(gap_id, feed_id, upper, lower, cursor))

        await self._file(feed, page, add_gap)
        return made[0]

    async def _meets(self, feed: Feed, page: Page, lower: EntryKey) -> bool:
        """Whether a page touches what is known: it holds a known entry, or goes below the known edge."""
        if any(_key(entry) <= lower for entry in page.entries):
            return True
        ids = [entry.entry_id for entry in page.entries]

        def knows_any(db: Connection) -> bool:
            feed_id = feeds.find_feed(db, self._account, feed)
            return feed_id is not None and bool(feeds.knows(db, feed_id, ids))

        return await done(self._store.read(knows_any))

    def _newest(self, db: Connection, feed: Feed) -> EntryKey | None:
        feed_id = feeds.find_feed(db, self._account, feed)
        newest = feeds.newest(db, feed_id) if feed_id is not None else None
        return (newest.filed_at, newest.identity) if newest else None

    def _older(self, db: Connection, feed: Feed) -> str | None:
        feed_id = feeds.find_feed(db, self._account, feed)
        return feeds.older_cursor(db, feed_id) if feed_id is not None else None

    async def catch_up_notices(self) -> None:
        """Bring notifications up to now."""
        page = await self._network.notices(PageOf(limit=80))
        for _ in range(CATCH_UP_PAGES):
            new = await done(self._ingest.take_notices(self._account, page.notices))
            if new < len(page.notices) or page.older is None or not page.notices:
                return
            page = await self._network.notices(PageOf(limit=80, older_than=page.older))

    async def read_thread(self, post: int) -> str:
        """Ask the server for the conversation around a post. Returns a sentence, empty when all went well."""
        server_id = await done(
            self._store.read(lambda db: posts.server_id(db, self._account, post))
        )
        if server_id is None:
            return "This account's server does not know that post."
        try:
            thread = await self._network.thread(server_id)
        except Refused as refused:
            return "The post is no longer on the server." if refused.gone else str(refused)
        await done(self._ingest.take_thread(self._account, thread))
        return ""

    async def read_person(self, person: int) -> str:
        """Ask for somebody's standing and newest posts. Returns a sentence, empty when all went well."""
        view = await done(self._store.read(lambda db: people.view(db, self._account, person)))
        if view is None or not view.server_id:
            return "This account's server does not know them."
        await self._ask_standing({person: view.server_id})
        page = await self._network.feed(Feed(FeedKind.PERSON, view.server_id), PageOf(limit=20))
        seen = [entry.seen for entry in page.entries if entry.boost is None]
        await done(self._ingest.take_posts(self._account, seen))
        return ""

    async def read_relationships(self) -> None:
        """How the account stands to people whose standing was never asked for."""
        unchecked = await done(self._store.read(lambda db: people.unchecked(db, self._account, 40)))
        if unchecked:
            await self._ask_standing(dict(unchecked))

    async def _ask_standing(self, server_ids: dict[int, str]) -> None:
        """Read relationships; who is not in the answer is noted as asked, with nothing between the two."""
        answer = await self._network.relationships(list(server_ids.values()))
        told = {one.server_id: one for one in answer}

        def job(w: Writing) -> None:
            now = self._clock.now()
            for person, server_id in server_ids.items():
                relationship = told.get(server_id, Relationship(server_id))
                people.put_relationship(w, self._account, person, relationship, now)

        await done(self._store.write(job))


def _key(entry: FeedEntry) -> EntryKey:
    return (entry.filed_at, entry.identity)


def _below(page: Page) -> tuple[str | None, bool]:
    """The cursor for what lies below a page, and whether that page was the last."""
    return (page.older, False) if page.older is not None and page.entries else (None, True)


def _move_gap(w: Writing, _feed: int, *, gap: int, upper: EntryKey, older_than: str) -> None:
    feeds.move_gap(w, gap, upper=upper, older_than=older_than)
