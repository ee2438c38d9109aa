"""What is known of the hits of standing searches: their states, what they have in common, and how many are kept.

`store.searches` has the searches and how a hit comes; a hit's row in a list is what several accounts say in one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

from tui_inbox.core.changes import Topic
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.moment import Millis
from tui_inbox.store.database import Connection
from tui_inbox.store.feed_names import stands_for
from tui_inbox.store.rows import listed, scalar
from tui_inbox.store.searches import WANTED
from tui_inbox.store.store import Writing

HitKey: TypeAlias = tuple[Millis, int]
"""A place among hits: the post's own time and its local id."""


class Hit(Struct, frozen=True):
    """A hit as it stands in the store.

    Attributes:
        search: local id of the search; `post`: of the post.
        at: the post's own time.
        asks: it asks for something; true as long as its search does not care.
        same: what its text says, as a number that copies of it share; None where it says too little.
        until: put off until then; `until_post`: until its author next posts; `until_start`: until the next start.
        changed_at: when it was dealt with or put off last.
    """

    search: int
    post: int
    state: ItemState
    at: Millis
    asks: bool = True
    same: int | None = None
    until: Millis | None = None
    until_post: bool = False
    until_start: bool = False
    changed_at: Millis = 0

    @classmethod
    def told(cls, search: int, told: Mapping[str, Any] | Sequence[Any]) -> Hit:
        """A hit from the action log: its fields by name, or post, state and time as they stood there once."""
        if isinstance(told, Mapping):
            return cls(**{**told, "state": ItemState(told["state"])})
        post, state, at = told
        return cls(search, post, ItemState(state), at)


_COLUMNS = "search, post, state, at, asks, same, until, until_post, until_start, changed_at"
_CLOSED_FIRST = "CASE state WHEN 'seen' THEN 1 WHEN 'new' THEN 2 WHEN 'later' THEN 3 ELSE 0 END"
"""What is off the plate goes first where there are too many, then what was looked at; what was put off goes last."""


def _hit(row: tuple[Any, ...]) -> Hit:
    search, post, state, at, asks, same, until, until_post, until_start, changed_at = row
    return Hit(
        search,
        post,
        ItemState(state),
        at,
        bool(asks),
        same,
        until,
        bool(until_post),
        bool(until_start),
        changed_at,
    )


def _select(db: Connection, where: str, parameters: Mapping[str, object]) -> list[Hit]:
    rows = db.execute(f"SELECT {_COLUMNS} FROM hits h WHERE {where}", parameters)  # noqa: S608  # own texts
    return [_hit(row) for row in rows]


def hits_of(db: Connection, search: int) -> list[Hit]:
    """All hits of a search, newest first."""
    return _select(db, "search = :search ORDER BY at DESC, post DESC", {"search": search})


def hit(db: Connection, search: int, post: int) -> Hit | None:
    """One hit, or None where there is none."""
    found = _select(
        db, "search = :search AND post = :post", {"search": search, "post": stands_for(db, post)}
    )
    return found[0] if found else None


def copies(db: Connection, search: int, post: int) -> list[Hit]:
    """A hit, and the others of its search that say the same; none where there is no such hit."""
    return _select(
        db,
        "search = :search AND (post = :post OR same = (SELECT same FROM hits WHERE search = :search "
        "AND post = :post)) ORDER BY post != :post, at, post",
        {"search": search, "post": stands_for(db, post)},
    )


def open_hits(db: Connection, search: int, limit: int) -> list[Hit]:
    """Hits that are wanted and were not dealt with, newest first; whether their posts are still there is not asked."""
    return _select(
        db,
        f"search = :search AND state IN (:new, :seen) AND {WANTED} ORDER BY at DESC, post DESC LIMIT :limit",
        {"search": search, "new": ItemState.NEW, "seen": ItemState.SEEN, "limit": limit},
    )


def later_hits(db: Connection, search: int, limit: int) -> list[Hit]:
    """Hits that are put off, those first that come back at a time, in its order."""
    return _select(
        db,
        f"search = :search AND state = 'later' AND {WANTED} ORDER BY until IS NULL, until, post LIMIT :limit",
        {"search": search, "limit": limit},
    )


def put_off(db: Connection) -> dict[int, int]:
    """How many hits of each search are put off; searches without any are left out."""
    return dict(
        db.execute(
            "SELECT search, count(*) FROM hits INDEXED BY hits_later WHERE state = 'later' GROUP BY search"
        ).fetchall()
    )


def about(db: Connection, post: int, accounts: Sequence[int]) -> list[Hit]:
    """The hits that a post is, of the searches of some accounts."""
    return _select(
        db,
        "post = :post AND (SELECT account FROM searches WHERE id = h.search) "
        "IN (SELECT value FROM json_each(:accounts))",
        {"post": post, "accounts": listed(accounts)},
    )


def tell_of_answer(w: Writing, post: int) -> None:
    """Somebody has answered a post: whoever shows it as an open hit is told."""
    for (search,) in w.db.execute(
        "SELECT search FROM hits WHERE post = ? AND state IN (?, ?)",
        (post, ItemState.NEW, ItemState.SEEN),
    ).fetchall():
        w.changed(Topic.SEARCHES, search)


def open_by(db: Connection, account: int, person: int) -> list[Hit]:
    """Open hits of an account's searches that somebody has written."""
    return _select(
        db,
        "state IN (:new, :seen, :later) AND search IN (SELECT id FROM searches WHERE account = :account) "
        "AND post IN (SELECT id FROM posts WHERE author = :person) ORDER BY search, post",
        {
            "account": account,
            "person": person,
            "new": ItemState.NEW,
            "seen": ItemState.SEEN,
            "later": ItemState.LATER,
        },
    )


def due(db: Connection, now: Millis) -> list[Hit]:
    """Hits put off until a moment that has come."""
    return _later(db, "until <= :now", {"now": now})


def until_start(db: Connection) -> list[Hit]:
    """Hits put off until the next start."""
    return _later(db, "until_start", {})


def waiting_for_post(db: Connection, account: int, person: int) -> list[Hit]:
    """Hits of an account's searches that are put off until somebody next posts."""
    return _later(
        db,
        "until_post AND (SELECT account FROM searches WHERE id = h.search) = :account "
        "AND (SELECT author FROM posts WHERE id = h.post) = :person",
        {"account": account, "person": person},
    )


def _later(db: Connection, where: str, parameters: Mapping[str, object]) -> list[Hit]:
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM hits h INDEXED BY hits_later WHERE state = 'later' AND {where} "  # noqa: S608  # own texts
        "ORDER BY search, post",
        parameters,
    )
    return [_hit(row) for row in rows]


def put(w: Writing, one: Hit) -> None:
    """Keep a hit as it is told, in the place of what was known of it."""
    w.db.execute(
        f"INSERT OR REPLACE INTO hits ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  # constant
        (
            one.search,
            stands_for(w.db, one.post),
            one.state,
            one.at,
            one.asks,
            one.same,
            one.until,
            one.until_post,
            one.until_start,
            one.changed_at,
        ),
    )
    w.changed(Topic.SEARCHES, one.search)


def set_told(w: Writing, search: int, post: int, *, asks: bool, same: int | None) -> None:
    """Note what a hit's text says and whether it asks for something; an edit changes both."""
    if w.db.execute(
        "UPDATE hits SET asks = ?1, same = ?2 WHERE search = ?3 AND post = ?4 "
        "AND (asks, ifnull(same, 0)) != (?1, ifnull(?2, 0))",
        (asks, same, search, post),
    ).rowcount:
        w.changed(Topic.SEARCHES, search)


def said_before(
    db: Connection, search: int, author: int | None, same: int | None, before: HitKey
) -> bool:
    """Whether a search has a hit with the same text by the same author, older than what stands at a place."""
    if author is None or same is None:
        return False
    return bool(
        scalar(
            db,
            "SELECT EXISTS (SELECT 1 FROM hits h CROSS JOIN posts p ON p.id = h.post AND p.author = ? "
            "WHERE h.search = ? AND h.same = ? AND (h.at, h.post) < (?, ?))",
            (author, search, same, *before),
        )
    )


def came_by_boost(db: Connection, account: int, post: int) -> bool:
    """Whether an account was only ever shown a post because somebody passed it on."""
    own, passed = db.execute(
        "SELECT count(*) FILTER (WHERE NOT e.by_boost OR e.own_id IS NOT NULL), count(*) "
        "FROM feeds f CROSS JOIN entries e ON e.feed = f.id AND e.post = ? WHERE f.account = ?",
        (post, account),
    ).fetchone()
    return bool(passed) and not own


def keep_most(w: Writing, search: int, most: int) -> int:
    """Let a search have so many hits at most: how many went. What nobody wants to see and what is closed goes
    first, the oldest before all."""
    count: int = scalar(w.db, "SELECT count(*) FROM hits WHERE search = ?", (search,))
    if count <= most:
        return 0
    w.db.execute(
        "DELETE FROM hits WHERE search = ?1 AND post IN (SELECT post FROM hits WHERE search = ?1 "  # noqa: S608  # constant
        f"ORDER BY asks, {_CLOSED_FIRST}, at, post LIMIT ?2)",
        (search, count - most),
    )
    w.changed(Topic.SEARCHES, search)
    return count - most


def add_passed(w: Writing, search: int, count: int, day: int) -> None:
    """Count what a search has found on a day and did not keep."""
    w.db.execute(
        "UPDATE searches SET passed = ?1 + CASE passed_on WHEN ?2 THEN passed ELSE 0 END, passed_on = ?2 "
        "WHERE id = ?3",
        (count, day, search),
    )
    w.changed(Topic.SEARCHES, search)


def passed(db: Connection, day: int) -> dict[int, int]:
    """How many finds of a day each search did not keep; searches that kept all are left out."""
    return dict(
        db.execute(
            "SELECT id, passed FROM searches WHERE passed_on = ? AND passed", (day,)
        ).fetchall()
    )
