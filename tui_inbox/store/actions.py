"""What the owner did, in order: the memory of undo, and what a learner may be replayed from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import encoded, inserted
from tui_inbox.store.store import Writing


class Action(Struct, frozen=True):
    """One thing the owner did. `detail` is whatever is needed to take it back."""

    id: int
    at: Millis
    account: int | None
    what: str
    detail: dict[str, Any]
    undone: bool


_SELECT = "SELECT id, at, account, what, detail, undone FROM actions"


def _action(row: tuple[int, int, int | None, str, str, int]) -> Action:
    id, at, account, what, detail, undone = row
    return Action(id, at, account, what, json.loads(detail), bool(undone))


def log_action(
    w: Writing, at: Millis, account: int | None, what: str, detail: Mapping[str, Any]
) -> int:
    """Note what the owner did; `detail` is anything JSON can hold. Returns its number."""
    return inserted(
        w.db,
        "INSERT INTO actions (at, account, what, detail) VALUES (?, ?, ?, ?)",
        (at, account, what, encoded(dict(detail))),
    )


def actions(db: Connection, limit: int) -> list[Action]:
    """The latest actions, newest first, those that were undone too."""
    return [_action(row) for row in db.execute(f"{_SELECT} ORDER BY id DESC LIMIT ?", (limit,))]


def action(db: Connection, id: int) -> Action | None:
    """One action by its number."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id,)).fetchone()
    return None if row is None else _action(row)


def last_not_undone(db: Connection) -> Action | None:
    """What undo would take back now."""
    row = db.execute(f"{_SELECT} WHERE NOT undone ORDER BY id DESC LIMIT 1").fetchone()
    return None if row is None else _action(row)


def mark_undone(w: Writing, id: int) -> None:
    """Note that an action was taken back."""
    w.db.execute("UPDATE actions SET undone = 1 WHERE id = ?", (id,))
