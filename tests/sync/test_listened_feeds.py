"""Feeds are read seldom, more seldom where nothing comes, and what is wrong with one stops no other."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from support.scripted_network import NOON
from support.sync_desk import Desk

from tui_inbox.commands import outside as commands
from tui_inbox.commands.context import Context
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.outside import FEED_NETWORK, FeedState, FetchedFeed, SourceKind
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.ports import NetworkError, Refused, Throttled, Unreachable
from tui_inbox.core.post import Post, PostRef
from tui_inbox.store import hits, outside, searches
from tui_inbox.sync.listened_feeds import (
    FIRST_REST,
    LONGEST_REST,
    REST_AFTER_FAILURE,
    REST_AFTER_REFUSAL,
    REST_WHEN_GONE,
    ListenedFeeds,
)

MILL = "https://mill.example/news.atom"


@dataclass
class ScriptedFeeds:
    """Feeds that hold what a story says, and count how often they are asked.

    Attributes:
        items: texts by address.
        moved: pages that name a feed elsewhere.
    """

    items: dict[str, list[str]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, Exception] = field(default_factory=dict)
    asked: list[tuple[str, tuple[str, str]]] = field(default_factory=list)

    async def fetch(self, address: str, validators: tuple[str, str]) -> FetchedFeed:
        self.asked.append((address, validators))
        if address in self.wrong:
            raise self.wrong[address]
        told = self.items[self.moved.get(address, address)]
        kept = (str(len(told)), "")
        if kept == validators:
            return FetchedFeed(validators=kept, unchanged=True)
        posts = tuple(_item(text, place) for place, text in enumerate(told))
        return FetchedFeed("Mill news", posts, kept, address=self.moved.get(address, ""))

    async def close(self) -> None:
        pass


def _item(text: str, place: int) -> Post:
    mill = Person(PersonRef(FEED_NETWORK, MILL), "", "mill.example", "Mill news")
    return Post(PostRef(FEED_NETWORK, f"{MILL}#{place}"), mill, NOON + place, text)


@pytest.fixture
def feeds() -> ScriptedFeeds:
    return ScriptedFeeds({MILL: ["Rye is back."]})


@pytest.fixture
def listened(desk: Desk, feeds: ScriptedFeeds) -> ListenedFeeds:
    return ListenedFeeds(desk.store, desk.ingest, desk.clock, feeds)


def listen(desk: Desk, address: str = MILL, query: str = "") -> int:
    ctx = Context(desk.store, desk.clock)
    outcome = commands.save_feed(ctx, desk.account.id, address, query).result()
    assert outcome.action is not None, outcome.sentence
    return desk.store.read(searches.searches).result()[-1].id


def states(desk: Desk, search: int) -> list[ItemState]:
    return [one.state for one in desk.store.read(lambda db: hits.hits_of(db, search)).result()]


def state(desk: Desk, search: int) -> FeedState:
    (source,) = desk.store.read(lambda db: outside.sources_of(db, search)).result()
    return FeedState.parse(source.state)


async def test_what_stands_there_is_shown_and_what_comes_is_news(
    desk: Desk, feeds: ScriptedFeeds, listened: ListenedFeeds
) -> None:
    search = listen(desk)
    await listened.look()
    assert states(desk, search) == [ItemState.SEEN]
    feeds.items[MILL].append("Spelt, too.")
    desk.clock.time += FIRST_REST
    await listened.look()
    assert states(desk, search) == [ItemState.NEW, ItemState.SEEN]


async def test_a_quiet_feed_is_asked_less_and_less_often(
    desk: Desk, feeds: ScriptedFeeds, listened: ListenedFeeds
) -> None:
    search = listen(desk)
    for _ in range(24 * 60):
        await listened.look()
        desk.clock.time += MINUTE
    assert len(feeds.asked) == 26, "ten minutes, twenty, forty, and then every hour"
    assert state(desk, search).rest == LONGEST_REST
    assert all(validators == ("1", "") for _, validators in feeds.asked[1:])


async def test_two_searches_on_one_feed_ask_it_once(
    desk: Desk, feeds: ScriptedFeeds, listened: ListenedFeeds
) -> None:
    listen(desk, query="rye")
    listen(desk, query="spelt")
    await listened.look()
    assert len(feeds.asked) == 1


async def test_who_begins_to_listen_later_is_told_all_that_stands_there(
    desk: Desk, feeds: ScriptedFeeds, listened: ListenedFeeds
) -> None:
    first = listen(desk)
    await listened.look()
    late = listen(desk, query="rye")
    await listened.look()
    assert feeds.asked[-1] == (MILL, ("", ""))
    assert states(desk, late) == [ItemState.SEEN]
    assert states(desk, first) == [ItemState.SEEN]


@pytest.mark.parametrize(
    ("error", "rest"),
    [
        (Unreachable("mill.example cannot be reached."), REST_AFTER_FAILURE),
        (Refused("mill.example refused."), REST_AFTER_REFUSAL),
        (Refused("mill.example does not have this.", gone=True), REST_WHEN_GONE),
        (Throttled("mill.example asks for a pause.", until=NOON + 2 * HOUR), 2 * HOUR),
    ],
)
async def test_a_feed_that_fails_is_a_state_and_comes_back(
    desk: Desk, feeds: ScriptedFeeds, listened: ListenedFeeds, error: NetworkError, rest: int
) -> None:
    search = listen(desk)
    feeds.wrong[MILL] = error
    await listened.look()
    failed = state(desk, search)
    assert (failed.refusal, failed.failing_since, failed.rest) == (str(error), NOON, rest)
    del feeds.wrong[MILL]
    desk.clock.time += rest - 1
    await listened.look()
    assert len(feeds.asked) == 1
    desk.clock.time += 1
    await listened.look()
    assert (state(desk, search).refusal, state(desk, search).failing_since) == ("", None)
    assert states(desk, search) == [ItemState.SEEN]


async def test_a_source_that_disappears_keeps_what_it_brought(
    desk: Desk, feeds: ScriptedFeeds, listened: ListenedFeeds
) -> None:
    search = listen(desk)
    await listened.look()
    feeds.wrong[MILL] = Refused("mill.example does not have this any more (410).", gone=True)
    for _ in range(10):
        desk.clock.time += DAY
        await listened.look()
    assert states(desk, search) == [ItemState.SEEN]
    assert state(desk, search).failing_since == NOON + DAY
    assert len(feeds.asked) == 11, "once a day"


async def test_a_fault_of_ours_at_one_feed_stops_no_other(
    desk: Desk, feeds: ScriptedFeeds, listened: ListenedFeeds
) -> None:
    bad = listen(desk, "https://bad.example/feed")
    good = listen(desk)
    feeds.wrong["https://bad.example/feed"] = ZeroDivisionError()
    await listened.look()
    assert states(desk, good) == [ItemState.SEEN]
    assert "unexpected" in state(desk, bad).refusal


async def test_a_page_that_names_its_feed_stands_for_it(
    desk: Desk, feeds: ScriptedFeeds, listened: ListenedFeeds
) -> None:
    feeds.moved["https://mill.example/"] = MILL
    search = listen(desk, "https://mill.example/")
    await listened.look()
    (source,) = desk.store.read(lambda db: outside.sources_of(db, search)).result()
    assert (source.address, source.title) == (MILL, "Mill news")


async def test_a_page_and_its_feed_become_one_source(
    desk: Desk, feeds: ScriptedFeeds, listened: ListenedFeeds
) -> None:
    feeds.moved["https://mill.example/"] = MILL
    direct, by_page = listen(desk), listen(desk, "https://mill.example/", "rye")
    await listened.look()
    desk.clock.time += FIRST_REST
    feeds.items[MILL].append("More rye.")
    await listened.look()
    assert len(desk.store.read(lambda db: outside.sources(db, SourceKind.FEED)).result()) == 1
    assert states(desk, direct) == [ItemState.NEW, ItemState.SEEN]
    assert states(desk, by_page) == [ItemState.NEW, ItemState.SEEN]


async def test_a_clock_that_was_set_back_leaves_no_feed_alone(
    desk: Desk, feeds: ScriptedFeeds, listened: ListenedFeeds
) -> None:
    listen(desk)
    await listened.look()
    desk.clock.time -= 30 * DAY
    desk.clock.time += FIRST_REST
    await listened.look()
    desk.clock.time += FIRST_REST
    await listened.look()
    assert len(feeds.asked) >= 2


async def test_a_feed_nobody_listens_to_any_more_is_not_asked(
    desk: Desk, feeds: ScriptedFeeds, listened: ListenedFeeds
) -> None:
    search = listen(desk)
    await listened.look()
    desk.store.write(lambda w: searches.remove_search(w, search)).result()
    desk.clock.time += DAY
    await listened.look()
    assert len(feeds.asked) == 1
