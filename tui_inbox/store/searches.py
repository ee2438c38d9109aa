"""Standing searches and what they found."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from tui_inbox.core.changes import Topic
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.moment import Millis
from tui_inbox.store.accounts import put_state
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import inserted, listed, scalar
from tui_inbox.store.store import Writing

WANTED = "(h.asks OR NOT (SELECT asks_only FROM searches WHERE id = h.search))"
"""Whether a hit `h` is shown and counted: of a search that wants to see only what asks, not every one is.

All are kept all the same, so that nothing has to be looked for again when the owner thinks otherwise.
"""


class SavedSearch(Struct, frozen=True):
    """A standing search.

    Attributes:
        account: local id of the account that its hits are answered from.
        query: in the search language; empty for everything that it listens to.
        marked: `n` stops at its hits.
        place: its place in the pane, from 1.
        outside_only: it is put to what it listens to outside its account, and not to what reaches that.
        asks_only: only hits that ask for something are shown.
    """

    id: int
    account: int
    query: str
    marked: bool
    place: int
    created_at: Millis
    outside_only: bool = False
    asks_only: bool = False


def add_search(
    w: Writing,
    account: int,
    query: str,
    *,
    at: Millis,
    marked: bool = False,
    outside_only: bool = False,
) -> int:
    """Keep a search, below the others. Returns its id."""
    id = inserted(
        w.db,
        "INSERT INTO searches (account, query, marked, place, created_at, outside_only) "
        "VALUES (?, ?, ?, (SELECT ifnull(max(place), 0) + 1 FROM searches), ?, ?)",
        (account, query, marked, at, outside_only),
    )
    w.changed(Topic.SEARCHES, id)
    return id


def searches(db: Connection) -> list[SavedSearch]:
    """All standing searches, in their order."""
    rows = db.execute(
        "SELECT id, account, query, marked, place, created_at, outside_only, asks_only FROM searches "
        "ORDER BY place, id"
    )
    return [
        SavedSearch(
            id, account, query, bool(marked), place, created_at, bool(outside_only), bool(asks_only)
        )
        for id, account, query, marked, place, created_at, outside_only, asks_only in rows
    ]


def search(db: Connection, id: int) -> SavedSearch | None:
    """A standing search, or None where it is gone."""
    return next((one for one in searches(db) if one.id == id), None)


def remove_search(w: Writing, id: int) -> None:
    """Throw a search away with its hits."""
    if w.db.execute("DELETE FROM searches WHERE id = ?", (id,)).rowcount:
        w.changed(Topic.SEARCHES, id)


def set_marked(w: Writing, id: int, marked: bool) -> None:
    """Mark a search, or take that back."""
    if w.db.execute(
        "UPDATE searches SET marked = ?1 WHERE id = ?2 AND marked != ?1", (marked, id)
    ).rowcount:
        w.changed(Topic.SEARCHES, id)


def set_asks_only(w: Writing, id: int, asks_only: bool) -> None:
    """Show only those hits of a search that ask for something, or all of them again."""
    if w.db.execute(
        "UPDATE searches SET asks_only = ?1 WHERE id = ?2 AND asks_only != ?1", (asks_only, id)
    ).rowcount:
        w.changed(Topic.SEARCHES, id)


def put_hit(
    w: Writing,
    search: int,
    post: int,
    at: Millis,
    state: ItemState = ItemState.NEW,
    *,
    asks: bool = True,
    same: int | None = None,
) -> bool:
    """Note that a search found a post, written at that moment; whether that is new.

    Args:
        state: *seen* for what was stored before the search was kept: only what arrives later is news.
        asks: it asks for something, as far as the search wants to know.
        same: what its text says, as in `hits.Hit`.
    """
    is_new = w.db.execute(
        "INSERT OR IGNORE INTO hits (search, post, state, at, asks, same) VALUES (?, ?, ?, ?, ?, ?)",
        (search, post, state, at, asks, same),
    ).rowcount
    if is_new:
        w.changed(Topic.SEARCHES, search)
    return bool(is_new)


def set_hit_state(
    w: Writing,
    search: int,
    post: int,
    state: ItemState,
    *,
    at: Millis = 0,
    until: Millis | None = None,
    until_post: bool = False,
    until_start: bool = False,
) -> None:
    """Give a hit a state. `at`: when that is, where it matters; the rest says when what is put off comes back."""
    if w.db.execute(
        "UPDATE hits SET state = ?1, changed_at = ?4, until = ?5, until_post = ?6, until_start = ?7 "
        "WHERE search = ?2 AND post = ?3 AND (state != ?1 OR state = 'later')",
        (state, search, post, at, until, until_post, until_start),
    ).rowcount:
        w.changed(Topic.SEARCHES, search)


_NEW = (
    "FROM hits h INDEXED BY hits_new CROSS JOIN posts p ON p.id = h.post AND p.deleted_at IS NULL "
    f"WHERE h.state = 'new' AND {WANTED}"
)


def unread(db: Connection) -> dict[int, int]:
    """How many new hits each search has, copies of a text being one; searches without any are left out."""
    return dict(
        db.execute(
            f"SELECT h.search, count(DISTINCT ifnull(h.same, -h.post)) {_NEW} GROUP BY h.search"  # constant
        ).fetchall()
    )


def new_hits(db: Connection) -> list[tuple[int, int]]:
    """Every new hit, as (local id of the search, of the post); of several that say the same, the first stored."""
    return db.execute(
        f"SELECT h.search, min(h.post) {_NEW} GROUP BY h.search, ifnull(h.same, -h.post) "  # constant
        "ORDER BY 1, 2"
    ).fetchall()


def set_query(w: Writing, id: int, query: str) -> None:
    """Change what a search looks for. Its hits stay until `remove_hits`."""
    if w.db.execute(
        "UPDATE searches SET query = ?1 WHERE id = ?2 AND query != ?1", (query, id)
    ).rowcount:
        w.changed(Topic.SEARCHES, id)


def remove_hits(w: Writing, search: int, posts: Sequence[int]) -> None:
    """Take hits away that a search does not find any more."""
    if w.db.execute(
        "DELETE FROM hits WHERE search = ? AND post IN (SELECT value FROM json_each(?))",
        (search, listed(posts)),
    ).rowcount:
        w.changed(Topic.SEARCHES, search)


def restore_search(w: Writing, search: SavedSearch) -> None:
    """Put a search back that was thrown away, under its old number; its hits are put by `hits.put`."""
    w.db.execute(
        "INSERT INTO searches (id, account, query, marked, place, created_at, outside_only, asks_only) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            search.id,
            search.account,
            search.query,
            search.marked,
            search.place,
            search.created_at,
            search.outside_only,
            search.asks_only,
        ),
    )
    w.changed(Topic.SEARCHES, search.id)


def count_hits(db: Connection, search: int) -> int:
    """How many hits a search has, whatever was done about them."""
    count: int = scalar(db, "SELECT count(*) FROM hits WHERE search = ?", (search,))
    return count


def put_coverage(w: Writing, search: SavedSearch, name: str, text: str) -> None:
    """Keep where a search looks, as the account's state under a name; who shows it is told."""
    put_state(w, search.account, name, text)
    w.changed(Topic.SEARCHES, search.id)


def hit_state(db: Connection, search: int, post: int) -> ItemState | None:
    """What was done about a hit, or None where there is no such hit."""
    state: str | None = scalar(
        db, "SELECT state FROM hits WHERE search = ? AND post = ?", (search, post)
    )
    return None if state is None else ItemState(state)
