"""What the hub does on its thread: every account kept live, the outbox kept empty, and what time alone brings."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.further_ports import CardSource
from tui_inbox.core.health import HEARING, Health, HealthState
from tui_inbox.core.moment import MINUTE, SECOND
from tui_inbox.core.ports import Clock, Identity
from tui_inbox.core.watching import LISTED
from tui_inbox.networks.deadline import within
from tui_inbox.store import accounts, watches
from tui_inbox.store.files_in_use import files_in_use
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync import line_record
from tui_inbox.sync.bus import Bus
from tui_inbox.sync.connected import Connected, Outside, Web
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest
from tui_inbox.sync.listened_feeds import ListenedFeeds
from tui_inbox.sync.listened_stream import ListenedStream
from tui_inbox.sync.media import MediaDesk
from tui_inbox.sync.outbox import Door, Outbox
from tui_inbox.sync.runner import Runner
from tui_inbox.sync.ties import renew_ties
from tui_inbox.sync.wake import wake_at_start, wake_due

log = logging.getLogger(__name__)

AFTER_A_FAULT_SECONDS = 30.0
"""How long an account rests after an error that nobody foresaw."""
LONGEST_OUTBOX_REST_SECONDS = 5.0
"""Verbs beside a running program put rows into the outbox without being able to ring its bell."""
LAST_WORDS_SECONDS = 2.0
"""How long the end of the program waits for what accounts still have to say."""


class Supervisor:
    """Owns all long tasks. Made and used on the hub's loop; its error handling is the last one there is.

    Every account has two tasks of its own, one that listens and one that sends, so that a server which says nothing
    holds up no other.

    Attributes:
        runners: what keeps each account live, by its local id.
    """

    def __init__(
        self,
        store: Store,
        bus: Bus,
        clock: Clock,
        connect: Callable[[], Sequence[Connected]],
        outside: Callable[[], Outside] | None = None,
        web: Web | None = None,
    ) -> None:
        """Prepare.

        Args:
            connect: makes the networks of all accounts; called again when the owner has signed in anew.
            outside: makes what reads sources outside all accounts; None where nothing does.
            web: reads the web when the owner asks for something there; None where nothing does.
        """
        self._store = store
        self._bus = bus
        self._clock = clock
        self._connect = connect
        self._connected = {one.account.id: one for one in connect()}
        self._ingest = Ingest(store, clock)
        self._doors: dict[int, Door] = {}
        self._outbox = Outbox(store, self._ingest, clock, self._doors, lease=str(os.getpid()))
        self._bells = {account: asyncio.Event() for account in self._connected}
        self._make_outside = outside
        self._web = web
        self._hear_anew = asyncio.Event()
        self._stop = asyncio.Event()
        self.runners = {account: self._runner(one) for account, one in self._connected.items()}
        self._group: asyncio.TaskGroup | None = None
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def cards(self) -> CardSource | None:
        """What reads pages for the cards of links, if anything does."""
        return None if self._web is None else self._web.cards

    @property
    def media(self) -> MediaDesk | None:
        """What fetches the files that posts point to, if anything does."""
        return None if self._web is None else self._web.media

    def wake_outbox(self) -> None:
        """Look at the outbox now."""
        for bell in self._bells.values():
            bell.set()

    def retry_now(self, account: int) -> None:
        """Connect an account now; one that is signed out with what the owner has signed in with since."""
        if runner := self.runners.get(account):
            runner.retry_now()

    def account_signed_in(self, account: int) -> None:
        """Connect an account into which the owner has just signed in: a new one, or one that was signed out."""
        if account in self.runners:
            self.retry_now(account)
            return
        for one in self._connect():
            if (known := self._connected.get(one.account.id)) is not None:
                if known is not one:
                    self._start(one.network.close())
            else:
                self._connected[one.account.id] = one
                self._bells[one.account.id] = asyncio.Event()
                self.runners[one.account.id] = self._runner(one)
                self._keep_account(one.account.id)

    def _keep_account(self, account: int) -> None:
        """Keep an account live and its outbox empty from now on; before `run` that is done by it."""
        self._start(self._keep(account))
        self._start(self._keep_sending(account))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if self._group is None:
            work.close()
        else:
            self._tasks.append(self._group.create_task(work))

    def stand_on_screen(self, account: int, posts: Sequence[int]) -> None:
        """What the owner is looking at: posts (local ids) as an account sees them."""
        for one in self.runners.values():
            one.looked_at()
        if runner := self.runners.get(account):
            runner.following.on_screen.stand(posts)

    def hear_anew(self) -> None:
        """Make what reads sources outside all accounts again, and listen by that."""
        self._hear_anew.set()

    def stop(self) -> None:
        """End `run`."""
        self._stop.set()

    async def run(self) -> None:
        """Keep everything going until `stop`."""
        await self._begin()
        async with asyncio.TaskGroup() as group:
            self._group = group
            self._start(self._keep_house())
            if self._make_outside is not None:
                self._start(self._keep_hearing(self._make_outside))
            for account in tuple(self.runners):
                self._keep_account(account)
            await self._stop.wait()
            for task in self._tasks:
                task.cancel()
        await asyncio.gather(*map(self._last_words, self.runners.values()))
        for one in self._connected.values():
            await one.network.close()
        if self._web is not None:
            await self._web.media.close()
            if self._web.cards is not None:
                await self._web.cards.close()

    async def _begin(self) -> None:
        """What is done once, at the start."""
        try:
            await self._outbox.recover()
            await done(self._store.write(renew_ties))
            await done(self._store.write(lambda w: wake_at_start(w, self._clock.now())))
            await self._forget_files()
            if self.media is not None:
                await self.media.tidy()
        # accounts can be read all the same
        except Exception:
            log.exception("not everything could be taken up where the last run ended")

    async def _forget_files(self) -> None:
        """Remove copies of files that have gone with nothing for long."""
        now, files = self._clock.now(), self._store.files
        if not await asyncio.to_thread(files.old, now):
            return
        used = await done(self._store.read(files_in_use))
        await asyncio.to_thread(files.forget_unused, used, now)

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
        if runner.health.state not in HEARING:
            return
        try:
            await within(self._clock, LAST_WORDS_SECONDS, runner.following.last_words())
        except TimeoutError:
            log.info("account %s: the last words came too late", runner.account.id)
        # the program ends whatever is wrong here
        except Exception:
            log.exception("account %s could not say its last words", runner.account.id)

    async def _keep(self, account: int) -> None:
        """Run an account for ever; an unforeseen error is logged, shown, and tried again after a rest."""
        while True:
            runner = self.runners[account]
            try:
                await runner.run()
                self._doors.pop(account, None)
                await runner.until_asked()  # signed out
                await self._connect_anew(account)
            # a fault of ours must stop neither this account for good nor the others
            except Exception:
                log.exception("account %s stopped unexpectedly", account)
                self.runners[account].faulted(AFTER_A_FAULT_SECONDS)
                await self._clock.sleep(AFTER_A_FAULT_SECONDS)

    async def _connect_anew(self, account: int) -> None:
        """Make an account's network again, with what the owner has signed in with since."""
        old = self._connected[account]
        for one in self._connect():
            if one.account.id == account:
                self._connected[account] = one
                self.runners[account] = self._runner(one)
            elif self._connected.get(one.account.id) is not one:
                await one.network.close()
        if self._connected[account] is not old:
            await old.network.close()

    async def _keep_hearing(self, make: Callable[[], Outside]) -> None:
        """Hear sources outside all accounts, until cancelled; with others of them when they are made again."""
        while True:
            self._hear_anew.clear()
            outside = make()
            try:
                async with asyncio.TaskGroup() as group:
                    feeds = ListenedFeeds(self._store, self._ingest, self._clock, outside.feeds)
                    tasks = [group.create_task(feeds.run())]
                    for network, stream in outside.streams.items():
                        listened = ListenedStream(
                            self._store, self._ingest, self._clock, stream, network
                        )
                        tasks.append(group.create_task(listened.run()))
                    await self._hear_anew.wait()
                    for task in tasks:
                        task.cancel()
            finally:
                await outside.feeds.close()
                for stream in outside.streams.values():
                    await stream.close()

    async def _keep_sending(self, account: int) -> None:
        bell = self._bells[account]
        while True:
            bell.clear()
            try:
                due = await self._outbox.work(account)
            # what is wrong with the store may pass, and rows keep their place
            except Exception:
                log.exception("the outbox of account %s stopped unexpectedly", account)
                await self._clock.sleep(AFTER_A_FAULT_SECONDS)
                continue
            rest = LONGEST_OUTBOX_REST_SECONDS
            if due is not None:
                rest = min(rest, max(0.05, (due - self._clock.now()) / SECOND))
            await self._rest(bell, rest)

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
            try:
                for account in await done(self._store.write(self._house_work)):
                    self.account_signed_in(account)
            # it is done again in a moment
            except Exception:
                log.exception("what time brings could not be stored")
            await self._clock.sleep(MINUTE / 2 / SECOND)

    def _house_work(self, w: Writing) -> list[int]:
        """Returns the accounts into which the owner has signed in again, as a verb in another process does."""
        wake_due(w, self._clock.now())
        watches.forget_ended(w, self._clock.now() - LISTED)
        signed_in = [one.id for one in accounts.accounts(w.db) if one.id not in self.runners]
        for account, runner in self.runners.items():
            is_out = runner.health.state is HealthState.SIGNED_OUT
            if is_out and line_record.is_forgotten(w.db, account):
                signed_in.append(account)
            else:
                line_record.note(w, account, runner.health)
        return signed_in

    def _on_health(self, account: int, health: Health) -> None:
        line_record.note_soon(self._store, account, health)
        self._bus.publish(frozenset({Change(Topic.HEALTH, account)}))

    def _on_identity(self, account: int, identity: Identity) -> None:
        runner = self.runners[account]
        self._doors[account] = Door(
            runner.network, identity.limits.honours_keys, identity.limits.keys_last
        )
        self.wake_outbox()
