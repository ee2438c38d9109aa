"""Ties as the store keeps them, unpacked. Those that another version packed are replayed from the ledger, until the
sync has made them anew.

The ledger and its ties are kept for each real identity. Of a person who has several they are joined here, over all
accounts, so that marks, lanes and order hold for every one of them. Where the owner wants nothing learnt, what was
learnt is left out here, so that nobody else has to ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from tui_inbox.core.moment import Millis
from tui_inbox.priority.circle import Circle, Event
from tui_inbox.priority.tie import AccountState, Tie, UnknownPacking, unpack_ties
from tui_inbox.store import batches, identities, learning, ledger
from tui_inbox.store.database import Connection


def ties_with(db: Connection, account: int, people: Iterable[int]) -> dict[int, Tie]:
    """The ties of an account with some people; those it has none with are left out."""
    wanted = set(people)
    ties = _readable(db, account, batches.ties_with(db, account, wanted))
    if linked := _linked(db):
        ties |= _joint(db, account, {who: linked[who] for who in wanted & linked.keys()})
    return ties if learning.is_on(db, account) else _unlearnt(ties)


def circle(db: Connection, account: int) -> Circle[int]:
    """Everybody of an account, and what was learnt from whom its owner writes to.

    Whoever has several identities stands there with each that the account has to do with.
    """
    packed = ledger.ties(db, account)
    own = packed.pop(ledger.OWN_STATE, None)
    ties = _readable(db, account, packed)
    if linked := _linked(db):
        ties |= _joint(db, account, {who: linked[who] for who in ties.keys() & linked.keys()})
    if not learning.is_on(db, account):
        return Circle(ties=_unlearnt(ties))
    return Circle(account_state(own), ties)


def partners(db: Connection, account: int) -> set[int]:
    """Everybody with whom text went both ways, under every name that they have."""
    known = {person for person, tie in circle(db, account).ties.items() if tie.exchanged}
    others = ties_with(db, account, _linked(db))
    return known | {person for person, tie in others.items() if tie.exchanged}


def account_state(packed: bytes | None) -> AccountState:
    """An account's own state as stored; nothing is known where it is of another version."""
    try:
        return AccountState.unpack(packed) if packed else AccountState()
    except UnknownPacking:
        return AccountState()


def _unlearnt(ties: dict[int, Tie]) -> dict[int, Tie]:
    return {person: replace(tie, asked=0, answered=0, opened=0) for person, tie in ties.items()}


def _linked(db: Connection) -> dict[int, tuple[int, ...]]:
    """Everybody who has several identities, but for the owner: with oneself there is no tie to be joined."""
    linked = identities.linked(db)
    if not linked:
        return linked
    own = {owner for _, owner in batches.owners(db)}
    return {person: others for person, others in linked.items() if person not in own}


def _readable(db: Connection, account: int, packed: Mapping[int, bytes]) -> dict[int, Tie]:
    """Ties by person, whichever version has packed them."""
    ties = unpack_ties(packed)
    if len(ties) < len(packed):
        begun = learning.begun(db, account)
        for person in packed.keys() - ties.keys():
            ties[person] = _replayed(_events(db, [account], [person]), begun)
    return ties


def _joint(db: Connection, account: int, linked: Mapping[int, tuple[int, ...]]) -> dict[int, Tie]:
    """The tie of all accounts with all identities of each of some people, as one ledger would give it.

    What is learnt counts from the moment on that holds for the account that asks.
    """
    everybody = [id for id, _ in batches.owners(db)] if linked else []
    begun = learning.begun(db, account)
    joint: dict[frozenset[int], Tie] = {}
    for ids in map(frozenset, linked.values()):
        if ids not in joint:
            joint[ids] = _replayed(_events(db, everybody, sorted(ids)), begun)
    return {person: joint[frozenset(ids)] for person, ids in linked.items()}


def _events(db: Connection, among: Iterable[int], ids: Sequence[int]) -> Iterator[Event]:
    """All that passed between some accounts and the identities of one person."""
    for account in among:
        for who in ids:
            for one in ledger.all_with_person(db, account, who):
                yield Event(one.target == who, one.kind, one.at)


def _replayed(events: Iterable[Event], learns_from: Millis) -> Tie:
    return Circle[int](AccountState(learns_from=learns_from)).replay(0, events)
