"""A search that finds nearly everything is bounded: so many hits at once, so many in all; the rest is counted."""

from __future__ import annotations

from datetime import UTC

import pytest
from support.sync_desk import Desk

from tui_inbox.core.conversation import ItemState
from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND
from tui_inbox.core.outside import FEED_NETWORK, SourceKind
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.post import Post, PostRef
from tui_inbox.queries import finding
from tui_inbox.queries import searches as search_queries
from tui_inbox.queries.rows import Scope, SearchRows
from tui_inbox.store import hits, outside, posts, searches
from tui_inbox.store.hits import Hit
from tui_inbox.store.store import Writing
from tui_inbox.sync import hit_flow
from tui_inbox.sync.hit_flow import COUNTED_EVERY, MOST_A_MINUTE, MOST_AT_ONCE, HitFlow


def keep(desk: Desk, query: str, *, asks_only: bool = False) -> int:
    def job(w: Writing) -> int:
        search = searches.add_search(w, desk.account.id, query, at=0)
        searches.set_asks_only(w, search, asks_only)
        return search

    return desk.store.write(job).result()


def arrive(desk: Desk, text: str, count: int) -> None:
    seen = [desk.network.write("ann", f"{text} {n}") for n in range(count)]
    desk.ingest.take_posts(desk.account.id, seen).result()


def count(desk: Desk, search: int) -> int:
    return desk.store.read(lambda db: searches.count_hits(db, search)).result()


def row(desk: Desk) -> SearchRows:
    scope = Scope((desk.account.id,))
    (found,) = desk.store.read(
        lambda db: search_queries.view(db, scope, now=desk.clock.now(), zone=UTC)
    ).result()
    return found


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small bounds, so that a story is short."""
    monkeypatch.setattr(hit_flow, "MOST_AT_ONCE", 5)
    monkeypatch.setattr(hit_flow, "MOST_HITS", 8)
    monkeypatch.setattr(hit_flow, "AT_MOST_OVER", 2)


def test_an_allowance_is_used_up_and_comes_back_with_time() -> None:
    flow, now = HitFlow(), 0
    assert all(flow.takes(1, now, asks=True) for _ in range(MOST_AT_ONCE))
    assert not flow.takes(1, now, asks=True)
    assert flow.takes(2, now, asks=True), "every search has its own"
    assert flow.takes(1, now, asks=False), "what is not wanted takes no room from what is"
    now += MINUTE
    assert sum(flow.takes(1, now, asks=True) for _ in range(MOST_AT_ONCE)) == MOST_A_MINUTE
    assert not flow.takes(1, now - HOUR, asks=True), "a clock that is set back gives nothing"
    now += DAY
    assert sum(flow.takes(1, now, asks=True) for _ in range(2 * MOST_AT_ONCE)) == MOST_AT_ONCE


@pytest.mark.usefixtures("narrow")
def test_what_is_too_much_is_counted_and_told_for_the_day(desk: Desk) -> None:
    search = keep(desk, "a*")
    arrive(desk, "all", 25)
    assert count(desk, search) == 5
    assert row(desk).passed == 20
    arrive(desk, "again", 3)
    assert row(desk).passed == 20, "it is written down now and then only"
    desk.clock.time += COUNTED_EVERY
    arrive(desk, "another", 1)
    assert row(desk).passed == 23, "one has come back meanwhile"
    desk.clock.time += DAY
    assert row(desk).passed == 0, "tomorrow counts anew"
    found = desk.store.read(
        lambda db: finding.find(db, Scope((1,)), "all", now=0, seconds=600.0)
    ).result()
    assert len(found.hits) == 25, "every post is there and is found by hand"


@pytest.mark.usefixtures("narrow")
def test_the_oldest_that_were_dealt_with_go_first(desk: Desk) -> None:
    search = keep(desk, "a*")
    arrive(desk, "all", 5)
    first = desk.store.read(lambda db: hits.hits_of(db, search)).result()
    dealt_with = first[0]
    desk.store.write(
        lambda w: searches.set_hit_state(w, search, dealt_with.post, ItemState.DONE)
    ).result()
    put_off = first[-1]
    desk.store.write(
        lambda w: searches.set_hit_state(w, search, put_off.post, ItemState.LATER, until_start=True)
    ).result()
    for _ in range(4):
        desk.clock.time += HOUR
        arrive(desk, "all the more", 3)
    left = {one.post for one in desk.store.read(lambda db: hits.hits_of(db, search)).result()}
    assert len(left) <= 10
    assert dealt_with.post not in left
    assert put_off.post in left


@pytest.mark.usefixtures("narrow")
def test_what_asks_for_nothing_leaves_room_for_what_asks(desk: Desk) -> None:
    search = keep(desk, "a*", asks_only=True)
    arrive(desk, "all is well", 30)
    arrive(desk, "anyone know a tide table", 4)
    told = [one.asks for one in desk.store.read(lambda db: hits.hits_of(db, search)).result()]
    assert told.count(True) == 4
    assert row(desk).passed == 0, "nobody wanted to see the others"


def test_a_flood_from_outside_leaves_no_post_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hit_flow, "MOST_AT_ONCE", 5)

    def job(w: Writing) -> int:
        source = outside.put_source(w, SourceKind.FEED, "https://mill.example/all")
        search = searches.add_search(w, desk.account.id, "a*", at=0)
        outside.listen(w, search, source)
        outside.note_heard(w, source)
        return source

    source = desk.store.write(job).result()
    author = Person(PersonRef(FEED_NETWORK, "mill"), "", "mill.example", "mill")
    found = [
        Post(PostRef(FEED_NETWORK, f"https://mill.example/{n}"), author, n * SECOND, f"all {n}")
        for n in range(40)
    ]
    assert desk.ingest.take_outside(source, found).result() == 5
    kept = desk.store.read(lambda db: [posts.find_by_ref(db, one.ref) for one in found]).result()
    assert sum(id is not None for id in kept) == 5
    assert row(desk).passed == 35
    again = desk.ingest.take_outside(source, found[:5]).result()
    assert again == 0, "what is a hit already is none anew"


def test_no_hits_are_kept_beyond_the_bound(desk: Desk) -> None:
    search = keep(desk, "nothing")

    def fill(w: Writing) -> int:
        for n in range(30):
            hits.put(w, Hit(search, 1000 + n, ItemState.DONE if n % 2 else ItemState.NEW, n))
        return hits.keep_most(w, search, 20)

    assert desk.store.write(fill).result() == 10
    left = desk.store.read(lambda db: hits.hits_of(db, search)).result()
    assert sorted(one.at for one in left if one.state is ItemState.DONE) == [21, 23, 25, 27, 29]
    assert desk.store.write(lambda w: hits.keep_most(w, search, 20)).result() == 0
