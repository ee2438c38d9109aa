"""An account's ledger as an evaluation wants it: moments in seconds, people by their local ids."""

from __future__ import annotations

from tui_inbox.core.moment import SECOND
from tui_inbox.priority.asking import Recorded
from tui_inbox.store import accounts, ledger
from tui_inbox.store.database import Connection


def recorded(db: Connection, account: int) -> tuple[int, list[Recorded]]:
    """The owner of an account, and all that passed between them and others, in the order of time."""
    owner = accounts.owner(db, account)
    return owner, [
        Recorded(one.at // SECOND, one.actor, one.target, one.kind.value)
        for one in ledger.interactions(db, account)
    ]
