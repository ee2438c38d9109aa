"""What is shown of an account is true at every moment, and from every state there is a way back up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from msgspec.structs import replace
from networks.clocks import SteppedClock
from support.scripted_network import ScriptedNetwork
from support.sync_desk import Desk

from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import DAY, MINUTE
from tui_inbox.core.other_clients import Preferences
from tui_inbox.core.ports import Overspent, Refused, SignedOut, Throttled, Unreachable
from tui_inbox.networks.deadline import end
from tui_inbox.sync.runner import Runner

PATIENCE_SECONDS = 20.0
LIVE, POLLING, OFFLINE = HealthState.LIVE, HealthState.POLLING, HealthState.OFFLINE


class Watched:
    """A running account, its clock, and every health there was."""

    def __init__(self, desk: Desk) -> None:
        self.clock = SteppedClock(desk.clock.time)
        self.told: list[Health] = []
        self._rang = asyncio.Event()
        self.network: ScriptedNetwork = desk.network
        self.runner = Runner(
            desk.account,
            desk.network,
            desk.store,
            desk.ingest,
            self.clock,
            on_health=self._hear,
            on_identity=lambda account, identity: None,
        )

    @property
    def state(self) -> HealthState:
        return self.runner.health.state

    async def until(self, true: Callable[[], object], *, pace: float = 0.0) -> None:
        """Wait until something is true.

        Args:
            pace: seconds of the account's time that pass in each round of waiting.
        """
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not true():
                self.clock.pass_time(pace)
                self._rang.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.002):
                        await self._rang.wait()

    async def pass_time(self, seconds: float) -> None:
        """Let time pass, and everybody do what they can do without the store meanwhile."""
        await self.clock.advance(seconds)

    async def sleeps_and_is_live_soon(self) -> None:
        """The machine sleeps for an hour; the line is up again seconds after it has woken."""
        await self.pass_time(1)
        self.clock.fall_asleep(3600)
        await self.pass_time(15)
        await self.until(lambda: self.state is LIVE)

    def _hear(self, account: int, health: Health) -> None:
        self.told.append(health)
        self._rang.set()


@asynccontextmanager
async def running(desk: Desk) -> AsyncIterator[Watched]:
    watched = Watched(desk)
    task = asyncio.create_task(watched.runner.run())
    try:
        yield watched
    finally:
        await end(task)


async def test_looking_for_a_stream_again_is_no_loss_of_the_line(desk: Desk) -> None:
    desk.network.streams = False
    async with running(desk) as watched:
        await watched.until(lambda: watched.state is POLLING)
        await watched.until(lambda: desk.network.calls.count("listen") == 3, pace=5)
        assert {one.state for one in watched.told} == {POLLING}


async def test_who_writes_for_the_first_time_is_asked_about_without_a_stream_too(
    desk: Desk,
) -> None:
    desk.network.streams = False
    async with running(desk) as watched:
        await watched.until(lambda: watched.state is POLLING)
        await watched.pass_time(5)
        asked = desk.network.calls.count("relationships")
        desk.network.mention("odile", "@me do you come along?")
        await watched.until(
            lambda: desk.network.calls.count("relationships") > asked and watched.state is POLLING,
            pace=5,
        )
        assert watched.clock.now() < desk.clock.time + 5 * MINUTE


async def test_pages_are_read_less_often_while_the_owner_looks_elsewhere(desk: Desk) -> None:
    desk.network.streams = False
    async with running(desk) as watched:

        def is_read_again(since: int) -> bool:
            return desk.network.calls.count("notices") >= since + 3

        await watched.until(lambda: watched.state is POLLING)
        watched.runner.looked_at()
        read, began = desk.network.calls.count("notices"), watched.clock.now()
        await watched.until(lambda: is_read_again(read), pace=1)
        assert watched.clock.now() - began >= 4 * MINUTE
        read, began = desk.network.calls.count("notices"), watched.clock.now()

        def is_read_again_while_somebody_looks() -> bool:
            watched.runner.looked_at()
            return is_read_again(read)

        await watched.until(is_read_again_while_somebody_looks, pace=1)
        assert watched.clock.now() - began < 4 * MINUTE


async def test_a_stream_that_is_there_at_last_is_listened_to(desk: Desk) -> None:
    desk.network.streams = False
    async with running(desk) as watched:
        await watched.until(lambda: watched.state is POLLING)
        desk.network.streams = True
        await watched.until(lambda: watched.state is LIVE, pace=5)


async def test_what_a_server_allows_is_asked_again_each_day_of_a_long_line(desk: Desk) -> None:
    async with running(desk) as watched:
        await watched.until(lambda: watched.state is LIVE)
        asked = desk.network.calls.count("identify")
        await watched.until(lambda: desk.network.calls.count("identify") == asked + 2, pace=600)
        assert watched.clock.now() - desk.clock.time >= 2 * DAY
        assert {one.state for one in watched.told} <= {HealthState.STARTING, LIVE}


async def test_a_machine_that_wakes_up_offline_tries_at_once(desk: Desk) -> None:
    async with running(desk) as watched:
        await watched.until(lambda: watched.state is LIVE)
        desk.network.fail("identify", *[Unreachable("No line.")] * 6)
        desk.network.cut(Unreachable("This machine was asleep."))
        await watched.until(lambda: watched.state is OFFLINE)
        await watched.until(lambda: len(desk.network.failures["identify"]) == 1, pace=1)
        desk.network.failures.clear()
        await watched.sleeps_and_is_live_soon()


async def test_a_pause_is_over_when_the_machine_wakes_up_after_it(desk: Desk) -> None:
    until = desk.clock.time + 50 * MINUTE
    desk.network.fail("identify", Throttled("It asks for a pause.", until=until))
    async with running(desk) as watched:
        await watched.until(lambda: watched.state is HealthState.PAUSED)
        assert watched.runner.health.next_try == until
        await watched.sleeps_and_is_live_soon()


@pytest.mark.parametrize(
    "reason",
    ["shows a certificate that cannot be trusted.", "cannot be found; there may be no line."],
)
async def test_trouble_on_the_way_is_told_and_got_over(desk: Desk, reason: str) -> None:
    desk.network.fail("identify", *[Unreachable(f"scripted.example {reason}")] * 3)
    async with running(desk) as watched:
        await watched.until(lambda: watched.state is OFFLINE)
        assert watched.runner.health.reason.endswith(reason)
        assert watched.runner.health.next_try is not None
        await watched.until(lambda: watched.state is LIVE, pace=1)
        assert reason not in watched.runner.health.reason


async def test_a_refused_token_ends_the_tries_and_is_told(desk: Desk) -> None:
    async with running(desk) as watched:
        await watched.until(lambda: watched.state is LIVE)
        desk.network.fail("identify", SignedOut("Sign in again."))
        desk.network.cut(Unreachable("The server closed the line."))
        await watched.until(lambda: watched.state is OFFLINE)
        await watched.until(lambda: watched.state is HealthState.SIGNED_OUT, pace=1)
        calls = list(desk.network.calls)
        await watched.pass_time(600)
        assert desk.network.calls == calls


async def test_a_token_refused_while_reading_in_the_background_is_refused_too(desk: Desk) -> None:
    async with running(desk) as watched:
        desk.network.fail("relationships", SignedOut("Sign in again."))
        desk.network.home(desk.network.write("ann", "hello"))
        desk.network.mention("ann", "hello?")
        await watched.until(lambda: watched.state is HealthState.SIGNED_OUT)


async def test_a_program_that_ends_ends_whatever_fails_in_that_moment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asyncio.Event()

    async def refuse_at_the_end() -> Preferences:
        asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            raise SignedOut("Sign in again.")

    monkeypatch.setattr(desk.network, "preferences", refuse_at_the_end)
    watched = Watched(desk)
    running = asyncio.create_task(watched.runner.run())
    await watched.until(lambda: watched.state is LIVE and asked.is_set())
    running.cancel()
    await asyncio.wait({running})
    assert running.cancelled()
    assert watched.state is LIVE  # nothing is told of an end that was meant


async def test_trouble_in_the_background_costs_no_line(desk: Desk) -> None:
    for method in ("relationships", "thread", "people", "marker", "talks", "preferences"):
        desk.network.fail(method, *[Unreachable("It has trouble.")] * 2)
    above = desk.network.write("ann", "beginning")
    desk.network.mention("ben", "answer", to=above)
    desk.network.home(above)
    async with running(desk) as watched:
        await watched.until(lambda: watched.state is LIVE)
        await watched.until(lambda: "preferences" in desk.network.calls)
        await watched.pass_time(200)
        assert watched.state is LIVE
        assert {one.state for one in watched.told} == {LIVE}


async def test_how_far_the_past_is_read_is_shown_while_it_is_read(desk: Desk) -> None:
    above = desk.network.write(
        "ann", "beginning"
    )  # in no feed: home might bring it before the past is read
    desk.network.mention("ben", "answer", to=above)
    until = desk.clock.time + 20 * MINUTE
    desk.network.fail("thread", Throttled("Enough.", until=until))
    async with running(desk) as watched:
        await watched.until(lambda: watched.state is LIVE)
        await watched.until(lambda: watched.runner.health.sentence.startswith("Reading your past"))
        await watched.until(lambda: watched.runner.health.past is None, pace=10)
        assert watched.state is LIVE
        assert watched.told[-1].past is None  # the end is told to everybody


async def test_what_is_refused_besides_home_is_told_while_the_line_is_live(desk: Desk) -> None:
    desk.network.home(desk.network.write("ann", "hello"))
    desk.network.fail("notices", *[Refused("Notifications are not for you.")] * 9)
    async with running(desk) as watched:
        await watched.until(lambda: watched.state is LIVE)
        assert watched.runner.health.reason == "Notifications are not for you."
        assert "feed home" in desk.network.calls


async def test_what_is_too_dear_today_is_told_and_who_writes_is_read_all_the_same(
    desk: Desk,
) -> None:
    desk.network.streams = False
    desk.network.mention("ben", "hello?")
    desk.network.fail("feed", *[Overspent("Today's money is spent.", until=2**50)] * 9)
    async with running(desk) as watched:
        await watched.until(lambda: watched.state is POLLING)
        assert watched.runner.health.reason == "Today's money is spent."
        assert "notices" in desk.network.calls


async def test_a_home_feed_that_is_paid_for_is_read_seldom_while_nobody_looks(desk: Desk) -> None:
    desk.network.streams = False
    desk.network.home(desk.network.write("ann", "hello"))
    desk.account = replace(desk.account, limits=replace(desk.account.limits, paid=True))
    calls = desk.network.calls
    async with running(desk) as watched:
        await watched.until(lambda: calls.count("notices") >= 5, pace=10)
        assert calls.count("feed home") == 1
        assert calls.count("feed own") > 4  # what was answered elsewhere does not wait here
        watched.runner.following.on_screen.stand([1])
        await watched.until(lambda: calls.count("feed home") == 2, pace=10)
        end = watched.clock.now() + 25 * MINUTE
        await watched.until(lambda: watched.clock.now() > end, pace=30)
        assert calls.count("feed home") <= 5  # for as long as it was looked at
        await watched.until(lambda: calls.count("feed home") > 5, pace=60)


async def test_a_stream_that_fails_to_open_is_no_reason_to_read_nothing(desk: Desk) -> None:
    desk.network.home(desk.network.write("ann", "hello"))
    desk.network.fail("listen", *[Unreachable("The stream is down.")] * 4)
    async with running(desk) as watched:
        await watched.until(lambda: watched.state is POLLING)
        assert watched.runner.health.reason == "The stream is down."
        assert watched.runner.health.next_try is not None
        assert "feed home" in desk.network.calls
        await watched.until(lambda: watched.state is LIVE, pace=1)
        assert {one.state for one in watched.told} == {POLLING, LIVE}
        assert "stream" not in watched.runner.health.reason


async def test_a_stream_that_is_limited_is_asked_for_when_that_is_over(desk: Desk) -> None:
    until = desk.clock.time + 5 * MINUTE
    desk.network.fail("listen", Throttled("Too many streams.", until=until))
    async with running(desk) as watched:
        await watched.until(lambda: watched.state is POLLING)
        assert watched.runner.health.next_try == until
        await watched.until(lambda: watched.state is LIVE, pace=5)
        assert watched.clock.now() >= until


async def test_where_neither_stream_nor_pages_answer_the_account_is_offline(desk: Desk) -> None:
    desk.network.fail("listen", Unreachable("The stream is down."))
    desk.network.fail("feed", Unreachable("scripted.example has trouble."))
    async with running(desk) as watched:
        await watched.until(lambda: watched.state is OFFLINE)
        assert watched.runner.health.reason == "scripted.example has trouble."
        await watched.until(lambda: watched.state is LIVE, pace=1)
