"""What goes: posts their author withdrew, boosts taken back, and rows that no account may keep."""

from __future__ import annotations

from collections.abc import Iterable

from tui_inbox.core.changes import Topic
from tui_inbox.core.moment import Millis
from tui_inbox.core.post import PostRef
from tui_inbox.store.database import Connection
from tui_inbox.store.pointers import forget_addresses
from tui_inbox.store.post_reading import find, find_by_ref, posts
from tui_inbox.store.rows import listed, scalar
from tui_inbox.store.store import Writing
from tui_inbox.store.text_index import remove_words, words_of


def delete_post(
    w: Writing,
    account: int,
    *,
    server_id: str | None = None,
    ref: PostRef | None = None,
    at: Millis,
) -> int | None:
    """A post, or somebody's boost of one, is gone, says the account's server.

    The post's words go from store and index; the row stays, so that the thread keeps its shape and the post
    does not come back. Of a boost only the booster goes, and the entry where it was there for that alone.
    What is not known leaves a tombstone for the case that it arrives later.

    Returns:
        The local id of the post that was deleted; None for a boost, and for what is not stored.
    """
    id = find(w.db, account, server_id) if server_id is not None else None
    if id is None and ref is not None:
        id = find_by_ref(w.db, ref)
    if id is not None:
        _empty(w, id, at)
        return id
    told = [(account, server_id), (0, ref.uri if ref else None)]
    named = [(whose, name) for whose, name in told if name is not None]
    _delete_boosts(w, account, [name for _, name in named])
    # Of a boost too: a page that was asked for before may still bring it once more.
    w.db.executemany(
        "INSERT OR IGNORE INTO tombstones (account, name, at) VALUES (?, ?, ?)",
        [(whose, name, at) for whose, name in named],
    )
    return None


def withdraw(w: Writing, account: int, server_id: str, *, at: Millis) -> int | None:
    """What a server does not have any more, as asking for it has shown.

    That may also mean that this account alone may not see it any more. So where another account sees the post,
    only its place in this account's feeds goes.

    Returns:
        The local id of the post that was deleted, as `delete_post`.
    """
    id = find(w.db, account, server_id)
    others = id is not None and scalar(
        w.db,
        "SELECT EXISTS (SELECT 1 FROM accounts c CROSS JOIN post_views v ON v.account = c.id "
        "AND v.post = ?2 WHERE c.id != ?1)",
        (account, id),
    )
    if not others:
        return delete_post(w, account, server_id=server_id, at=at)
    for (feed,) in w.db.execute(
        "DELETE FROM entries WHERE post = ?2 AND feed IN (SELECT id FROM feeds WHERE account = ?1) "
        "RETURNING feed",
        (account, id),
    ).fetchall():
        w.changed(Topic.FEED, feed)
    return None


def is_buried(db: Connection, account: int, server_id: str, uri: str) -> bool:
    """Whether the deletion of a post or boost came before it."""
    return bool(
        scalar(
            db,
            "SELECT EXISTS (SELECT 1 FROM tombstones WHERE account = ?1 AND name = ?2) "
            "OR EXISTS (SELECT 1 FROM tombstones WHERE account = 0 AND name = ?3)",
            (account, server_id, uri),
        )
    )


def forget_tombstones(w: Writing, before: Millis) -> int:
    """Drop tombstones older than the longest refill; returns how many."""
    return w.db.execute("DELETE FROM tombstones WHERE at < ?", (before,)).rowcount


def _empty(w: Writing, id: int, at: Millis) -> None:
    """Take the words out of a post and mark it deleted."""
    stored = posts(w.db, None, [id])[id]
    if stored.deleted:
        return
    if words := words_of(stored.post):
        remove_words(w.db, id, words)
    forget_addresses(w.db, id)
    w.db.execute(
        "UPDATE posts SET deleted_at = ?, text = '', warning = '', extras = '{}', url = NULL WHERE id = ?",
        (at, id),
    )
    w.changed(Topic.POST, id)
    feeds = w.db.execute(
        "SELECT f.id FROM feeds f CROSS JOIN entries e ON e.feed = f.id AND e.post = ?", (id,)
    ).fetchall()
    for (feed,) in feeds:
        w.changed(Topic.FEED, feed)
    searches = w.db.execute(
        "SELECT s.id FROM searches s CROSS JOIN hits h ON h.search = s.id AND h.post = ?", (id,)
    ).fetchall()
    for (search,) in searches:
        w.changed(Topic.SEARCHES, search)


def boosts_named(
    db: Connection, account: int, server_id: str | None, ref: PostRef | None
) -> set[tuple[int, int]]:
    """The boosts that are named by server id or URI in the account's feeds, as (who, local id of the post)."""
    names = [name for name in (server_id, ref.uri if ref else None) if name is not None]
    return {(person, post) for _, post, person in _boosts(db, account, names)}


def _boosts(db: Connection, account: int, names: Iterable[str]) -> list[tuple[int, int, int]]:
    return db.execute(
        "SELECT b.feed, b.post, b.person FROM feeds f CROSS JOIN boosts b ON b.feed = f.id "
        "AND b.entry_id IN (SELECT value FROM json_each(?2)) WHERE f.account = ?1 UNION "
        "SELECT b.feed, b.post, b.person FROM boosts b CROSS JOIN feeds f ON f.id = b.feed AND f.account = ?1 "
        "WHERE b.uri IN (SELECT value FROM json_each(?2))",
        (account, listed(names)),
    ).fetchall()


def _delete_boosts(w: Writing, account: int, names: Iterable[str]) -> None:
    """Take back boosts that are named by server id or URI."""
    for feed, post, person in _boosts(w.db, account, names):
        w.db.execute(
            "DELETE FROM boosts WHERE feed = ? AND post = ? AND person = ?", (feed, post, person)
        )
        w.db.execute(
            "DELETE FROM entries WHERE feed = ?1 AND post = ?2 AND by_boost AND own_id IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM boosts WHERE feed = ?1 AND post = ?2)",
            (feed, post),
        )
        w.changed(Topic.FEED, feed)


def remove_unseen_posts(w: Writing) -> None:
    """Remove the posts that no account sees any more, with everything that names them.

    Posts that a seen post answers or quotes lose that link.
    """
    while ids := _unseen(w.db):
        for id in ids:
            remove_post(w, id)
    for table in ("entries", "boosts", "hits", "watches", "watched_posts"):
        w.db.execute(f"DELETE FROM {table} WHERE post NOT IN (SELECT id FROM posts)")  # noqa: S608  # constant
    for table in ("notices", "items"):
        w.db.execute(
            f"UPDATE {table} SET post = NULL WHERE post NOT IN (SELECT id FROM posts)"  # noqa: S608  # constant
        )


def remove_post(w: Writing, id: int) -> None:
    """Remove a post itself, with its words; what names it is the caller's."""
    stored = posts(w.db, None, [id])[id]
    if not stored.deleted and (words := words_of(stored.post)):
        remove_words(w.db, id, words)
    w.db.execute("DELETE FROM watched_posts WHERE post = ?", (id,))
    w.db.execute("DELETE FROM posts WHERE id = ?", (id,))


def _unseen(db: Connection) -> list[int]:
    """Some of the posts that no account sees. What a source outside has brought stays while something refers to it."""
    rows = db.execute(
        "SELECT id FROM posts p WHERE NOT EXISTS (SELECT 1 FROM accounts c "
        "CROSS JOIN post_views v ON v.account = c.id AND v.post = p.id) "
        "AND NOT EXISTS (SELECT 1 FROM hits WHERE post = p.id AND p.audience IN ('public', 'unlisted')) "
        "AND id NOT IN (SELECT post FROM watches UNION SELECT reply_to FROM drafts WHERE reply_to IS NOT NULL "
        "UNION SELECT post FROM outbox WHERE post IS NOT NULL) LIMIT 500"
    )
    return [id for (id,) in rows]
