"""What must leave before what: texts of an account in their order, parts of a thread, and what is done to one thing."""

from __future__ import annotations

from tui_inbox.core.outbox_state import POST, OutboxState
from tui_inbox.store import outbox
from tui_inbox.store.database import Connection
from tui_inbox.store.outbox import OutboxRow


def above_of(db: Connection, row: OutboxRow) -> OutboxRow | None:
    """What must have left before a row: the part of a thread above it, or a deletion."""
    return None if row.follows is None else outbox.row(db, row.follows)


def has_one_before(db: Connection, row: OutboxRow) -> bool:
    """Whether another row waits that must leave before this one.

    What waits itself for something that may never leave, a part of a thread for the part above it, holds up
    nothing else.
    """
    for one in outbox.rows(db, accounts=[row.account], states=[OutboxState.WAITING]):
        if one.id < row.id and _belong_together(one, row):
            above = above_of(db, one)
            if above is None or above.state is OutboxState.SENT or one.id == row.follows:
                return True
    return False


def _belong_together(one: OutboxRow, other: OutboxRow) -> bool:
    """Whether two rows must leave in their order: both are texts, or both are acts on the same thing."""
    if one.kind == POST or other.kind == POST:
        return one.kind == other.kind
    if one.post is one.person is None and other.post is other.person is None:
        return one.content == other.content  # the same word, server or text that is kept for later
    same_post = one.post is not None and one.post == other.post
    return same_post or (one.person is not None and one.person == other.person)
