"""What happens while the town is watched, and while it is not."""

from __future__ import annotations

import pytest
from networks.demo.visits import NOON, OWN, Visit

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.events import (
    EntryArrived,
    NetworkEvent,
    Noticed,
    NoticeKind,
    PostDeleted,
    PostEdited,
    StreamOpened,
)
from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.core.text import clean

EVERYTHING = Feed(FeedKind.SEARCH, "e")
WITH_POST = (NoticeKind.MENTION, NoticeKind.FAVOURITE)


def mentions(events: list[NetworkEvent]) -> list[Noticed]:
    return [
        event
        for event in events
        if isinstance(event, Noticed) and event.notice.kind is NoticeKind.MENTION
    ]


def arrivals(events: list[NetworkEvent]) -> list[EntryArrived]:
    return [event for event in events if isinstance(event, EntryArrived)]


async def test_a_newcomer_sees_life_at_once() -> None:
    opened, *events = await Visit().watch(60)
    assert opened == StreamOpened("demo town")
    assert arrivals(events)[0].entry.filed_at <= NOON + 3 * SECOND
    assert mentions(events)[0].notice.at <= NOON + 20 * SECOND


async def test_the_first_minutes_hold_some_of_everything() -> None:
    events = await Visit().watch(10 * 60)
    kinds = {event.notice.kind for event in events if isinstance(event, Noticed)}
    assert kinds >= {
        NoticeKind.MENTION,
        NoticeKind.FAVOURITE,
        NoticeKind.FOLLOW,
        NoticeKind.QUOTE,
    }
    assert any(isinstance(event, PostEdited) for event in events)
    assert any(isinstance(event, PostDeleted) for event in events)
    assert any(event.entry.boost for event in arrivals(events))
    assert any("nyone know" in event.entry.seen.post.text for event in arrivals(events))
    assert any("luckycoin" in str(event.notice.seen) for event in mentions(events))
    assert 35 <= len(events) <= 100
    assert 5 <= len(mentions(events)) <= 10


async def test_later_the_owner_is_written_to_less_often() -> None:
    visit = Visit()
    await visit.watch(60 * 60)
    assert 3 <= len(mentions(await visit.watch(60 * 60))) <= 12


async def test_what_is_edited_or_deleted_had_arrived_before_and_is_found_so() -> None:
    visit = Visit()
    events = await visit.watch(20 * 60)
    arrived = {event.entry.seen.view.server_id for event in arrivals(events)}
    edited = [event.seen for event in events if isinstance(event, PostEdited)]
    deleted = [event.server_id for event in events if isinstance(event, PostDeleted)]
    assert edited
    assert deleted
    assert {seen.view.server_id for seen in edited} <= arrived
    assert set(deleted) <= arrived
    assert all(seen.post.edited_at for seen in edited)
    now_there = {entry.seen.view.server_id: entry.seen.post for entry in await visit.entries()}
    assert all(now_there[seen.view.server_id].text == seen.post.text for seen in edited)
    assert not set(deleted) & set(now_there)


async def test_the_stream_tells_what_the_pages_hold() -> None:
    visit = Visit()
    events = await visit.watch(5 * 60)
    gone = {event.server_id for event in events if isinstance(event, PostDeleted)}
    told = [event.entry.entry_id for event in arrivals(events)]
    held = [entry.entry_id for entry in await visit.entries()][: len(told) - len(gone)]
    assert held == [entry_id for entry_id in reversed(told) if entry_id not in gone]


async def test_hours_of_it_are_clean_and_hardly_repeat_themselves() -> None:
    events = await Visit().watch(3 * 60 * 60)
    posts = [event.entry.seen.post for event in arrivals(events) if event.entry.boost is None]
    texts = [post.text for post in posts if post.author.server_id != "person-mira"]
    assert len(texts) > 300
    assert len(set(texts)) >= 0.9 * len(texts)
    assert len(set(texts[:200])) >= 198
    assert all(clean(text) == text for text in texts)


async def test_speed_makes_everything_come_sooner() -> None:
    events = await Visit(speed=20).watch(60)
    assert len(arrivals(events)) > 50
    with pytest.raises(ValueError, match="speed"):
        Visit(speed=0)


async def test_who_is_muted_or_blocked_is_not_heard_of_any_more() -> None:
    visit = Visit()
    await visit.network.act(Act(ActKind.BLOCK, "person-luckycoin44"))
    await visit.network.act(Act(ActKind.MUTE, "person-nightferry"))
    events = await visit.watch(30 * 60)
    heard = {event.entry.seen.post.author.name for event in arrivals(events)}
    heard |= {one.notice.by.name for one in mentions(events) if one.notice.by}
    heard |= {post.author.name for post in await visit.posts()}
    heard |= {notice.by.name for notice in await visit.notices() if notice.by}
    assert "tidewater bakery" in heard
    assert not heard & {"lucky coin 44", "night ferry news"}


async def test_a_follow_brings_somebodys_posts_home() -> None:
    visit = Visit()
    before = await visit.entries()
    await visit.network.act(Act(ActKind.FOLLOW, "person-mossygate"))
    after = await visit.entries()
    assert "mossygate" not in {one.seen.post.author.name for one in before if not one.boost}
    assert "mossygate" in {one.seen.post.author.name for one in after if not one.boost}


async def test_away_for_a_night_only_a_few_things_happened() -> None:
    first = Visit()
    await first.watch(60)
    known = {entry.entry_id for entry in await first.entries()}
    left_at = first.clock.now()

    second = Visit(first.state, at=left_at + 10 * HOUR)
    entries = [one for one in await second.entries() if one.entry_id not in known]
    meanwhile = [one for one in entries if left_at < one.filed_at <= left_at + 10 * HOUR]
    assert 3 <= len(meanwhile) <= 60
    assert 1 <= sum(notice.at > left_at for notice in await second.notices()) <= 12


async def test_after_a_week_no_more_has_happened_than_after_a_night() -> None:
    first = Visit()
    await first.watch(30)
    left_at = first.clock.now()
    second = Visit(first.state, at=left_at + 7 * DAY)
    new = [one for one in await second.entries() if one.filed_at > left_at]
    assert len(new) <= 60


async def test_a_machine_that_slept_finds_a_few_things_and_not_a_nights_worth() -> None:
    visit = Visit()
    await visit.watch(30)
    visit.clock.fall_asleep(8 * 3600)
    events = await visit.watch(30)
    assert len(events) <= 80


async def test_a_clock_that_was_set_back_does_not_turn_back_the_town() -> None:
    first = Visit()
    await first.watch(10 * 60)
    newest = (await first.entries())[0]
    second = Visit(first.state, at=NOON)
    said = await second.say("Back again.")
    assert said.post.created_at > newest.filed_at
    times = [entry.filed_at for entry in await second.entries()]
    assert times == sorted(times, reverse=True)


async def test_polls_close_and_then_show_their_votes() -> None:
    visit = Visit()
    bakery = Feed(FeedKind.PERSON, "person-tidewater")
    poll = next(post.poll for post in await visit.posts(bakery) if post.poll)
    assert not poll.closed
    assert all(option.votes is None for option in poll.options)
    assert poll.closes_at is not None

    visit.clock.fall_asleep((poll.closes_at - NOON + MINUTE) / SECOND)
    polls = [post.poll for post in await visit.posts(bakery) if post.poll]
    closed = next(one for one in polls if one.server_id == poll.server_id)
    assert closed.closed
    assert all(option.votes for option in closed.options)


async def test_a_very_long_life_does_not_grow_without_end() -> None:
    visit = Visit(speed=400)
    oldest = (await visit.posts_by("nightferry"))[-1]
    await visit.watch(5 * 60)
    assert oldest.ref not in [post.ref for post in await visit.posts_by("nightferry")]
    assert len(await visit.posts(EVERYTHING)) < 9_000
    assert len(await visit.entries()) == 400
    assert len(await visit.posts(OWN)) > 400
    assert all(notice.seen for notice in await visit.notices() if notice.kind in WITH_POST)
