"""Whatever happens here and elsewhere, what was read once is never called unread again."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.scripted_network import HOME, ScriptedNetwork
from support.sync_desk import Desk, new_desk

from tui_inbox.core.conversation import ItemState
from tui_inbox.core.moment import HOUR
from tui_inbox.core.other_clients import Marker
from tui_inbox.core.ports import NetworkError, Unreachable
from tui_inbox.store import edges, feeds, items
from tui_inbox.store.store import Writing
from tui_inbox.sync.read_mark import ReadMark

HAPPENINGS = st.one_of(
    st.tuples(st.just("mention"), st.just(0)),
    st.tuples(st.just("look"), st.integers(0, 9)),
    st.tuples(st.just("elsewhere"), st.integers(0, 9)),
    st.tuples(st.just("tell"), st.just(0)),
    st.tuples(st.just("ask"), st.just(0)),
    st.tuples(st.just("trouble"), st.just(0)),
    st.tuples(st.just("restart"), st.just(0)),
)


def place(network: ScriptedNetwork) -> int:
    """Where the server's marker stands among all notifications; -1 while nobody has set it."""
    ids = [notice.notice_id for notice in network.notices_told]
    return ids.index(network.marker_told.notice_id) if network.marker_told else -1


def seen(desk: Desk) -> set[int]:
    """The items that were looked at."""
    found = desk.store.read(lambda db: items.items(db, [desk.account.id])).result()
    return {one.id for one in found if one.state is not ItemState.NEW}


def look_at(desk: Desk, number: int) -> None:
    """The owner looks at one of the conversations."""

    def job(w: Writing) -> None:
        found = items.items(w.db, [desk.account.id])
        if number < len(found) and found[number].state is ItemState.NEW:
            item = found[number]
            items.set_state(w, item.id, ItemState.SEEN, at=item.changed_at)

    desk.store.write(job).result()


@given(st.lists(HAPPENINGS, max_size=25))
async def test_neither_the_servers_marker_nor_what_is_seen_here_goes_back(
    tmp_path_factory: pytest.TempPathFactory, happenings: list[tuple[str, int]]
) -> None:
    desk = new_desk(tmp_path_factory.mktemp("desk"))
    network = desk.network
    mark = ReadMark(desk.store, network, desk.account.id)
    highest, looked_at = -1, set[int]()
    try:
        for number, (what, which) in enumerate(happenings):
            with suppress(NetworkError):
                match what:
                    case "mention":
                        network.mention(f"name{number}", "Hello?")
                        await desk.backfill.catch_up_notices()
                    case "look":
                        look_at(desk, which)
                    case "elsewhere" if highest <= which < len(network.notices_told):
                        told = network.notices_told[which]
                        network.marker_told = Marker(told.notice_id, told.at)
                    case "tell":
                        await mark.tell()
                    case "ask":
                        await mark.read()
                    case "trouble":
                        network.failures.clear()
                        network.fail("move_marker", Unreachable("No line."))
                    case "restart":
                        mark = ReadMark(desk.store, network, desk.account.id)
                desk.clock.time += HOUR
            assert place(network) >= highest
            assert seen(desk) >= looked_at
            highest, looked_at = place(network), seen(desk)
    finally:
        desk.store.close()


def test_how_far_a_feed_is_known_never_goes_back(desk: Desk) -> None:
    def joined(*seqs: int) -> int:
        def job(w: Writing) -> int:
            feed = feeds.feed_id(w, desk.account.id, HOME)
            for seq in seqs:
                edges.set_joined(w, feed, seq)
            return edges.edge(w.db, desk.account.id, HOME).joined

        return desk.store.write(job).result()

    assert joined(5) == 5
    assert joined(3, 4) == 5
    assert joined(9, 2) == 9
