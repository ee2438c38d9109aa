"""Where the owner was."""

from __future__ import annotations

from tui_inbox.store import positions
from tui_inbox.store.database import Connection


def read(db: Connection, place: str) -> str | None:
    """What a pane has kept under a name, or None if nothing yet."""
    return positions.position(db, place)
