"""What is made from the rest can be made again, and is the same; what the owner has decided stays."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.sync_desk import Desk
from support.talks import Talk, lines_of, play
from sync.test_turns_in_conversations import KEYS, TALKS

from tui_inbox.core.moment import DAY
from tui_inbox.core.rebuilt import Rebuilt
from tui_inbox.queries.ties import circle, ties_with
from tui_inbox.store import ledger, people
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Writing
from tui_inbox.sync.rebuild import rebuild
from tui_inbox.sync.ties import renew_ties

TABLES = (
    "items",
    "interactions",
    "ties",
    "pointers",
    "posts",
    "conversations",
    "mentions",
    "person_views",
    "aliases",
    "actions",
    "outbox",
)


def everything(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """The rows of all tables that making anew might touch, and which posts each word is found in."""

    def read(db: Connection) -> dict[str, list[tuple[object, ...]]]:
        rows = {
            table: sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=repr)  # constants
            for table in TABLES
        }
        rows["index"] = [
            (word, *sorted(db.execute("SELECT rowid FROM words WHERE words MATCH ?", (word,))))
            for word in ("kettle", "work", "it", "yes")
        ]
        return rows

    return desk.store.read(read).result()


@settings(deadline=None)
@given(story=st.sampled_from(sorted({**TALKS, **KEYS})))
def test_on_a_store_that_is_as_it_should_be_nothing_changes(
    story: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    talk = Talk.at(tmp_path_factory.mktemp("talk"))
    try:
        play(talk, {**TALKS, **KEYS}[story])
        before = everything(talk.desk)
        made = rebuild(talk.desk.store, talk.desk.clock)
        assert everything(talk.desk) == before
        assert (made.items, made.interactions) == (0, 0)
        assert made == rebuild(talk.desk.store, talk.desk.clock), "twice is once"
    finally:
        talk.desk.store.close()


STORY = """
    me: the kettle is on
    odile > 1: @me how long?
    me > 2: @odile ten minutes
    odile > 3: @me good
    ben: @me does it work?
    cora: @me it works.
    me likes 6 on the phone
    me is done with ben
"""

LOSSES = {
    "all ties": "DELETE FROM ties",
    "all that was said, of the ledger": "DELETE FROM interactions WHERE kind != 'like'",
    "some of the ledger": "DELETE FROM interactions WHERE kind = 'reply'",
    "the index": "INSERT INTO words (words) VALUES ('delete-all')",
    "the addresses": "DELETE FROM pointers",
    "whose turn it is": "UPDATE items SET turn = 'nobody', post = NULL, opening = NULL, asks = 0 WHERE state = 'done'",
}


@pytest.mark.parametrize("lost", LOSSES)
def test_what_is_lost_is_made_again(lost: str, desk: Desk) -> None:
    talk = Talk(desk, {"me": desk.account.id})
    for line in lines_of(STORY):
        if not talk.does(line):
            talk.happens(line)
            talk.deliver()
    rebuild(desk.store, desk.clock)
    before = everything(desk)
    desk.store.write(lambda w: w.db.execute(LOSSES[lost]) and None).result()
    rebuild(desk.store, desk.clock)
    if "turn" in lost:
        assert [row[4:9] for row in everything(desk)["items"]] == [
            row[4:9] for row in before["items"]
        ]
    else:
        assert everything(desk) == before


def test_broken_off_anywhere_it_can_be_taken_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = Talk(desk, {"me": desk.account.id})
    for line in lines_of(STORY):
        if not talk.does(line):
            talk.happens(line)
            talk.deliver()
    rebuild(desk.store, desk.clock)  # what was learnt waits for the next text where some came late
    before, real = everything(desk), desk.store.write
    for place in range(3):
        left = iter(range(place))

        def write(job: object, left: object = left) -> object:
            if next(left, None) is None:  # type: ignore[call-overload]  # a range's iterator
                raise KeyboardInterrupt
            return real(job)  # type: ignore[arg-type]  # handed on as it came

        monkeypatch.setattr(desk.store, "write", write)
        with pytest.raises(KeyboardInterrupt):
            rebuild(desk.store, desk.clock)
        monkeypatch.undo()
        assert everything(desk) == before
    rebuild(desk.store, desk.clock)
    assert everything(desk) == before


def test_the_ledger_outlives_the_posts(desk: Desk) -> None:
    talk = Talk(desk, {"me": desk.account.id})
    talk.happens("odile: @me does it work?")
    talk.deliver()
    before = everything(desk)

    def purge(w: Writing) -> None:
        for table in ("post_views", "items", "posts"):
            w.db.execute(f"DELETE FROM {table}")  # constants

    desk.store.write(purge).result()
    desk.clock.time += DAY
    made = rebuild(desk.store, desk.clock)
    assert everything(desk)["interactions"] == before["interactions"]
    assert everything(desk)["ties"] == before["ties"]
    assert made == Rebuilt(conversations=1, people=1)


def test_conversations_are_made_some_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui_inbox.sync.rebuild.CONVERSATIONS_AT_ONCE", 3)
    talk = Talk(desk, {"me": desk.account.id})
    random = Random(1)
    for number in range(10):
        talk.happens(f"p{random.randrange(3)}: @me does it work, {number}?")
    talk.deliver()
    before = everything(desk)
    desk.store.write(lambda w: w.db.execute("DELETE FROM interactions") and None).result()
    made = rebuild(desk.store, desk.clock)
    assert (made.conversations, made.interactions) == (10, 10)
    assert everything(desk) == before


def test_ties_that_another_version_has_packed_count_at_once_and_are_made_anew(
    desk: Desk,
) -> None:
    asked = desk.network.mention("ann", "Which bridge?")
    answer = desk.network.write("me", "The second.", to=asked)
    desk.ingest.take_posts(1, [asked, answer]).result()
    known = everything(desk)["ties"]
    ann = desk.store.read(lambda db: people.find_by_ref(db, asked.post.author.ref)).result()
    assert ann is not None

    def pack_as_before(w: Writing) -> None:
        for person, packed in ledger.ties(w.db, 1).items():
            ledger.put_tie(w, 1, person, b"\x01" + packed[1:-8], 1)

    before = desk.store.read(lambda db: circle(db, 1)).result().ties
    desk.store.write(pack_as_before).result()
    assert desk.store.read(lambda db: circle(db, 1)).result().ties == before
    assert desk.store.read(lambda db: ties_with(db, 1, [ann])).result() == before
    assert before[ann].exchanged, "nobody becomes a stranger by a new version"
    desk.store.write(renew_ties).result()
    assert everything(desk)["ties"] == known
