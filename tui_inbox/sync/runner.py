"""One account, kept live: identify, listen, catch up, and find the way back after every loss."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, suppress
from typing import TypeAlias

from msgspec.structs import replace

from tui_inbox.core.account import Account
from tui_inbox.core.events import EntryArrived, Heard, NetworkEvent, NoticeKind, StreamOpened
from tui_inbox.core.events import Noticed as NoticedEvent
from tui_inbox.core.health import HEARING, Health, HealthState, Past
from tui_inbox.core.moment import DAY, MINUTE, SECOND, Millis
from tui_inbox.core.ports import (
    Clock,
    Identity,
    Network,
    NetworkError,
    Refused,
    SignedOut,
    Throttled,
    Unreachable,
    Unsupported,
)
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.store import accounts
from tui_inbox.store.store import Store
from tui_inbox.sync.backfill import Backfill
from tui_inbox.sync.failures import weightiest
from tui_inbox.sync.feed_reader import FeedReader
from tui_inbox.sync.finding import Finding
from tui_inbox.sync.following import Following
from tui_inbox.sync.futures import done
from tui_inbox.sync.history import History
from tui_inbox.sync.ingest import Ingest
from tui_inbox.sync.search_feeders import SearchFeeders
from tui_inbox.sync.slow_work import SlowWork
from tui_inbox.sync.threads import Threads
from tui_inbox.sync.waits import wait

log = logging.getLogger(__name__)

HOME = Feed(FeedKind.HOME)

FIRST_RETRY, LAST_RETRY = 1 * SECOND, 2 * MINUTE
HEALTHY_AFTER: Millis = 1 * MINUTE
"""A line that held this long was good: the next loss begins with a short wait again (facts 4.8)."""
SAFETY_POLL: Millis = 5 * MINUTE
"""Streams may go silent though the socket lives, so pages are read now and then all the same (facts 1.4)."""
POLL_EVERY: Millis = 45 * SECOND
"""Where there is no stream (facts 2, rule 8: 30–120 s), as long as somebody looks."""
POLL_SELDOM: Millis = 3 * MINUTE
"""The same while the owner looks elsewhere."""
LOOKS_ON: Millis = 2 * MINUTE
"""The screen says once a minute that it is looked at; after so long nobody looks."""
TRY_STREAM_AGAIN: Millis = 10 * MINUTE
LIMITS_LAST: Millis = DAY
"""A line may hold for weeks: so often it is asked anew what the server allows and can."""
CLOSED = "The server closed the line."
BATCH = 50
"""Events put into one transaction at most, so that it stays well below 50 ms."""
MOST_WAITING = 500
"""Events that wait in memory at most, about two mebibytes; further ones wait on the line itself."""

GATHER_SECONDS = 0.25
"""Seconds between two drains of what was heard: the first event is taken in at once, what follows closely in one
transaction. A transaction costs more than the post in it, and the screen shows no more than four pictures a second."""

_Heard: TypeAlias = "asyncio.Queue[NetworkEvent | NetworkError]"
"""What was heard on the line, and in the end why it was lost."""


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
        self.finding = Finding(store, ingest, network, account.id)
        self.threads = Threads(store, ingest, clock, network, self.backfill.standing, self.finding)
        self.feeds = FeedReader(store, ingest, clock, network, account.id, self.backfill)
        self.following = Following(
            store,
            ingest,
            clock,
            network,
            account.id,
            self.backfill.catch_up_notices,
            SearchFeeders(store, clock, network, self.feeds, account.id).look,
        )
        self._history = History(store, ingest, network, account.id, self._tell_progress)
        self._slow_work = SlowWork(
            clock, account.id, self._history, self.backfill.read_relationships
        )
        self._no_stream = ""
        self._refusal = ""
        self._stream_rest: Millis = FIRST_RETRY
        self._identified_at: Millis = 0
        self.health = Health(HealthState.STARTING, clock.now())
        self._store = store
        self._ingest = ingest
        self._clock = clock
        self._on_health = on_health
        self._on_identity = on_identity
        self._retry = asyncio.Event()
        self._looked_at: Millis | None = None

    async def run(self) -> None:
        """Keep the account live until cancelled, or until its token is refused."""
        wait = FIRST_RETRY
        while True:
            began = self._clock.now()
            error = await self._lost()
            if error is None:
                continue
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

    def looked_at(self) -> None:
        """Somebody looks at the screen. A program that has none never says so, and nothing is read less often."""
        self._looked_at = self._clock.now()

    async def until_asked(self) -> None:
        """Wait until `retry_now`, however long that takes."""
        self._retry.clear()
        await self._retry.wait()

    async def _lost(self) -> NetworkError | None:
        """Run one session to its end; why it ended, or None where it is only time to look for a stream again."""
        try:
            await self._session()
        except NetworkError as error:
            return error
        except BaseExceptionGroup as group:
            if (task := asyncio.current_task()) is not None and task.cancelling():
                # Before Python 3.13 a group whose tasks failed forgets that it was told to end.
                raise asyncio.CancelledError from None
            errors, others = group.split(NetworkError)
            if errors is None or others is not None:
                raise
            return weightiest(errors)
        return None

    async def once(self) -> None:
        """Read everything there is to read at this moment, without listening: for verbs with `--sync`.

        Raises:
            NetworkError: the server could not be read; what came before is in the store.
        """
        await self.identify()
        await self._catch_up()
        await self.following.read_private()
        await self._history.read()
        await self.backfill.read_relationships()
        await self.following.watched.look_at_all()

    async def _session(self) -> None:
        """From identification to the loss of the line."""
        await self.identify()
        async with asyncio.TaskGroup() as session:
            slow = session.create_task(self._slow_work.run())
            following = session.create_task(self.following.run())
            try:
                await self._listen_or_poll()
            finally:
                slow.cancel()
                following.cancel()

    async def identify(self) -> None:
        """Ask who the token belongs to and what the server allows, and keep the answer."""
        identity = await self.network.identify()
        self._identified_at = self._clock.now()
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

    async def _listen_or_poll(self) -> None:
        """Listen where there is a stream; else read pages until it is time to look for one again.

        A server may answer while its stream fails to open: that is no reason to read nothing.
        """
        async with aclosing(self.network.listen()) as events:
            try:
                first = await anext(events, None)
            except Unsupported:
                await self._poll(TRY_STREAM_AGAIN)
                return
            except (Unreachable, Throttled) as error:
                rest = self._stream_rest
                if isinstance(error, Throttled):
                    rest = max(rest, error.until - self._clock.now())
                self._stream_rest = min(self._stream_rest * 2, LAST_RETRY)
                await self._poll(rest, str(error))
                return
            if first is None:
                raise Unreachable(CLOSED)
            self._stream_rest, self._no_stream = FIRST_RETRY, ""
            if isinstance(first, StreamOpened):
                self.health = replace(self.health, kind=first.kind)
            await self._listen(events)

    async def _listen(self, events: AsyncIterator[NetworkEvent]) -> None:
        """Listen, and read pages at the start and now and then. Events wait until the pages are in.

        The loss of the line waits its turn too: what was heard before it is taken in first.
        """
        queue: _Heard = asyncio.Queue(MOST_WAITING)
        async with asyncio.TaskGroup() as group:

            async def hear() -> None:
                try:
                    async for event in events:
                        self._heard()
                        if not isinstance(event, Heard | StreamOpened):
                            await queue.put(event)
                except NetworkError as error:
                    await queue.put(error)
                else:
                    await queue.put(Unreachable(CLOSED))

            hearing = group.create_task(hear())

            async def look_after() -> None:
                try:
                    await self._poll_every(SAFETY_POLL)
                except NetworkError as error:
                    await queue.put(error)

            safety = group.create_task(look_after())
            try:
                await self._catch_up_and_drain(queue)
            finally:
                hearing.cancel()
                safety.cancel()

    async def _catch_up_and_drain(self, queue: _Heard) -> None:
        try:
            await self._catch_up()
        except NetworkError:
            # Arrivals above pages that were not read would hide the hole; they come with the pages next time.
            # A deletion or an edit is told only once.
            with suppress(NetworkError):
                await self._drain(queue, lambda event: not isinstance(event, EntryArrived))
            raise
        self._set_health(HealthState.LIVE, self._note_of_reading)
        while True:
            await self._drain(queue, lambda event: True, first=await queue.get())
            await self._clock.sleep(GATHER_SECONDS)

    async def _drain(
        self,
        queue: _Heard,
        wanted: Callable[[NetworkEvent], bool],
        first: NetworkEvent | NetworkError | None = None,
    ) -> None:
        """Take in what was heard up to now, many events at a time.

        Raises:
            NetworkError: the line was lost, and all that came before is taken in.
        """
        batch: list[NetworkEvent] = []
        event = first
        while event is not None or not queue.empty():
            event = event or queue.get_nowait()
            if isinstance(event, NetworkError):
                break
            if wanted(event):
                batch.append(event)
            event = None
            if len(batch) == BATCH:
                await self._take(batch)
                batch = []
        if batch:
            await self._take(batch)
        if event is not None:
            raise event

    async def _take(self, batch: list[NetworkEvent]) -> None:
        await done(self._ingest.take_events(self.account.id, batch))
        await self._ask_about(batch)
        await self.following.heard(batch)

    async def _ask_about(self, events: list[NetworkEvent]) -> None:
        """People who write or follow for the first time: how the account stands to them decides their lane."""
        if any(
            isinstance(event, NoticedEvent)
            and event.notice.kind in (NoticeKind.MENTION, NoticeKind.QUOTE, NoticeKind.FOLLOW)
            for event in events
        ):
            await self._slow_work.ask_about_people()

    async def _poll(self, millis: Millis, no_stream: str = "") -> None:
        """Without a stream: read pages at intervals.

        Args:
            millis: after how long it is to be looked whether there is a stream after all.
            no_stream: why there is none, where there should be one.
        """
        until = self._clock.now() + millis
        self._no_stream = no_stream
        while self._clock.now() < until:
            await self._catch_up()
            next_try = until if no_stream else None
            self._set_health(HealthState.POLLING, self._note_of_reading, next_try=next_try)
            await self._slow_work.ask_about_people()
            await self._rest(until)

    async def _rest(self, until: Millis) -> None:
        """Wait until pages are read again: soon while somebody looks, else seldom; who comes back waits no longer."""
        read_at = self._clock.now()
        while True:
            await self._pause(max(SECOND, min(POLL_EVERY, until - self._clock.now())))
            now = self._clock.now()
            seldom = self._looked_at is not None and now - self._looked_at > LOOKS_ON
            is_due = not seldom or now - read_at >= POLL_SELDOM
            if is_due or now >= until or self._retry.is_set():
                return

    async def _poll_every(self, interval: Millis) -> None:
        while True:
            await self._clock.sleep(interval / SECOND)
            try:
                await self._catch_up(listening=True)
            except (Unsupported, Throttled) as error:  # it is no loss of the line
                log.info("account %s: %s", self.account.id, type(error).__name__)
            is_live = self.health.state is HealthState.LIVE
            if is_live and self._note_of_reading != self.health.reason:
                self._set_health(HealthState.LIVE, self._note_of_reading)

    @property
    def _note_of_reading(self) -> str:
        """What is to be known of a connected account: what it has to do without."""
        return self._no_stream or self._refusal

    async def _catch_up(self, *, listening: bool = False) -> None:
        """Home first, because that is what one sees; own posts before mentions, so that nothing that was
        answered long ago ever looks as if it waited.

        What the server refuses besides the home feed is noted: no reason to go without the rest.
        """
        await self.backfill.catch_up(HOME, listening=listening)
        self._heard()
        refusal = ""
        for read in (self._history.read_own, self.backfill.catch_up_notices, self._ask_limits):
            try:
                await read()
            except (Refused, Unsupported) as error:
                refusal = str(error)
        self._refusal = refusal
        self._heard()
        self.following.caught_up()

    async def _ask_limits(self) -> None:
        if not 0 <= self._clock.now() - self._identified_at < LIMITS_LAST:
            await self.identify()

    async def _pause(self, millis: Millis) -> None:
        """Wait, unless told to try now, or woken from sleep."""
        self._retry.clear()
        await wait(self._clock, millis, self._retry)

    def _tell_progress(self, past: Past | None) -> None:
        """Show how far the past has been read. Everybody is told of its beginning and its end, not of each step."""
        is_news = (past is None) is not (self.health.past is None)
        self.health = replace(self.health, past=past)
        if is_news and self.health.state in HEARING:
            self._on_health(self.account.id, self.health)

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
