"""The ledger: each thing that happened stands in it once, and what was taken back does not count."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.store_material import MONDAY, new_store, person, post, ref, seen, sign_in

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.interaction import Interaction, InteractionKind
from tui_inbox.core.moment import DAY
from tui_inbox.store import accounts, ledger, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Writing

KIND = InteractionKind


class Town:
    """An account, its owner and two people."""

    def __init__(self, db: Connection) -> None:
        self.account = sign_in(db).id
        self.me = accounts.owner(db, self.account)
        w = Writing(db)
        self.ada = people.put_person(w, self.account, person("ada"))
        self.otto = people.put_person(w, self.account, person("otto"))

    def did(
        self,
        actor: int,
        target: int,
        at: int,
        kind: InteractionKind = KIND.REPLY,
        subject: str | None = None,
    ) -> Interaction:
        subject = f"post-{at}" if subject is None else subject
        return Interaction(self.account, kind, actor, target, subject, at)


@pytest.fixture
def town(db: Connection) -> Town:
    return Town(db)


def test_the_same_event_told_twice_is_one_row(db: Connection, w: Writing, town: Town) -> None:
    said = town.did(town.ada, town.me, 10)
    assert ledger.record(w, said)
    assert w.changes == {Change(Topic.PEOPLE, town.account)}
    w = Writing(db)
    assert not ledger.record(w, said)
    assert not ledger.record(w, replace(said, at=99)), "a notification tells another time"
    assert w.changes == set()
    assert list(ledger.interactions(db, town.account)) == [said]


def test_a_conversation_is_learnt_later(db: Connection, w: Writing, town: Town) -> None:
    said = town.did(town.ada, town.me, 10)
    ledger.record(w, said)
    assert not ledger.record(w, replace(said, conversation=4))
    assert not ledger.record(w, replace(said, conversation=5))
    assert [one.conversation for one in ledger.interactions(db, town.account)] == [4]


def test_what_was_taken_back_does_not_count_until_it_is_done_anew(
    db: Connection, w: Writing, town: Town
) -> None:
    like = town.did(town.me, town.ada, 10, KIND.FAVOURITE)
    key = (town.account, KIND.FAVOURITE, town.me, town.ada, like.subject)
    assert not ledger.retract(w, *key)
    ledger.record(w, like)
    assert ledger.retract(w, *key)
    assert not ledger.retract(w, *key)
    assert not ledger.record(w, like), "an old page that is read once more"
    assert list(ledger.interactions(db, town.account)) == []
    anew = replace(like, at=20)
    assert ledger.record(w, anew)
    assert list(ledger.interactions(db, town.account)) == [anew]


def test_of_a_like_that_several_tell_of_the_earliest_moment_holds(
    db: Connection, w: Writing, town: Town
) -> None:
    like = town.did(town.me, town.ada, 10, KIND.FAVOURITE, "text")
    assert ledger.record(w, replace(like, at=12))
    assert ledger.record(w, like)
    assert not ledger.record(w, replace(like, at=11))
    assert list(ledger.interactions(db, town.account)) == [like]


@pytest.mark.parametrize(("stood", "counts"), [(ledger.SLIP - 1, 0), (ledger.SLIP, 2)])
def test_a_text_that_is_deleted_soon_was_taken_back_and_one_that_goes_late_was_said(
    db: Connection, w: Writing, town: Town, stood: int, counts: int
) -> None:
    put = posts.put_post(w, town.account, seen(post("text", "ada", names=("mina", "otto"))))
    assert put is not None
    uri, talk = ref("text").uri, put.conversation
    for target in (town.me, town.otto):
        said = town.did(town.ada, target, MONDAY, subject=uri)
        ledger.record(w, replace(said, conversation=talk))
    ledger.record(w, town.did(town.me, town.ada, MONDAY + 1, KIND.FAVOURITE, uri))
    posts.delete_post(w, town.account, ref=ref("text"), at=MONDAY + stood)
    assert len(ledger.retract_deleted(w, town.account, talk)) == 2 - counts
    assert ledger.retract_deleted(w, town.account, talk) == []
    left = [one.kind for one in ledger.interactions(db, town.account)]
    assert left == [KIND.REPLY] * counts + [KIND.FAVOURITE]


def test_text_that_went_both_ways_is_an_exchange(db: Connection, w: Writing, town: Town) -> None:
    def exchanged() -> tuple[bool, set[int]]:
        partners = ledger.talk_partners(db, town.account)
        return ledger.has_exchanged(db, town.account, town.ada), partners

    ledger.record(w, town.did(town.ada, town.me, 10))
    ledger.record(w, town.did(town.me, town.ada, 11, KIND.FAVOURITE))
    assert exchanged() == (False, set())
    answer = town.did(town.me, town.ada, 12, KIND.DIRECT)
    ledger.record(w, answer)
    assert exchanged() == (True, {town.ada})
    assert ledger.talk_partners(db, town.account, since=11) == set()
    ledger.retract(w, town.account, KIND.DIRECT, town.me, town.ada, answer.subject)
    assert exchanged() == (False, set())


events = st.tuples(
    st.integers(0, 2), st.integers(0, 2), st.sampled_from(KIND), st.integers(0, 30), st.booleans()
)


@given(st.lists(events, max_size=25), st.integers(0, 30), st.integers(1, 5))
def test_every_reading_of_the_ledger_agrees_with_a_plain_list(
    told: list[tuple[int, int, InteractionKind, int, bool]], since: int, limit: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = new_store(Path(folder))
        town = Town(db)
        who = (town.me, town.ada, town.otto)
        rows: dict[tuple[InteractionKind, int, int, str], Interaction] = {}
        gone: set[tuple[InteractionKind, int, int, str]] = set()
        for actor, target, kind, at, taken_back in told:
            it = town.did(who[actor], who[target], at, kind)
            key = (kind, it.actor, it.target, it.subject)
            is_new = key not in rows and key not in gone
            assert ledger.record(Writing(db), it) == is_new
            if is_new:
                rows[key] = it
            if taken_back:
                assert ledger.retract(Writing(db), town.account, *key) == (key in rows)
                rows.pop(key, None)
                gone.add(key)
        every = sorted(rows.values(), key=lambda one: (one.at, one.kind, one.actor, one.target))
        assert list(ledger.interactions(db, town.account)) == every
        later = [one for one in every if one.at >= since]
        assert list(ledger.interactions(db, town.account, since=since)) == later
        with_ada = [one for one in every if town.ada in (one.actor, one.target)]
        assert ledger.all_with_person(db, town.account, town.ada) == with_ada
        newest = ledger.with_person(db, town.account, town.ada, limit=limit)
        times = [one.at for one in with_ada]
        assert [one.at for one in newest] == times[::-1][:limit]
        assert set(newest) <= set(with_ada)
        latest = ledger.latest_at(db, town.account)
        assert latest == max((one.at for one in every), default=None)
        db.close()


def test_the_talk_of_a_conversation_can_be_corrected(
    db: Connection, w: Writing, town: Town
) -> None:
    said = replace(town.did(town.ada, town.me, 10), conversation=4)
    elsewhere = replace(town.did(town.ada, town.me, 11), conversation=5)
    liked = replace(town.did(town.ada, town.me, 12, KIND.FAVOURITE), conversation=4)
    for one in (said, elsewhere, liked):
        ledger.record(w, one)
    assert ledger.talk_in(db, town.account, 4) == [said]
    ledger.drop(w, said)
    assert ledger.talk_in(db, town.account, 4) == []
    assert ledger.record(w, said), "what was dropped never was"


def test_the_days_of_talk_come_newest_first_each_with_its_last_text(
    db: Connection, w: Writing, town: Town
) -> None:
    for at, actor, target in (
        (1, town.me, town.ada),
        (DAY + 3, town.ada, town.me),
        (DAY + 5, town.me, town.ada),
        (3 * DAY + 2, town.ada, town.me),
    ):
        ledger.record(w, town.did(actor, target, at))
    ledger.record(w, town.did(town.me, town.ada, 9 * DAY, KIND.FAVOURITE))
    ledger.record(w, town.did(town.me, town.otto, 8 * DAY))
    every = [3 * DAY + 2, DAY + 5, 1]
    assert ledger.days_with(db, town.account, town.ada) == every
    assert ledger.days_with(db, town.account, town.ada, days=2) == every[:2]


def test_however_much_was_said_in_a_day_it_is_one_day(
    db: Connection, w: Writing, town: Town
) -> None:
    for day in range(4):
        for text in range(100):
            ledger.record(w, town.did(town.me, town.ada, day * DAY + text))
    assert len(ledger.days_with(db, town.account, town.ada)) == 4


def test_ties_are_kept_until_they_are_cleared(db: Connection, w: Writing, town: Town) -> None:
    ledger.put_tie(w, town.account, town.ada, b"old", 1)
    ledger.put_tie(w, town.account, town.ada, b"\x00new", 2)
    ledger.put_tie(w, town.account, 0, b"own", 2)
    assert ledger.tie(db, town.account, town.ada) == b"\x00new"
    assert ledger.ties(db, town.account) == {town.ada: b"\x00new", 0: b"own"}
    ledger.clear_ties(w, town.account)
    assert ledger.ties(db, town.account) == {}
    assert ledger.tie(db, town.account, town.ada) is None
