"""Catching up: a feed is complete, or a gap row says where it is not."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.scripted_network import HOME, NOON, ScriptedNetwork, Upward
from support.sync_desk import Desk, new_desk

from tui_inbox.core.conversation import ItemState
from tui_inbox.core.events import EntryArrived, Notice, NoticeKind, PostDeleted
from tui_inbox.core.moment import SECOND
from tui_inbox.core.ports import Unreachable
from tui_inbox.store import accounts, feeds, items, notices
from tui_inbox.store.database import Connection
from tui_inbox.store.feeds import Gap
from tui_inbox.sync import backfill
from tui_inbox.sync.backfill import Backfill
from tui_inbox.sync.gaps import DOWNWARD, LOST, OVERLAP, REMEMBERED_FOR
from tui_inbox.sync.history import PAID_PAGES, History


def shown(desk: Desk) -> list[str]:
    """The home feed as stored, newest first, with a word for each hole."""

    def read(db: Connection) -> list[str]:
        feed = feeds.find_feed(db, desk.account.id, HOME)
        assert feed is not None
        rows = [(entry.key, entry.post.post.text) for entry in feeds.window(db, [feed], limit=999)]
        for gap in feeds.gaps(db, [feed]):
            rows.append(((gap.upper[0], ""), "(lost)" if gap.lost else "(hole)"))
        return [text for _, text in sorted(rows, reverse=True)]

    return desk.store.read(read).result()


def posts(network: ScriptedNetwork, count: int) -> list[str]:
    """That many new posts on the server; their texts, newest first."""
    texts = [f"post {len(network.entries) + 1 + n}" for n in range(count)]
    for text in texts:
        network.home(network.write("ann", text))
    return texts[::-1]


async def test_the_first_page_is_no_hole_but_can_be_continued(desk: Desk) -> None:
    texts = posts(desk.network, 12)
    await desk.backfill.catch_up(HOME)
    assert shown(desk) == texts[:5]
    assert await desk.backfill.read_older(HOME) == ""
    assert shown(desk) == texts[:10]
    await desk.backfill.read_older(HOME)
    assert shown(desk) == texts
    assert await desk.backfill.read_older(HOME) == backfill.END_OF_FEED


async def test_a_short_absence_leaves_no_hole(desk: Desk) -> None:
    texts = posts(desk.network, 3)
    await desk.backfill.catch_up(HOME)
    texts = posts(desk.network, 4) + texts
    await desk.backfill.catch_up(HOME)
    assert shown(desk) == texts


async def test_a_longer_absence_is_walked_down_until_it_meets_what_is_known(desk: Desk) -> None:
    texts = posts(desk.network, 3)
    await desk.backfill.catch_up(HOME)
    texts = posts(desk.network, 23) + texts
    await desk.backfill.catch_up(HOME)
    assert shown(desk) == texts


def only_gap(desk: Desk) -> Gap:
    (gap,) = desk.store.read(lambda db: feeds.gaps(db, [1])).result()
    return gap


@pytest.mark.parametrize("upward", Upward)
async def test_too_long_an_absence_leaves_a_hole_that_can_be_filled(
    desk: Desk, upward: Upward
) -> None:
    desk.network.upward = upward
    old = posts(desk.network, 3)
    await desk.backfill.catch_up(HOME)
    new = posts(desk.network, 70)
    await desk.backfill.catch_up(HOME)
    if upward is Upward.RIGHT:  # two of the five on a page are known and prove that it fits
        lowest = backfill.CATCH_UP_PAGES * (5 - OVERLAP + 1)
        assert shown(desk) == [*new[:5], "(hole)", *new[-lowest:], *old]
    else:
        assert shown(desk) == [*new[: 5 * (1 + backfill.CATCH_UP_PAGES)], "(hole)", *old]
    for _ in range(4):
        sentence = await desk.backfill.fill_gap(only_gap(desk), HOME)
        if not sentence:
            break
    assert shown(desk) == new + old


async def test_where_pages_are_paid_for_one_is_read_and_the_hole_is_left_to_the_owner(
    desk: Desk,
) -> None:
    desk.network.upward = Upward.UNSUPPORTED
    frugal = Backfill(
        desk.store, desk.ingest, desk.clock, desk.network, desk.account.id, frugal=True
    )
    old = posts(desk.network, 3)
    await frugal.catch_up(HOME)
    new = posts(desk.network, 13)
    desk.network.calls.clear()
    await frugal.catch_up(HOME)
    assert shown(desk) == [*new[:5], "(hole)", *old]
    assert desk.network.calls.count("feed home") == 1
    await frugal.catch_up(HOME)
    assert desk.network.calls.count("feed home") == 2  # it is not filled by itself
    while await frugal.fill_gap(only_gap(desk), HOME):
        pass
    assert shown(desk) == new + old


@pytest.mark.parametrize("upward", [way for way in Upward if way is not Upward.RIGHT])
async def test_a_server_that_cannot_go_up_is_asked_for_it_once_a_week(
    desk: Desk, upward: Upward
) -> None:
    desk.network.upward = upward
    old = posts(desk.network, 3)
    await desk.backfill.catch_up(HOME)
    asked: list[int] = []
    for _ in range(3):
        old = posts(desk.network, 12) + old
        desk.network.asked_upward = 0
        await desk.backfill.catch_up(HOME)
        asked.append(desk.network.asked_upward)
        desk.clock.time += REMEMBERED_FOR // 2
    assert asked == [1, 0, 1]
    assert shown(desk) == old


async def test_a_line_that_is_down_says_nothing_about_the_way_up(desk: Desk) -> None:
    posts(desk.network, 3)
    await desk.backfill.catch_up(HOME)
    posts(desk.network, 12)
    desk.network.break_after("feed", 1, Unreachable("No line."))
    desk.network.failures["feed"].append(Unreachable("No line."))
    with pytest.raises(Unreachable):
        await desk.backfill.catch_up(HOME)
    assert "(hole)" in shown(desk)
    await desk.backfill.catch_up(HOME)
    assert "(hole)" not in shown(desk), "what an outage broke off goes on by itself"
    assert desk.store.read(lambda db: accounts.get_state(db, 1, DOWNWARD)).result() is None


async def test_a_server_that_keeps_too_little_does_not_pass_for_one_that_filled_the_hole(
    desk: Desk,
) -> None:
    old = posts(desk.network, 3)
    await desk.backfill.catch_up(HOME)
    new = posts(desk.network, 40)
    desk.network.keeps = 22
    await desk.backfill.catch_up(HOME)
    assert shown(desk) == [*new[:22], "(lost)", *old]
    assert await desk.backfill.fill_gap(only_gap(desk), HOME) == LOST
    assert shown(desk) == [*new[:22], "(lost)", *old]


async def test_what_was_withdrawn_during_an_absence_goes(desk: Desk) -> None:
    posts(desk.network, 4)
    await desk.backfill.catch_up(HOME)
    desk.network.delete(desk.network.entries[2].seen)
    texts = posts(desk.network, 2)
    desk.network.edit(desk.network.entries[1].seen, "post 2, better")
    await desk.backfill.catch_up(HOME)
    assert shown(desk) == [*texts, "post 4", "post 2, better", "post 1"]


async def test_what_a_page_leaves_out_is_asked_about_once_and_kept(desk: Desk) -> None:
    texts = posts(desk.network, 4)
    await desk.backfill.catch_up(HOME)
    left_out = desk.network.entries.pop(2)
    desk.network.notices_told.append(
        Notice("n1", NoticeKind.OTHER, NOON, seen=left_out.seen)
    )  # so the server still knows it
    await desk.backfill.catch_up(HOME)
    await desk.backfill.catch_up(HOME)
    assert shown(desk) == texts
    assert desk.network.calls.count("posts") == 1


async def test_what_a_silent_line_left_out_is_found_below_what_it_brought(desk: Desk) -> None:
    texts = posts(desk.network, 3)
    await desk.backfill.catch_up(HOME)
    texts = posts(desk.network, 8) + texts
    texts = posts(desk.network, 6) + texts
    brought = [EntryArrived(HOME, entry) for entry in desk.network.entries[-6:]]
    desk.ingest.take_events(desk.account.id, brought).result()
    await desk.backfill.catch_up(HOME, listening=True)
    assert shown(desk) == texts


async def test_a_line_that_left_out_too_much_is_opened_again(desk: Desk) -> None:
    posts(desk.network, 3)
    await desk.backfill.catch_up(HOME)
    posts(desk.network, 70)
    with pytest.raises(Unreachable, match="left posts out"):
        await desk.backfill.catch_up(HOME, listening=True)


async def test_a_busy_line_is_believed_when_many_pages_hold_nothing_new(desk: Desk) -> None:
    posts(desk.network, 3)
    await desk.backfill.catch_up(HOME)
    texts = posts(desk.network, 70)
    brought = [EntryArrived(HOME, entry) for entry in desk.network.entries[-70:]]
    desk.ingest.take_events(desk.account.id, brought).result()
    await desk.backfill.catch_up(HOME, listening=True)
    calls = len(desk.network.calls)
    await desk.backfill.catch_up(HOME, listening=True)
    assert len(desk.network.calls) == calls + 2, "joined: one page, and what came late below it"
    assert shown(desk)[:70] == texts


async def test_what_came_late_and_was_not_told_is_found_below_what_is_known(desk: Desk) -> None:
    posts(desk.network, 5)
    await desk.backfill.catch_up(HOME)
    edge = desk.network.entries[-1]
    told = posts(desk.network, 4)
    brought = [EntryArrived(HOME, entry) for entry in desk.network.entries[-4:]]
    desk.ingest.take_events(desk.account.id, brought).result()
    late = desk.network.write("ann", "late", at=edge.filed_at - 90 * SECOND)
    desk.network.home(late)
    await desk.backfill.catch_up(HOME, listening=True)
    assert shown(desk) == [*told, "post 5", "post 4", "late", "post 3", "post 2", "post 1"]


async def test_what_came_late_above_a_hole_whose_edge_was_deleted_is_found(desk: Desk) -> None:
    desk.network.upward = Upward.UNSUPPORTED
    posts(desk.network, 3)
    await desk.backfill.catch_up(HOME)
    edge = desk.network.entries[-1]
    desk.network.delete(edge.seen)
    gone = [PostDeleted(server_id=edge.seen.view.server_id)]
    desk.ingest.take_events(desk.account.id, gone).result()
    late = desk.network.write("bob", "late", at=edge.filed_at - SECOND)
    desk.network.home(late)
    posts(desk.network, 100)
    await desk.backfill.catch_up(HOME)
    gap = only_gap(desk)
    key = (late.post.created_at, late.post.ref.uri)
    assert "late" in shown(desk) or gap.lower < key < gap.upper, (
        "it is missing, and no hole says so"
    )


async def test_what_came_late_is_found_although_the_first_look_for_it_failed(desk: Desk) -> None:
    posts(desk.network, 5)
    await desk.backfill.catch_up(HOME)
    edge = desk.network.entries[-1]
    desk.network.home(desk.network.write("ann", "late", at=edge.filed_at - 90 * SECOND))
    new = posts(desk.network, 4)
    desk.network.break_after("feed", 1, Unreachable("No line."))
    with pytest.raises(Unreachable):
        await desk.backfill.catch_up(HOME)
    await desk.backfill.catch_up(HOME)
    assert shown(desk)[:7] == [*new, "post 5", "post 4", "late"]


async def test_what_came_late_is_found_although_the_program_was_killed_before_it_looked(
    desk: Desk,
) -> None:
    desk.network.upward = Upward.UNSUPPORTED
    posts(desk.network, 3)
    await desk.backfill.catch_up(HOME)
    edge = desk.network.entries[-1]
    desk.network.home(desk.network.write("bob", "late", at=edge.filed_at - SECOND))
    new = posts(desk.network, 23)
    desk.network.break_after("feed", 3, Unreachable("No line."))
    with pytest.raises(Unreachable):
        await desk.backfill.catch_up(HOME)
    assert "(hole)" in shown(desk)
    another = Backfill(desk.store, desk.ingest, desk.clock, desk.network, desk.account.id)
    await another.catch_up(HOME)
    assert [one for one in shown(desk) if one != "(hole)"] == [
        *new[:10],
        "post 3",
        "late",
        "post 2",
        "post 1",
    ]


async def test_a_line_that_breaks_while_walking_leaves_a_hole_that_says_so(desk: Desk) -> None:
    desk.network.upward = Upward.UNSUPPORTED
    old = posts(desk.network, 3)
    await desk.backfill.catch_up(HOME)
    new = posts(desk.network, 23)
    desk.network.break_after("feed", 3, Unreachable("No line."))
    with pytest.raises(Unreachable):
        await desk.backfill.catch_up(HOME)
    assert shown(desk) == [*new[:10], "(hole)", *old]
    (gap,) = desk.store.read(lambda db: feeds.gaps(db, [1])).result()
    await desk.backfill.fill_gap(gap, HOME)
    assert shown(desk) == new + old


async def test_a_hole_the_server_has_forgotten_stays_and_says_so(desk: Desk) -> None:
    desk.network.upward = Upward.UNSUPPORTED
    old = posts(desk.network, 3)
    await desk.backfill.catch_up(HOME)
    new = posts(desk.network, 70)
    await desk.backfill.catch_up(HOME)
    del desk.network.entries[:8]
    assert await desk.backfill.fill_gap(only_gap(desk), HOME) == LOST
    assert shown(desk) == [*new[:-5], "(lost)", *old]
    calls = len(desk.network.calls)
    assert await desk.backfill.fill_gap(only_gap(desk), HOME) == LOST
    assert len(desk.network.calls) == calls


async def test_mentions_below_a_walk_that_was_broken_off_are_read_the_next_time(desk: Desk) -> None:
    network = desk.network
    network.notices_a_page = 3
    network.mention("ann", "known")
    await desk.backfill.catch_up_notices()
    for number in range(10):
        network.mention("ben", f"while away {number}")
    network.break_after("notices", 2, Unreachable("No line."))
    with pytest.raises(Unreachable):
        await desk.backfill.catch_up_notices()
    network.failures.clear()
    network.mention("cy", "just now")
    await desk.backfill.catch_up_notices()
    kept = desk.store.read(lambda db: notices.notices(db, [desk.account.id])).result()
    assert len(kept) == 12
    calls = network.calls.count("notices")
    await desk.backfill.catch_up_notices()
    assert network.calls.count("notices") == calls + 1, "nothing is left to be read"


async def test_what_is_newest_is_shown_although_the_look_for_what_came_late_failed(
    desk: Desk,
) -> None:
    old = posts(desk.network, 5)
    await desk.backfill.catch_up(HOME)
    new = posts(desk.network, 4)
    desk.network.break_after("feed", 1, Unreachable("No line."))
    with pytest.raises(Unreachable):
        await desk.backfill.catch_up(HOME)
    assert shown(desk) == [*new, *old]


@settings(max_examples=40, deadline=None)
@example([(1, False), (5, True), (1, True)])
@given(st.lists(st.tuples(st.integers(0, 80), st.booleans()), min_size=1, max_size=6))
async def test_whatever_the_absences_the_feed_is_complete_or_says_where_it_is_not(
    tmp_path_factory: pytest.TempPathFactory, absences: list[tuple[int, bool]]
) -> None:
    desk = new_desk(tmp_path_factory.mktemp("desk"))
    truth: list[str] = []
    try:
        for count, breaks in absences:
            truth = posts(desk.network, count) + truth
            if breaks:
                desk.network.break_after("feed", 2, Unreachable("No line."))
            with suppress(Unreachable):
                await desk.backfill.catch_up(HOME)
            desk.network.failures.clear()
        rows = shown(desk) if truth else []
        kept = [text for text in rows if text != "(hole)"]
        assert kept == [text for text in truth if text in set(kept)]
        _every_missing_post_lies_in_a_hole_or_below(truth, rows)
    finally:
        desk.store.close()


def _every_missing_post_lies_in_a_hole_or_below(truth: list[str], rows: list[str]) -> None:
    place, in_hole = 0, False
    for text in truth:
        while place < len(rows) and rows[place] == "(hole)":
            in_hole, place = True, place + 1
        if place < len(rows) and rows[place] == text:
            in_hole, place = False, place + 1
        else:
            assert in_hole or place == len(rows), f"{text} is missing and no hole says so"


def history_of(desk: Desk) -> History:
    return History(desk.store, desk.ingest, desk.network, desk.account.id)


async def test_mentions_answered_from_elsewhere_never_wait(desk: Desk) -> None:
    network = desk.network
    asked = network.mention("ann", "Are you coming?")
    answer = network.write("me", "Yes.", to=asked, names=["ann"])
    network.published["elsewhere"] = answer
    await history_of(desk).read_own()
    await desk.backfill.catch_up_notices()
    (item,) = desk.store.read(lambda db: items.items(db, [desk.account.id])).result()
    assert (item.state, item.closed_by) == (ItemState.ANSWERED, "reply")


async def test_a_history_that_was_interrupted_goes_on_where_it_was(desk: Desk) -> None:
    desk.network.mention("ann", "Are you coming?")
    desk.network.fail("notices", Unreachable("No line."))
    with pytest.raises(Unreachable):
        await history_of(desk).read()
    await history_of(desk).read()
    calls = list(desk.network.calls)
    await history_of(desk).read()
    assert desk.network.calls == calls, "a finished history is not read again"
    assert calls.count("feed own") == 1


async def test_where_pages_are_paid_for_the_past_is_short(desk: Desk) -> None:
    network = desk.network
    network.notices_a_page = 2
    for number in range(20):
        network.mention("bob", f"question {number}")
    frugal = Backfill(desk.store, desk.ingest, desk.clock, network, desk.account.id, frugal=True)
    await frugal.catch_up_notices()
    assert network.calls.count("notices") == 1
    network.calls.clear()
    await History(desk.store, desk.ingest, network, desk.account.id, frugal=True).read()
    assert network.calls.count("notices") == PAID_PAGES
