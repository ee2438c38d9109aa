"""One account, kept live: identify, listen, catch up, and find the way back after every loss."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable

from msgspec.structs import replace

from tui_inbox.core.account import Account
from tui_inbox.core.events import Heard, NetworkEvent, NoticeKind, StreamOpened
from tui_inbox.core.events import Noticed as NoticedEvent
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import HOUR, MINUTE, SECOND, Millis
from tui_inbox.core.ports import (
    Clock,
    Identity,
    Network,
    NetworkError,
    SignedOut,
    Throttled,
    Unreachable,
    Unsupported,
)
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.store import accounts
from tui_inbox.store.store import Store
from tui_inbox.sync.backfill import Backfill
from tui_inbox.sync.futures import done
from tui_inbox.sync.history import History
from tui_inbox.sync.ingest import Ingest

log = logging.getLogger(__name__)

HOME = Feed(FeedKind.HOME)

FIRST_RETRY, LAST_RETRY = 1 * SECOND, 2 * MINUTE
HEALTHY_AFTER: Millis = 1 * MINUTE
"""A line that held this long was good: the next loss begins with a short wait again (facts 4.8)."""
SAFETY_POLL: Millis = 5 * MINUTE
"""Streams may go silent though the socket lives, so pages are read now and then all the same (facts 1.4)."""
POLL_EVERY: Millis = 45 * SECOND
"""Where there is no stream (facts 2, rule 8: 30–120 s)."""
TRY_STREAM_AGAIN: Millis = 10 * MINUTE
BATCH = 50
"""Events put into one transaction at most, so that it stays well below 50 ms."""


class Runner:
    """Keeps one account's part of the store true for as long as it runs."""

    def __init__(
        self,
        account: Account,
        network: Network,
        store: Store,
        ingest: Ingest,
        clock: Clock,
        on_health: Callable[[int, Health], None],
        on_identity: Callable[[int, Identity], None],
    ) -> None:
        self.account = account
        self.network = network
        self.backfill = Backfill(store, ingest, clock, network, account.id)
        self._history = History(store, ingest, network, account.id)
        self.health = Health(HealthState.STARTING, clock.now())
        self._store = store
        self._ingest = ingest
        self._clock = clock
        self._on_health = on_health
        self._on_identity = on_identity
        self._retry = asyncio.Event()

    async def run(self) -> None:
        """Keep the account live until cancelled, or until its token is refused."""
        wait = FIRST_RETRY
        while True:
            began = self._clock.now()
            error = await self._lost()
            if isinstance(error, SignedOut):
                self._set_health(HealthState.SIGNED_OUT, str(error))
                return
            if isinstance(error, Throttled):
                self._set_health(HealthState.PAUSED, str(error), next_try=error.until)
                await self._pause(error.until - self._clock.now())
                continue
            if self._clock.now() - began > HEALTHY_AFTER:
                wait = FIRST_RETRY
            pause = int(wait * random.uniform(0.75, 1.25))  # noqa: S311 - spreads clients, keeps no secret
            self._set_health(HealthState.OFFLINE, str(error), next_try=self._clock.now() + pause)
            await self._pause(pause)
            wait = min(wait * 2, LAST_RETRY)

    def faulted(self, rest_seconds: float) -> None:
        """Show that an error nobody foresaw has stopped the account for a while."""
        until = self._clock.now() + int(rest_seconds * SECOND)
        reason = "Something unexpected went wrong here; the log has it."
        self._set_health(HealthState.OFFLINE, reason, next_try=until)

    def retry_now(self) -> None:
        """Do not wait for the next try."""
        self._retry.set()

    async def _lost(self) -> NetworkError:
        """Run one session to its end; why it ended."""
        try:
            await self._session()
        except NetworkError as error:
            return error
        except BaseExceptionGroup as group:
            errors, others = group.split(NetworkError)
            if errors is None or others is not None:
                raise
            return _weightiest(errors)
        return Unreachable("The server closed the line.")

    async def once(self) -> None:
        """Read everything there is to read at this moment, without listening: for verbs with `--sync`.

        Raises:
            NetworkError: the server could not be read; what came before is in the store.
        """
        await self.identify()
        await self._catch_up()
        await self._history.read()
        await self.backfill.read_relationships()

    async def _session(self) -> None:
        """From identification to the loss of the line."""
        await self.identify()
        async with asyncio.TaskGroup() as session:
            slow = session.create_task(self._slow_work())
            try:
                await self._listen()
            except Unsupported:
                await self._poll()
            finally:
                slow.cancel()

    async def identify(self) -> None:
        """Ask who the token belongs to and what the server allows, and keep the answer."""
        identity = await self.network.identify()
        await done(
            self._store.write(
                lambda w: accounts.set_limits(
                    w,
                    self.account.id,
                    identity.limits,
                    usual_audience=identity.usual_audience,
                    usual_language=identity.usual_language,
                )
            )
        )
        self._on_identity(self.account.id, identity)

    async def _listen(self) -> None:
        """Listen, and read pages at the start and now and then. Events wait until the pages are in."""
        queue: asyncio.Queue[NetworkEvent | None] = asyncio.Queue()
        events = self.network.listen()
        first = await anext(events, None)
        if first is None:
            return
        async with asyncio.TaskGroup() as group:

            async def hear() -> None:
                async for event in events:
                    self._heard()
                    if not isinstance(event, Heard | StreamOpened):
                        queue.put_nowait(event)
                queue.put_nowait(None)

            hearing = group.create_task(hear())
            safety = group.create_task(self._poll_every(SAFETY_POLL))
            try:
                await self._catch_up()
                self._set_health(HealthState.LIVE, "")
                await self._drain(queue)
            finally:
                hearing.cancel()
                safety.cancel()

    async def _drain(self, queue: asyncio.Queue[NetworkEvent | None]) -> None:
        """Take in what was heard, many at a time, until the line is lost."""
        while True:
            event = await queue.get()
            batch: list[NetworkEvent] = []
            while event is not None:
                batch.append(event)
                if queue.empty() or len(batch) == BATCH:
                    break
                event = queue.get_nowait()
            if batch:
                await done(self._ingest.take_events(self.account.id, batch))
                await self._ask_about(batch)
            if event is None:
                return

    async def _ask_about(self, events: list[NetworkEvent]) -> None:
        """People who write or follow for the first time: how the account stands to them decides their lane."""
        if any(
            isinstance(event, NoticedEvent)
            and event.notice.kind in (NoticeKind.MENTION, NoticeKind.QUOTE, NoticeKind.FOLLOW)
            for event in events
        ):
            await self._quietly(self.backfill.read_relationships)

    async def _poll(self) -> None:
        """Without a stream: read pages at intervals, and look now and then whether there is a stream after all."""
        until = self._clock.now() + TRY_STREAM_AGAIN
        while self._clock.now() < until:
            await self._catch_up()
            self._set_health(HealthState.POLLING, "")
            await self._pause(POLL_EVERY)

    async def _poll_every(self, interval: Millis) -> None:
        while True:
            await self._clock.sleep(interval / SECOND)
            await self._quietly(self._catch_up)

    async def _catch_up(self) -> None:
        """Home first, because that is what one sees; own posts before mentions, so that nothing that was
        answered long ago ever looks as if it waited."""
        await self.backfill.catch_up(HOME)
        self._heard()
        await self._history.read_own()
        await self.backfill.catch_up_notices()
        self._heard()

    async def _slow_work(self) -> None:
        """History of a new account, then relationships, in the background and within the budget."""
        await self._quietly(self._history.read)
        while True:
            await self._quietly(self.backfill.read_relationships)
            await self._clock.sleep(HOUR / SECOND)

    async def _quietly(self, work: Callable[[], Awaitable[None]]) -> None:
        """Background work whose failure is no loss of the line: it is tried again later."""
        try:
            await work()
        except (Unsupported, Throttled) as error:
            log.info("account %s: %s", self.account.id, type(error).__name__)

    async def _pause(self, millis: Millis) -> None:
        """Wait, unless told to try now."""
        self._retry.clear()
        asked = asyncio.ensure_future(self._retry.wait())
        waited = asyncio.ensure_future(self._clock.sleep(max(0, millis) / SECOND))
        try:
            await asyncio.wait({asked, waited}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            asked.cancel()
            waited.cancel()

    def _heard(self) -> None:
        """Note the moment of a sign of life, without telling everybody of each."""
        self.health = replace(self.health, last_word=self._clock.now())

    def _set_health(
        self, state: HealthState, reason: str, *, next_try: Millis | None = None
    ) -> None:
        now = self._clock.now()
        if state is not self.health.state:
            self.health = replace(self.health, state=state, since=now)
        self.health = replace(self.health, next_try=next_try, reason=reason)
        self._on_health(self.account.id, self.health)


def _weightiest(errors: BaseExceptionGroup[NetworkError]) -> NetworkError:
    """The error that decides what happens next: a refused token, else a spent budget, else any."""
    leaves: list[NetworkError] = []
    pending: list[BaseException] = [errors]
    while pending:
        one = pending.pop()
        if isinstance(one, BaseExceptionGroup):
            pending.extend(one.exceptions)
        elif isinstance(one, NetworkError):
            leaves.append(one)
    for kind in (SignedOut, Throttled):
        if found := next((leaf for leaf in leaves if isinstance(leaf, kind)), None):
            return found
    return leaves[0]
