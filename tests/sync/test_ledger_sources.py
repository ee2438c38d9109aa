"""The ledger hears of what passes between people from every side, and says it once."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support.scripted_network import HOME, NOON, OWN, somebody
from support.sync_desk import Desk, new_desk, stored

from tui_inbox.commands import acts
from tui_inbox.commands.context import Context
from tui_inbox.core.act import ActKind
from tui_inbox.core.events import EntryArrived, Notice, Noticed, NoticeKind, PostDeleted
from tui_inbox.core.interaction import InteractionKind
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.person import Relationship
from tui_inbox.core.ports import Thread
from tui_inbox.core.post import Audience, Boost, Feed, FeedEntry, FeedKind, PostView, SeenPost
from tui_inbox.store import ledger, people
from tui_inbox.store.database import Connection
from tui_inbox.sync.history import History
from tui_inbox.sync.outbox import Door, Outbox
from tui_inbox.sync.rebuild import rebuild
from tui_inbox.sync.ties import load_circle

KIND = InteractionKind
FAVOURITES = Feed(FeedKind.FAVOURITES)


def told(desk: Desk) -> list[tuple[str, str, str]]:
    """What the ledger says: who did what to whom."""

    def read(db: Connection) -> list[tuple[str, str, str]]:
        names = people.names(db, range(1, 50))
        return [
            (names[one.actor][0], str(one.kind), names[one.target][0])
            for one in ledger.interactions(db, desk.account.id)
        ]

    return desk.store.read(read).result()


def entry(seen: SeenPost) -> FeedEntry:
    return FeedEntry(seen, seen.post.created_at, seen.view.server_id)


def boosted(seen: SeenPost, by: str, number: int = 1) -> FeedEntry:
    at = seen.post.created_at + number * MINUTE
    uri = f"https://scripted.example/boosts/{by}-{number}"
    return FeedEntry(seen, at, f"b-{by}-{number}", Boost(somebody(by), at, uri, f"b-{by}-{number}"))


def noticed(desk: Desk, kind: NoticeKind, by: str, seen: SeenPost | None = None) -> Noticed:
    number = len(desk.network.notices_told)
    notice = Notice(f"n{kind}-{by}-{number}", kind, NOON + HOUR, somebody(by), seen)
    return Noticed(notice)


async def keys(desk: Desk, *kinds: ActKind, seen: SeenPost | None = None) -> None:
    """The owner does something here, and the server confirms it."""
    ctx = Context(desk.store, desk.clock)
    desk.clock.time += MINUTE
    for kind in kinds:
        if seen is not None:
            acts.toggle(ctx, desk.account.id, stored(desk, seen).id, kind).result()
        else:
            ann = desk.store.read(lambda db: people.find_by_ref(db, somebody("ann").ref)).result()
            assert ann is not None
            acts.on_person(ctx, desk.account.id, ann, kind).result()
        doors = {desk.account.id: Door(desk.network, True)}
        await Outbox(desk.store, desk.ingest, desk.clock, doors, lease="t").work(desk.account.id)
        desk.clock.time += MINUTE


def take(desk: Desk, *seen: SeenPost) -> None:
    desk.ingest.take_posts(desk.account.id, seen).result()


def stands(desk: Desk, *, following: bool = False, followed_by: bool = False) -> None:
    """The server says how the owner and ann stand."""
    take(desk, desk.network.write("ann", "hello"))
    ann = desk.store.read(lambda db: people.find_by_ref(db, somebody("ann").ref)).result()
    assert ann is not None
    desk.ingest.put_relationships(desk.account.id, {ann: Relationship("id-ann")}).result()
    desk.clock.time += HOUR
    standing = {ann: Relationship("id-ann", following=following, followed_by=followed_by)}
    desk.ingest.put_relationships(desk.account.id, standing).result()


async def by_stream(desk: Desk) -> None:
    seen = desk.network.write("ann", "Are you there?", names=["me"])
    desk.ingest.take_events(desk.account.id, [EntryArrived(HOME, entry(seen))]).result()


async def by_notification(desk: Desk) -> None:
    desk.network.mention("ann", "Are you there?")
    desk.ingest.take_notices(desk.account.id, desk.network.notices_told).result()


async def by_history(desk: Desk) -> None:
    asked = desk.network.mention("ann", "Are you there?")
    mine = desk.network.write("me", "I am.", to=asked, names=["ann"])
    desk.network.published["k"] = mine
    await History(desk.store, desk.ingest, desk.network, desk.account.id).read()


async def by_own_posts(desk: Desk) -> None:
    mine = desk.network.write("me", "Are you there?", names=["ann"])
    desk.ingest.file_page(desk.account.id, OWN, [entry(mine)]).result()


async def by_an_opened_thread(desk: Desk) -> None:
    mine = desk.network.write("me", "the kettle is on")
    answer = desk.network.write("ann", "good", to=mine)
    desk.ingest.take_thread(desk.account.id, Thread(mine, below=(answer,))).result()


async def by_a_direct_message(desk: Desk) -> None:
    seen = desk.network.write("ann", "psst", names=["me"], audience=Audience.DIRECT)
    take(
        desk, seen, desk.network.write("me", "?", to=seen, names=["ann"], audience=Audience.DIRECT)
    )


async def by_a_quote(desk: Desk) -> None:
    mine = desk.network.write("me", "the kettle is on")
    quote = desk.network.write("ann", "listen")
    take(desk, replace(quote, quoted=mine, post=replace(quote.post, quoted=mine.post.ref)))


async def by_my_quote(desk: Desk) -> None:
    theirs = desk.network.write("ann", "the kettle is on")
    quote = desk.network.write("me", "listen")
    take(desk, replace(quote, quoted=theirs, post=replace(quote.post, quoted=theirs.post.ref)))


async def their_favourite(desk: Desk) -> None:
    mine = desk.network.write("me", "the kettle is on")
    news = noticed(desk, NoticeKind.FAVOURITE, "ann", mine)
    desk.ingest.take_events(desk.account.id, [news]).result()


async def their_boost(desk: Desk) -> None:
    mine = desk.network.write("me", "the kettle is on")
    news = noticed(desk, NoticeKind.BOOST, "ann", mine)
    desk.ingest.take_events(desk.account.id, [news]).result()


async def their_boost_in_the_timeline(desk: Desk) -> None:
    mine = desk.network.write("me", "the kettle is on")
    desk.ingest.file_page(desk.account.id, HOME, [boosted(mine, "ann")]).result()


async def their_follow(desk: Desk) -> None:
    desk.ingest.take_events(desk.account.id, [noticed(desk, NoticeKind.FOLLOW, "ann")]).result()


async def their_follow_as_the_server_says_later(desk: Desk) -> None:
    stands(desk, followed_by=True)


async def my_favourite_here(desk: Desk) -> None:
    seen = desk.network.write("ann", "the kettle is on")
    take(desk, seen)
    await keys(desk, ActKind.FAVOURITE, seen=seen)


async def my_favourite_on_the_phone(desk: Desk) -> None:
    seen = desk.network.write("ann", "the kettle is on")
    take(desk, seen)
    take(desk, replace(seen, view=PostView(seen.view.server_id, favourited=True)))


async def my_favourite_among_favourites(desk: Desk) -> None:
    seen = desk.network.write("ann", "the kettle is on")
    liked = replace(seen, view=PostView(seen.view.server_id, favourited=True))
    desk.ingest.file_page(desk.account.id, FAVOURITES, [entry(liked)]).result()


async def my_boost_here(desk: Desk) -> None:
    seen = desk.network.write("ann", "the kettle is on")
    take(desk, seen)
    await keys(desk, ActKind.BOOST, seen=seen)


async def my_boost_among_my_posts(desk: Desk) -> None:
    seen = desk.network.write("ann", "the kettle is on")
    desk.ingest.file_page(desk.account.id, OWN, [boosted(seen, "me")]).result()


async def my_follow_here(desk: Desk) -> None:
    take(desk, desk.network.write("ann", "hello"))
    await keys(desk, ActKind.FOLLOW)


async def my_follow_on_the_phone(desk: Desk) -> None:
    stands(desk, following=True)


async def my_favourite_taken_back_here(desk: Desk) -> None:
    seen = desk.network.write("ann", "the kettle is on")
    take(desk, seen)
    await keys(desk, ActKind.FAVOURITE, ActKind.FAVOURITE, seen=seen)


async def my_favourite_taken_back_on_the_phone(desk: Desk) -> None:
    seen = desk.network.write("ann", "the kettle is on")
    take(desk, replace(seen, view=PostView(seen.view.server_id, favourited=True)), seen)


async def my_follow_taken_back(desk: Desk) -> None:
    take(desk, desk.network.write("ann", "hello"))
    await keys(desk, ActKind.FOLLOW, ActKind.UNFOLLOW)


async def their_boost_taken_back(desk: Desk) -> None:
    await their_boost_in_the_timeline(desk)
    desk.ingest.take_events(desk.account.id, [PostDeleted("b-ann-1")]).result()


async def a_text_that_was_deleted(desk: Desk) -> None:
    seen = desk.network.write("ann", "Are you there?", names=["me"])
    take(desk, seen)
    desk.ingest.take_events(desk.account.id, [PostDeleted(seen.view.server_id)]).result()


async def a_text_that_went_with_time(desk: Desk) -> None:
    seen = desk.network.write("ann", "Are you there?", names=["me"])
    take(desk, seen)
    desk.clock.time += 30 * DAY
    desk.ingest.take_events(desk.account.id, [PostDeleted(seen.view.server_id)]).result()


async def what_i_do_to_myself(desk: Desk) -> None:
    mine = desk.network.write("me", "the kettle is on")
    liked = replace(mine, view=PostView(mine.view.server_id, favourited=True, boosted=True))
    take(desk, liked, desk.network.write("me", "still on", to=mine, names=["me"]))


SOURCES: dict[Callable[[Desk], Any], list[tuple[str, str, str]]] = {
    by_stream: [("ann", "mention", "me")],
    by_notification: [("ann", "mention", "me")],
    by_history: [("ann", "mention", "me"), ("me", "reply", "ann")],
    by_own_posts: [("me", "mention", "ann")],
    by_an_opened_thread: [("ann", "reply", "me")],
    by_a_direct_message: [("ann", "dm", "me"), ("me", "dm", "ann")],
    by_a_quote: [("ann", "quote", "me")],
    by_my_quote: [("me", "quote", "ann")],
    their_favourite: [("ann", "like", "me")],
    their_boost: [("ann", "repost", "me")],
    their_boost_in_the_timeline: [("ann", "repost", "me")],
    their_follow: [("ann", "follow", "me")],
    their_follow_as_the_server_says_later: [("ann", "follow", "me")],
    my_favourite_here: [("me", "like", "ann")],
    my_favourite_on_the_phone: [("me", "like", "ann")],
    my_favourite_among_favourites: [("me", "like", "ann")],
    my_boost_here: [("me", "repost", "ann")],
    my_boost_among_my_posts: [("me", "repost", "ann")],
    my_follow_here: [("me", "follow", "ann")],
    my_follow_on_the_phone: [("me", "follow", "ann")],
    my_favourite_taken_back_here: [],
    my_favourite_taken_back_on_the_phone: [],
    my_follow_taken_back: [],
    their_boost_taken_back: [],
    a_text_that_was_deleted: [],
    a_text_that_went_with_time: [("ann", "mention", "me")],
    what_i_do_to_myself: [],
}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.__name__)
async def test_the_ledger_is_filled(source: Callable[[Desk], Any], desk: Desk) -> None:
    await source(desk)
    assert told(desk) == SOURCES[source]
    made = rebuild(desk.store, desk.clock)
    assert (told(desk), made.interactions) == (SOURCES[source], 0)


async def test_ties_are_those_of_the_ledger_after_something_was_taken_back(desk: Desk) -> None:
    asked = desk.network.write("ann", "Are you there?", names=["me"])
    take(desk, asked, desk.network.write("me", "I am.", to=asked, names=["ann"]))
    await keys(desk, ActKind.FAVOURITE, seen=asked)
    with_like = circle(desk)
    await keys(desk, ActKind.FAVOURITE, seen=asked)
    without = circle(desk)
    rebuild(desk.store, desk.clock)
    assert with_like != without == circle(desk)
    desk.ingest.take_events(desk.account.id, [PostDeleted(asked.view.server_id)]).result()
    (tie,) = circle(desk).values()
    assert (tie.received, tie.sent) == (0, 1)


def circle(desk: Desk) -> dict[int, Any]:
    return desk.store.read(lambda db: load_circle(db, desk.account.id)).result().ties


def _news(desk: Desk, random: Random) -> list[Callable[[], Any]]:
    """Everything that may be told of a few texts, by whatever way, some of it more than once."""
    network, account, ingest = desk.network, desk.account.id, desk.ingest
    mine = network.write("me", "the kettle is on")
    answer = network.write("ann", "good", to=mine, names=["me"])
    again = network.write("me", "indeed", to=answer, names=["ann"])
    liked = replace(
        network.write("ann", "a fine day"), view=PostView("liked", favourited=True, boosted=True)
    )
    boost, own_boost = boosted(mine, "ann"), boosted(liked, "me", 2)
    notices = [
        Notice("n1", NoticeKind.MENTION, answer.post.created_at, somebody("ann"), answer),
        Notice("n2", NoticeKind.BOOST, boost.filed_at + 7, somebody("ann"), mine),
        Notice("n3", NoticeKind.FAVOURITE, NOON + HOUR, somebody("ben"), mine),
        Notice("n4", NoticeKind.FOLLOW, NOON + HOUR, somebody("ben")),
    ]
    news: list[Callable[[], Any]] = [
        *(lambda one=one: ingest.take_events(account, [Noticed(one)]) for one in notices),
        lambda: ingest.take_notices(account, notices),
        lambda: ingest.file_page(account, OWN, [entry(again), own_boost, entry(mine)]),
        lambda: ingest.file_page(account, HOME, [boost, entry(answer)]),
        lambda: ingest.file_page(account, FAVOURITES, [entry(liked)]),
        lambda: ingest.take_thread(account, Thread(answer, above=(mine,), below=(again,))),
        lambda: ingest.take_posts(account, [liked, again]),
    ]
    return [*news, *random.choices(news, k=3)]


@settings(deadline=None)
@given(st.integers(0, 2**32))
def test_any_order_and_any_repetition_gives_the_same_ledger(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    random = Random(seed)
    ledgers = []
    for shuffled in (False, True):
        desk = new_desk(tmp_path_factory.mktemp("desk"))
        news = _news(desk, random)
        if shuffled:
            random.shuffle(news)
        for one in news:
            one().result()
        ledgers.append(_all_of(desk))
        desk.store.close()
    assert ledgers[0] == ledgers[1]


def _all_of(desk: Desk) -> object:
    def read(db: Connection) -> object:
        names = people.names(db, range(1, 50))
        rows = [
            (names[one.actor], one.kind, names[one.target], one.subject, one.at)
            for one in ledger.interactions(db, desk.account.id)
        ]
        ties = load_circle(db, desk.account.id).ties
        return sorted(rows), {names[person]: tie for person, tie in ties.items()}

    return desk.store.read(read).result()
