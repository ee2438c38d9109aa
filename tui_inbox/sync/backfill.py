"""Catching up after an absence, and reading on where the owner asks for more.

The rule of reconnecting (design rule 9): the stream is already being listened to and buffered when these are
called. Then the newest page; what it does not join with the part that is known without a break becomes a gap row,
in the transaction that stores the page, and is filled within bounds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.core.person import Relationship
from tui_inbox.core.ports import (
    Clock,
    Network,
    NetworkError,
    Page,
    PageOf,
    Unreachable,
)
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.store import accounts, edges, feeds, people
from tui_inbox.store.database import Connection
from tui_inbox.store.edges import Edge
from tui_inbox.store.feeds import EntryKey, Gap
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.futures import done
from tui_inbox.sync.gaps import LOST, GapFiller
from tui_inbox.sync.ingest import Ingest
from tui_inbox.sync.notice_pages import NoticePages
from tui_inbox.sync.pages import Pages
from tui_inbox.sync.standing import Standing

CATCH_UP_PAGES = 10
"""Pages fetched at most after an absence, before the rest becomes a gap (facts 1.2: bound it)."""
GAP_PAGES = 5
"""Pages fetched for one press on a gap."""
LATE: Millis = 10 * MINUTE
"""How far below what is known it is looked for posts that reached the server late."""

END_OF_FEED = "That is all the server keeps of this feed."


class _Met(Struct, frozen=True):
    """What a page has in common with the store.

    Attributes:
        joins: it reaches the part that is known without a break.
        lacked: it holds an entry that should have come before a known one, or none that is known.
    """

    joins: bool
    lacked: bool


class Backfill:
    """Reads pages of one account into the store. One feed is walked at a time, whoever asks for it.

    Args:
        frugal: each page has to be paid for. Then one is read at a time, holes are left to the owner, and nothing is
            looked for below what is known.

    Attributes:
        standing: asks whether posts still stand.
    """

    def __init__(
        self,
        store: Store,
        ingest: Ingest,
        clock: Clock,
        network: Network,
        account: int,
        *,
        frugal: bool = False,
    ) -> None:
        self._store = store
        self._ingest = ingest
        self._clock = clock
        self._network = network
        self._account = account
        self.standing = Standing(ingest, network, account)
        self._pages = Pages(store, ingest, self.standing)
        self._filler = GapFiller(store, self._pages, clock, network)
        self._notices = NoticePages(store, ingest, network, account, frugal=frugal)
        self._walking = asyncio.Lock()
        self._broken_off: set[int] = set()
        self._frugal = frugal
        self._pages_at_once = 1 if frugal else CATCH_UP_PAGES

    async def catch_up(self, feed: Feed, *, listening: bool = False) -> None:
        """Bring a feed up to now.

        Args:
            listening: a stream brings entries at the same time. Then a page full of them proves nothing yet, and
                holes are not noted but told: whoever listens opens the line again.

        Raises:
            NetworkError: a page could not be read; what came before it is stored.
            Unreachable: also when the stream has missed more than the pages could bring.
        """
        async with self._walking:
            await self._catch_up(feed, listening)
            await self._pages.ask_about_absent()
        if feed.kind is FeedKind.HOME:
            now = str(self._clock.now())
            await done(
                self._store.write(
                    lambda w: accounts.put_state(w, self._account, accounts.READ_AT, now)
                )
            )

    async def _catch_up(self, feed: Feed, listening: bool) -> None:
        edge = await done(self._store.read(lambda db: edges.edge(db, self._account, feed)))
        page = await self._network.feed(feed, PageOf())
        if edge.key is None:
            await self._begin(feed, page)
        elif listening:
            await self._prove_line(feed, page, edge)
        else:
            await self._look_where_that_failed(feed)
            await self._join(feed, page, edge)
            await self._go_on_with_gaps(feed)

    async def _begin(self, feed: Feed, page: Page) -> None:
        """The first page of a feed: what lies below it is not missing, but can be read on."""

        def also(w: Writing, id: int) -> None:
            feeds.set_older(w, id, page.older, page.older is None)
            edges.set_joined(w, id, feeds.max_seq(w.db, []))

        await self._pages.file(feed, page, also)

    async def _join(self, feed: Feed, page: Page, edge: Edge) -> None:
        """File pages from the newest on down to where the feed is known without a break, or note a hole.

        What came late below the edge is read before the edge is moved: should that fail, it is read the next time, and
        what is newer is shown all the same.
        """
        upper: EntryKey | None = None
        for number in range(self._pages_at_once):
            if number:
                page = await self._network.feed(feed, PageOf(older_than=page.older))
            elif not page.entries and page.older is None:
                break  # a feed that is empty at the moment says nothing of what is missing
            met = await self._met(page, edge, is_first=not number)
            if met.joins:
                await self._pages.file(feed, await self._outside_holes(edge, page))
                await self._look_below(feed, edge, min(one.filed_at for one in page.entries))
                await self._move_edge(feed)
                return
            upper = _upper(page, edge, upper)
            is_last = page.older is None or number == self._pages_at_once - 1
            if upper is not None and (met.lacked or is_last):
                gap = await self._file_above_gap(feed, page, edge, upper)
                if not self._frugal:
                    await self._fill(gap, feed, CATCH_UP_PAGES - number)
                await self._look_where_that_failed(feed)
                return
            await self._pages.file(feed, page)
        await self._look_below(feed, edge, None)

    async def _look_where_that_failed(self, feed: Feed) -> None:
        """Look below the edge that was left behind when a hole was noted, now or after what broke it off.

        It is kept with the hole, for the program may have been killed between the two.
        """
        name = _left_behind(feed)
        kept = await done(self._store.read(lambda db: accounts.get_state(db, self._account, name)))
        if kept:
            await self._look_below(feed, edges.Edge.parse(kept), None)
            await done(self._store.write(lambda w: accounts.put_state(w, self._account, name, "")))

    async def _look_below(self, feed: Feed, edge: Edge, reached: Millis | None) -> None:
        """Posts that came to the server late stand under the time they were written, below what was joined.

        Args:
            reached: how far down pages have been read below the edge.
        """
        assert edge.key is not None
        key = edge.key
        if self._frugal:
            return
        if reached is not None and reached <= key[0] - LATE:
            return
        cursors = await done(self._store.read(lambda db: edges.anchors(db, edge.feed, key, 1)))
        if cursors:
            page = await self._network.feed(feed, PageOf(older_than=cursors[0]))
            await self._pages.file(feed, await self._outside_holes(edge, page))

    async def _prove_line(self, feed: Feed, page: Page, edge: Edge) -> None:
        """Read down to where the feed is known without a break: what the stream has left out comes with it.

        It may have left out posts that came to the server late, which stand below that.
        """
        lacked = False
        for number in range(CATCH_UP_PAGES):
            if number:
                page = await self._network.feed(feed, PageOf(older_than=page.older))
            met = await self._met(page, edge, is_first=not number)
            lacked = lacked or met.lacked
            if met.joins or page.older is None:
                break
            await self._pages.file(feed, page)
        if lacked and not met.joins:
            raise Unreachable("The server's stream has left posts out; it is opened again.")
        # Pages full of what the stream has brought are proof enough.
        await self._pages.file(feed, await self._outside_holes(edge, page))
        if page.entries and page.older is not None:
            await self._look_below(feed, edge, min(entry.filed_at for entry in page.entries))
        await self._move_edge(feed, to=edge.latest)

    async def _met(self, page: Page, edge: Edge, *, is_first: bool) -> _Met:
        ids = [entry.entry_id for entry in page.entries]
        keys = [(entry.filed_at, entry.identity) for entry in page.entries]

        def read(db: Connection) -> _Met:
            assert edge.key is not None
            places = edges.places(db, edge.feed, ids).values()
            joins = any(place.seq <= edge.joined for place in places)
            passed = bool(keys) and max(keys) <= edge.key
            known = feeds.knows(db, edge.feed, ids)
            return _Met(joins or passed, _lacked(ids, known, is_first=is_first))

        return await done(self._store.read(read))

    async def _outside_holes(self, edge: Edge, page: Page) -> Page:
        """A page without the entries that stand in a hole: they come with the page that moves its edge."""
        holes = await done(self._store.read(lambda db: feeds.gaps(db, [edge.feed])))
        outside = [
            entry
            for entry in page.entries
            if not any(hole.lower < (entry.filed_at, entry.identity) < hole.upper for hole in holes)
        ]
        return replace(page, entries=tuple(outside))

    async def _move_edge(self, feed: Feed, *, to: int | None = None) -> None:
        """Note that a feed is known without a break up to an arrival number, or to all that has arrived."""

        def job(w: Writing) -> None:
            id = feeds.feed_id(w, self._account, feed)
            edges.set_joined(w, id, feeds.max_seq(w.db, []) if to is None else to)

        await done(self._store.write(job))

    async def _file_above_gap(self, feed: Feed, page: Page, edge: Edge, upper: EntryKey) -> Gap:
        """File a page that does not join what is known, together with the hole below it."""
        assert edge.key is not None
        lower, cursor, is_lost = edge.key, page.older or "", page.older is None
        made: list[Gap] = []

        def also(w: Writing, id: int) -> None:
            gap = feeds.add_gap(w, id, upper=upper, lower=lower, older_than=cursor, lost=is_lost)
            edges.set_joined(w, id, feeds.max_seq(w.db, []))
            accounts.put_state(w, self._account, _left_behind(feed), str(edge))
            made.append(Gap(gap, id, upper, lower, cursor, is_lost))

        await self._pages.file(feed, page, also)
        return made[0]

    async def _go_on_with_gaps(self, feed: Feed) -> None:
        """Holes whose filling an outage broke off are filled now, without being asked for."""
        for id in sorted(self._broken_off, reverse=True):
            found = await self._gap(id)
            if found is None:
                self._broken_off.discard(id)
            elif found[1] == feed:
                await self._fill(found[0], feed, self._pages_at_once)

    async def _gap(self, id: int) -> tuple[Gap, Feed] | None:
        found = await done(self._store.read(lambda db: feeds.gap_with_feed(db, id)))
        return (found[0], found[2]) if found is not None else None

    async def _fill(self, gap: Gap, feed: Feed, pages: int) -> str:
        try:
            sentence = await self._filler.fill(gap, feed, pages)
        except NetworkError:
            self._broken_off.add(gap.id)
            raise
        self._broken_off.discard(gap.id)
        return sentence

    async def fill_gap(self, gap: Gap, feed: Feed) -> str:
        """Fetch what is missing in a hole. Returns a sentence for the user, empty when it is closed.

        Raises:
            NetworkError: a page could not be read; what came before it is stored.
        """
        async with self._walking:
            found = await self._gap(gap.id)
            if found is None:
                return ""
            if found[0].lost:
                return LOST
            sentence = await self._fill(found[0], feed, 1 if self._frugal else GAP_PAGES)
            await self._pages.ask_about_absent()
            return sentence

    async def read_older(self, feed: Feed) -> str:
        """The page below the oldest entry of a feed. Returns a sentence, empty when something came."""
        cursor = await done(self._store.read(lambda db: self._older(db, feed)))
        if cursor is None:
            return END_OF_FEED
        page = await self._network.feed(feed, PageOf(older_than=cursor))
        await self._pages.file(
            feed, page, lambda w, id: feeds.set_older(w, id, page.older, page.older is None)
        )
        return "" if page.entries else END_OF_FEED

    def _older(self, db: Connection, feed: Feed) -> str | None:
        feed_id = feeds.find_feed(db, self._account, feed)
        if feed_id is None or feeds.is_complete(db, feed_id):
            return None
        lowest = feeds.oldest(
            db, feed_id
        )  # where no page of it was read: notifications bring mentions
        return feeds.older_cursor(db, feed_id) or (lowest.entry_id if lowest else None)

    async def catch_up_notices(self) -> None:
        """Bring notifications up to now."""
        await self._notices.catch_up()

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
        standing = {
            person: told.get(server_id, Relationship(server_id))
            for person, server_id in server_ids.items()
        }
        await done(self._ingest.put_relationships(self._account, standing))


def _left_behind(feed: Feed) -> str:
    """The name under which an edge is kept below which nobody has looked yet."""
    return f"left behind {feed}"


def _lacked(ids: Sequence[str], known: set[str], *, is_first: bool) -> bool:
    """Whether a page shows that something was missed.

    What stands above all that is known may have come just now; on the newest page that is no loss.
    """
    if not ids:
        return False
    if not known:
        return True
    newest_known = min(place for place, id in enumerate(ids) if id in known)
    return any(id not in known for id in (ids[newest_known:] if is_first else ids))


def _upper(page: Page, edge: Edge, so_far: EntryKey | None) -> EntryKey | None:
    """The place above a hole: of the oldest entry that was read, as far as it stands above the lower edge."""
    assert edge.key is not None
    keys = [(entry.filed_at, entry.identity) for entry in page.entries]
    above = [key for key in keys if key > edge.key]
    if so_far is not None:
        above.append(so_far)
    return min(above, default=None)
