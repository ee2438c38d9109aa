"""Where the owner was in each pane."""

from __future__ import annotations

from tui_inbox.core.moment import Millis
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import scalar
from tui_inbox.store.store import Writing


def put_position(w: Writing, place: str, value: str, at: Millis) -> None:
    """Keep where the owner is in a place. The pane knows already, so nobody is told."""
    w.db.execute(
        "INSERT INTO positions (place, value, at) VALUES (?, ?, ?) "
        "ON CONFLICT (place) DO UPDATE SET value = excluded.value, at = excluded.at",
        (place, value, at),
    )


def position(db: Connection, place: str) -> str | None:
    """Where the owner was in a place, or None if never there."""
    value: str | None = scalar(db, "SELECT value FROM positions WHERE place = ?", (place,))
    return value
