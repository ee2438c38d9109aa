"""Ties as the store keeps them, unpacked. Those of another version are made anew by the sync; till then they miss.

Where the owner wants nothing learnt, what was learnt is left out here, so that nobody else has to ask.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from tui_inbox.priority.circle import Circle
from tui_inbox.priority.tie import AccountState, Tie, UnknownPacking, unpack_ties
from tui_inbox.store import batches, learning, ledger
from tui_inbox.store.database import Connection

OWN_STATE = 0
"""The key under which an account's own state stands among its ties."""


def ties_with(db: Connection, account: int, people: Iterable[int]) -> dict[int, Tie]:
    """The ties of an account with some people; those it has none with are left out."""
    ties = unpack_ties(batches.ties_with(db, account, people))
    return ties if learning.is_on(db, account) else _unlearnt(ties)


def circle(db: Connection, account: int) -> Circle[int]:
    """Everybody of an account, and what was learnt from whom its owner writes to."""
    packed = ledger.ties(db, account)
    own = packed.pop(OWN_STATE, None)
    ties = unpack_ties(packed)
    if not learning.is_on(db, account):
        return Circle(ties=_unlearnt(ties))
    return Circle(account_state(own), ties)


def account_state(packed: bytes | None) -> AccountState:
    """An account's own state as stored; nothing is known where it is of another version."""
    try:
        return AccountState.unpack(packed) if packed else AccountState()
    except UnknownPacking:
        return AccountState()


def _unlearnt(ties: dict[int, Tie]) -> dict[int, Tie]:
    return {person: replace(tie, asked=0, answered=0, opened=0) for person, tie in ties.items()}
