"""Asking the text index which posts may be meant. It narrows; what is found the matcher decides."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from tui_inbox.core.narrowing import AnyOf, Narrowing, with_one_start, without_starts
from tui_inbox.core.tokens import Run
from tui_inbox.store.database import Connection

APART = 2_000
"""Local ids further from each other than this are looked up apart."""

MOST_APART = 8
"""So many look-ups at most for some posts; what lies further apart is put together."""


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


def few_indexed(db: Connection, narrowing: Narrowing, most: int) -> list[int] | None:
    """All posts that may be meant, where they are not more than so many; else None.

    Whole words are looked up first: where a word may go on, the index reads all that begin so before it answers.
    """
    whole = without_starts(narrowing)
    for asked in dict.fromkeys((whole, with_one_start(narrowing))):
        if asked is not None and len(ids := indexed(db, asked, most + 1)) <= most:
            return ids
    return None


def indexed_among(db: Connection, narrowing: Narrowing, ids: Collection[int]) -> set[int]:
    """Those of some posts that may be meant, by the index; it is read only where they stand.

    Posts of one time have ids that lie close together, but for what arrived late.
    """
    found: set[int] = set()
    query = index_query(narrowing)
    for first, last in _stretches(sorted(ids)):
        rows = db.execute(
            "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?",
            (query, first, last),
        )
        found.update(id for (id,) in rows)
    return found & set(ids)


def _stretches(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of ids that lie close together."""
    gaps = [(ids[at] - ids[at - 1], at) for at in range(1, len(ids))]
    widest = sorted((gap for gap in gaps if gap[0] > APART), reverse=True)[: MOST_APART - 1]
    cuts = [0, *sorted(at for _, at in widest), len(ids)]
    for start, end in pairwise(cuts):
        if end > start:
            yield ids[start], ids[end - 1]


def count_indexed(db: Connection, run: Run, most: int) -> int:
    """In how many posts a run may stand, counted up to so many. A word that may go on counts as that many."""
    whole = without_starts(run)
    if whole is None:
        return most
    count: int = db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)",
        (index_query(whole), most),
    ).fetchone()[0]
    return count
