"""Sources outside an account, which searches listen to them, and the posts that they bring.

Such a post has no account's view: no server has shown it to anybody. What everybody may read is shown all the same, and
as soon as an account's server shows it, it is like any other.
"""

from __future__ import annotations

from collections.abc import Iterable

from tui_inbox.core.changes import Topic
from tui_inbox.core.outside import Source, SourceKind
from tui_inbox.core.person import Person
from tui_inbox.core.post import Post, SeenPost
from tui_inbox.store.database import Connection
from tui_inbox.store.outside_posts import becomes, put_without_view
from tui_inbox.store.people import put_outsider
from tui_inbox.store.post_reading import find_by_ref
from tui_inbox.store.rows import inserted, scalar
from tui_inbox.store.store import Writing

_COLUMNS = "s.id, s.kind, s.address, s.title, s.state"


def put_source(w: Writing, kind: SourceKind, address: str) -> int:
    """The local id of a source, given out if need be."""
    known: int | None = scalar(
        w.db, "SELECT id FROM outside_sources WHERE kind = ? AND address = ?", (kind, address)
    )
    if known is not None:
        return known
    return inserted(
        w.db, "INSERT INTO outside_sources (kind, address) VALUES (?, ?)", (kind, address)
    )


def listen(w: Writing, search: int, source: int) -> bool:
    """Let a search listen to a source; whether it did not.

    What stands in a feed when a search first hears of it is no news; a stream brings nothing else, and one to which
    nobody listened begins anew: what happened meanwhile was not missed.
    """
    w.db.execute(
        "UPDATE outside_sources SET state = '' WHERE id = ?1 AND kind = 'stream' "
        "AND NOT EXISTS (SELECT 1 FROM search_sources WHERE source = ?1)",
        (source,),
    )
    return _changed(
        w,
        search,
        "INSERT OR IGNORE INTO search_sources (search, source, heard) "
        "SELECT ?, id, kind = 'stream' FROM outside_sources WHERE id = ?",
        (search, source),
    )


def stop_listening(w: Writing, search: int, source: int) -> bool:
    """Let a search listen to a source no more; whether it did. What the source is stays known."""
    return _changed(
        w,
        search,
        "DELETE FROM search_sources WHERE search = ? AND source = ?",
        (search, source),
    )


def _changed(w: Writing, search: int, sql: str, row: tuple[int, int]) -> bool:
    changed = bool(w.db.execute(sql, row).rowcount)
    if changed:
        w.changed(Topic.SEARCHES, search)
    return changed


def sources(db: Connection, kind: SourceKind) -> list[Source]:
    """All sources of a kind that some search listens to, in the order in which they were first heard of."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM outside_sources s WHERE s.kind = ? "  # noqa: S608  # constant columns
        "AND EXISTS (SELECT 1 FROM search_sources WHERE source = s.id) ORDER BY s.id",
        (kind,),
    )
    return [_source(row) for row in rows]


def sources_of(db: Connection, search: int) -> list[Source]:
    """The sources that a search listens to."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM search_sources l CROSS JOIN outside_sources s ON s.id = l.source "  # noqa: S608  # constant columns
        "WHERE l.search = ? ORDER BY s.id",
        (search,),
    )
    return [_source(row) for row in rows]


def listening(db: Connection) -> list[tuple[int, int, bool]]:
    """Who listens to what, in order: (source, search, whether what comes now is news to it)."""
    return db.execute(
        "SELECT source, search, heard FROM search_sources ORDER BY source, search"
    ).fetchall()


def unheard(db: Connection) -> set[int]:
    """Sources that some search has not heard as a whole yet."""
    return {id for (id,) in db.execute("SELECT source FROM search_sources WHERE NOT heard")}


def note_heard(w: Writing, source: int) -> None:
    """All that listen to a source have been told what it holds: what comes from now on is news."""
    w.db.execute("UPDATE search_sources SET heard = 1 WHERE source = ? AND NOT heard", (source,))


def _source(row: tuple[int, str, str, str, str]) -> Source:
    id, kind, address, title, state = row
    return Source(id, SourceKind(kind), address, title, state)


def hear_again(w: Writing, search: int) -> None:
    """What a search asks has changed: what stands in its feeds is put to it once more, as no news."""
    w.db.execute(
        "UPDATE search_sources SET heard = 0 WHERE search = ? "
        "AND source IN (SELECT id FROM outside_sources WHERE kind = 'feed')",
        (search,),
    )


def put_state(
    w: Writing, source: int, state: str, *, title: str | None = None, is_shown: bool = True
) -> None:
    """Keep how far a source was read.

    Args:
        title: what it calls itself; None leaves what was known.
        is_shown: a screen says something else of it now, so whoever shows a search that listens to it is told.
    """
    w.db.execute(
        "UPDATE outside_sources SET state = ?, title = ifnull(?, title) WHERE id = ?",
        (state, title, source),
    )
    if is_shown:
        for (search,) in w.db.execute(
            "SELECT search FROM search_sources WHERE source = ?", (source,)
        ).fetchall():
            w.changed(Topic.SEARCHES, search)


def move_source(w: Writing, source: int, address: str) -> None:
    """A source stands at another address than was said; where that one is known, its searches go over to it."""
    kind, was = w.db.execute(
        "SELECT kind, address FROM outside_sources WHERE id = ?", (source,)
    ).fetchone()
    if was == address:
        return
    other: int | None = scalar(
        w.db, "SELECT id FROM outside_sources WHERE kind = ? AND address = ?", (kind, address)
    )
    if other is None:
        w.db.execute("UPDATE outside_sources SET address = ? WHERE id = ?", (address, source))
        return
    w.db.execute("UPDATE OR IGNORE search_sources SET source = ? WHERE source = ?", (other, source))
    w.db.execute("DELETE FROM outside_sources WHERE id = ?", (source,))


def put_post(w: Writing, post: Post) -> int | None:
    """Store a post that no account was shown; of a stored one what its author has edited since.

    Returns:
        Its local id; None for a post that was deleted.
    """
    return put_without_view(w, post, put_outsider(w, post.author))


def put_authors(w: Writing, people: Iterable[Person]) -> None:
    """Keep who the authors of such posts turned out to be."""
    for person in people:
        put_outsider(w, person)


def become(w: Writing, account: int, post: int, seen: SeenPost) -> None:
    """A post that a feed brought turns out to be one of a network: it is that one from now on, under its local id.

    Where that one is stored already, it stays, and hits go over to it.
    """
    becomes(w, account, post, seen, find_by_ref(w.db, seen.post.ref))
