"""One line for a status bar: how many wait. It may take milliseconds only, so it reads no texts."""

from __future__ import annotations

from tui_inbox.core.conversation import Lane
from tui_inbox.core.moment import Millis
from tui_inbox.queries.accounts import viewers
from tui_inbox.queries.lanes import placed
from tui_inbox.queries.overviews import Glance
from tui_inbox.queries.rows import Scope
from tui_inbox.store.database import Connection


def glance(db: Connection, scope: Scope, *, now: Millis) -> Glance:
    """How many people one talks with wait, and how many newcomers, as the Inbox counts them.

    Args:
        scope: whose Inbox.
        now: as in all queries of panes; the counts do not depend on it.
    """
    rows = placed(db, list(viewers(db, scope)))
    return Glance(
        waiting=sum(row.lane is Lane.TALK for row in rows),
        newcomers=sum(row.lane is Lane.NEWCOMERS for row in rows),
    )
