"""All panes at once, for the verb that prints them and for scripts."""

from __future__ import annotations

from tui_inbox.core.moment import Millis
from tui_inbox.queries import inbox, people, searches, timeline, watched
from tui_inbox.queries.overviews import Digest
from tui_inbox.queries.rows import Scope
from tui_inbox.store import accounts
from tui_inbox.store.database import Connection

ENTRIES = 40


def digest(db: Connection, scope: Scope, *, now: Millis, limit: int = ENTRIES) -> Digest:
    """What stands in the four panes now, as the store has it; `limit` entries of the timeline at most."""
    return Digest(
        now=now,
        read_at=_read_at(db, scope),
        timeline=timeline.window(db, scope, now=now, limit=limit),
        inbox=inbox.view(db, scope, now=now),
        searches=searches.view(db, scope, now=now),
        people=people.view(db, scope, now=now),
        watched=watched.count(db, scope),
    )


def _read_at(db: Connection, scope: Scope) -> Millis | None:
    """When the timeline was last read; of several accounts the one that was read longest ago counts."""
    told = [accounts.get_state(db, account, accounts.READ_AT) for account in scope.accounts]
    moments = [int(moment) for moment in told if moment]
    return min(moments) if moments else None
