"""Who is the same person: the one place that answers it, for all accounts and networks.

Most owners have no linked identities, so asking costs one look into an empty table. The ledger, items and ties stay
with each real identity; whoever shows a person joins them at reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from tui_inbox.core.changes import Topic
from tui_inbox.core.moment import Millis
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import scalar
from tui_inbox.store.store import Writing


class Alias(Struct, frozen=True):
    """That two people are one.

    Attributes:
        person: local id, the smaller of the two; `other` is the larger.
        moved: who of the two went away to the other one, where a server said it; None where the owner did.
        at: when the owner linked them.
    """

    person: int
    other: int
    moved: int | None
    at: Millis


def same_as(db: Connection, person: int) -> tuple[int, ...]:
    """All identities of a person: the one asked about first, the others as they became known.

    Whom the owner has linked are one from either side. Who has moved counts for the account they moved to, and not
    the other way round: anybody can say that they are somebody else now, and must not gain by it.
    """
    rows = db.execute(
        "WITH RECURSIVE one (id) AS (SELECT ?1 UNION "
        "SELECT a.other FROM one CROSS JOIN aliases a ON a.person = one.id "
        "WHERE NOT a.parted AND a.moved IS NOT a.person UNION "
        "SELECT a.person FROM one CROSS JOIN aliases a ON a.other = one.id "
        "WHERE NOT a.parted AND a.moved IS NOT a.other) "
        "SELECT id FROM one WHERE id != ?1 ORDER BY id",
        (person,),
    )
    return (person, *(id for (id,) in rows))


def linked(db: Connection) -> dict[int, tuple[int, ...]]:
    """`same_as` of everybody who has several identities; empty for most owners."""
    leads: dict[int, set[int]] = {}
    for one, other, moved in db.execute(
        "SELECT person, other, moved FROM aliases WHERE NOT parted"
    ):
        for near, far in ((one, other), (other, one)):
            if moved != near:
                leads.setdefault(near, set()).add(far)
    return {person: (person, *sorted(_reached(leads, person) - {person})) for person in leads}


def _reached(leads: Mapping[int, Iterable[int]], person: int) -> set[int]:
    """Whom one comes to from a person, by any number of links."""
    found, next_ones = {person}, [person]
    while next_ones:
        fresh = set(leads.get(next_ones.pop(), ())) - found
        found |= fresh
        next_ones += fresh
    return found


def moved_to(db: Connection) -> dict[int, int]:
    """Where people went who have moved: the new identity by the old one."""
    rows = db.execute(
        "SELECT moved, iif(moved = person, other, person) FROM aliases "
        "WHERE NOT parted AND moved IS NOT NULL"
    )
    return dict(rows.fetchall())


def aliases_of(db: Connection, person: int) -> list[Alias]:
    """What links a person with others directly, in the order in which it came to be."""
    rows = db.execute(
        "SELECT person, other, moved, at FROM aliases WHERE NOT parted AND ?1 IN (person, other) "
        "ORDER BY at, person, other",
        (person,),
    )
    return [Alias(*row) for row in rows]


def link(w: Writing, one: int, other: int, *, at: Millis = 0, moved: int | None = None) -> bool:
    """Make two people one; whether that changed anything.

    A server's word does not join what the owner has taken apart, nor loosen what the owner has joined.

    Args:
        w: the transaction.
        one: local id.
        other: local id; in no order.
        at: when the owner did it.
        moved: who of the two went away, where a server says so.
    """
    if one == other:
        return False
    changed = w.db.execute(
        "INSERT INTO aliases (person, other, moved, at) VALUES (?1, ?2, ?3, ?4) "
        "ON CONFLICT (person, other) DO UPDATE SET parted = 0, moved = ?3, at = ?4 "
        "WHERE ?3 IS NULL AND (parted OR moved IS NOT NULL)",
        (min(one, other), max(one, other), moved, at),
    ).rowcount
    if changed:
        _changed(w)
    return bool(changed)


def restore(w: Writing, one: int, other: int, *, moved: int | None, at: Millis) -> None:
    """Make a link stand again as it did: by hand, or by the word of a server."""
    w.db.execute(
        "UPDATE aliases SET parted = 0, moved = ?, at = ? WHERE person = ? AND other = ?",
        (moved, 0 if moved is not None else at, min(one, other), max(one, other)),
    )
    _changed(w)


def part(w: Writing, one: int, other: int) -> bool:
    """Take two people apart again who were linked with each other; whether they were."""
    changed = w.db.execute(
        "UPDATE aliases SET parted = 1 WHERE person = ? AND other = ? AND NOT parted",
        (min(one, other), max(one, other)),
    ).rowcount
    if changed:
        _changed(w)
    return bool(changed)


def forget(w: Writing, one: int, other: int) -> None:
    """Let two people be as if nobody had ever said that they are one: a server may still say so."""
    w.db.execute(
        "DELETE FROM aliases WHERE person = ? AND other = ?", (min(one, other), max(one, other))
    )
    _changed(w)


def is_noted(db: Connection, one: int, other: int) -> bool:
    """Whether two people were ever linked with each other, directly; they may have been parted since."""
    return bool(
        scalar(
            db,
            "SELECT EXISTS (SELECT 1 FROM aliases WHERE person = ? AND other = ?)",
            (min(one, other), max(one, other)),
        )
    )


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
    if rows.keys() == {account}:
        return rows
    mine = set(same_as(db, rows[account])) if account in rows else set()
    return {id: person for id, person in rows.items() if person in mine}


def _changed(w: Writing) -> None:
    """Names, marks and lanes of every account may differ now, and which accounts are one."""
    for (account,) in w.db.execute("SELECT id FROM accounts").fetchall():
        for topic in (Topic.PEOPLE, Topic.INBOX, Topic.ACCOUNTS):
            w.changed(topic, account)
