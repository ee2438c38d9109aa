"""Ties as the store keeps them, unpacked. Those of another version are made anew by the sync; till then they miss.

The ledger and its ties are kept for each real identity. Of a person who has several they are joined here, over all
accounts, so that marks, lanes and order hold for every one of them. Where the owner wants nothing learnt, what was
learnt is left out here, so that nobody else has to ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from tui_inbox.priority.circle import Circle, Event
from tui_inbox.priority.tie import AccountState, Tie, UnknownPacking, unpack_ties
from tui_inbox.store import batches, identities, learning, ledger
from tui_inbox.store.database import Connection

OWN_STATE = 0
"""The key under which an account's own state stands among its ties."""


def ties_with(db: Connection, account: int, people: Iterable[int]) -> dict[int, Tie]:
    """The ties of an account with some people; those it has none with are left out."""
    wanted = set(people)
    ties = unpack_ties(batches.ties_with(db, account, wanted))
    linked = identities.linked(db)
    if linked:
        ties |= _joint(db, {who: linked[who] for who in wanted & linked.keys()})
    return ties if learning.is_on(db, account) else _unlearnt(ties)


def circle(db: Connection, account: int) -> Circle[int]:
    """Everybody of an account, and what was learnt from whom its owner writes to.

    Whoever has several identities stands there with each that the account has to do with.
    """
    packed = ledger.ties(db, account)
    own = packed.pop(OWN_STATE, None)
    ties = unpack_ties(packed)
    if linked := identities.linked(db):
        ties |= _joint(db, {who: linked[who] for who in ties.keys() & linked.keys()})
    if not learning.is_on(db, account):
        return Circle(ties=_unlearnt(ties))
    return Circle(account_state(own), ties)


def partners(db: Connection, account: int) -> set[int]:
    """Everybody with whom text went both ways, under every name that they have."""
    known = {person for person, tie in circle(db, account).ties.items() if tie.exchanged}
    others = ties_with(db, account, identities.linked(db))
    return known | {person for person, tie in others.items() if tie.exchanged}


def account_state(packed: bytes | None) -> AccountState:
    """An account's own state as stored; nothing is known where it is of another version."""
    try:
        return AccountState.unpack(packed) if packed else AccountState()
    except UnknownPacking:
        return AccountState()


def _unlearnt(ties: dict[int, Tie]) -> dict[int, Tie]:
    return {person: replace(tie, asked=0, answered=0, opened=0) for person, tie in ties.items()}


def _joint(db: Connection, linked: Mapping[int, tuple[int, ...]]) -> dict[int, Tie]:
    """The tie of all accounts with all identities of each of some people, as one ledger would give it."""
    owners = dict(batches.owners(db))
    joint: dict[frozenset[int], Tie] = {}
    for ids in map(frozenset, linked.values()):
        if ids not in joint:
            events = [
                Event(one.actor == owner, one.kind, one.at)
                for account, owner in owners.items()
                for who in sorted(ids)
                for one in ledger.all_with_person(db, account, who)
            ]
            joint[ids] = Circle[int]().replay(0, events)
    return {person: joint[frozenset(ids)] for person, ids in linked.items()}
