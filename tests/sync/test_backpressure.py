"""A server that tells more than can be written down: what cannot be taken in yet waits on the line, not in memory."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from pathlib import Path

from support.scripted_network import HOME
from support.sync_desk import Desk, new_desk

from tui_inbox.clock import SystemClock
from tui_inbox.core.health import Health, HealthState
from tui_inbox.store import feeds
from tui_inbox.store.database import Connection
from tui_inbox.sync.futures import done
from tui_inbox.sync.runner import BATCH, MOST_WAITING, Runner

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


def runner_of(desk: Desk, live: asyncio.Event) -> Runner:
    def on_health(account: int, health: Health) -> None:
        if health.state is HealthState.LIVE:
            live.set()

    return Runner(
        desk.account,
        desk.network,
        desk.store,
        desk.ingest,
        SystemClock(),
        on_health=on_health,
        on_identity=lambda account, identity: None,
    )


async def stored(desk: Desk) -> int:
    """How many posts stand in the home feed."""

    def count(db: Connection) -> int:
        feed = feeds.find_feed(db, desk.account.id, HOME)
        return len(feeds.window(db, [feed], limit=9_999)) if feed is not None else 0

    return await done(desk.store.read(count))
