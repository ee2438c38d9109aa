"""Two counts for a status bar, kept beside what they are made from, so that reading them loads next to nothing.

They are changed in the transaction that changes what they count (see `tui_inbox.status_bar`), so they are never older
than the store. Nothing but `sqlite3` is loaded to read them.
"""

from __future__ import annotations

import sqlite3

TYPE_CHECKING = False  # that of `typing` takes as long to load as the whole answer
if TYPE_CHECKING:
    from tui_inbox.store.store import Writing

PLACE = "counts"


def put(w: Writing, rules: str, waiting: int, newcomers: int, at: int) -> None:
    """Keep the counts.

    Args:
        rules: the version of the program: another one may count otherwise, and does not believe them.
        at: this moment, in milliseconds.
    """
    w.db.execute(
        "INSERT INTO positions (place, value, at) VALUES (?1, ?2, ?3) "
        "ON CONFLICT (place) DO UPDATE SET value = ?2, at = ?3 WHERE value != ?2",
        (PLACE, f"{rules} {waiting} {newcomers}", at),
    )


def forget(w: Writing) -> None:
    """Keep none: whoever asks must count."""
    w.db.execute("DELETE FROM positions WHERE place = ?", (PLACE,))


def read(path: str, rules: str) -> tuple[int, int] | None:
    """How many wait, and how many newcomers; None where that is not kept, or the file cannot be read.

    Args:
        path: the store's file. It is neither made nor changed.
        rules: as for `put`.
    """
    try:
        db = sqlite3.connect(f"file:{_quoted(path)}?mode=rw", uri=True, timeout=0.5)
        try:
            row = db.execute("SELECT value FROM positions WHERE place = ?", (PLACE,)).fetchone()
        finally:
            db.close()
    except sqlite3.Error:
        return None
    version, *counts = row[0].split() if row else ("",)
    return (int(counts[0]), int(counts[1])) if version == rules else None


def _quoted(path: str) -> str:
    """A path as a URI of SQLite's has it (sqlite.org/uri.html): what means something else there is escaped."""
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
