"""Mentions as a feed: filed with the notifications, read on as others are, and with holes where some are missing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from support.sync_desk import Desk

from tui_inbox.core.events import Noticed, NoticeKind
from tui_inbox.core.ports import Unreachable
from tui_inbox.core.post import FeedKind
from tui_inbox.store import feeds
from tui_inbox.store.database import Connection
from tui_inbox.sync.backfill import CATCH_UP_PAGES, END_OF_FEED
from tui_inbox.sync.feed_reader import SERVERS_ORDER, FeedReader
from tui_inbox.sync.ingest import MENTIONS
from tui_inbox.sync.notice_pages import PAGES


@pytest.fixture
def reader(desk: Desk) -> FeedReader:
    return FeedReader(
        desk.store, desk.ingest, desk.clock, desk.network, desk.account.id, desk.backfill
    )


def shown(desk: Desk) -> list[str]:
    """The mentions as stored, newest first, with a word for each hole."""

    def read(db: Connection) -> list[str]:
        id = feeds.find_feed(db, desk.account.id, MENTIONS)
        if id is None:
            return []
        texts = [entry.post.post.text for entry in feeds.window(db, [id], limit=999)]
        return texts + ["(hole)" for _ in feeds.gaps(db, [id])]

    return desk.store.read(read).result()


def hear_last(desk: Desk) -> None:
    """The newest notification comes by the stream."""
    desk.ingest.take_events(desk.account.id, [Noticed(desk.network.notices_told[-1])]).result()


async def test_what_notifications_bring_stands_among_the_mentions_though_nobody_looked(
    desk: Desk,
) -> None:
    desk.network.mention("ann", "one")
    await desk.backfill.catch_up_notices()
    desk.network.mention("ben", "two")
    hear_last(desk)
    assert shown(desk) == ["two", "one"]
    assert "feed mentions" not in desk.network.calls


@pytest.mark.parametrize("kind", list(NoticeKind))
async def test_only_what_addresses_the_owner_is_a_mention(desk: Desk, kind: NoticeKind) -> None:
    desk.network.mention("ann", "about a post")
    told = desk.network.notices_told
    told[0] = replace(told[0], kind=kind)
    await desk.backfill.catch_up_notices()
    addresses = kind in (NoticeKind.MENTION, NoticeKind.QUOTE)
    assert shown(desk) == (["about a post"] if addresses else [])


async def test_the_same_mention_by_stream_notifications_and_feed_stands_once(
    desk: Desk, reader: FeedReader
) -> None:
    desk.network.mention("ann", "one")
    await desk.backfill.catch_up_notices()
    desk.network.mention("ben", "two")
    hear_last(desk)
    await desk.backfill.catch_up_notices()
    await reader.read(MENTIONS)
    assert shown(desk) == ["two", "one"]


async def test_below_what_notifications_brought_is_read_on_from_the_server(
    desk: Desk, reader: FeedReader
) -> None:
    for number in range(7):
        desk.network.mention("ann", f"{number}")
    desk.network.notices_a_page = 1
    desk.network.break_after("notices", 2, Unreachable("No line."))
    with pytest.raises(Unreachable):
        await desk.backfill.catch_up_notices()
    assert shown(desk) == ["6", "5"]
    assert await reader.read_older(MENTIONS) == ""
    assert shown(desk) == ["6", "5", "4", "3", "2", "1", "0"]
    assert await reader.read_older(MENTIONS) == END_OF_FEED


async def test_an_account_without_mentions_has_none_below(desk: Desk, reader: FeedReader) -> None:
    await desk.backfill.catch_up_notices()
    assert await reader.read(MENTIONS) == ""
    assert await reader.read_older(MENTIONS) == END_OF_FEED
    assert shown(desk) == []


async def test_where_reading_notifications_broke_off_a_hole_is_told_or_closed(
    desk: Desk, reader: FeedReader
) -> None:
    desk.network.mention("ann", "known")
    await desk.backfill.catch_up_notices()
    missed = desk.network.page_size * CATCH_UP_PAGES + 5
    for number in range(missed):
        desk.network.mention("ann", f"{number}")
    desk.network.notices_a_page = 1
    desk.network.break_after("notices", 2, Unreachable("No line."))
    with pytest.raises(Unreachable):
        await desk.backfill.catch_up_notices()
    assert len(shown(desk)) == 3
    await reader.read(MENTIONS)
    assert shown(desk)[-1] == "(hole)"
    hole = desk.store.read(lambda db: feeds.gaps_of_account(db, desk.account.id)).result()[0]
    assert await desk.backfill.fill_gap(hole, MENTIONS) == ""
    assert shown(desk) == [*(f"{n}" for n in reversed(range(missed))), "known"]


async def test_notifications_read_to_where_they_are_known_leave_no_hole(
    desk: Desk, reader: FeedReader
) -> None:
    desk.network.mention("ann", "known")
    await desk.backfill.catch_up_notices()
    for number in range(PAGES + 2):
        desk.network.mention("ann", f"{number}")
    desk.network.notices_a_page = 1
    await desk.backfill.catch_up_notices()
    await desk.backfill.catch_up_notices()
    await reader.read(MENTIONS)
    assert shown(desk) == [*(f"{n}" for n in reversed(range(PAGES + 2))), "known"]


async def test_a_mention_that_a_page_lacks_is_asked_about_by_the_id_of_its_post(
    desk: Desk, reader: FeedReader
) -> None:
    seen = [desk.network.mention("ann", text) for text in ("one", "two", "three")]
    await desk.backfill.catch_up_notices()
    desk.network.delete(seen[1])
    await reader.read(MENTIONS)
    assert desk.network.asked_about == [seen[1].view.server_id]
    assert shown(desk) == ["three", "one"]


def test_mentions_stand_in_the_order_of_time() -> None:
    assert FeedKind.MENTIONS not in SERVERS_ORDER
