"""Whose past is still being read: until then what is missing on the screen may only be missing here."""

from __future__ import annotations

import json

from msgspec import Struct

from tui_inbox.queries.rows import Scope
from tui_inbox.store import accounts
from tui_inbox.store.database import Connection


class Reading(Struct, frozen=True):
    """How far a new account has been read, as far as the store tells.

    Attributes:
        home: whether the home feed is there: what the account wrote is read behind it.
        is_whole: whether the whole past has been read.
    """

    home: bool = False
    is_whole: bool = False


def so_far(db: Connection, account: int) -> Reading:
    """How far an account has been read."""
    kept = accounts.get_state(db, account, accounts.HISTORY)
    return Reading() if kept is None else Reading(True, bool(json.loads(kept)["done"]))


def unread(db: Connection, scope: Scope) -> frozenset[int]:
    """The accounts of a scope of which it is not known yet who waits.

    What the owner wrote and who spoke to them decides that. The conversations around it, which are read last
    and may take long, do not.
    """
    return frozenset(account for account in scope.accounts if not _is_known(db, account))


def _is_known(db: Connection, account: int) -> bool:
    kept = accounts.get_state(db, account, accounts.HISTORY)
    if kept is None:
        return False
    progress = json.loads(kept)
    return bool(progress["own_done"] and progress["notices_done"]) or bool(progress["done"])
