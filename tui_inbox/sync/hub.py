"""The hub: the one place where networks are spoken to, on a thread and event loop of its own.

An hour in an editor must not kill sockets or timers, so nothing here shares a loop with the screen.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from msgspec import Struct

from tui_inbox.core.account import Account
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import MINUTE, SECOND
from tui_inbox.core.ports import Clock, Identity, Network, NetworkError
from tui_inbox.core.post import Feed
from tui_inbox.store import feeds
from tui_inbox.store.store import Store
from tui_inbox.sync.bus import Bus
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest
from tui_inbox.sync.outbox import Door, Outbox
from tui_inbox.sync.runner import Runner
from tui_inbox.sync.wake import wake_at_start, wake_due

log = logging.getLogger(__name__)

AFTER_A_FAULT_SECONDS = 30.0
"""How long an account rests after an error that nobody foresaw."""
LONGEST_OUTBOX_REST_SECONDS = 5.0
"""Verbs beside a running program put rows into the outbox without being able to ring its bell."""

NOT_SIGNED_IN = "That account is not connected at the moment."


class Connected(Struct, frozen=True):
    """An account together with its network, as the composition root made them."""

    account: Account
    network: Network


class Hub:
    """Keeps every account live and the outbox empty. Fulfils `core.ports.Fetcher`."""

    def __init__(
        self, store: Store, bus: Bus, clock: Clock, accounts: Callable[[], list[Connected]]
    ) -> None:
        """Prepare; nothing is connected before `start`.

        Args:
            accounts: makes the networks. Called on the hub's thread, so that heavy imports happen there.
        """
        self._store = store
        self._bus = bus
        self._clock = clock
        self._accounts = accounts
        self._ingest = Ingest(store, clock)
        self._runners: dict[int, Runner] = {}
        self._doors: dict[int, Door] = {}
        self._outbox = Outbox(store, self._ingest, clock, self._doors, lease=str(os.getpid()))
        self._loop: asyncio.AbstractEventLoop | None = None
        self._outbox_bell: asyncio.Event | None = None
        self._stop: asyncio.Event | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._main, name="hub", daemon=True)

    # -- life ------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin, on the hub's thread. Returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End: close connections and wait for the thread. What was under way is in the store or the outbox."""
        if not self._thread.is_alive():
            return
        self._ready.wait()
        loop, stop = self._loop, self._stop
        if loop is not None and stop is not None:
            with suppress(RuntimeError):  # the loop has ended by itself in the meantime
                loop.call_soon_threadsafe(stop.set)
        self._thread.join(timeout=10)

    def searches_changed(self) -> None:
        """Standing searches were added or removed."""
        self._ingest.searches_changed()

    def retry_now(self, account: int) -> None:
        """Try to connect an account now instead of at its next try."""
        runner = self._runners.get(account)
        if runner is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(runner.retry_now)

    # -- Fetcher ---------------------------------------------------------------------------

    def read_thread(self, account: int, post: int) -> Future[str]:
        """See `Fetcher.read_thread`."""
        return self._errand(account, lambda runner: runner.backfill.read_thread(post))

    def read_older(self, account: int, feed: Feed) -> Future[str]:
        """See `Fetcher.read_older`."""
        return self._errand(account, lambda runner: runner.backfill.read_older(feed))

    def fill_gap(self, gap: int) -> Future[str]:
        """See `Fetcher.fill_gap`."""
        found = self._store.read(lambda db: feeds.gap_with_feed(db, gap)).result()
        if found is None:
            return _said("")
        hole, account, feed = found
        return self._errand(account, lambda runner: runner.backfill.fill_gap(hole, feed))

    def read_person(self, account: int, person: int) -> Future[str]:
        """See `Fetcher.read_person`."""
        return self._errand(account, lambda runner: runner.backfill.read_person(person))

    def wake_outbox(self) -> None:
        """See `Fetcher.wake_outbox`."""
        loop, bell = self._loop, self._outbox_bell
        if loop is not None and bell is not None:
            with suppress(RuntimeError):  # the loop has ended: the row is sent at the next start
                loop.call_soon_threadsafe(bell.set)

    def health(self) -> Mapping[int, Health]:
        """See `Fetcher.health`."""
        return {account: runner.health for account, runner in list(self._runners.items())}

    # -- on the hub's thread ---------------------------------------------------------------

    def _main(self) -> None:
        asyncio.run(self._run())

    async def _run(self) -> None:
        self._outbox_bell, self._stop = asyncio.Event(), asyncio.Event()
        self._loop = asyncio.get_running_loop()
        connected = self._accounts()
        for one in connected:
            self._runners[one.account.id] = self._runner(one)
        self._ready.set()
        await self._outbox.recover()
        await done(self._store.write(lambda w: wake_at_start(w, self._clock.now())))
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._keep(runner)) for runner in self._runners.values()]
            tasks.append(group.create_task(self._keep_sending()))
            tasks.append(group.create_task(self._keep_house()))
            await self._stop.wait()
            for task in tasks:
                task.cancel()
        for one in connected:
            await one.network.close()

    def _runner(self, connected: Connected) -> Runner:
        return Runner(
            connected.account,
            connected.network,
            self._store,
            self._ingest,
            self._clock,
            on_health=self._on_health,
            on_identity=self._on_identity,
        )

    async def _keep(self, runner: Runner) -> None:
        """Run an account for ever; an unforeseen error is logged, shown, and tried again after a rest."""
        while True:
            try:
                await runner.run()
            except (
                Exception
            ):  # a fault of ours must stop neither this account for good nor the others
                log.exception("account %s stopped unexpectedly", runner.account.id)
                runner.faulted(AFTER_A_FAULT_SECONDS)
                await self._clock.sleep(AFTER_A_FAULT_SECONDS)
            else:
                self._doors.pop(runner.account.id, None)
                return  # signed out: nothing more to do until the owner signs in again

    async def _keep_sending(self) -> None:
        assert self._outbox_bell is not None
        while True:
            self._outbox_bell.clear()
            try:
                await self._outbox.work()
            except (
                Exception
            ):  # the outbox must go on for the other rows; the row keeps its lease and is looked at
                log.exception("the outbox stopped unexpectedly")
                await self._clock.sleep(AFTER_A_FAULT_SECONDS)
            due = await self._outbox.next_due()
            rest = LONGEST_OUTBOX_REST_SECONDS
            if due is not None:
                rest = min(rest, max(0.05, (due - self._clock.now()) / SECOND))
            await self._rest(self._outbox_bell, rest)

    async def _rest(self, bell: asyncio.Event, seconds: float) -> None:
        rung = asyncio.ensure_future(bell.wait())
        rested = asyncio.ensure_future(self._clock.sleep(seconds))
        try:
            await asyncio.wait({rung, rested}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            rung.cancel()
            rested.cancel()

    async def _keep_house(self) -> None:
        """What time alone brings: items that wake, turns that lapse."""
        while True:
            await done(self._store.write(lambda w: wake_due(w, self._clock.now())))
            await self._clock.sleep(MINUTE / 2 / SECOND)

    def _on_health(self, account: int, _: Health) -> None:
        self._bus.publish(frozenset({Change(Topic.HEALTH, account)}))

    def _on_identity(self, account: int, identity: Identity) -> None:
        runner = self._runners[account]
        self._doors[account] = Door(runner.network, identity.limits.honours_keys)
        self.wake_outbox()

    def _errand(
        self, account: int, work: Callable[[Runner], Coroutine[Any, Any, str]]
    ) -> Future[str]:
        """Run something for a screen on the hub's loop; every failure becomes a sentence."""
        runner, loop = self._runners.get(account), self._loop
        if runner is None or loop is None:
            return _said(NOT_SIGNED_IN)
        if runner.health.state is HealthState.SIGNED_OUT:
            return _said(runner.health.reason)

        async def errand() -> str:
            try:
                return await work(runner)
            except NetworkError as error:
                return str(error)

        return asyncio.run_coroutine_threadsafe(errand(), loop)


def _said(sentence: str) -> Future[str]:
    future: Future[str] = Future()
    future.set_result(sentence)
    return future
