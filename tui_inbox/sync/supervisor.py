"""What the hub does on its thread: every account kept live, the outbox kept empty, and what time alone brings."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Sequence

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import MINUTE, SECOND
from tui_inbox.core.ports import Clock, Identity
from tui_inbox.networks.deadline import within
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync import line_record
from tui_inbox.sync.bus import Bus
from tui_inbox.sync.connected import Connected
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
LAST_WORDS_SECONDS = 2.0
"""How long the end of the program waits for what accounts still have to say."""
_CONNECTED = (HealthState.LIVE, HealthState.POLLING)


class Supervisor:
    """Owns all long tasks. Made and used on the hub's loop; its error handling is the last one there is.

    Attributes:
        runners: what keeps each account live, by its local id.
    """

    def __init__(
        self, store: Store, bus: Bus, clock: Clock, connected: Sequence[Connected]
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._connected = connected
        self._ingest = Ingest(store, clock)
        self._doors: dict[int, Door] = {}
        self._outbox = Outbox(store, self._ingest, clock, self._doors, lease=str(os.getpid()))
        self._outbox_bell = asyncio.Event()
        self._stop = asyncio.Event()
        self.runners = {one.account.id: self._runner(one) for one in connected}

    def searches_changed(self) -> None:
        """Standing searches were added or removed."""
        self._ingest.searches_changed()

    def wake_outbox(self) -> None:
        """Look at the outbox now."""
        self._outbox_bell.set()

    def stop(self) -> None:
        """End `run`."""
        self._stop.set()

    async def run(self) -> None:
        """Keep everything going until `stop`."""
        await self._outbox.recover()
        await done(self._store.write(lambda w: wake_at_start(w, self._clock.now())))
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._keep(runner)) for runner in self.runners.values()]
            tasks.append(group.create_task(self._keep_sending()))
            tasks.append(group.create_task(self._keep_house()))
            await self._stop.wait()
            for task in tasks:
                task.cancel()
        await asyncio.gather(*map(self._last_words, self.runners.values()))
        for one in self._connected:
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

    async def _last_words(self, runner: Runner) -> None:
        """What an account still has to say to its server, where that goes quickly. Nobody waits longer to leave."""
        if runner.health.state not in _CONNECTED:
            return
        try:
            await within(self._clock, LAST_WORDS_SECONDS, runner.following.last_words())
        except TimeoutError:
            log.info("account %s: the last words came too late", runner.account.id)
        # the program ends whatever is wrong here
        except Exception:
            log.exception("account %s could not say its last words", runner.account.id)

    async def _keep(self, runner: Runner) -> None:
        """Run an account for ever; an unforeseen error is logged, shown, and tried again after a rest."""
        while True:
            try:
                await runner.run()
            # a fault of ours must stop neither this account for good nor the others
            except Exception:
                log.exception("account %s stopped unexpectedly", runner.account.id)
                runner.faulted(AFTER_A_FAULT_SECONDS)
                await self._clock.sleep(AFTER_A_FAULT_SECONDS)
            else:
                self._doors.pop(runner.account.id, None)
                return  # signed out: nothing more to do until the owner signs in again

    async def _keep_sending(self) -> None:
        while True:
            self._outbox_bell.clear()
            try:
                await self._outbox.work()
            # the outbox must go on for the other rows; the row keeps its lease and is looked at
            except Exception:
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
        """What time alone brings: items that wake, turns that lapse, and words from servers to note."""
        while True:
            await done(self._store.write(self._house_work))
            await self._clock.sleep(MINUTE / 2 / SECOND)

    def _house_work(self, w: Writing) -> None:
        wake_due(w, self._clock.now())
        for account, runner in self.runners.items():
            line_record.note(w, account, runner.health)

    def _on_health(self, account: int, health: Health) -> None:
        line_record.note_soon(self._store, account, health)
        self._bus.publish(frozenset({Change(Topic.HEALTH, account)}))

    def _on_identity(self, account: int, identity: Identity) -> None:
        runner = self.runners[account]
        self._doors[account] = Door(runner.network, identity.limits.honours_keys)
        self.wake_outbox()
