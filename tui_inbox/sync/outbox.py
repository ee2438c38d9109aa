"""The outbox: everything that leaves, leaves here; once, in order, and never lost.

A row is leased on disk before its request leaves. What comes back decides the next state
(`core.outbox_state.OutboxState`); when nothing comes back the row is *unknown*, and the account's own posts are
looked at before anything is sent again.

Order is kept where it means something: among the texts of an account, and among what is done to one post or
person. A row that has to wait holds up nothing else, except where there is no line at all.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.account import KEYS_LAST
from tui_inbox.core.act import Act
from tui_inbox.core.draft import Draft, Scheduled
from tui_inbox.core.moment import SECOND, Millis
from tui_inbox.core.outbox_state import POST, OutboxEvent, OutboxState, after
from tui_inbox.core.ports import (
    Clock,
    Network,
    NetworkError,
)
from tui_inbox.core.post import SeenPost
from tui_inbox.store import outbox
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.failures import Failures, back_off
from tui_inbox.sync.filtering import WORDS, read_settings
from tui_inbox.sync.finding import Finding
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest
from tui_inbox.sync.looking import NEVER_BY_ITSELF, LookAgain, look_for, plan_taken_back
from tui_inbox.sync.outbox_order import above_of, has_one_before
from tui_inbox.sync.outgoing import (
    NoTarget,
    act_of,
    apply_act,
    has_no_name_yet,
    look_after,
    not_shown,
)
from tui_inbox.sync.set_back import is_ahead, set_right
from tui_inbox.sync.texts import Texts

log = logging.getLogger(__name__)

SHOWS_AFTER: Millis = 10 * SECOND
"""How long after its moment a text that a server kept is looked for."""

ENDED = "The program ended while this was sent."
FAULT = "Something unexpected went wrong here while this was sent; the log has it."


class Door(Struct, frozen=True):
    """An account's way out: its network, whether that recognises a key it has seen, and for how long."""

    network: Network
    honours_keys: bool
    keys_last: Millis = KEYS_LAST


class Outbox:
    """Empties the outbox of one store, account by account."""

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
        self._texts = Texts(store, clock)
        self._lines_rest: dict[int, Millis] = {}
        self._failures = Failures()
        self._taken_up: set[int] = set()

    async def recover(self) -> None:
        """At start: what was being sent when the program ended is unknown now.

        Where that cannot be noted, `work` does it for each account before it sends anything.
        """

        def job(w: Writing) -> None:
            for row in outbox.rows(w.db, states=[OutboxState.SENDING]):
                self._set_right(w, row)
                self._lose(w, row, ENDED)

        await done(self._store.write(job, urgent=True, durable=True))

    async def work(self, account: int) -> Millis | None:
        """Release what was held long enough, send what is due, look after what is unknown, of one account.

        The hub calls it whenever something may be due: one call at a time for each account, those of different
        accounts side by side. A row that fails, in whatever way, stops no other.

        Returns:
            When a row wants to leave next; None while there is none.
        """
        began = self._clock.now()
        rows = await self._rows(account, _UNFINISHED)
        if any(self._is_to_begin(row) or is_ahead(row, began) for row in rows):
            await done(
                self._store.write(lambda w: self._begin(w, account), urgent=True, durable=True)
            )
            rows = await self._rows(account, _UNFINISHED)
        self._taken_up.add(account)
        for row in rows:
            if row.state in _OPEN and row.release_at <= self._clock.now():
                await self._attend(row)
        return await done(
            self._store.read(lambda db: outbox.next_release(db, account, after=began))
        )

    async def _rows(self, account: int, states: tuple[OutboxState, ...]) -> list[OutboxRow]:
        return await done(
            self._store.read(lambda db: outbox.rows(db, accounts=[account], states=states))
        )

    def _begin(self, w: Writing, account: int) -> None:
        """Release what was held long enough, and take up what a failure here has left behind."""
        for row in outbox.rows(w.db, accounts=[account], states=_UNFINISHED):
            self._set_right(w, row)
        for row in outbox.rows(w.db, accounts=[account], states=[OutboxState.SENDING]):
            if self._is_to_begin(row):
                self._lose(w, row, FAULT if row.owner == self._lease else ENDED)
        for row in outbox.due(w.db, self._clock.now()):
            if row.account == account and self._is_to_begin(row):
                self._move(w, row, OutboxEvent.MISSED if row.remote_id else OutboxEvent.RELEASED)

    def _set_right(self, w: Writing, row: OutboxRow) -> None:
        if is_ahead(row, now := self._clock.now()):
            set_right(w, row, now)
            self._lines_rest.pop(row.account, None)

    def _is_to_begin(self, row: OutboxRow) -> bool:
        """Whether a row is to be released, or is leased and not being sent: by this process, which is sending nothing,
        so that noting the end has failed; or by an earlier one, which has ended."""
        if row.state is OutboxState.SENDING:
            return row.owner == self._lease or row.account not in self._taken_up
        return row.state in _NOT_BEGUN and row.release_at <= self._clock.now()

    async def _attend(self, row: OutboxRow) -> None:
        """Do what is to be done with a row, if the account's line allows it."""
        door = self._doors.get(row.account)
        if door is None or self._lines_rest.get(row.account, 0) > self._clock.now():
            return
        try:
            if row.state is OutboxState.UNKNOWN and not await self._look(row, door):
                return
            if await self._is_first(row):
                await self._send(row, door)
            elif row.state is OutboxState.UNKNOWN:  # not at every turn is the server asked
                await self._put_off_look(row, self._clock.now() + back_off(row.tries), row.reason)
        # a fault of ours at one row must not stop the others
        except Exception:
            log.exception("outbox row %s of account %s failed", row.id, row.account)
            await done(
                self._store.write(lambda w: self._note_fault(w, row.id), urgent=True, durable=True)
            )

    async def _is_first(self, row: OutboxRow) -> bool:
        """Whether nothing that belongs before it is still to be sent."""
        if await done(self._store.read(lambda db: has_one_before(db, row))):
            return False
        above = await done(self._store.read(lambda db: above_of(db, row)))
        if above is not None and above.state in _ENDED_UNSENT:
            await self._put_off_look(row, NEVER_BY_ITSELF, ABOVE_NOT_SENT)
        return above is None or above.state is OutboxState.SENT

    async def _send(self, row: OutboxRow, door: Door) -> None:
        leased = await done(
            self._store.write(lambda w: self._take_lease(w, row), urgent=True, durable=True)
        )
        if leased is None:
            return
        try:
            leased = await self._find_posts(leased, door)
            if leased.is_text:
                await self._send_text(leased, door)
            else:
                act = await done(self._store.read(lambda db: act_of(db, leased)))
                await door.network.act(act)
                await self._settle(leased, OutboxEvent.CONFIRMED)
                await self._look_after(leased.account, door.network, act)
        except NetworkError as error:
            await self._failed(leased, error, never_left=row.first_try_at is None)
        except NoTarget as error:
            await self._settle(leased, OutboxEvent.REFUSED, reason=str(error))

    async def _find_posts(self, row: OutboxRow, door: Door) -> OutboxRow:
        """Let the server find what the row is about, where it has not shown that. Returns the row as it stands then."""
        finding = Finding(self._store, self._ingest, door.network, row.account)
        posts = await done(self._store.read(lambda db: not_shown(db, row)))
        nameless = await done(self._store.read(lambda db: has_no_name_yet(db, row)))
        for post in posts:
            await finding.find(post)
        return await self._texts.address(row) if nameless else row

    async def _look_after(self, account: int, network: Network, act: Act) -> None:
        """Look at what an act has changed besides a flag. What cannot be read now comes with a later page."""
        if (seen_after := await look_after(network, act)) is not None:
            await done(self._ingest.take_posts(account, [seen_after]))
        if act.kind in WORDS:
            with suppress(NetworkError):
                await read_settings(self._store, account, network)

    async def _send_text(self, row: OutboxRow, door: Door) -> None:
        """Post a text. That it leaves is noted before it does: a row without that note was surely not posted."""
        outgoing = await self._texts.outgoing(row)
        if outgoing is not None:
            row = await self._texts.prepare(row, door.network)
            outgoing = await self._texts.outgoing(row)  # that may have taken long
        if outgoing is None:
            send_at = Draft.from_json(row.content).send_at
            await self._settle(row, OutboxEvent.PLANNED, release_at=send_at)
        elif await self._note_leaving(row):
            await self._note_became(row, await self._texts.post(outgoing, door.network))

    async def _note_leaving(self, row: OutboxRow) -> bool:
        """Note that a text leaves now; whether it may. Handing over its files can take so long that the owner has
        called it stuck, and has stopped it or asked for another try."""

        def job(w: Writing) -> bool:
            current = outbox.row(w.db, row.id)
            if current is None or current.state is not OutboxState.SENDING:
                return False
            if current.first_try_at is None:
                now = self._clock.now()
                outbox.set_row(w, row.id, state=current.state, at=now, first_try_at=now)
            return True

        return await done(self._store.write(job, urgent=True, durable=True))

    async def _note_became(self, row: OutboxRow, became: SeenPost | Scheduled) -> None:
        """A text is posted, or left to the server until its moment."""
        if isinstance(became, Scheduled):
            await self._plan(row, became)
        else:
            await self._confirm(row, became)

    async def _plan(self, row: OutboxRow, plan: Scheduled) -> None:
        if abs(plan.send_at - (Draft.from_json(row.content).send_at or 0)) >= SECOND:
            await self._texts.put_moment(row, plan.send_at)  # moved in another client
        looks_at = max(plan.send_at, self._clock.now()) + SHOWS_AFTER
        await self._settle(row, OutboxEvent.PLANNED, release_at=looks_at, remote_id=plan.server_id)

    def _take_lease(self, w: Writing, attended: OutboxRow) -> OutboxRow | None:
        """Mark a row as being sent. None when it was stopped or changed in the meantime.

        A text that has left before stays unknown until this moment: whatever comes between the look and the lease, it
        is looked for again. One that surely has not is from now.
        """
        row = outbox.row(w.db, attended.id)
        if row is None or row.state not in (OutboxState.WAITING, attended.state):
            return None
        now = self._clock.now()
        draft = Draft.from_json(row.content) if row.is_text else None
        has_steps = draft is not None and _has_steps(draft)
        if draft is not None and row.first_try_at is None:
            outbox.set_content(w, row.id, replace(draft, stamped_at=now).to_json())
        outbox.set_row(
            w,
            row.id,
            state=after(after(row.state, OutboxEvent.NOT_FOUND), OutboxEvent.LEASED),
            at=now,
            owner=self._lease,
            tries=row.tries + 1,
            first_try_at=row.first_try_at or (None if has_steps else now),
        )
        return outbox.row(w.db, row.id)

    async def _confirm(self, row: OutboxRow, seen: SeenPost) -> None:
        def settle(w: Writing, post: int | None) -> None:
            self._move(w, row, OutboxEvent.CONFIRMED, sent_post=post)

        await done(self._ingest.confirm(row.account, seen, settle))

    async def _failed(self, row: OutboxRow, error: NetworkError, *, never_left: bool) -> None:
        """Note what an error means for a row.

        Args:
            row: as it was leased.
            error: what has gone wrong.
            never_left: whether no request for it had left before this one.
        """
        latest, plan_at = await done(
            self._store.read(lambda db: (outbox.row(db, row.id), plan_taken_back(db, row)))
        )
        row = latest or row
        log.info("outbox row %s of account %s: %s", row.id, row.account, type(error).__name__)
        now = self._clock.now()
        means = self._failures.meaning(row, error, now, never_left=never_left, plan_at=plan_at)
        if means.no_line:
            self._lines_rest[row.account] = means.release_at
        await self._settle(
            row,
            means.event,
            reason=str(error),
            release_at=means.release_at,
            never_left=means.never_left,
        )
        was_posted = row.kind == POST and row.first_try_at is not None
        if means.event is OutboxEvent.REFUSED and was_posted:
            await self._texts.forget_uploads(row)

    def _lose(self, w: Writing, row: OutboxRow, reason: str) -> None:
        """Let go of a row that looks as if it was being sent, and is not."""
        self._move(w, row, self._failures.after_loss(row), reason=reason)

    def _note_fault(self, w: Writing, row_id: int) -> None:
        """Leave no row as it was when an error nobody foresaw has stopped the work on it."""
        row = outbox.row(w.db, row_id)
        if row is None or row.state not in (OutboxState.SENDING, *_OPEN):
            return
        event = self._failures.after_loss(row) if row.state is OutboxState.SENDING else None
        state = after(row.state, event) if event else row.state
        now = self._clock.now()
        outbox.set_row(
            w, row.id, state=state, at=now, reason=FAULT, release_at=now + back_off(row.tries)
        )

    async def _look(self, row: OutboxRow, door: Door) -> bool:
        """Find out what became of a text whose answer was lost.

        Returns:
            Whether it is to be sent again: it surely is not there, or the network would recognise it.
        """
        if row.kind != POST or row.first_try_at is None:  # it surely never left
            await self._settle(row, OutboxEvent.NOT_FOUND)
            return True
        now = self._clock.now()
        try:
            found = await look_for(
                self._store,
                door.network,
                row,
                now,
                keys_last=door.keys_last if door.honours_keys else 0,
            )
        except NetworkError as error:
            await self._put_off_look(row, now + back_off(row.tries), str(error))
            return False
        if isinstance(found, LookAgain):
            await self._put_off_look(row, found.at, found.reason)
        elif found is not None:
            await self._note_became(row, found)
        return found is None

    async def _put_off_look(self, row: OutboxRow, until: Millis, reason: str) -> None:
        """Look again later, unless the owner has decided meanwhile."""

        def job(w: Writing) -> None:
            current = outbox.row(w.db, row.id)
            if current is None or current.state is not row.state:
                return
            now = self._clock.now()
            outbox.set_row(w, row.id, state=row.state, at=now, reason=reason, release_at=until)

        await done(self._store.write(job, urgent=True, durable=True))

    async def _settle(
        self,
        row: OutboxRow,
        event: OutboxEvent,
        *,
        reason: str = "",
        release_at: Millis | None = None,
        remote_id: str | None = None,
        never_left: bool = False,
    ) -> None:
        def job(w: Writing) -> None:
            self._move(
                w,
                row,
                event,
                reason=reason,
                release_at=release_at,
                remote_id=remote_id,
                never_left=never_left,
            )

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
        remote_id: str | None = None,
        never_left: bool = False,
    ) -> None:
        """Let an event happen to a row as it stands now: while a request was under way the owner may have stopped it,
        or asked for another try, and that holds."""
        current = outbox.row(w.db, row.id)
        if current is None:
            return
        state = after(current.state, event)
        now = self._clock.now()
        if state is current.state:
            if sent_post is not None:  # no other row may claim it
                outbox.set_row(w, row.id, state=state, at=current.changed_at, sent_post=sent_post)
            return
        outbox.set_row(
            w,
            row.id,
            state=state,
            at=now,
            reason=reason,
            release_at=release_at,
            sent_post=sent_post,
            remote_id=remote_id,
            never_left=never_left,
        )
        if state is OutboxState.SENT and not row.is_text:
            apply_act(w, row, now)
            self._ingest.note_act(w, row)


ABOVE_NOT_SENT = "What this follows was not sent. Send that one first, or throw this away."
_ENDED_UNSENT = (OutboxState.REFUSED, OutboxState.DISCARDED)
_OPEN = (OutboxState.WAITING, OutboxState.UNKNOWN)
_NOT_BEGUN = (OutboxState.HELD, OutboxState.SCHEDULED)
_UNFINISHED = (*_NOT_BEGUN, OutboxState.SENDING, *_OPEN)


def _has_steps(draft: Draft) -> bool:
    """Whether more is done for a text than one request, so that its lease does not say yet that it leaves."""
    return bool(draft.attachments) or draft.send_at is not None
