"""What `n` stops at, in its order: your turn, newcomers, marked searches, sends that failed."""

from __future__ import annotations

from tui_inbox.core.moment import Millis
from tui_inbox.queries.accounts import viewers
from tui_inbox.queries.hit_groups import groups_of
from tui_inbox.queries.lane_order import RANKED, in_order, scores, spoken_in, waiting
from tui_inbox.queries.lanes import placed
from tui_inbox.queries.outbox import FAILED
from tui_inbox.queries.overviews import NeedsYou
from tui_inbox.queries.rows import Scope
from tui_inbox.store import outbox, searches
from tui_inbox.store.database import Connection


def queue(db: Connection, scope: Scope, *, now: Millis) -> tuple[NeedsYou, ...]:
    """Everything that needs the owner."""
    accounts = list(viewers(db, scope))
    rows = [row for row in placed(db, accounts) if row.lane in RANKED]
    scored = scores(rows, waiting(db, rows, spoken_in(db, rows), now), now)
    turns = [
        NeedsYou("inbox", str(row.item.id), row.item.account, row.item.post)
        for lane in RANKED
        for row in in_order(lane, rows, scored)
    ]
    hits = [
        NeedsYou(
            "searches", f"{search.id}:{group.first[0].post}", search.account, group.first[0].post
        )
        for search in searches.searches(db)
        if search.marked and search.account in accounts
        for group in groups_of(db, search)
        if group.is_new
    ]
    failed = [
        NeedsYou("outbox", str(row.id), row.account, row.post)
        for row in outbox.rows(db, accounts=accounts, states=FAILED)
    ]
    return (*turns, *hits, *failed)
