"""Who waits at the door of an account: people who ask to follow, and people whose posts the server holds back.

The table is what the server said last. What the owner decided since stands in the outbox, and whoever was decided on
is not listed any more; the row goes when the server has confirmed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from tui_inbox.core.act import ActKind
from tui_inbox.core.changes import Topic
from tui_inbox.core.door import Wish
from tui_inbox.core.moment import Millis
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.store.batches import UNDECIDED
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import listed
from tui_inbox.store.store import Writing


class Waiting(Struct, frozen=True):
    """Somebody at the door.

    Attributes:
        person: local id.
        request_id: the server's id of what is held back; empty where they ask to follow.
        at: when they were last heard from, where the server says so.
        notices: how many notifications are held back.
        text: the newest text held back; empty where they ask to follow.
    """

    account: int
    wish: Wish
    person: int
    request_id: str = ""
    at: Millis | None = None
    notices: int = 0
    text: str = ""


_COLUMNS = "d.account, d.kind, d.person, d.request_id, d.at, d.notices, d.text"


def _waiting(account: int, kind: str, *rest: object) -> Waiting:
    return Waiting(account, Wish(kind), *rest)  # type: ignore[arg-type]  # the columns, in their order


def put_list(w: Writing, account: int, wish: Wish, waiting: Sequence[Waiting]) -> None:
    """Replace what was known of one kind of wish by what the server says now, in its order."""
    before = _of_kind(w.db, account, wish)
    if before == list(waiting):
        return
    w.db.execute("DELETE FROM door WHERE account = ? AND kind = ?", (account, wish))
    w.db.executemany(
        "INSERT OR IGNORE INTO door (account, kind, person, place, request_id, at, notices, text) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (account, wish, one.person, place, one.request_id, one.at, one.notices, one.text)
            for place, one in enumerate(waiting)
        ],
    )
    w.changed(Topic.INBOX, account)


def _of_kind(db: Connection, account: int, wish: Wish) -> list[Waiting]:
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM door d WHERE d.account = ? AND d.kind = ? ORDER BY d.place",  # noqa: S608  # constant columns
        (account, wish),
    )
    return [_waiting(*row) for row in rows]


def waiting(db: Connection, accounts: Sequence[int]) -> list[Waiting]:
    """Who waits at the doors of some accounts: those who ask to follow first, each kind in the server's order."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM {UNDECIDED} ORDER BY d.kind = :heard, d.account, d.place",  # noqa: S608  # constant texts
        {"accounts": listed(accounts), "heard": Wish.BE_HEARD},
    )
    return [_waiting(*row) for row in rows]


def one(db: Connection, account: int, wish: Wish, person: int) -> Waiting | None:
    """Somebody who is still undecided on, or None."""
    found = (each for each in waiting(db, [account]) if (each.wish, each.person) == (wish, person))
    return next(found, None)


def remove(w: Writing, account: int, wish: Wish, person: int) -> None:
    """Somebody waits no more: the server has confirmed what the owner decided."""
    gone = w.db.execute(
        "DELETE FROM door WHERE account = ? AND kind = ? AND person = ?", (account, wish, person)
    ).rowcount
    if gone:
        w.changed(Topic.INBOX, account)


def decided_since(
    db: Connection, account: int, kinds: Iterable[ActKind], since: Millis
) -> set[int]:
    """People on whom an act of these kinds was confirmed at or after a moment.

    A list that the server was asked for before may still say otherwise of them.
    """
    rows = db.execute(
        "SELECT person FROM outbox WHERE account = :account AND state = :sent AND changed_at >= :since "
        "AND person IS NOT NULL AND kind IN (SELECT value FROM json_each(:kinds))",
        {
            "account": account,
            "sent": OutboxState.SENT,
            "since": since,
            "kinds": listed(kinds),
        },
    )
    return {person for (person,) in rows}
