"""What is bought on X, and what is not: newer posts only, names once, and nothing while nobody needs it."""

from __future__ import annotations

import logging

import pytest
from networks.clocks import SteppedClock
from networks.memory_state import MemoryState
from networks.x.conftest import Connect
from networks.x.spend_in_memory import SpendInMemory
from support.fake_x import bill
from support.fake_x.api import Api

from tui_inbox.core.events import NoticeKind
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.ports import Overspent, PageOf, Refused, Unsupported
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.networks.x.client import XNetwork

HOME, MENTIONS, OWN = Feed(FeedKind.HOME), Feed(FeedKind.MENTIONS), Feed(FeedKind.OWN)


def paid(server: Api) -> int:
    return server.bill(server.world.named("alice").id).total


async def texts(network: XNetwork, feed: Feed, page: PageOf | None = None) -> list[str]:
    told = await network.feed(feed, page or PageOf())
    return [entry.seen.post.text for entry in told.entries]


def at_noon(server: Api) -> SteppedClock:
    """A clock that the server goes by, too."""
    clock = SteppedClock(20_000 * DAY + 12 * HOUR)
    server.world.now = clock.now
    server.oauth.now = clock.now
    return clock


async def test_a_feed_is_asked_for_what_is_newer_and_shows_what_was_there(
    server: Api, connect: Connect
) -> None:
    clock, state, spend = at_noon(server), MemoryState(), SpendInMemory()
    network = connect(clock=clock, state=state, spend=spend)
    for number in range(3):
        server.world.post_as("bob", f"@alice, line {number}")
    assert await texts(network, MENTIONS) == ["@alice, line 2", "@alice, line 1", "@alice, line 0"]
    assert paid(server) == spend.total == 3 * bill.OWN + bill.USER
    clock.pass_time(DAY / 1000)  # the next day, all of it would have to be paid again
    again = connect(clock=clock, state=state, spend=spend)  # another run of the program
    server.world.post_as("bob", "@alice, line 3")
    assert (await texts(again, MENTIONS))[:2] == ["@alice, line 3", "@alice, line 2"]
    assert paid(server) == spend.total == 4 * bill.OWN + bill.USER
    asked = [said for _, path, said in server.asked if path.endswith("/mentions")]
    assert "since_id" not in asked[0]
    assert "since_id" in asked[1]


async def test_a_feed_is_not_asked_for_more_often_than_is_good(
    server: Api, connect: Connect
) -> None:
    clock = at_noon(server)
    network = connect(clock=clock)
    for _ in range(4):
        await network.feed(HOME, PageOf())
        await network.notices(PageOf())
        clock.pass_time(45)
    assert len(server.paths("/reverse_chronological")) == 1
    assert len(server.paths("/mentions")) == 2
    clock.pass_time(3 * MINUTE / 1000)
    await network.feed(HOME, PageOf())
    assert len(server.paths("/reverse_chronological")) == 2


async def test_the_home_feed_comes_in_small_pages_or_not_at_all(
    server: Api, connect: Connect
) -> None:
    for number in range(30):
        server.world.post_as("bob", f"Line {number}")
    page = await connect(home_page=7).feed(HOME, PageOf(limit=40))
    assert len(page.entries) == 7
    assert page.older == page.entries[-1].entry_id
    assert not (await connect(home_page=0).feed(HOME, PageOf())).entries
    assert len(server.paths("/reverse_chronological")) == 1


async def test_what_did_not_fit_is_a_hole_that_can_be_read_below(
    server: Api, connect: Connect
) -> None:
    clock = at_noon(server)
    network = connect(clock=clock, home_page=4)
    server.world.post_as("bob", "Long ago")
    assert await texts(network, HOME) == ["Long ago"]
    for number in range(6):
        clock.pass_time(60)
        server.world.post_as("bob", f"Line {number}")
    page = await network.feed(HOME, PageOf())
    assert [entry.seen.post.text for entry in page.entries] == [
        "Line 5",
        "Line 4",
        "Line 3",
        "Line 2",
    ]
    rest = await network.feed(HOME, PageOf(older_than=page.older))
    assert [entry.seen.post.text for entry in rest.entries] == ["Line 1", "Line 0", "Long ago"]
    assert rest.older is None


async def test_where_the_money_ends_who_writes_is_read_still(server: Api, connect: Connect) -> None:
    at_noon(server)
    spend = SpendInMemory()
    network = connect(clock=SteppedClock(20_000 * DAY + 12 * HOUR), spend=spend, cap=60_000)
    for number in range(40):
        server.world.post_as("bob", f"Line {number}")
    server.world.post_as("dan", "@alice hello?")
    await network.feed(HOME, PageOf())
    with pytest.raises(Overspent, match="kept for who writes to you"):
        await network.recent(server.world.named("carla").id)
    (notice,) = (await network.notices(PageOf())).notices
    assert notice.kind is NoticeKind.MENTION
    assert paid(server) == spend.total <= 60_000
    with pytest.raises(Overspent):
        await network.feed(Feed(FeedKind.SEARCH, "line"), PageOf())


async def test_who_cannot_be_paid_for_is_known_by_what_others_call_them(
    server: Api, connect: Connect
) -> None:
    clock = at_noon(server)
    network = connect(clock=clock, cap=30_000)  # there is money for one name a day
    server.world.post_as("dan", "@alice hello?")
    server.world.post_as("bob", "@alice, ask @dan")
    server.world.post_as("frank", "@alice hello?")

    async def names() -> list[str]:
        return [notice.by.name for notice in (await network.notices(PageOf())).notices if notice.by]

    assert await names() == ["Frank", server.world.named("bob").id, "dan"]
    clock.pass_time(DAY / 1000)
    assert await names() == ["Frank", "Bob", "dan"]


async def test_an_edited_post_is_the_same_one_and_stands_once(
    server: Api, connect: Connect
) -> None:
    clock = at_noon(server)
    network = connect(clock=clock)
    post = server.world.post_as("bob", "Tea at for.")
    before = (await network.feed(HOME, PageOf())).entries[0].seen.post
    clock.pass_time(4 * MINUTE / 1000)
    server.world.edit(post.id, "Tea at four.")
    page = await network.feed(HOME, PageOf())
    (entry,) = page.entries
    assert (entry.seen.post.ref, entry.seen.post.text) == (before.ref, "Tea at four.")
    assert entry.seen.post.edited_at is not None


async def test_what_is_gone_is_forgotten_and_what_was_bought_today_is_checked_for_nothing(
    server: Api, connect: Connect
) -> None:
    network = connect(cap=40_000)
    kept, lost = (server.world.post_as("bob", f"Line {number}") for number in range(2))
    await network.feed(HOME, PageOf())
    before = paid(server)
    del server.world.posts[lost.id]
    found = await network.posts([kept.id, lost.id])
    assert set(found.there) == {kept.id}
    assert found.gone == {lost.id}
    assert paid(server) == before
    assert await texts(network, HOME) == ["Line 0"]  # from the shelf, without the other one
    others = [server.world.post_as("dan", f"Other {number}").id for number in range(5)]
    assert not (await network.posts(others)).there  # nobody waits, and each would have to be paid


async def test_a_conversation_is_bought_when_somebody_opens_it(
    server: Api, connect: Connect
) -> None:
    network = connect()
    world = server.world
    root = world.post_as("dan", "Who has the key?")
    mine = world.post_as("alice", "Not me.", answers=root.id)
    last = world.post_as("bob", "@alice look again", answers=mine.id)
    world.post_as("carla", "I have it.", answers=root.id)
    under = world.post_as("alice", "Found it.", answers=last.id)
    with pytest.raises(Unsupported):
        await network.thread(last.id, waited_for=False)
    assert paid(server) == 0
    thread = await network.thread(last.id)
    assert [seen.post.text for seen in thread.above] == ["Who has the key?", "Not me."]
    assert [seen.post.text for seen in thread.below] == ["Found it."]
    assert thread.focus.post.author.handle == "bob"
    assert under.id in {seen.view.server_id for seen in thread.below}


async def test_what_stands_above_is_found_though_the_search_looks_back_a_week_only(
    server: Api, connect: Connect
) -> None:
    clock = at_noon(server)
    world = server.world
    root = world.post_as("dan", "In summer?")
    older = world.post_as("bob", "In autumn.", answers=root.id)
    middle = world.post_as("dan", "In winter, then.", answers=older.id)
    clock.pass_time(9 * DAY / 1000)
    late = world.post_as("bob", "So be it.", answers=middle.id)
    thread = await connect(clock=clock).thread(late.id)
    assert [seen.post.text for seen in thread.above] == [
        "In summer?",
        "In autumn.",
        "In winter, then.",
    ]


async def test_a_search_that_rested_for_more_than_a_week_begins_anew(
    server: Api, connect: Connect
) -> None:
    clock = at_noon(server)
    network = connect(clock=clock)
    tea = Feed(FeedKind.SEARCH, "tea")
    server.world.post_as("dan", "Green tea")
    assert await texts(network, tea) == ["Green tea"]
    clock.pass_time(9 * DAY / 1000)
    server.world.post_as("dan", "Black tea")
    assert "Black tea" in await texts(network, tea)
    asked = [said for _, path, said in server.asked if path.endswith("/recent")]
    assert all("since_id" not in said for said in asked)


async def test_of_a_search_no_text_outlives_the_program_but_how_far_it_was_read(
    server: Api, connect: Connect
) -> None:
    clock, state = at_noon(server), MemoryState()
    tea = Feed(FeedKind.SEARCH, "tea")
    server.world.post_as("dan", "Green tea")
    await connect(clock=clock, state=state).feed(tea, PageOf())
    assert not any("Green tea" in text for text in state.kept.values())
    again = connect(clock=clock, state=state)
    server.world.post_as("dan", "Black tea")
    assert await texts(again, tea) == ["Black tea"]
    assert "since_id" in server.asked[-1][2]


async def test_where_the_older_dialect_is_not_understood_any_more_the_newer_one_is_spoken(
    server: Api, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    state, spend = MemoryState(), SpendInMemory()
    network = connect(state=state, spend=spend)
    server.has_newer_dialect = True
    server.world.post_as("bob", "@alice hello")
    with caplog.at_level(logging.WARNING):
        (notice,) = (await network.notices(PageOf())).notices
    assert notice.by is not None
    assert notice.by.handle == "bob"
    assert "newer one is spoken" in caplog.text
    assert spend.total == paid(server)
    asked = [said for _, path, said in server.asked if path.endswith("/mentions")]
    assert [("tweet.fields" in said, "post.fields" in said) for said in asked] == [
        (True, False),
        (False, True),
    ]
    again = connect(state=state, spend=spend)  # another run of the program
    await again.feed(OWN, PageOf())
    assert "post.fields" in server.asked[-1][2]


async def test_how_one_stands_to_people_comes_with_their_names(
    server: Api, connect: Connect
) -> None:
    network = connect()
    server.world.post_as("bob", "@alice hello")
    bob, dan = server.world.named("bob").id, server.world.named("dan").id
    assert await network.relationships([bob, dan]) == []
    await network.notices(PageOf())
    (standing,) = await network.relationships([bob, dan])
    assert (standing.following, standing.followed_by, standing.muting) == (True, True, False)


async def test_an_address_of_x_leads_to_its_post_and_no_other_does(
    server: Api, connect: Connect
) -> None:
    post = server.world.post_as("bob", "Here.")
    network = connect()
    for address in (
        f"https://x.com/bob/status/{post.id}",
        f"https://twitter.com/bob/status/{post.id}?s=20",
    ):
        assert (await network.resolve(address)).post.text == "Here."
    for address in ("https://x.com/bob", "https://example.com/bob/status/1", "none"):
        with pytest.raises(Refused):
            await network.resolve(address)
