"""The outbox: everything that must leave, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from tui_inbox.core.act import ActKind, Report
from tui_inbox.core.changes import Topic
from tui_inbox.core.moment import Millis
from tui_inbox.core.outbox_state import POST, TEXTS, OutboxState
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import inserted, listed, scalar
from tui_inbox.store.store import Writing


class OutboxRow(Struct, frozen=True):
    """Something that must leave.

    Attributes:
        kind: `post`, `edit`, or a `core.act.ActKind`.
        key: the idempotency key.
        content: the draft or the act as JSON.
        post: local id of the post that is acted on or answered; `person` likewise.
        release_at: it does not leave before this moment.
        owner: who holds the lease while it is being sent.
        sent_post: local id of the post that it became.
        follows: the row that must have left before it.
        remote_id: the server's id of it while the server keeps it for later.
    """

    id: int
    account: int
    kind: str
    state: OutboxState
    key: str
    content: str
    post: int | None
    person: int | None
    created_at: Millis
    release_at: Millis
    first_try_at: Millis | None
    tries: int
    owner: str | None
    reason: str
    sent_post: int | None
    changed_at: Millis
    follows: int | None = None
    remote_id: str | None = None

    @property
    def is_text(self) -> bool:
        """Whether it holds a draft."""
        return self.kind in TEXTS

    @property
    def is_in_doubt(self) -> bool:
        """Whether it has left, or may have, and no answer said what became of it."""
        if self.state is OutboxState.WAITING:
            return self.first_try_at is not None
        return self.state is OutboxState.UNKNOWN

    @property
    def is_surely_unsent(self) -> bool:
        """Whether surely nothing of it stands at a server, but for a plan that the server keeps until its moment.

        Not what waits for another try after its answer was lost: the first may have arrived.
        """
        if self.state is OutboxState.REFUSED:
            # It may have been stopped before its first try, because somebody answered from elsewhere.
            return self.first_try_at is None
        return self.state in _LEAVES_BY_ITSELF and not self.is_in_doubt


_SELECT = (
    "SELECT id, account, kind, state, key, content, post, person, created_at, release_at, first_try_at, "
    "tries, owner, reason, sent_post, changed_at, follows, remote_id FROM outbox"
)
_LEAVES_BY_ITSELF = (OutboxState.HELD, OutboxState.WAITING, OutboxState.SCHEDULED)
_LEAVES = listed(_LEAVES_BY_ITSELF)
"""States in which a row leaves by itself once its moment has come."""

_MAY_BE_THERE = listed(
    (OutboxState.WAITING, OutboxState.SENDING, OutboxState.UNKNOWN, OutboxState.SENT)
)
"""States in which a text that has left once may be there, or surely is."""


def add(
    w: Writing,
    *,
    account: int,
    kind: str,
    state: OutboxState,
    key: str,
    content: str,
    created_at: Millis,
    release_at: Millis,
    post: int | None = None,
    person: int | None = None,
    follows: int | None = None,
) -> int:
    """Put something into the outbox; see `OutboxRow`. Returns its id."""
    w.changed(Topic.OUTBOX, account)
    return inserted(
        w.db,
        "INSERT INTO outbox (account, kind, state, key, content, post, person, created_at, release_at, "
        "changed_at, follows) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            account,
            kind,
            state,
            key,
            content,
            post,
            person,
            created_at,
            release_at,
            created_at,
            follows,
        ),
    )


def _rows(db: Connection, where: str, parameters: dict[str, object]) -> list[OutboxRow]:
    return [_row(*columns) for columns in db.execute(f"{_SELECT} WHERE {where}", parameters)]


def _row(id: int, account: int, kind: str, state: str, *rest: Any) -> OutboxRow:
    return OutboxRow(id, account, kind, OutboxState(state), *rest)


def row(db: Connection, id: int) -> OutboxRow | None:
    """One row."""
    found = _rows(db, "id = :id", {"id": id})
    return found[0] if found else None


def rows(
    db: Connection,
    *,
    accounts: Sequence[int] | None = None,
    states: Iterable[OutboxState] | None = None,
) -> list[OutboxRow]:
    """Rows of some accounts in some states (None: all), oldest first."""
    return _rows(
        db,
        "(:accounts IS NULL OR account IN (SELECT value FROM json_each(:accounts))) "
        "AND state IN (SELECT value FROM json_each(:states)) ORDER BY id",
        {
            "accounts": None if accounts is None else listed(accounts),
            "states": listed(OutboxState if states is None else states),
        },
    )


def surely_unsent(db: Connection, account: int) -> list[OutboxRow]:
    """Rows of an account that can be taken out as if they had never been, oldest first."""
    leaving = rows(db, accounts=[account], states=_LEAVES_BY_ITSELF)
    return [one for one in leaving if one.is_surely_unsent]


def due(db: Connection, now: Millis, *, exclude_accounts: Iterable[int] = ()) -> list[OutboxRow]:
    """Rows that may leave now, by account, oldest first."""
    return _rows(
        db,
        "state IN (SELECT value FROM json_each(:leaves)) AND release_at <= :now "
        "AND account NOT IN (SELECT value FROM json_each(:excluded)) ORDER BY account, id",
        {"leaves": _LEAVES, "now": now, "excluded": listed(exclude_accounts)},
    )


def next_release(
    db: Connection, account: int | None = None, *, after: Millis = -1
) -> Millis | None:
    """When the next row may leave, or None when none is to.

    Args:
        account: only its rows; None for all.
        after: only rows that may not leave before this moment has passed.
    """
    moment: Millis | None = scalar(
        db,
        "SELECT min(release_at) FROM outbox WHERE state IN (SELECT value FROM json_each(?)) "
        "AND release_at > ? AND ifnull(account = ?, 1)",
        (_LEAVES, after, account),
    )
    return moment


def set_row(
    w: Writing,
    id: int,
    *,
    state: OutboxState,
    at: Millis,
    reason: str | None = None,
    release_at: Millis | None = None,
    owner: str | None = None,
    tries: int | None = None,
    first_try_at: Millis | None = None,
    sent_post: int | None = None,
    remote_id: str | None = None,
    never_left: bool = False,
) -> None:
    """Give a row a state. What is None stays as it is, but for the lease, which ends with *sending*.

    What is refused is not to be seen any more where it was laid over posts and people.

    Args:
        remote_id: empty to forget it.
        never_left: forget when it first left, for it surely did not.
    """
    changed = w.db.execute(
        "UPDATE outbox SET state = :state, changed_at = :at, reason = ifnull(:reason, reason), "
        "release_at = ifnull(:release_at, release_at), tries = ifnull(:tries, tries), "
        "owner = iif(:state = :sending, ifnull(:owner, owner), NULL), "
        "first_try_at = iif(:never_left, NULL, ifnull(:first_try_at, first_try_at)), "
        "sent_post = ifnull(:sent_post, sent_post), "
        "remote_id = nullif(ifnull(:remote_id, remote_id), '') WHERE id = :id "
        "RETURNING account, post, person",
        {
            "id": id,
            "state": state,
            "sending": OutboxState.SENDING,
            "at": at,
            "reason": reason,
            "release_at": release_at,
            "owner": owner,
            "tries": tries,
            "first_try_at": first_try_at,
            "sent_post": sent_post,
            "remote_id": remote_id,
            "never_left": never_left,
        },
    ).fetchall()
    for account, post, person in changed:
        w.changed(Topic.OUTBOX, account)
        if state is OutboxState.REFUSED and post is not None:
            w.changed(Topic.POST, post)
        if state is OutboxState.REFUSED and person is not None:
            w.changed(Topic.PEOPLE, account)


def texts_since(db: Connection, moment: Millis) -> int:
    """How many texts were handed over after a moment; what went to several accounts, or as a thread, counts once."""
    found: int = scalar(
        db,
        "SELECT count(DISTINCT created_at) FROM outbox WHERE kind = ? AND created_at > ?",
        (POST, moment),
    )
    return found


def followers(db: Connection, row: int) -> list[OutboxRow]:
    """Rows that are to leave after one and have surely not left, oldest first."""
    found = _rows(db, "follows = :row ORDER BY id", {"row": row})
    return [one for one in found if one.is_surely_unsent]


def unplanned_by(db: Connection, account: int, remote_id: str) -> int | None:
    """The row by which the server is told to forget what it keeps for later under an id."""
    found: int | None = scalar(
        db,
        "SELECT max(id) FROM outbox WHERE account = ? AND kind = ? AND content = ?",
        (account, ActKind.UNSCHEDULE, remote_id),
    )
    return found


def follow_instead(w: Writing, before: int, row: int) -> None:
    """Let what is to leave after one row leave after another, and wait for nothing longer than that.

    What is held or planned keeps its moment; what was refused keeps its place for when it is tried again.
    """
    w.db.execute(
        "UPDATE outbox SET follows = :row, release_at = iif(state = :waiting, created_at, release_at) "
        "WHERE follows = :before AND state NOT IN (:sent, :discarded)",
        {
            "row": row,
            "before": before,
            "waiting": OutboxState.WAITING,
            "sent": OutboxState.SENT,
            "discarded": OutboxState.DISCARDED,
        },
    )


def set_content(w: Writing, id: int, content: str) -> None:
    """Keep how far the preparations of a row have come: which of its files the server has."""
    for (account,) in w.db.execute(
        "UPDATE outbox SET content = ? WHERE id = ? RETURNING account", (content, id)
    ).fetchall():
        w.changed(Topic.OUTBOX, account)


def claimed_posts(db: Connection, account: int) -> set[int]:
    """Posts that a row of the outbox is known to have become."""
    rows = db.execute(
        "SELECT sent_post FROM outbox WHERE account = ? AND sent_post IS NOT NULL", (account,)
    )
    return {post for (post,) in rows}


def claimed_uris(db: Connection, account: int) -> frozenset[str]:
    """The URIs of those posts."""
    rows = db.execute(
        "SELECT p.uri FROM outbox o CROSS JOIN posts p ON p.id = o.sent_post "
        "WHERE o.account = ? AND o.sent_post IS NOT NULL",
        (account,),
    )
    return frozenset(uri for (uri,) in rows)


def without_post(db: Connection, account: int) -> list[OutboxRow]:
    """New texts that have arrived, as the owner says, or may have, and of which it is not known what they became."""
    return _rows(
        db,
        "account = :account AND kind = :post AND first_try_at IS NOT NULL AND sent_post IS NULL "
        "AND state IN (SELECT value FROM json_each(:states)) ORDER BY id",
        {"account": account, "post": POST, "states": _MAY_BE_THERE},
    )


def planned_as(db: Connection, account: int, remote_id: str) -> OutboxRow | None:
    """The row of a text that the server keeps for later under an id, or has kept."""
    found = _rows(
        db,
        "account = :account AND remote_id = :remote_id ORDER BY id DESC LIMIT 1",
        {"account": account, "remote_id": remote_id},
    )
    return found[0] if found else None


def planned_ids(db: Connection, account: int) -> frozenset[str]:
    """The server's ids of what it keeps for later, or has kept, as rows of the outbox know them."""
    rows = db.execute(
        "SELECT remote_id FROM outbox WHERE account = ? AND remote_id IS NOT NULL", (account,)
    )
    return frozenset(remote_id for (remote_id,) in rows)


def vote_content(options: Iterable[int]) -> str:
    """What the row of a vote holds: the places of its options."""
    return listed(options)


def options_of(content: str) -> tuple[int, ...]:
    """The places that `vote_content` wrote."""
    return tuple(json.loads(content))


def mute_content(lasts: Millis | None) -> str:
    """What the row of a mute holds: how long it lasts, in milliseconds; None for good."""
    return "" if lasts is None else str(lasts)


def lasts_of(content: str) -> Millis | None:
    """The time that `mute_content` wrote."""
    return int(content) if content else None


def report_content(report: Report) -> str:
    """What the row of a report holds. The posts it names are the server's ids, as the account knows them."""
    return msgspec.json.encode(report).decode()


def report_of(content: str) -> Report:
    """The report that `report_content` wrote."""
    return msgspec.json.decode(content or "{}", type=Report)
