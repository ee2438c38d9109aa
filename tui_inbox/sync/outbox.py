"""The outbox: everything that leaves, leaves here; once, in order, and never lost.

A row is leased on disk before its request leaves. What comes back decides the next state
(`core.draft.OutboxState`); when nothing comes back the row is *unknown*, and the account's own posts are
looked at before anything is sent again.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Mapping

from msgspec import Struct

from tui_inbox.core.changes import Topic
from tui_inbox.core.draft import POST, OutboxEvent, OutboxState, after
from tui_inbox.core.moment import MINUTE, SECOND, Millis
from tui_inbox.core.ports import (
    AnswerLost,
    Clock,
    Network,
    NetworkError,
    PageOf,
    Refused,
    SignedOut,
    Throttled,
    Unreachable,
    Unsupported,
)
from tui_inbox.core.post import Feed, FeedKind, SeenPost
from tui_inbox.store import outbox
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest
from tui_inbox.sync.looking import find_sent
from tui_inbox.sync.outgoing import NoTarget, act_of, apply_act, look_after, outgoing_of

log = logging.getLogger(__name__)

LOOK_AGAIN: Millis = 2 * MINUTE
"""How long a lost text is given to appear, where the network would not recognise it on a second try."""
KEYS_LAST: Millis = 50 * MINUTE
"""How long a key is trusted; servers that honour keys remember them for an hour (facts 1.6)."""


class Door(Struct, frozen=True):
    """An account's way out: its network, and whether that recognises a key it has seen."""

    network: Network
    honours_keys: bool


class Outbox:
    """Empties the outbox of one store. `work` is called by the hub whenever something may be due."""

    def __init__(
        self, store: Store, ingest: Ingest, clock: Clock, doors: Mapping[int, Door], lease: str
    ) -> None:
        """Take up the outbox.

        Args:
            doors: the accounts that can send at the moment, by local id; changes while the hub runs.
            lease: names this process in the rows it is sending.
        """
        self._store = store
        self._ingest = ingest
        self._clock = clock
        self._doors = doors
        self._lease = lease

    async def recover(self) -> None:
        """At start: what was being sent when the program ended is unknown now."""

        def job(w: Writing) -> None:
            for row in outbox.rows(w.db, states=[OutboxState.SENDING]):
                self._move(
                    w, row, OutboxEvent.LOST, reason="The program ended while this was sent."
                )

        await done(self._store.write(job, urgent=True, durable=True))

    async def work(self) -> None:
        """Release what was held long enough, send what is due, look after what is unknown."""
        await done(self._store.write(self._release, urgent=True, durable=True))
        for row in await done(self._store.read(lambda db: outbox.rows(db, states=_OPEN))):
            door = self._doors.get(row.account)
            if door is None or row.release_at > self._clock.now():
                continue
            if row.state is OutboxState.UNKNOWN:
                await self._look(row, door)
            elif await self._is_first(row):
                await self._send(row, door)

    async def next_due(self) -> Millis | None:
        """When the next row wants something, or None while there is none."""
        return await done(self._store.read(outbox.next_release))

    def _release(self, w: Writing) -> None:
        for row in outbox.due(w.db, self._clock.now()):
            self._move(w, row, OutboxEvent.RELEASED)

    async def _is_first(self, row: OutboxRow) -> bool:
        """Whether nothing of the same account that was written before is still to be sent (order is kept)."""
        before = await done(
            self._store.read(lambda db: outbox.rows(db, accounts=[row.account], states=_OPEN))
        )
        return all(one.id >= row.id for one in before if one.state is not OutboxState.UNKNOWN)

    async def _send(self, row: OutboxRow, door: Door) -> None:
        leased = await done(
            self._store.write(lambda w: self._take_lease(w, row.id), urgent=True, durable=True)
        )
        if leased is None:
            return
        try:
            if leased.kind == POST:
                outgoing = await done(self._store.read(lambda db: outgoing_of(db, leased)))
                seen = await door.network.publish(outgoing)
                await self._confirm(leased, seen)
            else:
                act = await done(self._store.read(lambda db: act_of(db, leased)))
                await door.network.act(act)
                await self._settle(leased, OutboxEvent.CONFIRMED)
                if (seen_after := await look_after(door.network, act)) is not None:
                    await done(self._ingest.take_posts(leased.account, [seen_after]))
        except NetworkError as error:
            await self._failed(leased, error)
        except NoTarget as error:
            await self._settle(leased, OutboxEvent.REFUSED, reason=str(error))

    def _take_lease(self, w: Writing, row_id: int) -> OutboxRow | None:
        """Mark a row as being sent. None when it was stopped or changed in the meantime."""
        row = outbox.row(w.db, row_id)
        if row is None or row.state is not OutboxState.WAITING:
            return None
        now = self._clock.now()
        outbox.set_row(
            w,
            row.id,
            state=after(row.state, OutboxEvent.LEASED),
            at=now,
            owner=self._lease,
            tries=row.tries + 1,
            first_try_at=row.first_try_at or now,
        )
        w.changed(Topic.OUTBOX, row.account)
        return outbox.row(w.db, row_id)

    async def _confirm(self, row: OutboxRow, seen: SeenPost) -> None:
        def settle(w: Writing, post: int | None) -> None:
            self._move(w, row, OutboxEvent.CONFIRMED, sent_post=post)

        await done(self._ingest.confirm(row.account, seen, settle))

    async def _failed(self, row: OutboxRow, error: NetworkError) -> None:
        log.info("outbox row %s of account %s: %s", row.id, row.account, type(error).__name__)
        now = self._clock.now()
        match error:
            case AnswerLost():
                is_post = row.kind == POST
                # An act can be repeated without harm; only a text might be there twice.
                event = OutboxEvent.LOST if is_post else OutboxEvent.PUT_OFF
                await self._settle(
                    row, event, reason=str(error), release_at=now + back_off(row.tries)
                )
            case Throttled(until=until):
                await self._settle(row, OutboxEvent.PUT_OFF, reason=str(error), release_at=until)
            case Unreachable() | SignedOut():
                later = now + back_off(row.tries)
                await self._settle(row, OutboxEvent.PUT_OFF, reason=str(error), release_at=later)
            case Refused() | Unsupported() | _:
                await self._settle(row, OutboxEvent.REFUSED, reason=str(error))

    async def _look(self, row: OutboxRow, door: Door) -> None:
        """Find out what became of a text whose answer was lost."""
        outgoing = await done(self._store.read(lambda db: outgoing_of(db, row)))
        first_try_at = row.first_try_at or row.created_at
        try:
            page = await door.network.feed(Feed(FeedKind.OWN), PageOf(limit=40))
        except NetworkError as error:
            later = self._clock.now() + back_off(row.tries)
            await self._put_off_look(row, later, str(error))
            return
        claimed = await done(self._store.read(lambda db: outbox.claimed_uris(db, row.account)))
        own_posts = [entry.seen for entry in page.entries]
        seen = find_sent(outgoing, own_posts, first_try_at=first_try_at, claimed=claimed)
        if seen is not None:
            await self._confirm(row, seen)
            return
        age = self._clock.now() - first_try_at
        if door.honours_keys and age < KEYS_LAST:
            await self._settle(row, OutboxEvent.NOT_FOUND)
        elif age < LOOK_AGAIN:
            await self._put_off_look(row, first_try_at + LOOK_AGAIN, row.reason)
        else:
            await self._put_off_look(row, NEVER_BY_ITSELF, ASK)

    async def _put_off_look(self, row: OutboxRow, until: Millis, reason: str) -> None:
        def job(w: Writing) -> None:
            now = self._clock.now()
            outbox.set_row(w, row.id, state=row.state, at=now, reason=reason, release_at=until)
            w.changed(Topic.OUTBOX, row.account)

        await done(self._store.write(job, urgent=True, durable=True))

    async def _settle(
        self,
        row: OutboxRow,
        event: OutboxEvent,
        *,
        reason: str = "",
        release_at: Millis | None = None,
    ) -> None:
        def job(w: Writing) -> None:
            self._move(w, row, event, reason=reason, release_at=release_at)

        await done(self._store.write(job, urgent=True, durable=True))

    def _move(
        self,
        w: Writing,
        row: OutboxRow,
        event: OutboxEvent,
        *,
        reason: str = "",
        release_at: Millis | None = None,
        sent_post: int | None = None,
    ) -> None:
        state = after(row.state, event)
        now = self._clock.now()
        outbox.set_row(
            w,
            row.id,
            state=state,
            at=now,
            reason=reason,
            release_at=release_at,
            sent_post=sent_post,
        )
        w.changed(Topic.OUTBOX, row.account)
        if state is OutboxState.SENT and row.kind != POST:
            apply_act(w, row, now)


NEVER_BY_ITSELF: Millis = 2**62
"""A moment that does not come: the owner is asked."""
ASK = "It is not known whether this was posted. Look, then send it again or throw it away."
_OPEN = (OutboxState.WAITING, OutboxState.UNKNOWN)


def back_off(tries: int, jitter: Callable[[], float] = random.random) -> Millis:
    """How long to wait after that many tries: 2 s doubling to 2 min, spread by a quarter."""
    wait = min(2 * SECOND * 2 ** min(tries, 10), 2 * MINUTE)
    return int(wait * (0.875 + jitter() / 4))
