"""A server that tells more than can be written down: what cannot be taken in yet waits on the line, not in memory."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

from support.scripted_network import HOME
from support.sync_desk import Desk, new_desk

from tui_inbox.clock import SystemClock
from tui_inbox.core.events import NetworkEvent
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.ports import Clock
from tui_inbox.store import feeds
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest
from tui_inbox.sync.runner import BATCH, GATHER_SECONDS, MOST_WAITING, Runner

MUCH = MOST_WAITING + 300
PATIENCE_SECONDS = 30.0


async def test_what_comes_faster_than_it_is_written_waits_on_the_line(tmp_path: Path) -> None:
    desk, live = new_desk(tmp_path), asyncio.Event()
    running = asyncio.create_task(runner_of(desk, live).run())
    await live.wait()
    may_write = threading.Event()
    desk.store.write(lambda w: may_write.wait())
    for number in range(MUCH):
        desk.network.home(desk.network.write("ann", f"post {number}"))
    for _ in range(10 * MUCH):  # as long as anything moves
        await asyncio.sleep(0)
    (line,) = desk.network._lines
    assert line.queue.qsize() >= MUCH - MOST_WAITING - BATCH - 1
    may_write.set()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await stored(desk) < MUCH:
            pass
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    desk.store.close()


class GatheringClock(SystemClock):
    """The machine's clock, on which the pause after events were taken in lasts until the story goes on."""

    def __init__(self) -> None:
        self.pausing, self.over = asyncio.Event(), asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        if seconds != GATHER_SECONDS:
            await super().sleep(seconds)
            return
        self.pausing.set()
        await self.over.wait()
        self.over.clear()


class CountingIngest(Ingest):
    """Files what it is given, and remembers how many events came together."""

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store, clock)
        self.together: list[int] = []

    def take_events(self, account: int, events: Sequence[NetworkEvent]) -> Future[None]:
        self.together.append(len(events))
        return super().take_events(account, events)


async def test_the_first_post_is_filed_at_once_and_those_close_behind_it_together(
    tmp_path: Path,
) -> None:
    desk, live, clock = new_desk(tmp_path), asyncio.Event(), GatheringClock()
    desk.ingest = ingest = CountingIngest(desk.store, clock)
    running = asyncio.create_task(runner_of(desk, live, clock).run())
    async with asyncio.timeout(PATIENCE_SECONDS):
        await live.wait()
        desk.network.home(desk.network.write("ann", "the first"))
        await clock.pausing.wait()
        assert ingest.together == [1]
        clock.pausing.clear()
        for number in range(5):
            desk.network.home(desk.network.write("ann", f"close behind it {number}"))
        for _ in range(100):  # as long as anything moves
            await asyncio.sleep(0)
        assert ingest.together == [1]
        clock.over.set()
        await clock.pausing.wait()
    assert ingest.together == [1, 5]
    assert await stored(desk) == 6
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    desk.store.close()


def runner_of(desk: Desk, live: asyncio.Event, clock: Clock | None = None) -> Runner:
    def on_health(account: int, health: Health) -> None:
        if health.state is HealthState.LIVE:
            live.set()

    return Runner(
        desk.account,
        desk.network,
        desk.store,
        desk.ingest,
        clock or SystemClock(),
        on_health=on_health,
        on_identity=lambda account, identity: None,
    )


async def stored(desk: Desk) -> int:
    """How many posts stand in the home feed."""

    def count(db: Connection) -> int:
        feed = feeds.find_feed(db, desk.account.id, HOME)
        return len(feeds.window(db, [feed], limit=9_999)) if feed is not None else 0

    return await done(desk.store.read(count))
