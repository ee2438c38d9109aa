"""The hub on its own thread: live, through outages, with several accounts, and with a fault of ours."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest
from support.scripted_network import HOME, NOON, ScriptedNetwork, somebody
from support.sync_desk import put_draft

from tui_inbox.clock import SystemClock
from tui_inbox.core.account import Limits
from tui_inbox.core.changes import Change
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.door import PeopleList, Wish
from tui_inbox.core.draft import Draft, Outgoing
from tui_inbox.core.health import HealthState
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.outside import FetchedFeed
from tui_inbox.core.ports import SignedOut, Unreachable
from tui_inbox.core.post import Feed, FeedKind, SeenPost
from tui_inbox.store import accounts, door, feeds, items, outbox
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync import line_record
from tui_inbox.sync.bus import Bus
from tui_inbox.sync.connected import Connected, Outside
from tui_inbox.sync.gaps import LOST
from tui_inbox.sync.hub import FAULT, Hub
from tui_inbox.sync.screen_checks import ScreenChecks

T = TypeVar("T")
PATIENCE_SECONDS = 30.0


class Watched:
    """A running hub, and a way to wait until something is true of it, woken by each change."""

    def __init__(self, folder: Path, networks: list[ScriptedNetwork]) -> None:
        self.bus = Bus()
        self.store = Store(folder / "inbox.db", on_commit=self.bus.publish)
        self._changed = Event()
        self.bus.subscribe(self._note)
        self.connected = [self._account(number, network) for number, network in enumerate(networks)]
        self.hub = Hub(self.store, self.bus, SystemClock(), lambda: self.connected)

    def until(self, true: Callable[[], T]) -> T:
        """Wait until a question has a true answer, asked again after every change."""
        while True:
            self._changed.clear()
            if answer := true():
                return answer
            assert self._changed.wait(PATIENCE_SECONDS), "nothing changed any more"

    def read(self, query: Callable[[Connection], T]) -> T:
        return self.store.read(query).result()

    def texts(self) -> list[str]:
        """The home feed, newest first."""

        def read(db: Connection) -> list[str]:
            feed = feeds.find_feed(db, 1, HOME)
            window = feeds.window(db, [feed], limit=99) if feed else []
            return [entry.post.post.text for entry in window]

        return self.read(read)

    def state(self, account: int = 1) -> HealthState | None:
        health = self.hub.health().get(account)
        return health.state if health else None

    def _note(self, changes: frozenset[Change]) -> None:
        self._changed.set()

    def _account(self, number: int, network: ScriptedNetwork) -> Connected:
        person = somebody("me") if number == 0 else somebody(f"other{number}")
        account = self.store.write(
            lambda w: accounts.add_account(
                w,
                network="scripted",
                server="https://scripted.example",
                person=person,
                letters=f"a{number}",
                label=person.name,
                limits=Limits(),
            )
        ).result()
        return Connected(account, network)


@contextmanager
def running(folder: Path, *networks: ScriptedNetwork) -> Iterator[Watched]:
    watched = Watched(folder, list(networks))
    watched.hub.start()
    try:
        yield watched
    finally:
        watched.hub.stop()
        watched.store.close()


def test_what_happens_is_in_the_store_while_it_happens(tmp_path: Path) -> None:
    network = ScriptedNetwork()
    network.home(network.write("ann", "before"))
    with running(tmp_path, network) as watched:
        watched.until(lambda: watched.state() is HealthState.LIVE)
        network.home(network.write("ann", "now"))
        watched.until(lambda: watched.texts() == ["now", "before"])


def test_an_account_that_is_new_is_connected_while_the_hub_runs(tmp_path: Path) -> None:
    with running(tmp_path) as watched:
        assert watched.hub.health() == {}
        network = ScriptedNetwork()
        network.home(network.write("ann", "welcome"))
        watched.connected.append(watched._account(0, network))
        watched.hub.account_signed_in(1)
        watched.until(lambda: watched.state() is HealthState.LIVE)
        assert watched.texts() == ["welcome"]


def test_a_feed_is_read_when_somebody_looks_at_it_and_a_failure_is_a_sentence(
    tmp_path: Path,
) -> None:
    network = ScriptedNetwork()
    network.home(network.write("ann", "on the list"))
    friends = Feed(FeedKind.LIST, "friends")
    with running(tmp_path, network) as watched:
        watched.until(lambda: watched.state() is HealthState.LIVE)
        assert watched.hub.read_feed(1, friends).result(PATIENCE_SECONDS) == ""
        assert watched.read(lambda db: feeds.find_feed(db, 1, friends)) is not None
        assert watched.hub.read_sources(1).result(PATIENCE_SECONDS) == ""
        assert watched.read(lambda db: accounts.get_state(db, 1, accounts.SOURCES)) is not None
        network.fail("feed", Unreachable("No line to scripted.example."))
        said = watched.hub.read_feed(1, friends).result(PATIENCE_SECONDS)
        assert said == "No line to scripted.example."


def test_after_an_outage_nothing_is_missing(tmp_path: Path) -> None:
    network = ScriptedNetwork()
    network.home(network.write("ann", "one"))
    with running(tmp_path, network) as watched:
        watched.until(lambda: watched.state() is HealthState.LIVE)
        network.fail("identify", Unreachable("No line to scripted.example."))
        network.cut(Unreachable("The line broke."))
        watched.until(lambda: watched.state() is HealthState.OFFLINE)
        network.home(network.write("ann", "two"))
        watched.hub.retry_now(1)
        watched.until(lambda: watched.texts() == ["two", "one"])
        watched.until(lambda: watched.state() is HealthState.LIVE)


def test_a_server_without_a_stream_is_polled(tmp_path: Path) -> None:
    network = ScriptedNetwork(streams=False)
    network.home(network.write("ann", "one"))
    with running(tmp_path, network) as watched:
        watched.until(lambda: watched.state() is HealthState.POLLING)
        assert watched.texts() == ["one"]


def test_a_revoked_token_stops_that_account_and_no_other(tmp_path: Path) -> None:
    network, other = ScriptedNetwork(), ScriptedNetwork()
    network.fail("identify", SignedOut("The token is not accepted any more; sign in again."))
    with running(tmp_path, network, other) as watched:
        watched.until(lambda: watched.state(1) is HealthState.SIGNED_OUT)
        watched.until(lambda: watched.state(2) is HealthState.LIVE)
        said = watched.hub.read_thread(1, 1).result(PATIENCE_SECONDS)
        assert said == "The token is not accepted any more; sign in again."


def test_a_fault_of_ours_is_shown_and_stops_nobody_else(tmp_path: Path) -> None:
    network, other = ScriptedNetwork(), ScriptedNetwork()
    network.fail("notices", *[ZeroDivisionError("a bug")] * 3)
    with running(tmp_path, network, other) as watched:
        watched.until(lambda: watched.state(1) is HealthState.OFFLINE)
        watched.until(lambda: watched.state(2) is HealthState.LIVE)
        assert "unexpected" in watched.hub.health()[1].reason


def test_a_text_leaves_when_the_bell_rings(tmp_path: Path) -> None:
    network = ScriptedNetwork()
    with running(tmp_path, network) as watched:
        watched.until(lambda: watched.state() is HealthState.LIVE)
        put_draft(watched.store, Draft(0, 1, "hello"), SystemClock().now())
        watched.hub.wake_outbox()
        watched.until(
            lambda: [row.state for row in watched.read(outbox.rows)] == [OutboxState.SENT]
        )
        assert [seen.post.text for seen in network.published.values()] == ["hello"]


@dataclass
class SilentNetwork(ScriptedNetwork):
    """A server that takes a text and says nothing."""

    async def publish(self, outgoing: Outgoing) -> SeenPost:
        self._call("publish")
        await asyncio.Event().wait()
        raise AssertionError("nobody waits that long")


def test_a_silent_server_holds_up_no_other_accounts_texts(tmp_path: Path) -> None:
    silent, network = SilentNetwork(), ScriptedNetwork()
    with running(tmp_path, silent, network) as watched:
        watched.until(lambda: watched.state(1) is watched.state(2) is HealthState.LIVE)
        put_draft(watched.store, Draft(0, 1, "into the void"), SystemClock().now())
        watched.hub.wake_outbox()
        watched.until(
            lambda: [row.state for row in watched.read(outbox.rows)] == [OutboxState.SENDING]
        )
        put_draft(watched.store, Draft(0, 2, "hello"), SystemClock().now())
        watched.hub.wake_outbox()
        watched.until(
            lambda: (
                [row.state for row in watched.read(outbox.rows)]
                == [OutboxState.SENDING, OutboxState.SENT]
            )
        )


def hole(watched: Watched, *, lost: bool) -> int:
    """A hole in the home feed of the first account."""

    def job(w: Writing) -> int:
        feed = feeds.feed_id(w, 1, HOME)
        return feeds.add_gap(
            w, feed, upper=(NOON, "b"), lower=(NOON - 1, "a"), older_than="s0001", lost=lost
        )

    return watched.store.write(job).result()


def test_who_asks_to_fill_a_hole_does_not_wait_for_the_store(tmp_path: Path) -> None:
    network = ScriptedNetwork()
    network.home(network.write("ann", "one"))
    busy, free = Event(), Event()
    with running(tmp_path, network) as watched:
        watched.until(lambda: watched.state() is HealthState.LIVE)
        gap = hole(watched, lost=False)

        def long_query(db: Connection) -> bool:
            busy.set()
            return free.wait(PATIENCE_SECONDS)

        long_read = watched.store.read(long_query)
        busy.wait(PATIENCE_SECONDS)
        answer = watched.hub.fill_gap(gap)  # comes back although the reader is busy
        assert not answer.done()
        free.set()
        assert long_read.result()
        assert isinstance(answer.result(PATIENCE_SECONDS), str)


def test_a_lost_hole_says_so_and_asks_nobody(tmp_path: Path) -> None:
    network = ScriptedNetwork(streams=False)
    with running(tmp_path, network) as watched:
        watched.until(lambda: watched.state() is HealthState.POLLING)
        gap = hole(watched, lost=True)
        network.fail("feed", Unreachable("nothing is to be asked"))
        assert watched.hub.fill_gap(gap).result(PATIENCE_SECONDS) == LOST
        assert network.failures["feed"]
        assert watched.hub.fill_gap(gap + 1).result(PATIENCE_SECONDS) == "", "filled by now"


def test_an_errand_at_which_we_fail_ends_with_a_sentence(tmp_path: Path) -> None:
    network = ScriptedNetwork()
    with running(tmp_path, network) as watched:
        watched.until(lambda: watched.state() is HealthState.LIVE)
        network.fail("sources", ZeroDivisionError("a bug"))
        assert watched.hub.read_sources(1).result(PATIENCE_SECONDS) == FAULT
        assert watched.state() is HealthState.LIVE


def test_who_signs_in_again_beside_the_running_program_is_connected_again(tmp_path: Path) -> None:
    network = ScriptedNetwork()
    network.fail("identify", SignedOut("Sign in again."))
    with running(tmp_path, network) as watched:
        watched.until(lambda: watched.state() is HealthState.SIGNED_OUT)
        put_draft(watched.store, Draft(0, 1, "hello"), SystemClock().now())
        watched.connected[0] = Connected(watched.connected[0].account, ScriptedNetwork())
        watched.store.write(lambda w: line_record.forget(w, 1)).result()
        watched.hub.retry_now(1)  # what the house does within half a minute
        watched.until(lambda: watched.state() is HealthState.LIVE)
        watched.until(
            lambda: [row.state for row in watched.read(outbox.rows)] == [OutboxState.SENT]
        )


def test_a_refused_token_that_was_no_error_is_refused_again(tmp_path: Path) -> None:
    network = ScriptedNetwork()
    network.fail("identify", *[SignedOut("Sign in again.")] * 2)
    with running(tmp_path, network) as watched:
        watched.until(lambda: watched.state() is HealthState.SIGNED_OUT)
        watched.hub.retry_now(1)
        watched.until(
            lambda: (
                network.calls.count("identify") == 2 and watched.state() is HealthState.SIGNED_OUT
            )
        )


def test_a_mention_that_comes_live_waits_in_the_inbox(tmp_path: Path) -> None:
    network = ScriptedNetwork()
    with running(tmp_path, network) as watched:
        watched.until(lambda: watched.state() is HealthState.LIVE)
        network.home(network.mention("ann", "Are you coming?"))
        (item,) = watched.until(lambda: watched.read(lambda db: items.items(db, [1])))
        assert item.asks


def test_a_thread_is_fetched_and_a_lost_one_is_a_sentence(tmp_path: Path) -> None:
    network = ScriptedNetwork()
    network.mention("ann", "Are you coming?")
    lost = network.write("ben", "gone soon")
    network.home(lost)
    with running(tmp_path, network) as watched:
        watched.until(lambda: watched.state() is HealthState.LIVE)
        home = watched.read(lambda db: feeds.find_feed(db, 1, HOME)) or 0
        (entry,) = watched.read(lambda db: feeds.window(db, [home], limit=9))
        network.entries.clear()
        said = watched.hub.read_thread(1, entry.post.id).result(PATIENCE_SECONDS)
        assert said == "The post is no longer on the server."


def test_nothing_starts_without_an_account(tmp_path: Path) -> None:
    with running(tmp_path) as watched:
        assert watched.hub.read_thread(1, 1).result(PATIENCE_SECONDS).startswith("That account")


def test_at_the_end_the_other_clients_are_told_what_was_read(tmp_path: Path) -> None:
    network = ScriptedNetwork()
    seen = network.mention("ann", "Are you there?")
    with running(tmp_path, network) as watched:
        watched.until(lambda: watched.state() is HealthState.LIVE)
        (item,) = watched.read(lambda db: items.items(db, [1]))
        watched.store.write(
            lambda w: items.set_state(w, item.id, ItemState.SEEN, at=item.changed_at)
        ).result()
    assert network.marker_told is not None
    assert network.marker_told.notice_id == f"n{seen.view.server_id}"


def test_a_server_that_does_not_answer_keeps_nobody_from_leaving(tmp_path: Path) -> None:
    network = ScriptedNetwork()
    network.fail("move_marker", *[Unreachable("scripted.example cannot be reached.")] * 99)
    network.mention("ann", "Are you there?")
    with running(tmp_path, network) as watched:
        watched.until(lambda: watched.state() is HealthState.LIVE)
        (item,) = watched.read(lambda db: items.items(db, [1]))
        watched.store.write(
            lambda w: items.set_state(w, item.id, ItemState.SEEN, at=item.changed_at)
        ).result()
    assert network.marker_told is None


def test_who_asks_to_follow_while_the_line_is_open_is_at_the_door(tmp_path: Path) -> None:
    network = ScriptedNetwork(people_told={PeopleList.ASKING: [somebody("ann")]})
    with running(tmp_path, network) as watched:
        (waiting,) = watched.until(lambda: watched.read(lambda db: door.waiting(db, [1])))
        assert waiting.wish is Wish.FOLLOW


def test_what_stands_on_the_screen_is_told_to_the_account_that_it_is_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, tuple[int, ...]]] = []
    heard = Event()

    def stand(self: ScreenChecks, on_screen: Sequence[int]) -> None:
        told.append((self.account, tuple(on_screen)))
        heard.set()

    monkeypatch.setattr(ScreenChecks, "stand", stand)
    with running(tmp_path, ScriptedNetwork(), ScriptedNetwork()) as watched:
        watched.until(lambda: watched.state(2) is HealthState.LIVE)
        watched.hub.stand_on_screen(99, (1, 2))
        watched.hub.stand_on_screen(2, (3, 4))
        assert heard.wait(PATIENCE_SECONDS)
    assert told == [(2, (3, 4))]


class CountedFeeds:
    """Feeds without anything in them, that tell when they are let go of."""

    def __init__(self, told: list[str], changed: Event) -> None:
        self._told, self._changed = told, changed
        self._tell("made")

    async def fetch(self, address: str, validators: tuple[str, str]) -> FetchedFeed:
        raise Unreachable("nothing is fetched here")

    async def close(self) -> None:
        self._tell("closed")

    def _tell(self, what: str) -> None:
        self._told.append(what)
        self._changed.set()


def test_sources_outside_are_made_again_when_the_settings_name_others(tmp_path: Path) -> None:
    told, changed = list[str](), Event()
    with closing(Store(tmp_path / "inbox.db")) as store:
        hub = Hub(store, Bus(), SystemClock(), list, lambda: Outside(CountedFeeds(told, changed)))
        hub.start()
        for asks, wanted in ((False, ["made"]), (True, ["made", "closed", "made"])):
            if asks:
                hub.hear_anew()
            while told != wanted:
                assert changed.wait(PATIENCE_SECONDS)
                changed.clear()
        hub.stop()
    assert told == ["made", "closed", "made", "closed"]
