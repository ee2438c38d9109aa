"""Which posts of feeds are posts of servers: told by what a server was asked for, and by the address of the page."""

from __future__ import annotations

from tui_inbox.core.moment import SECOND
from tui_inbox.core.outside import FEED_NETWORK
from tui_inbox.core.post import Post
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import scalar
from tui_inbox.store.store import Writing


def note_name(w: Writing, uri: str, post: int, *, was: int | None = None) -> None:
    """Remember that what feeds call `uri` is a post (local id) that a server has shown.

    Args:
        was: the local id under which it stood till now, where that was another one.
    """
    w.db.execute(
        "INSERT OR REPLACE INTO feed_names (uri, post, was) VALUES (?, ?, ?)", (uri, post, was)
    )
    if was is not None:
        w.db.execute("UPDATE feed_names SET post = ? WHERE post = ?", (post, was))


def stands_for(db: Connection, post: int) -> int:
    """The local id of a post, given one that was its own before it turned out to be stored already."""
    found: int | None = scalar(db, "SELECT post FROM feed_names WHERE was = ?", (post,))
    return post if found is None else found


def known_as(db: Connection, post: Post) -> int | None:
    """The stored post of a server that an item of a feed is, if any.

    Feeds tell times to the second, and by that the few are found whose addresses are compared.
    """
    if post.ref.network != FEED_NETWORK:
        return None
    named: int | None = scalar(db, "SELECT post FROM feed_names WHERE uri = ?", (post.ref.uri,))
    if named is not None:
        return named
    second = post.created_at - post.created_at % SECOND
    # An index on the addresses of all posts would be a tenth of the store; the one on their time is there.
    same: int | None = scalar(
        db,
        "SELECT id FROM posts INDEXED BY posts_by_time WHERE created_at BETWEEN ?1 AND ?2 "
        "AND network != 'feed' AND audience IN ('public', 'unlisted') "
        "AND (url IN (?3, ?4) OR uri IN (?3, ?4)) ORDER BY id LIMIT 1",
        (second, second + SECOND - 1, post.url, post.ref.uri),
    )
    return same
