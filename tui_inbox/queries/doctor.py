"""Is all well? What stands in the store about each account, and about the store itself, in one answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import msgspec
from msgspec import Struct

from tui_inbox.core import login_words
from tui_inbox.core.health import HealthState
from tui_inbox.core.moment import DAY, MINUTE, Millis, age
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.outside import Source, SourceKind
from tui_inbox.core.stream_state import StreamState
from tui_inbox.queries.rows import Scope
from tui_inbox.store import accounts, condition, feeds, outbox, outside
from tui_inbox.store.database import Connection

T = TypeVar("T", bound=Struct)

_SERVER, _BUDGET, _HISTORY = "server", "budget", "history"
"""Names in an account's state, as the adapters and the history write them; this room knows neither of them."""
OFFLINE_TOO_LONG: Millis = 5 * MINUTE
HOLE_TOO_OLD: Millis = DAY


class ServerFound(Struct, frozen=True):
    """What was found out about a server; None where it is not known yet.

    Attributes:
        family: which servers it behaves like. `software` and `version`: what it says of itself.
        stream: whether it opens a stream. `search`: whether it searches posts by word.
        min_id: whether pages can be read upward. `keys`: whether it recognises a text that is sent again.
        by_browser: whether the account was signed in by the browser, where that is not the usual way.
        private: whether the sign-in reaches private messages, or why not; None where that is no question.
        filters: 2 where it says what they match, 1 where that is found here, 0 where it tells of none.
    """

    family: str | None = None
    version: str | None = None
    software: str | None = None
    stream: bool | str | None = None
    search: bool | str | None = None
    min_id: bool | str | None = None
    keys: bool | str | None = None
    filters: int | None = None
    private: bool | str | None = None
    by_browser: bool = False


class LineNoted(Struct, frozen=True):
    """How the line was doing when a program last kept it live; see `sync.line_record`."""

    state: str | None = None
    kind: str = ""
    last_word: Millis | None = None
    since: Millis | None = None
    reason: str = ""


class BudgetNoted(Struct, frozen=True):
    """So many requests are `left` of so many, `until` the count begins anew; None where it is not known yet."""

    left: int | None = None
    of: int | None = None
    until: Millis | None = None


class HistoryRead(Struct, frozen=True):
    """How far the past of the account has been read: pages of own posts and of notifications, threads."""

    own_pages: int = 0
    notice_pages: int = 0
    threads: int = 0
    done: bool = False


class AccountCheck(Struct, frozen=True):
    """One account.

    Attributes:
        holes: how many holes its feeds have that can still be filled.
        oldest_hole_at: the moment from which on the oldest of them lies below.
        failed: rows of the outbox that the server refused.
        unknown: rows of which it is not known whether they arrived.
    """

    id: int
    letters: str
    handle: str
    network: str
    server: str
    found: ServerFound
    line: LineNoted
    budget: BudgetNoted
    history: HistoryRead
    holes: int
    oldest_hole_at: Millis | None
    failed: int
    unknown: int


class StreamCheck(Struct, frozen=True):
    """A public stream that some search listens to. `bytes`: what it costs in a day at its present rate.

    Attributes:
        cursor: where it goes on, in the words of its network.
    """

    name: str
    host: str
    live: bool
    narrowed: int | None
    heard_at: Millis | None
    cursor: str
    events_a_second: float
    bytes_a_day: int
    refusal: str
    failing_since: Millis | None


class StoreCheck(Struct, frozen=True):
    """The store's file: its size, the version of its schema, and what is wrong with it in SQLite's words."""

    megabytes: float
    version: int
    sqlite: str
    damage: tuple[str, ...]


class Checkup(Struct, frozen=True):
    """Everything that the store can tell."""

    now: Millis
    accounts: tuple[AccountCheck, ...]
    store: StoreCheck
    streams: tuple[StreamCheck, ...] = ()


def checkup(db: Connection, scope: Scope, *, now: Millis) -> Checkup:
    """Look at the accounts of a scope, and through the whole file of the store."""
    return Checkup(
        now=now,
        accounts=tuple(_account(db, id) for id in scope.accounts),
        store=StoreCheck(
            megabytes=round(condition.size(db) / 1_000_000, 1),
            version=condition.schema_version(db),
            sqlite=condition.sqlite_version(db),
            damage=condition.damage(db),
        ),
        streams=tuple(_stream(source, now) for source in outside.sources(db, SourceKind.STREAM)),
    )


def complaints(found: Checkup, *, running: bool) -> Iterator[str]:
    """What is wrong with the accounts: one sentence each, with what to do.

    Args:
        running: whether a program keeps the accounts live at this moment.
    """
    for one in found.accounts:
        yield from _of_line(one, found.now, running)
        yield from _of_outbox(one)
        if one.oldest_hole_at is not None and one.oldest_hole_at < found.now - HOLE_TOO_OLD:
            yield (
                f"{one.handle} has a hole in its timeline that is {age(one.oldest_hole_at, found.now)} old: "
                "go to the row in the Timeline that says so, and press Enter to fetch it."
            )
    for stream in found.streams:
        yield from _of_stream(stream, found.now, running)


def _of_line(one: AccountCheck, now: Millis, running: bool) -> Iterator[str]:
    because = f" ({one.line.reason.removesuffix('.')})" if one.line.reason else ""
    if one.line.state == HealthState.SIGNED_OUT:
        yield (
            f"{one.handle} is signed out{because}: sign in again with "
            f"{login_words.command(one.network, one.server, one.handle, by_browser=one.found.by_browser)}."
        )
    if one.line.state == HealthState.OFFLINE and running:
        since = one.line.since or now
        if since < now - OFFLINE_TOO_LONG:
            yield (
                f"{one.handle} has had no line for {age(since, now)}{because}: see whether this machine and "
                f"{one.server} can be reached; it is tried again by itself."
            )


def _of_stream(one: StreamCheck, now: Millis, running: bool) -> Iterator[str]:
    since = one.failing_since
    if running and since is not None and since < now - OFFLINE_TOO_LONG:
        yield (
            f"{one.name} has not been heard for {age(since, now)} ({one.refusal.removesuffix('.')}): see whether this "
            "machine can reach its servers, which [listening] in the settings names; it is tried again by itself."
        )


def _of_outbox(one: AccountCheck) -> Iterator[str]:
    if one.failed:
        yield (
            f"{one.handle} has {one.failed} in the outbox that the server refused: "
            "open it with g o, and send again, change or discard."
        )
    if one.unknown:
        yield (
            f"{one.handle} has {one.unknown} in the outbox of which nobody knows whether it arrived: "
            "open it with g o, look, and say so."
        )


def _stream(source: Source, now: Millis) -> StreamCheck:
    state = StreamState.parse(source.state)
    return StreamCheck(
        name=source.name,
        host=state.host,
        live=state.is_live(now),
        narrowed=state.narrowed,
        heard_at=state.heard_at,
        cursor=state.cursor,
        events_a_second=state.events,
        bytes_a_day=state.bytes,
        refusal=state.refusal,
        failing_since=state.failing_since,
    )


def _account(db: Connection, id: int) -> AccountCheck:
    account = accounts.account(db, id)
    holes = [hole for hole in feeds.gaps_of_account(db, id) if not hole.lost]
    stuck = [
        row.state
        for row in outbox.rows(db, accounts=[id], states=(OutboxState.REFUSED, OutboxState.UNKNOWN))
    ]
    return AccountCheck(
        id=id,
        letters=account.letters,
        handle=account.handle,
        network=account.network,
        server=account.server,
        found=_noted(db, id, _SERVER, ServerFound),
        line=_noted(db, id, accounts.LINE, LineNoted),
        budget=_noted(db, id, _BUDGET, BudgetNoted),
        history=_noted(db, id, _HISTORY, HistoryRead),
        holes=len(holes),
        oldest_hole_at=min((hole.upper[0] for hole in holes), default=None),
        failed=stuck.count(OutboxState.REFUSED),
        unknown=stuck.count(OutboxState.UNKNOWN),
    )


def _noted(db: Connection, account: int, name: str, kind: type[T]) -> T:
    """What is kept under a name; as if nothing were, where it has another form."""
    try:
        return msgspec.json.decode(accounts.get_state(db, account, name) or "{}", type=kind)
    except msgspec.DecodeError:
        return kind()
