"""The merge: pages, a stream, repetitions, edits and deletions in any order lead to one and the same store."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from support.scripted_network import HOME, ScriptedNetwork
from support.sync_desk import Desk, new_desk

from tui_inbox.core.events import EntryArrived, NetworkEvent, PostDeleted, PostEdited
from tui_inbox.core.moment import Millis
from tui_inbox.core.post import FeedEntry, SeenPost
from tui_inbox.store import feeds, people
from tui_inbox.store.database import Connection
from tui_inbox.store.feeds import EntryKey

MOST = 400


class Row(Struct, frozen=True):
    """What the store says of one post in the feed."""

    text: str
    edited_at: Millis | None
    boosters: frozenset[str]


class Town:
    """Some posts in all their versions, with boosts and deletions, and what should be left of them.

    Attributes:
        told: everything a server may say of them.
        left: the feed that it comes to.
        places: where each post may stand: at its own time, or at that of one of its boosts.
    """

    def __init__(self, fates: Sequence[int]) -> None:
        self.told: list[NetworkEvent] = []
        self.left: dict[str, Row] = {}
        self.places: dict[str, set[EntryKey]] = {}
        network = ScriptedNetwork()
        for number, fate in enumerate(fates):
            fate, edits = divmod(fate, 3)
            fate, passed_on = divmod(fate, 3)
            fate, taken_back = divmod(fate, 2)
            only_by_boost, is_deleted = divmod(fate, 2)
            first = network.write("ann", f"post {number}")
            versions = [first, *(network.edit(first, f"post {number}, {n}") for n in range(edits))]
            boosts = [network.boost(first, name) for name in ("bob", "cy")[:passed_on]]
            own = [] if only_by_boost and boosts else [network.home(first)]
            self._tell([*own, *boosts], versions)
            gone = boosts[:taken_back]
            self.told += [PostDeleted(server_id=boost.entry_id) for boost in gone]
            if is_deleted:
                self.told.append(PostDeleted(server_id=first.view.server_id))
            elif own or boosts[taken_back:]:
                names = {one.boost.by.name for one in boosts[taken_back:] if one.boost}
                newest = versions[-1].post
                uri = newest.ref.uri
                self.left[uri] = Row(newest.text, newest.edited_at, frozenset(names))
                self.places[uri] = {(one.filed_at, one.identity) for one in [*own, *boosts]}

    def _tell(self, entries: list[FeedEntry], versions: list[SeenPost]) -> None:
        """A page or the stream may bring the post or a boost of it in any of its versions."""
        for entry in entries:
            for seen in versions:
                shown = FeedEntry(seen, entry.filed_at, entry.entry_id, entry.boost)
                self.told.append(EntryArrived(HOME, shown))
        self.told += [PostEdited(seen) for seen in versions[1:]]


def kept(desk: Desk) -> tuple[dict[str, Row], dict[str, EntryKey]]:
    """The feed as stored, and where everything stands in it."""

    def read(db: Connection) -> tuple[dict[str, Row], dict[str, EntryKey]]:
        feed = feeds.find_feed(db, desk.account.id, HOME)
        window = feeds.window(db, [feed], limit=MOST) if feed is not None else []
        rows = {
            entry.post.post.ref.uri: Row(
                entry.post.post.text,
                entry.post.post.edited_at,
                frozenset(name for name, _ in people.names(db, entry.boosters).values()),
            )
            for entry in window
        }
        assert len(rows) == len(window), "a post stands in the feed twice"
        assert [entry.key for entry in window] == sorted(
            (entry.key for entry in window), reverse=True
        )
        return rows, {entry.post.post.ref.uri: entry.key for entry in window}

    return desk.store.read(read).result()


def bring(desk: Desk, told: Sequence[NetworkEvent], random: Random) -> None:
    """Some of it by the stream in batches, and arrivals now and then as a page."""
    rest = list(told)
    while rest:
        size = random.randint(1, 5)
        some, rest = rest[:size], rest[size:]
        arrivals = [event.entry for event in some if isinstance(event, EntryArrived)]
        if len(arrivals) == len(some) and random.random() < 0.5:
            desk.ingest.file_page(desk.account.id, HOME, arrivals).result()
        else:
            desk.ingest.take_events(desk.account.id, some).result()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 71), min_size=1, max_size=6), st.integers(0, 1 << 30))
def test_any_interleaving_leads_to_the_same_store(
    tmp_path_factory: pytest.TempPathFactory, fates: list[int], seed: int
) -> None:
    town, random = Town(fates), Random(seed)
    told = town.told + random.choices(town.told, k=len(town.told) // 2)
    random.shuffle(told)
    desk = new_desk(tmp_path_factory.mktemp("desk"))
    try:
        bring(desk, told, random)
        rows, places = kept(desk)
        assert rows == town.left
        for uri, place in places.items():
            assert place in town.places[uri]
        # What is gone stays gone, and what stands moves no more, whatever is told once again.
        again = [event for event in town.told if not isinstance(event, PostDeleted)]
        random.shuffle(again)
        bring(desk, again, random)
        assert kept(desk) == (rows, places)
    finally:
        desk.store.close()
