"""How far notifications were read: by the owner's other clients, and here."""

from __future__ import annotations

from tui_inbox.core.conversation import ItemState
from tui_inbox.store import items
from tui_inbox.store.database import Connection
from tui_inbox.store.notices import NoticeKey
from tui_inbox.store.store import Writing

NOT_BY_LOOKING = ("lapsed", "deleted")
"""What closes an item without anybody having read it."""


def place(db: Connection, account: int, notice_id: str) -> NoticeKey | None:
    """Where a notification stands in the account's own order, or None where it is not known."""
    row = db.execute(
        "SELECT at FROM notices WHERE account = ? AND notice_id = ?", (account, notice_id)
    ).fetchone()
    return None if row is None else (row[0], account, notice_id)


def newest_seen(db: Connection, account: int, above: NoticeKey | None = None) -> NoticeKey | None:
    """The newest notification whose text the owner has seen here, answered or dealt with.

    Args:
        above: only those above this place, which is found faster; None for all.
    """
    at, _, notice_id = above or (0, account, "")
    row = db.execute(
        "SELECT n.at, n.notice_id FROM notices n CROSS JOIN posts p ON p.id = n.post "
        "CROSS JOIN items i ON i.account = n.account AND i.conversation = p.conversation "
        "AND i.person = p.author WHERE n.account = ? AND n.at >= ? AND (n.at, n.notice_id) > (?, ?) "
        "AND i.state != ? AND ifnull(i.closed_by, '') NOT IN (?, ?) "
        "ORDER BY n.at DESC, n.notice_id DESC LIMIT 1",
        (account, at, at, notice_id, ItemState.NEW, *NOT_BY_LOOKING),
    ).fetchone()
    return None if row is None else (row[0], account, row[1])


def see_up_to(w: Writing, account: int, read: NoticeKey) -> int:
    """What is new and was read elsewhere up to a place is *seen* here; it still waits. Returns how many items."""
    at, _, notice_id = read
    rows = w.db.execute(
        "SELECT id FROM items WHERE account = :account AND state = :new AND post IN ("
        "SELECT post FROM notices WHERE account = :account AND (at, notice_id) <= (:at, :notice_id))",
        {"account": account, "new": ItemState.NEW, "at": at, "notice_id": notice_id},
    ).fetchall()
    for (id,) in rows:
        item = items.item_by_id(w.db, id)
        if item is not None:
            items.set_state(w, id, ItemState.SEEN, at=item.changed_at)
    return len(rows)
