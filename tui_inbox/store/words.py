"""Searching everything stored: SQL and the text index narrow, the matcher decides, newest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import tzinfo
from itertools import islice
from typing import TypeAlias

from tui_inbox.core.matching import matcher
from tui_inbox.core.moment import Millis
from tui_inbox.core.narrowing import AnyOf, Narrowing, narrowing
from tui_inbox.core.query import And, Query
from tui_inbox.core.tokens import Run
from tui_inbox.store.conditions import Asked, Condition, condition
from tui_inbox.store.database import Connection
from tui_inbox.store.post_reading import posts
from tui_inbox.store.post_rows import StoredPost
from tui_inbox.store.rows import listed
from tui_inbox.store.subjects import NOTHING_BESIDE, asks_beside, beside, subject_of

FoundKey: TypeAlias = tuple[Millis, int]
"""A place among what was found: the post's own time and its local id."""

RARE = 20_000
"""Up to so many candidates are known by their ids; of more than that, posts are read from the newest on."""

SORTED = 2_000
"""Up to so many are looked up and sorted by time. Of more, the newest are met sooner by walking down the posts in the
order of time: of 14,000 among a million that takes little, and sorting them took half of the search."""

EXAMINED = 5_000
"""So many posts one call looks at. A query that finds nothing in them must be narrowed, or asked further down."""

_SMALLEST_PAGE = 40


def search(
    db: Connection,
    account: int | None,
    tree: Query,
    *,
    limit: int,
    now: Millis,
    zone: tzinfo | None = None,
    older_than: FoundKey | None = None,
) -> list[StoredPost]:
    """What a query finds among the posts an account may be shown, newest first; deleted ones are left out.

    Args:
        account: who looks, or None for all accounts together.
        tree: the query.
        limit: how many at most.
        now: the moment from which "yesterday" is counted.
        zone: the owner's time zone, None for the machine's own.
        older_than: only posts below this key.

    Raises:
        TooSlow: a regular expression in the query did not come to an end.
    """
    found: list[StoredPost] = []
    matches = matcher(tree, zone)
    owners, wants_more = _owners(db, account), asks_beside(tree)
    candidates = _candidates(db, Asked(db, account, now, zone), tree, older_than or (2**62, 0))
    # Where the index is right about nearly all, hardly more are read than are wanted.
    while page := list(islice(candidates, max(limit, _SMALLEST_PAGE))):
        stored = posts(db, account, page)
        known = beside(db, account, page) if wants_more else NOTHING_BESIDE
        for id in page:
            post = stored.get(id)
            if post and matches(subject_of(post, now=now, owners=owners, known=known)):
                found.append(post)
                if len(found) == limit:
                    return found
    return found


def index_query(narrowing: Narrowing) -> str:
    """What to look up in the index, in FTS5's language. Positions are not indexed, so runs are only sets."""
    if isinstance(narrowing, Run):
        *whole, last = [f'"{token}"' for token in narrowing.tokens]
        return " AND ".join([*whole, f"{last} *" if narrowing.prefix else last])
    joint = " OR " if isinstance(narrowing, AnyOf) else " AND "
    return joint.join(f"({index_query(term)})" for term in narrowing.terms)


def indexed(db: Connection, narrowing: Narrowing, limit: int) -> list[int]:
    """Local ids of posts that may be meant, in no order; `limit` of them at most."""
    rows = db.execute(
        "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?", (index_query(narrowing), limit)
    )
    return [id for (id,) in rows]


def indexed_among(db: Connection, narrowing: Narrowing, ids: Collection[int]) -> set[int]:
    """Those of some posts that may be meant, by the index; it is read no further than they reach."""
    if not ids:
        return set()
    rows = db.execute(
        "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?",
        (index_query(narrowing), min(ids), max(ids)),
    )
    return {id for (id,) in rows} & set(ids)


def _owners(db: Connection, account: int | None) -> frozenset[int]:
    rows = db.execute("SELECT person FROM accounts WHERE ?1 IS NULL OR id = ?1", (account,))
    return frozenset(person for (person,) in rows)


def _candidates(db: Connection, asked: Asked, tree: Query, below: FoundKey) -> Iterator[int]:
    """Local ids of posts that may be meant, newest first."""
    terms = tree.terms if isinstance(tree, And) else (tree,)
    said = (condition(term, n, asked) for n, term in enumerate(terms))
    conditions = [one for one in said if one is not None]
    parameters: dict[str, object] = {"at": below[0], "id": below[1], "account": asked.account}
    for one in conditions:
        parameters |= one.parameters
    where = " AND ".join(["p.deleted_at IS NULL", *(one.sql for one in conditions)])
    few = _few(db, tree, conditions, parameters)
    if few is None:
        return _walk(db, where, parameters)
    parameters["ids"] = listed(few)
    if len(few) > SORTED:
        where = f"p.id IN (SELECT value FROM json_each(:ids)) AND {where}"  # noqa: S608  # own texts
        return _walk(db, where, parameters)
    return _sorted(db, where, parameters)


def _few(
    db: Connection, tree: Query, conditions: list[Condition], parameters: dict[str, object]
) -> list[int] | None:
    """All candidates, where the index or a condition leaves only a few; None where there are too many to sort."""
    if (narrowed := narrowing(tree)) is not None:
        ids = indexed(db, narrowed, RARE + 1)
        if len(ids) <= RARE:
            return ids
    for one in conditions:
        if one.is_narrow:
            rows = db.execute(
                f"SELECT p.id FROM posts p WHERE {one.sql} LIMIT {RARE + 1}",  # noqa: S608  # own texts
                parameters,
            ).fetchall()
            if len(rows) <= RARE:
                return [id for (id,) in rows]
    return None


def _sorted(db: Connection, where: str, parameters: dict[str, object]) -> Iterator[int]:
    rows = db.execute(
        "SELECT p.id FROM json_each(:ids) c CROSS JOIN posts p ON p.id = c.value "  # noqa: S608  # own texts
        f"WHERE (p.created_at, p.id) < (:at, :id) AND {where} "
        f"ORDER BY p.created_at DESC, p.id DESC LIMIT {EXAMINED}",
        parameters,
    ).fetchall()
    return (id for (id,) in rows)


def _walk(db: Connection, where: str, parameters: dict[str, object]) -> Iterator[int]:
    rows = db.execute(
        "SELECT p.id FROM posts p INDEXED BY posts_by_time "  # noqa: S608  # own texts
        f"WHERE (p.created_at, p.id) < (:at, :id) AND {where} "
        f"ORDER BY p.created_at DESC, p.id DESC LIMIT {EXAMINED}",
        parameters,
    )
    return (id for (id,) in rows)  # read no further than posts are wanted
