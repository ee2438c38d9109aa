"""Conversations: posts that answers connect, in whatever order they arrive, and what was said in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui_inbox.core.changes import Topic
from tui_inbox.core.conversation import ItemState, Saying, merged
from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Audience
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import inserted, listed, scalar
from tui_inbox.store.store import Writing


def begin(db: Connection) -> int:
    """A new conversation."""
    return inserted(db, "INSERT INTO conversations (same_as) VALUES (NULL)", ())


def current(db: Connection, conversation: int) -> int:
    """The conversation that one stands for by now: itself, or the one it was merged into."""
    into: int | None = scalar(db, "SELECT same_as FROM conversations WHERE id = ?", (conversation,))
    return conversation if into is None else into


def link(w: Writing, child: int, parent: int) -> tuple[int, int] | None:
    """Note that one stored post answers another.

    Returns:
        The two conversations that this made one, as (from, into), or None where they were one already.
    """
    child_in = _conversation_of(w.db, child)
    parent_in = _conversation_of(w.db, parent)
    if child_in == parent_in and _stands_above(w.db, child, parent):
        # A server that lets two posts answer each other must not make a thread without a beginning.
        return None
    w.db.execute("UPDATE posts SET parent = ? WHERE id = ?", (parent, child))
    w.db.execute(
        "UPDATE post_views SET waits = 0 WHERE post = ? AND account IN (SELECT id FROM accounts)",
        (child,),
    )
    w.changed(Topic.POST, child)
    return None if child_in == parent_in else _merge(w, child_in, parent_in)


def _conversation_of(db: Connection, post: int) -> int:
    conversation: int = scalar(db, "SELECT conversation FROM posts WHERE id = ?", (post,))
    return conversation


def _stands_above(db: Connection, post: int, other: int) -> bool:
    """Whether `other` is `post` itself or answers it, directly or through others."""
    return bool(
        scalar(
            db,
            "WITH RECURSIVE above (id) AS (SELECT ?1 UNION "
            "SELECT p.parent FROM above CROSS JOIN posts p ON p.id = above.id WHERE p.parent IS NOT NULL) "
            "SELECT 1 FROM above WHERE id = ?2",
            (other, post),
        )
    )


def _merge(w: Writing, one: int, other: int) -> tuple[int, int]:
    """Make two conversations one: the older number stays, the other one points to it."""
    into, gone = min(one, other), max(one, other)
    for sql in (
        "UPDATE posts SET conversation = ? WHERE conversation = ?",
        "UPDATE interactions SET conversation = ? WHERE conversation = ?",
        "UPDATE conversations SET same_as = ? WHERE same_as = ?",
        "UPDATE conversations SET same_as = ? WHERE id = ?",
    ):
        w.db.execute(sql, (into, gone))
    _merge_items(w, gone, into)
    _merge_watches(w, gone, into)
    return gone, into


def _merge_items(w: Writing, gone: int, into: int) -> None:
    """Of two items with the same person, the one whose state is to stay takes the place of both."""
    pairs = w.db.execute(
        "SELECT a.id, a.account, a.state, b.id, b.state FROM items a LEFT JOIN items b "
        "ON b.account = a.account AND b.person = a.person AND b.conversation = ? "
        "WHERE a.conversation = ?",
        (into, gone),
    ).fetchall()
    for item, account, state, twin, twin_state in pairs:
        if twin is not None:
            stays = merged(ItemState(twin_state), ItemState(state))
            loser = item if stays == twin_state else twin
            w.db.execute("DELETE FROM items WHERE id = ?", (loser,))
        w.changed(Topic.INBOX, account)
    w.db.execute("UPDATE items SET conversation = ? WHERE conversation = ?", (into, gone))


def _merge_watches(w: Writing, gone: int, into: int) -> None:
    """Of two watches of one account the one that is on stays, else the older; what is new in either stays so."""
    pairs = w.db.execute(
        "SELECT a.id, b.id FROM watches a CROSS JOIN watches b ON b.account = a.account "
        "AND b.conversation = ? WHERE a.conversation = ?",
        (into, gone),
    ).fetchall()
    for pair in pairs:
        stays, goes = (
            id
            for (id,) in w.db.execute(
                "SELECT id FROM watches WHERE id IN (?, ?) ORDER BY ended_at IS NOT NULL, id", pair
            )
        )
        w.db.execute(
            "INSERT OR IGNORE INTO watched_posts (watch, post, came_at, looked) "
            "SELECT ?, post, came_at, looked FROM watched_posts WHERE watch = ?",
            (stays, goes),
        )
        w.db.execute("DELETE FROM watches WHERE id = ?", (goes,))
    for (account,) in w.db.execute(
        "UPDATE watches SET conversation = ? WHERE conversation = ? RETURNING account", (into, gone)
    ).fetchall():
        w.changed(Topic.WATCHED, account)


def concerns(db: Connection, conversation: int, person: int) -> bool:
    """Whether somebody takes part in a conversation: wrote, is named, quoted or answered in it."""
    return bool(
        scalar(
            db,
            "SELECT EXISTS (SELECT 1 FROM posts p WHERE p.conversation = :conversation AND ("
            "p.author = :person "
            "OR EXISTS (SELECT 1 FROM mentions WHERE post = p.id AND person = :person) "
            "OR EXISTS (SELECT 1 FROM posts q WHERE q.id = p.quoted AND q.author = :person) "
            "OR EXISTS (SELECT 1 FROM accounts c "
            "  CROSS JOIN post_views v ON v.account = c.id AND v.post = p.id "
            "  CROSS JOIN person_views a ON a.account = c.id AND a.server_id = v.parent_author_server_id "
            "  WHERE a.person = :person)))",
            {"conversation": current(db, conversation), "person": person},
        )
    )


def sayings(
    db: Connection, account: int, conversation: int, also_me: Iterable[int] = ()
) -> list[Saying]:
    """The posts of a conversation as the turn rules see them, oldest first; what was deleted is left out.

    Only what the account was shown, what everybody may read, or what the owner wrote as somebody else. A parent that
    is not stored counts through what the account's server said of its author.

    Args:
        db: the store.
        account: local id of the account.
        conversation: its local id, or that of one that was merged into it.
        also_me: other identities of the account's owner.
    """
    conversation = current(db, conversation)
    named, named_late = _named(db, account, conversation)
    rows = db.execute(
        "SELECT p.id, p.author, p.created_at, p.audience, p.parent, q.author, "
        "  coalesce(above.author, (SELECT person FROM person_views WHERE account = :account "
        "    AND server_id = v.parent_author_server_id)) "
        "FROM posts p "
        "LEFT JOIN post_views v ON v.account = :account AND v.post = p.id "
        "LEFT JOIN posts above ON above.id = p.parent "
        "LEFT JOIN posts q ON q.id = p.quoted "
        "WHERE p.conversation = :conversation AND p.deleted_at IS NULL "
        "AND (v.post IS NOT NULL OR p.audience IN ('public', 'unlisted') "
        "  OR p.author IN (SELECT value FROM json_each(:also))) "
        "ORDER BY p.created_at, p.id",
        {"account": account, "conversation": conversation, "also": listed(also_me)},
    ).fetchall()
    when = _in_order({post: at for post, _, at, *_ in rows}, {row[0]: row[4] for row in rows})
    for post, since in named_late.items():
        when[post] = max(when.get(post, 0), since)
    return [
        Saying(
            post=post,
            author=author,
            at=at,
            parent_author=parent_author,
            named=named.get(post, frozenset()),
            parent_named=_carried(named, parent, parent_author),
            quoted_author=quoted_author,
            direct=audience == Audience.DIRECT,
            counts_at=when[post] if when[post] != at else None,
        )
        for post, author, at, audience, parent, quoted_author, parent_author in rows
    ]


def _in_order(
    written: Mapping[int, Millis], parents: Mapping[int, int | None]
) -> dict[int, Millis]:
    """When each post counts: not before what it answers, though servers' clocks may say so."""
    when, settled = dict(written), False
    while not settled:
        settled = True
        for post, parent in parents.items():
            if parent is not None and when[post] <= when.get(parent, 0):
                when[post], settled = when[parent] + 1, False
    return when


def _named(
    db: Connection, account: int, conversation: int
) -> tuple[dict[int, frozenset[int]], dict[int, Millis]]:
    """Whom each post of a conversation names, and since when the account's owner, where an edit brought that.

    Deleted posts too: answers carry their names along.
    """
    named: dict[int, set[int]] = {}
    late: dict[int, Millis] = {}
    owner = scalar(db, "SELECT person FROM accounts WHERE id = ?", (account,))
    for post, person, since in db.execute(
        "SELECT m.post, m.person, m.since FROM posts p CROSS JOIN mentions m ON m.post = p.id "
        "WHERE p.conversation = ?",
        (conversation,),
    ):
        named.setdefault(post, set()).add(person)
        if since is not None and person == owner:
            late[post] = since
    return {post: frozenset(people) for post, people in named.items()}, late


def _carried(
    named: dict[int, frozenset[int]], parent: int | None, parent_author: int | None
) -> frozenset[int]:
    people = frozenset() if parent is None else named.get(parent, frozenset())
    return people if parent_author is None else people | {parent_author}
