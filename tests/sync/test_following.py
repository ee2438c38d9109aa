"""An account that keeps in step with the owner's other clients, and knows who waits at the door."""

from __future__ import annotations

import asyncio

import pytest
from msgspec.structs import replace
from support.scripted_network import NOON, somebody
from support.sync_desk import Desk

from tui_inbox.commands import door as door_commands
from tui_inbox.commands.context import Context
from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.door import HeldBack, PeopleList, PeoplePage, Wish
from tui_inbox.core.events import HeldBackLetIn, Notice, Noticed, NoticeKind, SettingsChanged
from tui_inbox.core.moment import HOUR, MINUTE, SECOND, Millis
from tui_inbox.core.other_clients import Marker, Preferences
from tui_inbox.core.ports import PageOf, Refused, SignedOut, Throttled, Unreachable, Unsupported
from tui_inbox.core.post import Audience, FilterAction, FilterHit, SeenPost
from tui_inbox.core.reading import Filter, Keyword, MediaShown
from tui_inbox.networks.deadline import end
from tui_inbox.store import accounts, door, items, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.people import PersonView
from tui_inbox.store.store import Writing
from tui_inbox.sync.feed_reader import FeedReader
from tui_inbox.sync.filtering import AT_ONCE
from tui_inbox.sync.following import AT_MOST_EVERY, LOOK_EVERY, Following
from tui_inbox.sync.outbox import Door as WayOut
from tui_inbox.sync.outbox import Outbox
from tui_inbox.sync.search_feeders import SearchFeeders

LISTS = ("marker", "people", "held_back", "preferences", "talks")


@pytest.fixture
def following(desk: Desk) -> Following:
    """What is tested, of an account that has caught up."""
    following = new_following(desk)
    following.caught_up()
    return following


def new_following(desk: Desk) -> Following:
    """What an account's runner has."""
    id = desk.account.id
    reader = FeedReader(desk.store, desk.ingest, desk.clock, desk.network, id, desk.backfill)
    feeders = SearchFeeders(desk.store, desk.clock, desk.network, reader, id)
    return Following(
        desk.store,
        desk.ingest,
        desk.clock,
        desk.network,
        desk.account.id,
        desk.backfill.catch_up_notices,
        feeders.look,
    )


def view_of(desk: Desk, name: str) -> PersonView | None:
    def read(db: Connection) -> PersonView | None:
        person = people.find_by_ref(db, somebody(name).ref)
        return people.view(db, desk.account.id, person) if person else None

    return desk.store.read(read).result()


def waiting(desk: Desk) -> list[tuple[Wish, str]]:
    """Who is at the door, and why."""
    found = desk.store.read(lambda db: door.waiting(db, [desk.account.id])).result()
    names = desk.store.read(lambda db: people.names(db, [one.person for one in found])).result()
    return [(one.wish, names[one.person][0]) for one in found]


def held(desk: Desk, name: str, text: str = "May I?") -> HeldBack:
    return HeldBack(f"request-{name}", somebody(name), NOON, newest=desk.network.write(name, text))


def state_of(desk: Desk, name: str) -> ItemState:
    """How the only conversation with somebody stands."""
    found = desk.store.read(lambda db: items.items(db, [desk.account.id])).result()
    names = desk.store.read(lambda db: people.names(db, [one.person for one in found])).result()
    (state,) = [one.state for one in found if names[one.person][0] == name]
    return state


def look_at(desk: Desk, name: str) -> None:
    """The owner looks at what somebody wrote."""

    def job(w: Writing) -> None:
        person = people.find_by_ref(w.db, somebody(name).ref)
        assert person is not None
        for item in items.items_of_person(w.db, desk.account.id, person):
            items.set_state(w, item.id, ItemState.SEEN, at=item.changed_at)

    desk.store.write(job).result()


async def mentioned(desk: Desk, *names: str) -> list[SeenPost]:
    """Some people mention the owner, one after the other, and the account has read it."""
    seen = [desk.network.mention(name, f"Hello from {name}!") for name in names]
    await desk.backfill.catch_up_notices()
    return seen


def notice_of(seen: SeenPost) -> str:
    return f"n{seen.view.server_id}"


# Mutes, blocks, preferences


async def test_whom_another_client_muted_is_muted_here_and_freed_here_too(
    desk: Desk, following: Following
) -> None:
    desk.network.people_told = {
        PeopleList.MUTED: [somebody("ann")],
        PeopleList.BLOCKED: [somebody("bob")],
    }
    await following.look()
    ann, bob = view_of(desk, "ann"), view_of(desk, "bob")
    assert ann is not None
    assert bob is not None
    assert (ann.muting, ann.blocking) == (True, False)
    assert (bob.muting, bob.blocking) == (False, True)

    desk.network.people_told = {}
    desk.clock.time += HOUR
    await following.look()
    ann, bob = view_of(desk, "ann"), view_of(desk, "bob")
    assert ann is not None
    assert bob is not None
    assert not ann.muting
    assert not bob.blocking


async def test_preferences_become_the_accounts_own(desk: Desk, following: Following) -> None:
    told = Preferences(Audience.FOLLOWERS, "nds", sensitive=True, media=MediaShown.NONE)
    desk.network.preferences_told = told
    await following.look()
    read = desk.store.read
    assert read(lambda db: accounts.usual(db, 1)).result() == (Audience.FOLLOWERS, "nds")
    assert read(lambda db: accounts.preferences(db, 1)).result() == told

    desk.network.preferences_told = Preferences()
    desk.clock.time += HOUR
    await following.look()
    assert read(lambda db: accounts.usual(db, 1)).result() == (Audience.FOLLOWERS, "nds")


async def test_nothing_is_asked_again_before_its_time(desk: Desk, following: Following) -> None:
    await following.look()
    asked = list(desk.network.calls)
    desk.clock.time += 10 * MINUTE
    await following.look()
    assert desk.network.calls == asked


async def test_changed_settings_are_read_soon_but_not_at_every_word(
    desk: Desk, following: Following
) -> None:
    await following.look()
    desk.network.calls.clear()
    await following.heard([SettingsChanged()] * 3)
    await following.look()
    assert desk.network.calls == []
    desk.clock.time += AT_MOST_EVERY
    await following.look()
    assert desk.network.calls == ["people", "people", "preferences"]


@pytest.mark.parametrize("answer", [Unsupported("No such thing."), Refused("Not for you.")])
async def test_what_the_server_does_not_offer_is_not_asked_for_again_in_the_session(
    desk: Desk, following: Following, answer: Exception
) -> None:
    for method in LISTS:
        desk.network.fail(method, *[answer] * 3)
    await following.look()
    desk.network.calls.clear()
    desk.clock.time += 5 * HOUR
    await following.heard([SettingsChanged()])
    await following.look()
    assert desk.network.calls == []

    session = asyncio.ensure_future(following.run())
    while "preferences" not in desk.network.calls:
        following.caught_up()
        await asyncio.sleep(0)
    await end(session)


@pytest.mark.parametrize(
    "trouble", [Unreachable("No line."), Throttled("Too much.", until=NOON + MINUTE)]
)
async def test_trouble_with_one_thing_stops_nothing_else_and_it_is_tried_again(
    desk: Desk, following: Following, trouble: Exception
) -> None:
    desk.network.people_told = {PeopleList.ASKING: [somebody("ann")]}
    desk.network.fail("people", trouble)
    await following.look()
    assert waiting(desk) == []
    assert "preferences" in desk.network.calls
    desk.clock.time += 6 * MINUTE
    await following.look()
    assert waiting(desk) == [(Wish.FOLLOW, "ann")]


async def test_a_refused_token_ends_it(desk: Desk, following: Following) -> None:
    desk.network.fail("preferences", SignedOut("Sign in again."))
    with pytest.raises(SignedOut):
        await following.look()


# The door


async def test_both_kinds_of_requests_are_known(desk: Desk, following: Following) -> None:
    desk.network.people_told = {PeopleList.ASKING: [somebody("ann")]}
    desk.network.held_told = [held(desk, "cyd", "Is anybody there?")]
    await following.look()
    assert waiting(desk) == [(Wish.FOLLOW, "ann"), (Wish.BE_HEARD, "cyd")]
    (_, cyd) = desk.store.read(lambda db: door.waiting(db, [1])).result()
    assert (cyd.text, cyd.request_id) == ("Is anybody there?", "request-cyd")
    assert desk.store.read(lambda db: items.items(db, [1])).result() == []

    desk.network.people_told = {}
    desk.clock.time += 15 * MINUTE
    await following.look()
    assert waiting(desk) == [(Wish.BE_HEARD, "cyd")]


async def test_a_follow_request_that_is_told_of_is_looked_up(
    desk: Desk, following: Following
) -> None:
    await following.look()
    desk.clock.time += AT_MOST_EVERY
    desk.network.people_told = {PeopleList.ASKING: [somebody("ann")]}
    asks = Notice("n1", NoticeKind.FOLLOW_REQUEST, NOON, somebody("ann"))
    await following.heard([Noticed(asks)])
    await following.look()
    assert waiting(desk) == [(Wish.FOLLOW, "ann")]


async def test_what_was_let_in_is_read_at_once(desk: Desk, following: Following) -> None:
    await following.look()
    desk.network.mention("cyd", "Thank you!")
    await following.heard([HeldBackLetIn()])
    assert state_of(desk, "cyd") is ItemState.NEW


async def test_trouble_while_reading_what_was_let_in_is_no_loss_of_the_line(
    desk: Desk, following: Following
) -> None:
    desk.network.fail("notices", Unreachable("No line."))
    await following.heard([HeldBackLetIn()])
    desk.network.fail("notices", SignedOut("Sign in again."))
    with pytest.raises(SignedOut):
        await following.heard([HeldBackLetIn()])


class Owner:
    """Decides on people at the door, through the outbox."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.context = Context(desk.store, desk.clock, hold=10 * SECOND)
        doors = {desk.account.id: WayOut(desk.network, honours_keys=True)}
        self.outbox = Outbox(desk.store, desk.ingest, desk.clock, doors, "test")

    def person(self, name: str) -> int:
        found = self.desk.store.read(lambda db: people.find_by_ref(db, somebody(name).ref)).result()
        assert found is not None
        return found

    async def send(self, later: Millis = 0) -> list[Act]:
        self.desk.clock.time += later
        await self.outbox.work(self.desk.account.id)
        return self.desk.network.acts


async def test_a_decision_counts_at_once_and_reaches_the_server(
    desk: Desk, following: Following
) -> None:
    desk.network.people_told = {PeopleList.ASKING: [somebody("ann")]}
    desk.network.held_told = [held(desk, "cyd")]
    await following.look()
    owner = Owner(desk)
    let_in = door_commands.let_in
    let_in(owner.context, 1, Wish.FOLLOW, owner.person("ann")).result()
    let_in(owner.context, 1, Wish.BE_HEARD, owner.person("cyd")).result()
    assert waiting(desk) == []
    assert await owner.send() == [
        Act(ActKind.ACCEPT_FOLLOW, "id-ann"),
        Act(ActKind.ADMIT, "request-cyd"),
    ]
    assert waiting(desk) == []


async def test_what_the_server_refuses_waits_again(desk: Desk, following: Following) -> None:
    desk.network.people_told = {PeopleList.ASKING: [somebody("ann")]}
    await following.look()
    owner = Owner(desk)
    door_commands.let_in(owner.context, 1, Wish.FOLLOW, owner.person("ann")).result()
    desk.network.fail("act", Refused("No."))
    await owner.send()
    assert waiting(desk) == [(Wish.FOLLOW, "ann")]


async def test_a_refusal_leaves_after_the_hold(desk: Desk, following: Following) -> None:
    desk.network.held_told = [held(desk, "cyd")]
    await following.look()
    owner = Owner(desk)
    door_commands.refuse(owner.context, 1, Wish.BE_HEARD, owner.person("cyd")).result()
    assert waiting(desk) == []
    assert await owner.send() == []
    assert await owner.send(later=10 * SECOND) == [Act(ActKind.DISMISS, "request-cyd")]


async def test_a_list_from_before_the_decision_does_not_bring_anybody_back(
    desk: Desk, following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.network.people_told = {PeopleList.ASKING: [somebody("ann")]}
    await following.look()
    owner = Owner(desk)
    told = desk.network.people

    async def slow(which: PeopleList, page: PageOf) -> PeoplePage:
        answer = await told(which, page)
        if which is PeopleList.ASKING:
            door_commands.let_in(owner.context, 1, Wish.FOLLOW, owner.person("ann")).result()
            await owner.send()
        return answer

    monkeypatch.setattr(desk.network, "people", slow)
    desk.clock.time += 15 * MINUTE
    await following.look()
    assert desk.network.acts == [Act(ActKind.ACCEPT_FOLLOW, "id-ann")]
    assert waiting(desk) == []


# The marker


async def test_what_was_read_elsewhere_is_seen_here_and_still_waits(
    desk: Desk, following: Following
) -> None:
    ann, _ = await mentioned(desk, "ann", "bob")
    desk.network.marker_told = Marker(notice_of(ann), NOON)
    await following.look()
    assert state_of(desk, "ann") is ItemState.SEEN
    assert state_of(desk, "bob") is ItemState.NEW


async def test_the_marker_moves_to_the_newest_that_was_seen_here(
    desk: Desk, following: Following
) -> None:
    ann, bob, _ = await mentioned(desk, "ann", "bob", "cyd")
    desk.network.marker_told = Marker(notice_of(ann), NOON)
    await following.look()
    look_at(desk, "bob")
    desk.clock.time += LOOK_EVERY
    await following.look()
    assert desk.network.marker_told.notice_id == notice_of(bob)
    assert state_of(desk, "cyd") is ItemState.NEW


async def test_the_marker_never_moves_back(desk: Desk, following: Following) -> None:
    ann, bob = await mentioned(desk, "ann", "bob")
    look_at(desk, "ann")
    desk.network.marker_told = Marker(notice_of(bob), NOON)
    await following.look()
    assert desk.network.marker_told.notice_id == notice_of(bob)
    assert notice_of(ann) != notice_of(bob)


async def test_a_marker_of_ones_own_says_nothing_of_what_lies_below_it(
    desk: Desk, following: Following
) -> None:
    _, bob = await mentioned(desk, "ann", "bob")
    look_at(desk, "bob")
    await following.look()
    assert desk.network.marker_told == Marker(notice_of(bob), desk.network.now)
    desk.clock.time += HOUR
    await following.look()
    assert state_of(desk, "ann") is ItemState.NEW


@pytest.mark.parametrize(("put", "moves"), [(None, False), (1, False), (-1, True)])
async def test_a_marker_on_something_unknown_is_passed_only_if_it_is_surely_older(
    desk: Desk, following: Following, put: Millis | None, moves: bool
) -> None:
    (ann,) = await mentioned(desk, "ann")
    look_at(desk, "ann")
    at = None if put is None else ann.post.created_at + put
    desk.network.marker_told = Marker("long gone", at)
    await following.look()
    stands_at = notice_of(ann) if moves else "long gone"
    assert desk.network.marker_told.notice_id == stands_at


async def test_the_marker_is_not_moved_for_what_was_told_before(
    desk: Desk, following: Following
) -> None:
    await mentioned(desk, "ann")
    look_at(desk, "ann")
    for _ in range(3):
        await following.look()
        desk.clock.time += LOOK_EVERY
    assert desk.network.calls.count("move_marker") == 1


async def test_the_last_words_of_a_session_move_the_marker(
    desk: Desk, following: Following
) -> None:
    (ann,) = await mentioned(desk, "ann")
    await following.look()
    look_at(desk, "ann")
    desk.network.fail("move_marker", Unreachable("No line."))
    await following.last_words()
    assert desk.network.marker_told is None
    await following.last_words()
    assert desk.network.marker_told == Marker(notice_of(ann), desk.network.now)


async def test_without_a_session_there_are_no_last_words(desk: Desk) -> None:
    await mentioned(desk, "ann")
    look_at(desk, "ann")
    await new_following(desk).last_words()
    assert "move_marker" not in desk.network.calls


# What stands on the screen


async def test_what_the_owner_looks_at_is_asked_about_though_its_page_was_read_before_the_line_was_open(
    desk: Desk, following: Following
) -> None:
    seen = desk.network.write("ann", "Wind from the west.")
    (id,) = desk.ingest.take_posts(desk.account.id, [seen]).result()
    desk.clock.time += MINUTE
    following.on_screen.begin()
    for _ in range(2):
        following.on_screen.stand([id])
        desk.clock.time += AT_MOST_EVERY
        await following.look()
    assert desk.network.asked_about == [seen.view.server_id]


# Filters

SPORT = Filter("1", "sport", FilterAction.WARN, ("home",), (Keyword("match"),))


def titles(desk: Desk) -> dict[str, list[str]]:
    """The filters that match each stored post, by its text."""
    rows = desk.store.read(
        lambda db: posts.posts(db, desk.account.id, range(1, 5_000)).values()
    ).result()
    return {row.post.text: [hit.title for hit in row.view.filtered] for row in rows if row.view}


async def test_changed_filters_reach_everything_that_is_stored(
    desk: Desk, following: Following
) -> None:
    texts = [f"match {n}" if n % 2 else f"soup {n}" for n in range(AT_ONCE + 10)]
    desk.store.write(
        lambda w: [
            posts.put_post(w, desk.account.id, desk.network.write("ann", text)) for text in texts
        ]
    ).result()
    desk.network.preferences_told = Preferences(filters=(SPORT,))
    await following.look()
    found = titles(desk)
    assert all(found[text] == (["sport"] if text.startswith("match") else []) for text in texts)

    desk.network.preferences_told = Preferences(filters=())
    await following.heard([SettingsChanged()])
    desk.clock.time += AT_MOST_EVERY
    await following.look()
    assert set(map(tuple, titles(desk).values())) == {()}


async def test_filters_that_end_are_read_again_when_they_do(
    desk: Desk, following: Following
) -> None:
    ends = desk.clock.now() + 10 * MINUTE
    desk.network.preferences_told = Preferences(filters=(replace(SPORT, expires_at=ends),))
    await following.look()
    desk.network.calls.clear()
    desk.clock.time += 9 * MINUTE
    await following.look()
    assert "preferences" not in desk.network.calls
    desk.clock.time += MINUTE
    await following.look()
    assert "preferences" in desk.network.calls


async def test_a_server_that_tells_no_filters_leaves_what_it_said_of_each_post(
    desk: Desk, following: Following
) -> None:
    told = desk.network.write("ann", "match")
    hit = FilterHit("sport", FilterAction.WARN, ("home",), "1")
    told = replace(told, view=replace(told.view, filtered=(hit,)))
    desk.store.write(lambda w: posts.put_post(w, desk.account.id, told)).result()
    desk.network.preferences_told = Preferences(filters=None)
    await following.look()
    assert titles(desk) == {"match": ["sport"]}
