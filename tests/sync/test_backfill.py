"""Catching up: a feed is complete, or a gap row says where it is not."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.scripted_network import HOME, ScriptedNetwork
from support.sync_desk import Desk, new_desk

from tui_inbox.core.conversation import ItemState
from tui_inbox.core.ports import Unreachable
from tui_inbox.store import feeds, items
from tui_inbox.store.database import Connection
from tui_inbox.sync import backfill
from tui_inbox.sync.history import History


def shown(desk: Desk) -> list[str]:
    """The home feed as stored, newest first, with a word for each hole."""

    def read(db: Connection) -> list[str]:
        feed = feeds.find_feed(db, desk.account.id, HOME)
        assert feed is not None
        rows = [(entry.key, entry.post.post.text) for entry in feeds.window(db, [feed], limit=999)]
        rows += [((gap.upper[0], ""), "(hole)") for gap in feeds.gaps(db, [feed])]
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


async def test_too_long_an_absence_leaves_a_hole_that_can_be_filled(desk: Desk) -> None:
    old = posts(desk.network, 3)
    await desk.backfill.catch_up(HOME)
    new = posts(desk.network, 70)
    await desk.backfill.catch_up(HOME)
    assert shown(desk) == [*new[:55], "(hole)", *old]
    (gap,) = desk.store.read(lambda db: feeds.gaps(db, [1])).result()
    await desk.backfill.fill_gap(gap, HOME)
    assert shown(desk) == new + old


async def test_a_line_that_breaks_while_walking_leaves_a_hole_that_says_so(desk: Desk) -> None:
    old = posts(desk.network, 3)
    await desk.backfill.catch_up(HOME)
    new = posts(desk.network, 23)
    desk.network.break_after("feed", 2, Unreachable("No line."))
    with pytest.raises(Unreachable):
        await desk.backfill.catch_up(HOME)
    assert shown(desk) == [*new[:10], "(hole)", *old]
    (gap,) = desk.store.read(lambda db: feeds.gaps(db, [1])).result()
    await desk.backfill.fill_gap(gap, HOME)
    assert shown(desk) == new + old


async def test_a_hole_the_server_has_forgotten_is_closed_with_a_sentence(desk: Desk) -> None:
    posts(desk.network, 3)
    await desk.backfill.catch_up(HOME)
    posts(desk.network, 70)
    await desk.backfill.catch_up(HOME)
    (gap,) = desk.store.read(lambda db: feeds.gaps(db, [1])).result()
    del desk.network.entries[:18]
    assert await desk.backfill.fill_gap(gap, HOME) == "The server does not keep what was between."
    assert "(hole)" not in shown(desk)


@settings(max_examples=40, deadline=None)
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
