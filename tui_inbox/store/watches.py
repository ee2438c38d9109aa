"""Conversations that the owner watches, and which of their posts are new to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from tui_inbox.core.changes import Topic
from tui_inbox.core.moment import Millis
from tui_inbox.core.watching import FIRST_REST, Ended, Watch
from tui_inbox.store.database import Connection
from tui_inbox.store.identities import owners_together
from tui_inbox.store.post_rows import JOIN_ONE_VIEW, VISIBLE
from tui_inbox.store.rows import inserted, listed, scalar
from tui_inbox.store.store import Writing

_COLUMNS = (
    "id, account, conversation, post, began_at, quiet, active_at, next_at, rest, asked_at, trouble, "
    "ended_at, ended"
)


def _watch(row: Sequence[Any]) -> Watch:
    return replace(Watch(*row), ended=Ended(row[-1])) if row[-1] is not None else Watch(*row)


def begin(
    w: Writing, account: int, conversation: int, post: int, *, at: Millis, quiet: Millis
) -> int:
    """Watch a conversation (local id, not one that was merged away). What is stored of it is known to the owner.

    One that was watched before begins anew.

    Returns:
        The local id of the watch.
    """
    w.db.execute(
        "DELETE FROM watches WHERE account = ? AND conversation = ?", (account, conversation)
    )
    id = inserted(
        w.db,
        "INSERT INTO watches (account, conversation, post, began_at, quiet, active_at, next_at, rest) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?4, ?4, ?6)",
        (account, conversation, post, at, quiet, FIRST_REST),
    )
    w.db.execute(
        "INSERT INTO watched_posts (watch, post, came_at, looked) "  # noqa: S608  # constant texts
        f"SELECT :watch, p.id, :at, 1 FROM posts p {JOIN_ONE_VIEW} "
        f"WHERE p.conversation = :conversation AND {VISIBLE}",
        {"watch": id, "at": at, "account": account, "conversation": conversation},
    )
    _changed(w, account, conversation)
    return id


def watches(db: Connection, accounts: Iterable[int]) -> list[Watch]:
    """What some accounts watch, and what has ended and is still listed; the oldest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM watches "  # noqa: S608  # constant columns
        "WHERE account IN (SELECT value FROM json_each(?)) ORDER BY id",
        (listed(accounts),),
    ).fetchall()
    return [_watch(row) for row in rows]


def watch(db: Connection, id: int) -> Watch | None:
    """A watch by its local id."""
    row = db.execute(f"SELECT {_COLUMNS} FROM watches WHERE id = ?", (id,)).fetchone()  # noqa: S608  # constant columns
    return None if row is None else _watch(row)


def watch_of(db: Connection, account: int, conversation: int) -> Watch | None:
    """The watch of a conversation (local id, not one that was merged away), ended or not."""
    id = scalar(
        db,
        "SELECT id FROM watches WHERE account = ? AND conversation = ?",
        (account, conversation),
    )
    return None if id is None else watch(db, id)


def watched(db: Connection, account: int) -> set[int]:
    """The conversations that an account watches now."""
    rows = db.execute(
        "SELECT conversation FROM watches WHERE account = ? AND ended_at IS NULL", (account,)
    )
    return {conversation for (conversation,) in rows}


def due(db: Connection, account: int, now: Millis) -> Watch | None:
    """The one that has waited longest to be asked about, if any is due."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM watches "  # noqa: S608  # constant columns
        "WHERE account = ? AND ended_at IS NULL AND next_at <= ? ORDER BY next_at, id LIMIT 1",
        (account, now),
    ).fetchone()
    return None if row is None else _watch(row)


def path(db: Connection, post: int) -> list[tuple[int, bool]]:
    """A post and what stands above it, the topmost first, as (local id, whether it is deleted)."""
    return [
        (id, bool(deleted))
        for id, deleted in db.execute(
            "WITH RECURSIVE above (id, parent, deleted, height) AS ("
            "SELECT id, parent, deleted_at IS NOT NULL, 0 FROM posts WHERE id = ? UNION ALL "
            "SELECT p.id, p.parent, p.deleted_at IS NOT NULL, above.height + 1 "
            "FROM above CROSS JOIN posts p ON p.id = above.parent) "
            "SELECT id, deleted FROM above ORDER BY height DESC",
            (post,),
        )
    ]


def unseen(db: Connection, watches: Iterable[int]) -> dict[int, list[int]]:
    """The posts of some watches that are new to the owner, by watch, in the order in which they were written."""
    found: dict[int, list[int]] = {}
    for id, post in db.execute(
        "SELECT n.watch, n.post FROM json_each(?) wanted "
        "CROSS JOIN watched_posts n ON n.watch = wanted.value AND NOT n.looked "
        "CROSS JOIN posts p ON p.id = n.post AND p.deleted_at IS NULL ORDER BY p.created_at, p.id",
        (listed(watches),),
    ):
        found.setdefault(id, []).append(post)
    return found


# What happens


def note_posts(w: Writing, conversations: Iterable[int], now: Millis) -> None:
    """Note what has come in some conversations, or has gone: for those of them that are watched.

    A post is new when it came after the owner began to watch; what was written before that and comes with the
    server's first answer was there already. The owner's own posts are never new to them.
    """
    rows = w.db.execute(
        f"SELECT {_COLUMNS} FROM watches WHERE ended_at IS NULL "  # noqa: S608  # constant columns
        "AND conversation IN (SELECT value FROM json_each(?))",
        (listed(conversations),),
    ).fetchall()
    for one in map(_watch, rows):
        _note_posts(w, one, now)


def _note_posts(w: Writing, one: Watch, now: Millis) -> None:
    came = w.db.execute(
        "INSERT OR IGNORE INTO watched_posts (watch, post, came_at, looked) "  # noqa: S608  # constant texts
        "SELECT :watch, p.id, :now, p.author IN (SELECT value FROM json_each(:own)) "
        f"OR (:first AND p.created_at <= :began) FROM posts p {JOIN_ONE_VIEW} "
        f"WHERE p.conversation = :conversation AND p.deleted_at IS NULL AND {VISIBLE} "
        "RETURNING (SELECT created_at FROM posts WHERE id = watched_posts.post)",
        {
            "watch": one.id,
            "now": now,
            "own": listed(_owners(w.db, one.account)),
            "first": one.asked_at is None,
            "began": one.began_at,
            "account": one.account,
            "conversation": one.conversation,
        },
    ).fetchall()
    if any(one.asked_at is not None or at > one.began_at for (at,) in came):
        w.db.execute(
            "UPDATE watches SET active_at = ?1, rest = ?2, next_at = min(next_at, ?1 + ?2) WHERE id = ?3",
            (now, FIRST_REST, one.id),
        )
    above = path(w.db, one.post)
    if above and above[0][1]:
        end(w, one.id, Ended.DELETED, at=now)
    elif came:
        _changed(w, one.account)


def _owners(db: Connection, account: int) -> set[int]:
    """Who the owner is, by all accounts that are one with this one."""
    return {
        *owners_together(db, account).values(),
        scalar(db, "SELECT person FROM accounts WHERE id = ?", (account,)),
    }


def note_answer(
    w: Writing, id: int, *, at: Millis, next_at: Millis, rest: Millis, trouble: str = ""
) -> None:
    """Note that the server was asked, and when it is asked next.

    Args:
        trouble: why it did not answer; empty where it did.
    """
    account = scalar(
        w.db,
        "UPDATE watches SET asked_at = iif(?1 = '', ?2, asked_at), next_at = ?3, rest = ?4, trouble = ?1 "
        "WHERE id = ?5 AND ended_at IS NULL RETURNING account",
        (trouble, at, next_at, rest, id),
    )
    if account is not None:
        w.changed(Topic.WATCHED, account)


def move(w: Writing, post: int, to: int) -> None:
    """A post has turned out to be another one that is stored: whoever watches its thread watches that one's."""
    for (account,) in w.db.execute(
        "SELECT account FROM watches WHERE post = ?", (post,)
    ).fetchall():
        w.changed(Topic.WATCHED, account)
    w.db.execute(
        "UPDATE OR IGNORE watches SET post = ?1, conversation = "
        "(SELECT conversation FROM posts WHERE id = ?1) WHERE post = ?2",
        (to, post),
    )
    w.db.execute("DELETE FROM watches WHERE post = ?", (post,))


def look(w: Writing, id: int, posts: Iterable[int]) -> None:
    """The owner has seen some posts of a watched conversation."""
    seen = w.db.execute(
        "UPDATE watched_posts SET looked = 1 WHERE watch = ? AND NOT looked "
        "AND post IN (SELECT value FROM json_each(?)) RETURNING post",
        (id, listed(posts)),
    ).fetchall()
    if seen:
        w.changed(Topic.WATCHED, scalar(w.db, "SELECT account FROM watches WHERE id = ?", (id,)))


def end(w: Writing, id: int, why: Ended, *, at: Millis) -> None:
    """Watch it no more, or say of one that has ended another reason. What is new in it stays so."""
    _set_ended(w, id, at, why)


def resume(w: Writing, id: int, *, now: Millis) -> None:
    """Watch it again as if it had not ended; what has come since then is new."""
    _set_ended(w, id, None, None)
    one = watch(w.db, id)
    if one is not None:
        _note_posts(w, one, now)


def _set_ended(w: Writing, id: int, at: Millis | None, why: Ended | None) -> None:
    row = w.db.execute(
        "UPDATE watches SET ended_at = ?1, ended = ?2 WHERE id = ?3 AND ended IS NOT ?2 "
        "RETURNING account, conversation",
        (at, why, id),
    ).fetchone()
    if row is not None:
        _changed(w, *row)


def remove(w: Writing, id: int) -> None:
    """Forget a watch with what was noted for it."""
    row = w.db.execute(
        "DELETE FROM watches WHERE id = ? RETURNING account, conversation", (id,)
    ).fetchone()
    if row is not None:
        _changed(w, *row)


def forget_ended(w: Writing, before: Millis) -> None:
    """Forget those that ended before a moment."""
    for (id,) in w.db.execute("SELECT id FROM watches WHERE ended_at < ?", (before,)).fetchall():
        remove(w, id)


def _changed(w: Writing, account: int, conversation: int | None = None) -> None:
    """The list of watched threads is another one; with a conversation, its rows say another word."""
    w.changed(Topic.WATCHED, account)
    if conversation is not None:
        for (post,) in w.db.execute(
            "SELECT id FROM posts WHERE conversation = ?", (conversation,)
        ).fetchall():
            w.changed(Topic.POST, post)
        w.changed(Topic.INBOX, account)
