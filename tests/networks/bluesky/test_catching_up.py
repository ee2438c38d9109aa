"""What is read now and then has no hole that is not known: pages join, or a row says what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from networks.bluesky.conftest import Connect
from support.fake_bluesky.api import Api, Fault
from support.sync_desk import Desk, new_desk

from tui_inbox.core.ports import Unreachable
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.networks.bluesky.client import BlueskyNetwork
from tui_inbox.store import feeds
from tui_inbox.store.database import Connection
from tui_inbox.sync.backfill import CATCH_UP_PAGES, Backfill

HOME = Feed(FeedKind.HOME)
MENTIONS = Feed(FeedKind.MENTIONS)
A_PAGE = 40


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A store with an account."""
    made = new_desk(tmp_path)
    yield made
    made.store.close()


def backfill(desk: Desk, network: BlueskyNetwork) -> Backfill:
    """Brings feeds of the account up to now."""
    return Backfill(desk.store, desk.ingest, desk.clock, network, desk.account.id)


def stored(desk: Desk, feed: Feed) -> list[str]:
    """What stands in a feed, newest first."""

    def read(db: Connection) -> list[str]:
        id = feeds.find_feed(db, desk.account.id, feed)
        rows = db.execute(
            "SELECT p.uri FROM entries e JOIN posts p ON p.id = e.post WHERE e.feed = ? "
            "ORDER BY e.filed_at DESC, e.identity DESC",
            (id,),
        )
        return [uri for (uri,) in rows]

    return desk.store.read(read).result()


def post_many(server: Api, count: int, begin: int) -> list[str]:
    """Let bob post, a second apart; addresses, newest first."""
    world = server.world
    made = [world.post_as("bob", f"Line {n}.", at=begin + 1_000 * n).uri for n in range(count)]
    return made[::-1]


async def test_what_came_meanwhile_joins_what_was_known(
    server: Api, connect: Connect, desk: Desk
) -> None:
    begin = server.world.now() - 3_000_000
    known = post_many(server, 5, begin)
    await backfill(desk, connect("alice")).catch_up(HOME)
    newer = post_many(server, 150, begin + 100_000)
    await backfill(desk, connect("alice")).catch_up(HOME)  # another run of the program
    assert stored(desk, HOME) == [*newer, *known]
    assert desk.store.read(lambda db: feeds.gaps_of_account(db, desk.account.id)).result() == []


async def test_what_is_too_much_for_now_is_a_hole_that_can_be_filled_later(
    server: Api, connect: Connect, desk: Desk
) -> None:
    begin = server.world.now() - 3_000_000
    known = post_many(server, 5, begin)
    await backfill(desk, connect("alice")).catch_up(HOME)
    newer = post_many(server, CATCH_UP_PAGES * A_PAGE + 150, begin + 100_000)
    await backfill(desk, connect("alice")).catch_up(HOME)
    (gap,) = desk.store.read(lambda db: feeds.gaps_of_account(db, desk.account.id)).result()
    assert not gap.lost
    assert len(stored(desk, HOME)) < len(newer)
    await backfill(desk, connect("alice")).fill_gap(gap, HOME)
    assert desk.store.read(lambda db: feeds.gaps_of_account(db, desk.account.id)).result() == []
    assert stored(desk, HOME) == [*newer, *known]


async def test_a_walk_that_breaks_off_goes_on_where_it_was(
    server: Api, connect: Connect, desk: Desk
) -> None:
    begin = server.world.now() - 3_000_000
    known = post_many(server, 5, begin)
    await backfill(desk, connect("alice")).catch_up(HOME)
    newer = post_many(server, 150, begin + 100_000)
    trouble = Fault(502, "UpstreamFailure", "Upstream service unreachable")
    server.faults["app.bsky.feed.getTimeline"] = ["", "", trouble]
    reading = backfill(desk, connect("alice"))
    with pytest.raises(Unreachable):
        await reading.catch_up(HOME)
    await reading.catch_up(HOME)
    assert stored(desk, HOME) == [*newer, *known]


async def test_what_was_deleted_meanwhile_is_gone_here_too(
    server: Api, connect: Connect, desk: Desk
) -> None:
    posts = post_many(server, 5, server.world.now() - 3_000_000)
    await backfill(desk, connect("alice")).catch_up(HOME)
    del server.world.records[posts[2]]
    await backfill(desk, connect("alice")).catch_up(HOME)
    gone = desk.store.read(
        lambda db: db.execute("SELECT uri FROM posts WHERE deleted_at IS NOT NULL").fetchall()
    ).result()
    assert gone == [(posts[2],)]


async def test_mentions_go_on_below_what_notifications_brought(
    server: Api, connect: Connect, desk: Desk
) -> None:
    mine = server.world.post_as("alice", "Who comes along?")
    answers = [server.world.reply_as("bob", mine, f"I do, {n}.").uri for n in range(100)]
    reading = backfill(desk, connect("alice"))
    await reading.catch_up_notices()
    assert set(answers[-80:]) <= set(stored(desk, MENTIONS))
    await backfill(desk, connect("alice")).catch_up(MENTIONS)
    while not await reading.read_older(MENTIONS):
        pass
    assert stored(desk, MENTIONS) == answers[::-1]
