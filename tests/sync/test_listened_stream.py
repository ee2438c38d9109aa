"""The public stream of a network: heard while a search listens, forgotten but for its hits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.hurried_clock import HurriedClock
from support.scripted_network import ME, NOON
from support.scripted_stream import NETWORK, ScriptedStream, public_post
from support.search_hits import found_by
from support.sync_desk import Desk, new_desk

from tui_inbox.core.changes import Change
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.moment import HOUR, MINUTE, Millis, to_datetime
from tui_inbox.core.outside import SourceKind
from tui_inbox.core.person import PersonRef
from tui_inbox.core.ports import Unreachable
from tui_inbox.core.post import Mention, Post, PostRef
from tui_inbox.core.stream_state import StreamState
from tui_inbox.networks.unheard import Unheard
from tui_inbox.store import groups, hits, outside, people, posts, searches
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.hit_flow import MOST_A_MINUTE, MOST_AT_ONCE
from tui_inbox.sync.ingest import Ingest
from tui_inbox.sync.listened_stream import ListenedStream

SPEED = 200.0
ODILE = "did:plc:odile"
JORIS = "did:plc:joris"


class Place:
    """A store with searches, a stream, and who listens to it."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        desk.store.close()
        self.changes: list[Change] = []
        self.store = Store(folder / "inbox.db", on_commit=self.changes.extend)
        self.account = desk.account.id
        self.stream = ScriptedStream()
        self.clock = HurriedClock(SPEED, began_at=NOON)

    def search(self, query: str, *, listens: bool = True, asks_only: bool = False) -> int:
        """Keep a search."""

        def job(w: Writing) -> int:
            search = searches.add_search(w, self.account, query, at=NOON)
            searches.set_asks_only(w, search, asks_only)
            if listens:
                outside.listen(w, search, outside.put_source(w, SourceKind.STREAM, NETWORK))
            return search

        return self.store.write(job).result()

    def leave(self, search: int) -> None:
        """Let it listen no more."""

        def job(w: Writing) -> None:
            for source in outside.sources_of(w.db, search):
                outside.stop_listening(w, search, source.id)

        self.store.write(job).result()

    def hits(self, search: int) -> list[tuple[str, ItemState]]:
        """What a search has found."""
        found = self.store.read(lambda db: found_by(db, search)).result()
        return [(post.post.text, state) for post, state in found]

    def passed(self, search: int) -> int:
        """How many finds of today were not kept."""
        day = to_datetime(self.clock.now()).astimezone().date().toordinal()
        counted = self.store.read(lambda db: hits.passed(db, day)).result()
        return counted.get(search, 0)

    def counted(self, search: int) -> int:
        """How many finds there were, kept or not."""
        return len(self.hits(search)) + self.passed(search)

    def texts(self, search: int) -> set[str]:
        return {text for text, _ in self.hits(search)}

    def state(self) -> StreamState:
        """How the stream is doing, as it is kept."""
        (source,) = self.store.read(lambda db: outside.sources(db, SourceKind.STREAM)).result()
        return StreamState.parse(source.state)

    def is_stored(self, post: Post) -> bool:
        return self.store.read(lambda db: posts.find_by_ref(db, post.ref)).result() is not None

    def author(self, post: Post) -> tuple[str, str]:
        """Handle and name of who wrote a post, as they are stored."""
        id = self.store.read(lambda db: people.find_by_ref(db, post.author.ref)).result()
        assert id is not None
        found = self.store.read(lambda db: people.person(db, id)).result()
        assert found is not None
        return found.handle, found.name

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Somebody keeps the stream open meanwhile."""
        listened = ListenedStream(
            self.store, Ingest(self.store, self.clock), self.clock, self.stream, NETWORK
        )
        task = asyncio.create_task(listened.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for something; what never comes fails."""
        for _ in range(4_000):
            if holds():
                return
            await asyncio.sleep(0.002)
        raise AssertionError("it never came")

    async def opened(self, lines: int = 1) -> None:
        """Wait until a line is open, and until it is noted from where on it is heard: then nothing is lost."""
        await self.until(lambda: len(self.stream.asked) >= lines and self.stream.lines == 1)
        await self.until(lambda: self.state().cursor)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    desk = new_desk(tmp_path)
    place = Place(desk, tmp_path)
    yield place
    place.store.close()


def post(text: str, *, by: str = ODILE, at: Millis = NOON, **more: object) -> Post:
    return public_post(text, at=at, by=by, **more)  # type: ignore[arg-type]  # its own keywords


async def test_nothing_is_connected_while_nobody_listens(place: Place) -> None:
    place.search("rye", listens=False)
    async with place.listening():
        await place.clock.sleep(30)
        assert place.stream.asked == []
        search = place.search("rye")
        await place.opened()
        place.leave(search)
        await place.until(lambda: place.stream.lines == 0)


async def test_only_what_a_search_looks_for_is_kept(place: Place) -> None:
    rye, wheat = place.search("rye"), place.search("wheat", listens=False)
    told = [post("Rye is back"), post("Wheat is out"), post("Nothing at all")]
    async with place.listening():
        await place.opened()
        place.stream.tell(*told)
        await place.until(lambda: place.hits(rye))
    assert place.hits(rye) == [("Rye is back", ItemState.NEW)]
    assert place.hits(wheat) == []
    assert [place.is_stored(one) for one in told] == [True, False, False]


async def test_a_search_of_any_account_that_begins_to_listen_is_heard_soon(place: Place) -> None:
    first = place.search("rye")
    async with place.listening():
        await place.opened()
        late = place.search("spelt")
        await place.clock.sleep(10)
        place.stream.tell(post("Rye or spelt"))
        await place.until(lambda: place.hits(first) and place.hits(late))
    assert len(place.stream.asked) == 1


async def test_what_comes_after_a_kill_comes_once(place: Place) -> None:
    search = place.search("loaf")
    place.stream.tell(post("not heard: nobody listened yet"))
    for life in range(5):
        async with place.listening():
            await place.opened(life + 1)
            for number in range(30):
                place.stream.tell(post(f"loaf {life}.{number}"), post(f"cake {life}.{number}"))
                if number == 10 + life:
                    await asyncio.sleep(0.02 * life)
            if life == 4:
                await place.until(lambda: len(place.hits(search)) == 150)
    assert len(place.hits(search)) == len(place.texts(search)) == 150
    cursors = [int(cursor or 0) for cursor, _ in place.stream.asked]
    assert cursors == sorted(cursors)


async def test_a_line_that_is_lost_is_opened_again_where_it_was(place: Place) -> None:
    search = place.search("rye")
    async with place.listening():
        await place.opened()
        place.stream.tell(post("Rye one"))
        await place.until(lambda: place.hits(search))
        place.stream.cut()
        await place.until(lambda: place.stream.lines == 0)
        place.stream.tell(post("Rye two"))
        await place.until(lambda: len(place.hits(search)) == 2)
        assert [cursor for cursor, _ in place.stream.asked] == ["", "1"]


async def test_a_stream_that_cannot_be_heard_says_so_and_is_tried_more_seldom(
    place: Place,
) -> None:
    search = place.search("rye")
    place.stream.lost = Unreachable("stream.example cannot be reached.")
    async with place.listening():
        await place.until(lambda: len(place.stream.asked) == 4 and place.state().refusal)
        state = place.state()
        assert (state.refusal, state.open) == ("stream.example cannot be reached.", False)
        assert state.failing_since is not None
        place.stream.lost = None
        await place.until(lambda: place.stream.lines == 1)
        place.stream.tell(post("Rye is back"))
        await place.until(lambda: place.hits(search))
        assert (place.state().refusal, place.state().failing_since) == ("", None)


async def test_a_stream_that_is_not_there_says_why(place: Place) -> None:
    search = place.search("rye")
    unheard = Unheard("The demo town has no line to other networks.")
    ingest = Ingest(place.store, place.clock)
    listened = ListenedStream(place.store, ingest, place.clock, unheard, NETWORK)
    task = asyncio.create_task(listened.run())
    await place.until(lambda: place.state().refusal)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert place.state().refusal == "The demo town has no line to other networks."
    assert place.hits(search) == []


async def test_a_fault_of_ours_is_got_over(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    search = place.search("rye")
    async with place.listening():
        await place.until(lambda: place.state().cursor)
        with monkeypatch.context() as broken:
            broken.setattr(Ingest, "take_outside", None)
            place.stream.tell(post("Rye is back"))
            await place.until(lambda: len(place.stream.asked) > 1 or place.stream.lines == 0)
        await place.until(lambda: place.hits(search))


async def test_what_was_not_heard_is_kept_for_the_owner_to_see(place: Place) -> None:
    place.search("rye")
    place.stream.missed = (NOON - 5 * HOUR, NOON - HOUR)
    async with place.listening():
        await place.until(lambda: place.state().missed)
    state = place.state()
    assert state.missed == ((NOON - 5 * HOUR, NOON - HOUR),)
    assert state.host == "stream.example"


async def test_how_much_comes_is_measured(place: Place) -> None:
    search = place.search("rye")
    async with place.listening():
        await place.opened()
        for number in range(20):
            place.stream.tell(post(f"cake {number}"))
            await place.clock.sleep(2)
        place.stream.tell(post("rye"))
        await place.until(lambda: place.hits(search))
        state = place.state()
        assert state.is_live(place.clock.now())
        assert not state.is_live(place.clock.now() + HOUR)
    assert 0.05 < state.events < 1.0
    assert 0.05 * 500 * 86_400 < state.bytes < 500 * 86_400
    assert state.narrowed is None


async def test_deletions_and_edits_of_what_is_stored_are_followed(place: Place) -> None:
    search = place.search("rye")
    rye, spelt = post("Rye one", key="1"), post("Rye two", key="2")
    async with place.listening():
        await place.opened()
        place.stream.tell(rye, spelt)
        await place.until(lambda: len(place.hits(search)) == 2)
        place.stream.tell(post("It is wheat after all", key="1", edited_at=NOON + 1), spelt.ref)
        place.stream.tell(post("never stored", key="3", edited_at=NOON + 1))
        place.stream.tell(PostRef(NETWORK, "at://nobody/post/9"))
        await place.until(lambda: place.texts(search) == {"It is wheat after all"})
        place.stream.tell(spelt, post("Rye three"))
        await place.until(lambda: "Rye three" in place.texts(search))
    assert not place.is_stored(post("never stored", key="3"))
    assert place.texts(search) == {"It is wheat after all", "Rye three"}


async def test_a_hit_has_its_authors_name(place: Place) -> None:
    search = place.search("rye")
    place.stream.meet(ODILE, "odile.example", "Odile Fenn")
    place.stream.meet(JORIS, "joris.example", "Joris")
    claimed = Mention(PersonRef(NETWORK, JORIS), JORIS, "bank.example")
    told = post("Rye for @bank.example", names=[claimed])
    async with place.listening():
        await place.opened()
        place.stream.tell(told, post("Rye again"))
        await place.until(lambda: len(place.hits(search)) == 2)
    assert place.author(told) == ("odile.example", "Odile Fenn")
    ((found, _), _) = sorted(
        place.store.read(lambda db: found_by(db, search)).result(),
        key=lambda hit: hit[0].post.text != told.text,
    )
    assert [one.handle for one in found.post.mentions] == ["joris.example"]
    assert place.stream.lookups == [(JORIS, ODILE)]


async def test_a_hit_waits_for_no_name_and_has_it_later(place: Place) -> None:
    search = place.search("rye")
    place.stream.mute = Unreachable("the directory cannot be reached.")
    told = post("Rye is back")
    async with place.listening():
        await place.opened()
        place.stream.tell(told)
        await place.until(lambda: place.hits(search))
        assert place.author(told)[0] == ODILE
        place.stream.mute = None
        place.stream.meet(ODILE, "odile.example", "Odile Fenn")
        for number in range(60):
            await place.clock.sleep(6)
            place.stream.tell(post(f"cake {number}"))
            if place.author(told)[0] == "odile.example":
                break
    assert place.author(told) == ("odile.example", "Odile Fenn")


async def test_authors_are_known_by_their_handles(place: Place) -> None:
    search, without = (
        place.search("from:odile.example OR spelt"),
        place.search("rye -from:joris.example"),
    )
    place.stream.meet(ODILE, "odile.example", "Odile Fenn")
    place.stream.meet(JORIS, "joris.example", "Joris")
    async with place.listening():
        await place.opened()
        place.stream.tell(
            post("Good morning"), post("Good rye", by=JORIS), post("rye", by="did:plc:x")
        )
        await place.until(lambda: place.hits(search) and place.hits(without))
    assert place.texts(search) == {"Good morning"}
    assert place.texts(without) == {"rye"}
    assert place.stream.asked[0][1] == frozenset()


async def test_a_stream_of_few_people_is_narrowed_to_them(place: Place) -> None:
    place.stream.meet(ODILE, "odile.example", "Odile Fenn")

    def gather(w: Writing) -> None:
        joris = people.put_outsider(w, replace(ME, ref=PersonRef(NETWORK, JORIS), handle="joris.x"))
        groups.add_member(w, groups.add_group(w, "mills", at=NOON), joris, at=NOON)

    place.store.write(gather).result()
    place.search("from:odile.example bread")
    second = place.search("group:mills OR (from:odile.example -cake)")
    async with place.listening():
        await place.opened()
        assert place.stream.asked[-1][1] == {ODILE, JORIS}
        place.stream.tell(
            post("About cake"), post("About cake", by=JORIS), post("x", by="did:plc:x")
        )
        await place.until(lambda: place.hits(second))
        assert place.state().narrowed == 2
        third = place.search("anything")
        place.stream.tell(post("cake"))
        await place.clock.sleep(10)
        place.stream.tell(post("cake 2"))
        await place.opened(2)
        assert place.stream.asked[-1][1] == frozenset()
        place.leave(third)
    assert place.hits(second) == [("About cake", ItemState.NEW)]


async def test_a_group_of_nobody_there_is_not_listened_to(place: Place) -> None:
    place.store.write(lambda w: groups.add_group(w, "mills", at=NOON)).result()
    place.search("group:mills")
    async with place.listening():
        await place.until(lambda: place.state().narrowed == 0)
        assert place.stream.asked == []


async def test_a_search_that_finds_everything_is_counted_and_not_kept(place: Place) -> None:
    everything, rye = place.search("-nothing"), place.search("rye")
    async with place.listening():
        await place.opened()
        began = place.clock.now()
        strangers = [f"did:plc:{number}" for number in range(MOST_AT_ONCE + 1_000)]
        place.stream.tell(*(post(f"cake {did}", by=did) for did in strangers), post("rye"))
        await place.until(lambda: place.hits(rye))
        await place.until(lambda: place.counted(everything) > len(strangers))
        most = MOST_AT_ONCE + (place.clock.now() - began) * MOST_A_MINUTE / MINUTE
    assert place.counted(everything) == len(strangers) + 1, "each is a hit or counted, none is both"
    assert MOST_AT_ONCE <= len(place.hits(everything)) <= most
    assert sum(map(len, place.stream.lookups)) <= most + 1, "for what is not kept no name is asked"


async def test_what_asks_for_nothing_takes_no_room_from_what_does(place: Place) -> None:
    search = place.search("cake", asks_only=True)
    async with place.listening():
        await place.opened()
        place.stream.tell(*(post(f"cake {n}") for n in range(2 * MOST_AT_ONCE)))
        place.stream.tell(post("anyone know a good cake"))
        await place.until(lambda: "anyone know a good cake" in place.texts(search))
        await place.clock.sleep(30)
    assert place.passed(search) == 0, "nobody wanted to see the others"


async def test_screens_hear_only_of_what_they_show(place: Place) -> None:
    search = place.search("rye")
    async with place.listening():
        await place.opened()
        await place.until(lambda: place.state().open)
        place.changes.clear()
        began = place.state().noted_at
        await place.until(lambda: place.state().noted_at > began + MINUTE)
        assert place.changes == [], "it was noted again and again, and nothing reads differently"
        place.stream.tell(post("rye"))
        await place.until(lambda: place.hits(search))
        assert place.changes
        place.changes.clear()
        place.stream.lost = Unreachable("stream.example is gone.")
        place.stream.cut()
        await place.until(lambda: place.state().refusal)
        assert place.changes


async def test_ones_own_posts_are_no_hits(place: Place) -> None:
    search = place.search("rye")
    mine = replace(post("my rye"), author=ME)
    async with place.listening():
        await place.opened()
        place.stream.tell(mine, post("rye"))
        await place.until(lambda: place.hits(search))
    assert place.texts(search) == {"rye"}
