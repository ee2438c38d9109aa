"""Who is the same person: the one place that answers it, for all accounts and networks.

Most owners have no linked identities, so asking costs one look into an empty table. The ledger, items and ties stay
with each real identity; whoever shows a person joins them at reading.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from tui_inbox.core.changes import Topic
from tui_inbox.core.moment import Millis
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import scalar
from tui_inbox.store.store import Writing


class Alias(Struct, frozen=True):
    """That two people are one. `by_move`: a server said so of somebody who moved; otherwise the owner did.

    Attributes:
        person, other: local ids, the smaller one first.
        at: when it was linked.
    """

    person: int
    other: int
    by_move: bool
    at: Millis


def same_as(db: Connection, person: int) -> tuple[int, ...]:
    """All identities of a person: the one asked about first, the others as they became known."""
    rows = db.execute(
        "WITH RECURSIVE one (id) AS (SELECT ?1 UNION "
        "SELECT a.other FROM one CROSS JOIN aliases a ON a.person = one.id WHERE NOT a.parted UNION "
        "SELECT a.person FROM one CROSS JOIN aliases a ON a.other = one.id WHERE NOT a.parted) "
        "SELECT id FROM one WHERE id != ?1 ORDER BY id",
        (person,),
    )
    return (person, *(id for (id,) in rows))


def linked(db: Connection) -> dict[int, tuple[int, ...]]:
    """All identities of everybody who has several, by each of them; the one known longest first."""
    whole: dict[int, set[int]] = {}
    for person, other in db.execute("SELECT person, other FROM aliases WHERE NOT parted"):
        both = whole.get(person, {person}) | whole.get(other, {other})
        whole.update(dict.fromkeys(both, both))
    return {person: tuple(sorted(both)) for person, both in whole.items()}


def with_identities(db: Connection, people: Iterable[int]) -> set[int]:
    """Some people and all their other identities."""
    others = linked(db)
    return {one for person in people for one in others.get(person, (person,))}


def aliases_of(db: Connection, person: int) -> list[Alias]:
    """What makes a person's identities one, oldest first."""
    whole = set(same_as(db, person))
    rows = db.execute(
        "SELECT person, other, by_move, at FROM aliases WHERE NOT parted ORDER BY at, person, other"
    )
    return [
        Alias(one, other, bool(by_move), at) for one, other, by_move, at in rows if one in whole
    ]


def link(w: Writing, one: int, other: int, *, at: Millis, by_move: bool = False) -> bool:
    """Make two people one; whether that changed anything.

    A server's word does not join what the owner has taken apart.
    """
    if one == other:
        return False
    changed = w.db.execute(
        "INSERT INTO aliases (person, other, by_move, at) VALUES (?1, ?2, ?3, ?4) "
        "ON CONFLICT (person, other) DO UPDATE SET parted = 0, by_move = ?3, at = ?4 WHERE parted AND NOT ?3",
        (min(one, other), max(one, other), by_move, at),
    ).rowcount
    if changed:
        _changed(w)
    return bool(changed)


def part(w: Writing, one: int, other: int) -> bool:
    """Take two people apart again who were linked with each other; whether they were."""
    changed = w.db.execute(
        "UPDATE aliases SET parted = 1 WHERE person = ? AND other = ? AND NOT parted",
        (min(one, other), max(one, other)),
    ).rowcount
    if changed:
        _changed(w)
    return bool(changed)


def is_linked(db: Connection, one: int, other: int) -> bool:
    """Whether two people were linked with each other, directly."""
    return bool(
        scalar(
            db,
            "SELECT EXISTS (SELECT 1 FROM aliases WHERE person = ? AND other = ? AND NOT parted)",
            (min(one, other), max(one, other)),
        )
    )


def owners_together(db: Connection, account: int) -> dict[int, int]:
    """The accounts whose owners were declared one identity with an account's, itself included: owner by account."""
    rows = dict(db.execute("SELECT id, person FROM accounts ORDER BY id").fetchall())
    mine = set(same_as(db, rows[account])) if account in rows else set()
    return {id: person for id, person in rows.items() if person in mine}


def _changed(w: Writing) -> None:
    """Names, marks and lanes of every account may differ now."""
    for (account,) in w.db.execute("SELECT id FROM accounts").fetchall():
        w.changed(Topic.PEOPLE, account)
        w.changed(Topic.INBOX, account)
