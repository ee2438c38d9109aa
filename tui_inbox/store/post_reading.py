"""Stored posts read again, always through the eyes of the acting account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui_inbox.core.post import PostRef
from tui_inbox.core.reading import FilterContext
from tui_inbox.store.conversations import current
from tui_inbox.store.database import Connection
from tui_inbox.store.feed_names import stands_for
from tui_inbox.store.post_rows import (
    HIDDEN,
    JOIN_FIRST_VIEW,
    JOIN_ONE_VIEW,
    POST_COLUMNS,
    VISIBLE,
    StoredPost,
    accounts_listed,
    read_posts,
)
from tui_inbox.store.rows import listed, scalar


def post(db: Connection, account: int | None, id: int) -> StoredPost | None:
    """One post; see `posts`."""
    return posts(db, account, [id]).get(id)


def posts(db: Connection, account: int | None, ids: Iterable[int]) -> dict[int, StoredPost]:
    """Posts by local id, deleted ones too, with the account's view.

    What the account was not shown and not everybody may read is left out. Without an account nothing is left
    out, and the view is that of the first account that has one.
    """
    if account is None:
        return posts_seen_by(db, None, ids)
    wanted = list(ids)
    if not wanted:
        return {}  # as for most of what arrives: nobody has favoured anything
    rows = db.execute(
        f"SELECT {POST_COLUMNS} FROM posts p {JOIN_ONE_VIEW} "  # noqa: S608  # constant texts
        f"WHERE p.id IN (SELECT value FROM json_each(:ids)) AND {VISIBLE}",
        {"account": account, "ids": listed(wanted)},
    ).fetchall()
    return {stored.id: stored for stored in read_posts(db, rows)}


def posts_seen_by(
    db: Connection, accounts: Sequence[int] | None, ids: Iterable[int]
) -> dict[int, StoredPost]:
    """Posts by local id, each with the view of the first of several accounts that has one.

    Args:
        accounts: those that may act, first choice first; None for all, and then nothing is left out.
        ids: local ids of posts.
    """
    rows = db.execute(
        f"SELECT {POST_COLUMNS} FROM posts p {JOIN_FIRST_VIEW} "  # noqa: S608  # constant texts
        f"WHERE p.id IN (SELECT value FROM json_each(:ids)) AND (:all OR {VISIBLE})",
        {"accounts": accounts_listed(db, accounts), "ids": listed(ids), "all": accounts is None},
    ).fetchall()
    return {stored.id: stored for stored in read_posts(db, rows)}


def hidden(db: Connection, account: int, posts: Iterable[int], context: FilterContext) -> set[int]:
    """Those of some posts that a filter of the account's hides in a context; what the owner wrote is never hidden."""
    rows = db.execute(
        "SELECT v.post FROM json_each(:posts) wanted "  # noqa: S608  # constant texts
        "CROSS JOIN post_views v ON v.account = :account AND v.post = wanted.value "
        f"CROSS JOIN posts p ON p.id = v.post WHERE {HIDDEN} "
        "AND p.author != (SELECT person FROM accounts WHERE id = :account)",
        {"account": account, "posts": listed(posts), "context": context},
    )
    return {post for (post,) in rows}


def find(db: Connection, account: int, server_id: str) -> int | None:
    """Which post the account's server means by an id."""
    found: int | None = scalar(
        db,
        "SELECT post FROM post_views WHERE account = ? AND server_id = ?",
        (account, server_id),
    )
    return found


def find_by_ref(db: Connection, ref: PostRef) -> int | None:
    """A post by what it is for ever."""
    found: int | None = scalar(
        db, "SELECT id FROM posts WHERE network = ? AND uri = ?", (ref.network, ref.uri)
    )
    return found


def find_by_address(db: Connection, address: str) -> int | None:
    """A post by its URI, or by the address of its page, on whatever network."""
    found: int | None = scalar(
        db, "SELECT id FROM posts WHERE uri = ?1 OR url = ?1 ORDER BY id LIMIT 1", (address,)
    )
    return found


def server_id(db: Connection, account: int, post: int) -> str | None:
    """How the account's server names a post, or None if it never told of it."""
    found: str | None = scalar(
        db,
        "SELECT server_id FROM post_views WHERE account = ? AND post = ?",
        (account, stands_for(db, post)),
    )
    return found


def uris(db: Connection, ids: Iterable[int]) -> dict[int, str]:
    """The URIs of posts by local id."""
    return dict(
        db.execute(
            "SELECT id, uri FROM posts WHERE id IN (SELECT value FROM json_each(?))", (listed(ids),)
        ).fetchall()
    )


def conversation_posts(
    db: Connection, account: int, conversation: int, *, limit: int = 500
) -> list[StoredPost]:
    """The posts of a conversation that the account may be shown, oldest first, deleted ones too.

    Of a conversation longer than the limit its newest posts.
    """
    rows = db.execute(
        f"SELECT {POST_COLUMNS} FROM posts p {JOIN_ONE_VIEW} "  # noqa: S608  # constant texts
        f"WHERE p.conversation = :conversation AND {VISIBLE} "
        "ORDER BY p.created_at DESC, p.id DESC LIMIT :limit",
        {"account": account, "conversation": current(db, conversation), "limit": limit},
    ).fetchall()
    return read_posts(db, rows[::-1])


def own_latest(db: Connection, account: int, limit: int) -> list[StoredPost]:
    """The latest posts of the account's owner, newest first."""
    owner: int = scalar(db, "SELECT person FROM accounts WHERE id = ?", (account,))
    return posts_by(db, account, owner, limit)


def posts_by(db: Connection, account: int, person: int, limit: int) -> list[StoredPost]:
    """The latest posts of a person that the account may be shown, newest first."""
    rows = db.execute(
        f"SELECT {POST_COLUMNS} FROM posts p {JOIN_ONE_VIEW} "  # noqa: S608  # constant texts
        f"WHERE p.author = :author AND p.deleted_at IS NULL AND {VISIBLE} "
        "ORDER BY p.created_at DESC, p.id DESC LIMIT :limit",
        {"account": account, "author": person, "limit": limit},
    ).fetchall()
    return read_posts(db, rows)


def waiting_for_parent(db: Connection, account: int, limit: int) -> list[tuple[int, str]]:
    """Posts whose parent is not stored and was not asked for in vain, latest arrivals first.

    Returns:
        (local id of the post, the parent's id on the account's server) each.
    """
    return db.execute(
        "SELECT post, parent_server_id FROM post_views INDEXED BY post_views_waiting "
        "WHERE waits AND waits = 1 AND account = ? "
        "ORDER BY post DESC LIMIT ?",
        (account, limit),
    ).fetchall()
