"""Ties as the store keeps them, unpacked. Those of another version are made anew by the sync; till then they miss."""

from __future__ import annotations

from collections.abc import Iterable

from tui_inbox.priority.circle import Circle
from tui_inbox.priority.tie import Tie, unpack_ties
from tui_inbox.store import batches, ledger
from tui_inbox.store.database import Connection

OWN_STATE = 0
"""The key under which an account's own state stands among its ties."""


def ties_with(db: Connection, account: int, people: Iterable[int]) -> dict[int, Tie]:
    """The ties of an account with some people; those it has none with are left out."""
    return unpack_ties(batches.ties_with(db, account, people))


def circle(db: Connection, account: int) -> Circle[int]:
    """Everybody of an account."""
    packed = ledger.ties(db, account)
    packed.pop(OWN_STATE, None)
    return Circle(ties=unpack_ties(packed))
