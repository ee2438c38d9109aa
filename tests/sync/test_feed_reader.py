"""Feeds beside home: read when somebody looks at them, each in its own order."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from support.scripted_network import NOON, ScriptedNetwork
from support.sync_desk import Desk

from tui_inbox.core.moment import MINUTE
from tui_inbox.core.ports import Page, PageOf, Unreachable
from tui_inbox.core.post import Feed, FeedEntry, FeedKind
from tui_inbox.core.sources import KeptSources
from tui_inbox.networks.demo.offers import SOURCES
from tui_inbox.store import accounts, feeds
from tui_inbox.store.database import Connection
from tui_inbox.sync.backfill import END_OF_FEED
from tui_inbox.sync.feed_reader import SOURCES_KEPT, FeedReader

LIST = Feed(FeedKind.LIST, "friends")
FAVOURITES = Feed(FeedKind.FAVOURITES)


@dataclass
class Shelf(ScriptedNetwork):
    """A server whose favourites stand in the order in which they were made, under cursors of its own."""

    liked: list[FeedEntry] = field(default_factory=list)

    async def feed(self, feed: Feed, page: PageOf) -> Page:
        if feed != FAVOURITES:
            return await super().feed(feed, page)
        self._call("feed favourites")
        newest_first = self.liked[::-1]
        start = int(page.older_than.removeprefix("page ")) if page.older_than else 0
        end = start + self.page_size
        more = end < len(newest_first)
        return Page(tuple(newest_first[start:end]), f"page {end}" if more else None)

    def like(self, *texts: str) -> None:
        """Favourite posts of long ago, the oldest post last."""
        for number, text in enumerate(texts):
            seen = self.write("ann", text)
            self.liked.append(FeedEntry(seen, NOON - number * MINUTE, seen.view.server_id))


def reader(desk: Desk, network: ScriptedNetwork | None = None) -> FeedReader:
    door = network or desk.network
    return FeedReader(desk.store, desk.ingest, desk.clock, door, desk.account.id, desk.backfill)


def shown(desk: Desk, feed: Feed) -> list[str]:
    """A feed as stored, newest first, with a word for each hole."""

    def read(db: Connection) -> list[str]:
        id = feeds.find_feed(db, desk.account.id, feed)
        assert id is not None
        texts = [entry.post.post.text for entry in feeds.window(db, [id], limit=99)]
        return texts + ["(hole)" for _ in feeds.gaps(db, [id])]

    return desk.store.read(read).result()


def kept(desk: Desk) -> KeptSources:
    text = desk.store.read(
        lambda db: accounts.get_state(db, desk.account.id, accounts.SOURCES)
    ).result()
    assert text is not None
    return KeptSources.parse(text)


async def test_a_list_is_kept_like_home_and_brought_up_to_now(desk: Desk) -> None:
    for text in ("one", "two"):
        desk.network.home(desk.network.write("ann", text))
    assert await reader(desk).read(LIST) == ""
    assert shown(desk, LIST) == ["two", "one"]
    desk.network.home(desk.network.write("ann", "three"))
    await reader(desk).read(LIST)
    assert shown(desk, LIST) == ["three", "two", "one"]


async def test_a_list_can_be_read_on_below(desk: Desk) -> None:
    for number in range(7):
        desk.network.home(desk.network.write("ann", f"post {number}"))
    await reader(desk).read(LIST)
    assert len(shown(desk, LIST)) == desk.network.page_size
    assert await reader(desk).read_older(LIST) == ""
    assert len(shown(desk, LIST)) == 7


async def test_favourites_have_no_holes_and_nobody_is_asked_about_what_is_not_on_a_page(
    desk: Desk,
) -> None:
    shelf = Shelf(page_size=2)
    shelf.like("new", "old", "older", "oldest")
    await reader(desk, shelf).read(FAVOURITES)
    assert shown(desk, FAVOURITES) == ["older", "oldest"]
    await reader(desk, shelf).read_older(FAVOURITES)
    assert shown(desk, FAVOURITES) == ["new", "old", "older", "oldest"]
    assert set(shelf.calls) == {"feed favourites"}


async def test_reading_on_in_favourites_ends_at_their_end(desk: Desk) -> None:
    shelf = Shelf(page_size=2)
    shelf.like("a", "b", "c")
    door = reader(desk, shelf)
    assert await door.read_older(FAVOURITES) == END_OF_FEED  # nothing was read yet
    await door.read(FAVOURITES)
    assert await door.read_older(FAVOURITES) == ""
    assert await door.read_older(FAVOURITES) == END_OF_FEED


async def test_a_newest_page_that_joins_leaves_the_cursor_where_reading_on_got_to(
    desk: Desk,
) -> None:
    shelf = Shelf(page_size=2)
    shelf.like("a", "b", "c", "d", "e", "f")
    door = reader(desk, shelf)
    await door.read(FAVOURITES)
    await door.read_older(FAVOURITES)
    await door.read(FAVOURITES)
    await door.read_older(FAVOURITES)
    assert len(shown(desk, FAVOURITES)) == 6


async def test_where_the_newest_page_joins_nothing_reading_on_begins_anew_below_it(
    desk: Desk,
) -> None:
    shelf = Shelf(page_size=2)
    shelf.like("a", "b")
    door = reader(desk, shelf)
    await door.read(FAVOURITES)
    shelf.like("c", "d", "e", "f")
    await door.read(FAVOURITES)
    assert await door.read_older(FAVOURITES) == ""
    assert set(shown(desk, FAVOURITES)) == set("abcdef")


async def test_a_feed_that_cannot_be_read_says_why(desk: Desk) -> None:
    desk.network.fail("feed", Unreachable("No line to scripted.example."))
    with pytest.raises(Unreachable, match="No line"):
        await reader(desk).read(LIST)


async def test_what_can_be_shown_is_kept_and_asked_again_after_an_hour(desk: Desk) -> None:
    door = reader(desk)
    assert await door.read_sources() == ""
    first = kept(desk)
    assert [one.title for one in first.sources.offered] == ["Home", "Your posts"]
    desk.clock.time += SOURCES_KEPT
    await door.read_sources()
    assert desk.network.calls.count("sources") == 1
    desk.clock.time += 1
    await door.read_sources()
    assert desk.network.calls.count("sources") == 2
    assert kept(desk).read_at == desk.clock.now()


async def test_what_was_kept_stays_when_the_server_cannot_be_asked(desk: Desk) -> None:
    door = reader(desk)
    await door.read_sources()
    before = kept(desk)
    desk.clock.time += 2 * SOURCES_KEPT
    desk.network.fail("sources", Unreachable("No line to scripted.example."))
    with pytest.raises(Unreachable):
        await door.read_sources()
    assert kept(desk) == before


def test_what_is_kept_reads_as_it_was_written() -> None:
    sources = KeptSources(NOON, SOURCES)
    assert KeptSources.parse(str(sources)) == sources
