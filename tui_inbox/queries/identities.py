"""Who is one human: the one place that is asked for all of somebody's local ids."""

from __future__ import annotations

from tui_inbox.store.database import Connection


def ids_of(db: Connection, person: int) -> tuple[int, ...]:
    """The local ids under which somebody is known, the one asked for first."""
    return (person,)
