"""Who is one human: all of somebody's local ids, and people to link them with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from msgspec import Struct

from tui_inbox.core.tokens import fold
from tui_inbox.priority.tie import Tie
from tui_inbox.queries.labels import labels
from tui_inbox.queries.rows import PersonLabel
from tui_inbox.queries.ties import circle
from tui_inbox.store import accounts, identities, people
from tui_inbox.store.database import Connection

OFFERED = 8
"""So many people are offered at most when a name is typed."""


class OfSomebody(Protocol):
    """A row about a person."""

    @property
    def person(self) -> int:
        """Local id."""
        ...


R = TypeVar("R", bound=OfSomebody)


class Identity(Struct, frozen=True):
    """Somebody linked with the one that was asked about; `by_server`: their server says that one of the two moved."""

    person: PersonLabel
    by_server: bool


def ids_of(db: Connection, person: int) -> tuple[int, ...]:
    """The local ids under which somebody is known, the one asked for first."""
    return identities.same_as(db, person)


def linked_with(db: Connection, account: int, person: int) -> tuple[Identity, ...]:
    """Whom somebody is linked with directly, so that these links can be undone."""
    found = {
        one.other if one.person == person else one.person: one.moved is not None
        for one in identities.aliases_of(db, person)
    }
    names = labels(db, account, found)
    return tuple(Identity(names[who], moved) for who, moved in found.items() if who in names)


def once_each(db: Connection, rows: Iterable[R]) -> list[R]:
    """Rows about people, the first of each human only; who has moved is told under the new name."""
    rows = list(rows)
    several = identities.linked(db)
    if not several:
        return rows
    new = identities.moved_to(db)
    told = {row.person for row in rows}
    kept: list[R] = []
    for row in rows:
        same = {row.person, *several.get(row.person, ())}
        if new.get(row.person) in told or any(
            one.person in same or row.person in several.get(one.person, ()) for one in kept
        ):
            continue
        kept.append(row)
    return kept


def find(db: Connection, typed: str, *, but: int) -> tuple[PersonLabel, ...]:
    """People whose name or handle begins so, of all accounts and networks: those one has to do with first.

    Args:
        db: the store.
        typed: a name, a handle, or the beginning of one.
        but: somebody who is not meant.
    """
    wanted = fold(typed.strip().lstrip("@"))
    if not wanted:
        return ()
    found = people.beginning(db, wanted)
    known: dict[int, Tie] = {}
    owners = set()
    for one in accounts.accounts(db):
        known |= circle(db, one.id).ties
        owners.add(accounts.owner(db, one.id))
    found = [who for who in found if who not in {but, *owners}]
    names = people.names(db, found)
    found.sort(key=lambda who: (fold(names[who][1]) != wanted, who not in known, who))
    return tuple(PersonLabel(who, *names[who]) for who in found[:OFFERED])


def completed(found: Sequence[PersonLabel], typed: str) -> str:
    """What Tab makes of a typed name: the handle of the only one, else as much as all handles share."""
    handles = [one.handle for one in found]
    if len(handles) == 1:
        return handles[0]
    begun = typed.strip().lstrip("@").casefold()
    fitting = [handle for handle in handles if handle.casefold().startswith(begun)]
    shared = fitting[0] if fitting else typed
    while fitting and not all(handle.startswith(shared) for handle in fitting):
        shared = shared[:-1]
    return shared if len(shared) > len(begun) else typed
