"""The state that the store's file is in, for the verb that checks it."""

from __future__ import annotations

from tui_inbox.store.database import Connection
from tui_inbox.store.rows import scalar

COMPLAINTS = 3
"""One damaged page can make thousands; the first few say enough."""


def schema_version(db: Connection) -> int:
    """The version of the schema, as the file says."""
    version: int = scalar(db, "PRAGMA user_version")
    return version


def sqlite_version(db: Connection) -> str:
    """The version of the library that reads it."""
    version: str = scalar(db, "SELECT sqlite_version()")
    return version


def size(db: Connection) -> int:
    """How large the file is when its log is folded in, in bytes."""
    pages: int = scalar(db, "PRAGMA page_count")
    page: int = scalar(db, "PRAGMA page_size")
    return pages * page


def damage(db: Connection) -> tuple[str, ...]:
    """What is wrong with the file, in SQLite's words; nothing where it is sound.

    Reads the whole file, but does not compare indexes with their tables, which would take many times longer.

    Raises:
        sqlite3.DatabaseError: it is so damaged that it cannot be looked through.
    """
    found = [row for (row,) in db.execute(f"PRAGMA quick_check({COMPLAINTS})")]
    return () if found == ["ok"] else tuple(found)
