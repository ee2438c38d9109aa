"""What time alone brings: items and hits put off come back, turns nobody answered lapse."""

from __future__ import annotations

from tui_inbox.core.changes import Topic
from tui_inbox.core.conversation import LAPSE, ItemEvent, after
from tui_inbox.core.moment import Millis
from tui_inbox.store import hits, items
from tui_inbox.store.items import Item
from tui_inbox.store.store import Writing
from tui_inbox.sync.hits import wake_hits


def wake_due(w: Writing, now: Millis) -> None:
    """Bring back what was put off until now, and let lapse what waited for too long."""
    for item in items.due(w.db, now):
        _move(w, item, ItemEvent.WOKE, now, None)
    for item in items.stale(w.db, now - LAPSE):
        _move(w, item, ItemEvent.LAPSED, now, items.LAPSED)
    wake_hits(w, hits.due(w.db, now), now)


def wake_at_start(w: Writing, now: Millis) -> None:
    """Bring back what was put off until the next start."""
    for item in items.until_start(w.db):
        _move(w, item, ItemEvent.WOKE, now, None)
    wake_hits(w, hits.until_start(w.db), now)


def _move(w: Writing, item: Item, event: ItemEvent, now: Millis, cause: str | None) -> None:
    state = after(item.state, event)
    if state is not item.state:
        items.set_state(w, item.id, state, at=now, closed_by=cause)
        w.changed(Topic.INBOX, item.account)
