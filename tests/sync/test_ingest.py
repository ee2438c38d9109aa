"""Ingest: whatever comes, in whatever order and however often, the store is the same in the end."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.scripted_network import HOME, ScriptedNetwork
from support.search_hits import found_by
from support.sync_desk import Desk, new_desk

from tui_inbox.core.conversation import ItemState, Turn
from tui_inbox.core.events import EntryArrived, NetworkEvent, Noticed, PostDeleted
from tui_inbox.core.moment import DAY
from tui_inbox.core.post import SeenPost
from tui_inbox.store import groups, items, ledger, people, searches
from tui_inbox.store.database import Connection
from tui_inbox.store.items import Item
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.ties import load_circle, rebuild_ties
from tui_inbox.sync.turns import Owner


def all_items(desk: Desk) -> list[Item]:
    return desk.store.read(lambda db: items.items(db, [desk.account.id])).result()


def take(desk: Desk, *seen: SeenPost) -> None:
    desk.ingest.take_posts(desk.account.id, list(seen)).result()


def test_a_mention_waits_and_an_answer_closes_it(desk: Desk) -> None:
    asked = desk.network.write("ann", "Are you coming?", names=["me"])
    take(desk, asked)
    (item,) = all_items(desk)
    assert (item.turn, item.state, item.asks) == (Turn.MINE, ItemState.NEW, True)
    take(desk, desk.network.write("me", "Yes.", to=asked, names=["ann"]))
    (item,) = all_items(desk)
    assert (item.turn, item.state) == (Turn.THEIRS, ItemState.ANSWERED)


def test_a_new_text_reopens_what_was_done(desk: Desk) -> None:
    asked = desk.network.write("ann", "Are you coming?", names=["me"])
    take(desk, asked)
    (item,) = all_items(desk)
    desk.store.write(
        lambda w: items.set_state(w, item.id, ItemState.DONE, at=desk.clock.now())
    ).result()
    take(desk, asked)
    assert all_items(desk)[0].state is ItemState.DONE
    take(desk, desk.network.write("ann", "Well?", to=asked, names=["me"]))
    assert all_items(desk)[0].state is ItemState.DONE, "her name for me was merely carried along"
    take(desk, desk.network.write("ann", "Well? @me", names=["me"]))
    assert ItemState.NEW in [item.state for item in all_items(desk)]


def test_a_deleted_mention_waits_no_longer(desk: Desk) -> None:
    asked = desk.network.write("ann", "Are you coming?", names=["me"])
    take(desk, asked)
    desk.ingest.take_events(desk.account.id, [PostDeleted(server_id=asked.view.server_id)]).result()
    assert not [item for item in all_items(desk) if item.state.is_open]


def test_a_delete_that_comes_before_its_post_holds(desk: Desk) -> None:
    asked = desk.network.write("ann", "Are you coming?", names=["me"])
    desk.ingest.take_events(desk.account.id, [PostDeleted(server_id=asked.view.server_id)]).result()
    take(desk, asked)
    assert all_items(desk) == []


def test_what_nobody_answered_for_a_month_has_lapsed(desk: Desk) -> None:
    now = desk.clock.now()
    take(desk, desk.network.write("ann", "Hello?", names=["me"], at=now - 31 * DAY))
    (item,) = all_items(desk)
    assert (item.state, item.closed_by) == (ItemState.DONE, "lapsed")


def test_a_search_collects_what_arrives_but_not_ones_own(desk: Desk) -> None:
    search = desk.store.write(
        lambda w: searches.add_search(w, desk.account.id, "anyone know", at=0)
    ).result()
    take(
        desk,
        desk.network.write("ann", "Does anyone know a good tide table?"),
        desk.network.write("me", "anyone know?"),
        desk.network.write("ben", "Nobody knows."),
    )
    hits = desk.store.read(lambda db: found_by(db, search)).result()
    assert [post.post.author.name for post, _ in hits] == ["ann"]


def test_a_search_that_is_kept_changed_or_thrown_away_meanwhile_counts_from_the_next_post_on(
    desk: Desk, tmp_path: Path
) -> None:
    def hits() -> list[str]:
        found = desk.store.read(lambda db: found_by(db, 1)).result()
        return [post.post.text for post, _ in found]

    take(desk, desk.network.write("ann", "a tide table"))
    other = Store(tmp_path / "inbox.db")  # as a verb in another process writes
    other.write(lambda w: searches.add_search(w, 1, "tide", at=0)).result()
    take(desk, desk.network.write("ann", "tide and wind"))
    assert hits() == ["tide and wind"]
    desk.store.write(lambda w: searches.set_query(w, 1, "wind")).result()
    take(desk, desk.network.write("ann", "only tide"), desk.network.write("ann", "only wind"))
    assert hits() == ["only wind", "tide and wind"]
    other.write(lambda w: searches.remove_search(w, 1)).result()
    other.close()
    take(desk, desk.network.write("ann", "wind again"))
    assert hits() == []


def test_what_was_written_before_a_search_was_kept_is_no_news(desk: Desk) -> None:
    now = desk.clock.now()
    desk.store.write(lambda w: searches.add_search(w, 1, "tide", at=now)).result()
    take(
        desk,
        desk.network.write("ann", "a tide table", at=now - DAY),
        desk.network.write("ann", "tide and wind", at=now),
    )
    found = desk.store.read(lambda db: found_by(db, 1)).result()
    assert [(post.post.text, state) for post, state in found] == [
        ("tide and wind", ItemState.NEW),
        ("a tide table", ItemState.SEEN),
    ]
    assert desk.store.read(searches.unread).result() == {1: 1}


def test_a_search_for_a_group_collects_what_its_people_write(desk: Desk) -> None:
    search = desk.store.write(
        lambda w: searches.add_search(w, desk.account.id, "group:choir tide", at=0)
    ).result()
    take(desk, desk.network.write("ann", "Before the tide anybody was gathered"))

    def gather(w: Writing) -> None:
        (ann,) = [id for (id,) in w.db.execute("SELECT author FROM posts")]
        groups.add_member(w, groups.add_group(w, "Choir", at=0), ann, at=0)

    desk.store.write(gather).result()
    take(
        desk,
        desk.network.write("ann", "The tide is early."),
        desk.network.write("ben", "The tide is late."),
        desk.network.write("ann", "No word of it."),
    )
    hits = desk.store.read(lambda db: found_by(db, search)).result()
    assert [post.post.text for post, _ in hits] == ["The tide is early."]


def test_the_same_news_by_two_ways_is_one_interaction(desk: Desk) -> None:
    asked = desk.network.mention("ann", "Are you coming?")
    notice = desk.network.notices_told[0]
    desk.ingest.take_events(desk.account.id, [Noticed(notice)]).result()
    desk.ingest.take_notices(desk.account.id, [notice]).result()
    take(desk, asked)
    ann = desk.store.read(lambda db: people.find_by_ref(db, asked.post.author.ref)).result()
    assert ann is not None
    told = desk.store.read(lambda db: ledger.with_person(db, desk.account.id, ann)).result()
    assert len(told) == 1


NAMES = ("me", "ann", "ben")


def _conversation(network: ScriptedNetwork, plan: list[tuple[int, int, int]]) -> list[SeenPost]:
    """Posts of three people, each maybe answering an earlier one and naming somebody."""
    written: list[SeenPost] = []
    for author, parent, named in plan:
        to = written[parent % len(written)] if written and parent else None
        names = [NAMES[named]] if named < len(NAMES) else []
        written.append(network.write(NAMES[author], f"text {len(written)}", to=to, names=names))
    return written


def _summary(desk: Desk) -> object:
    """What must not depend on the order of arrival: turns, states, ledger and ties, by name."""

    def read(db: Connection) -> object:
        account = desk.account.id
        names = people.names(db, range(1, 50))
        told = sorted(
            (one.kind, names[one.actor], names[one.target], one.subject, one.at)
            for one in ledger.interactions(db, account)
        )
        turns = sorted(
            (names[one.person], one.turn, one.since, one.opening or "", one.state)
            for one in items.items(db, [account])
        )
        ties = {names[person]: tie for person, tie in load_circle(db, account).ties.items()}
        return told, turns, ties

    return desk.store.read(read).result()


plans = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(0, 4)), min_size=1, max_size=8
)


@settings(max_examples=60, deadline=None)
@given(plans, st.integers(0, 2**32))
def test_any_order_and_any_repetition_gives_the_same_store(
    tmp_path_factory: pytest.TempPathFactory, plan: list[tuple[int, int, int]], seed: int
) -> None:
    summaries = []
    random = Random(seed)
    for shuffle in (False, True):
        desk = new_desk(tmp_path_factory.mktemp("desk"))
        written = _conversation(desk.network, plan)
        entries = [desk.network.home(seen) for seen in written]
        if shuffle:
            entries += random.choices(entries, k=3)
            random.shuffle(entries)
        for entry in entries:
            events: list[NetworkEvent] = [EntryArrived(HOME, entry)]
            desk.ingest.take_events(desk.account.id, events).result()
        summaries.append(_summary(desk))
        desk.store.close()
    assert summaries[0] == summaries[1]


def test_ties_made_anew_from_the_ledger_are_the_same(desk: Desk) -> None:
    asked = desk.network.write("ann", "Are you coming?", names=["me"])
    answer = desk.network.write("me", "Yes.", to=asked, names=["ann"])
    again = desk.network.write("ann", "Good.", to=answer, names=["me"])
    take(desk, again)
    take(desk, asked, answer)
    owner = Owner(
        desk.account.id,
        desk.store.read(lambda db: people.find_by_ref(db, desk.account.person)).result() or 0,
    )
    before = desk.store.read(lambda db: load_circle(db, desk.account.id)).result()
    desk.store.write(lambda w: rebuild_ties(w, owner) and None).result()
    after = desk.store.read(lambda db: load_circle(db, desk.account.id)).result()
    assert (after.ties, after.account) == (before.ties, before.account)
