"""A clock that was set back: what was noted while it ran ahead would wait too long, and its key be trusted too long."""

from __future__ import annotations

from tui_inbox.core.account import KEYS_LAST
from tui_inbox.core.moment import Millis
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.store import outbox
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.store import Writing
from tui_inbox.sync.looking import NEVER_BY_ITSELF, SKEW


def is_ahead(row: OutboxRow, now: Millis) -> bool:
    """Whether a row was changed, or left, in what is the future now; a little may be the clock being set right."""
    return max(row.changed_at, row.first_try_at or 0) - now > SKEW


def set_right(w: Writing, row: OutboxRow, now: Millis) -> None:
    """Let a row that is ahead wait from now for as long as it was to wait, and not trust its key any more: nobody
    knows how long ago it left. A moment that the owner has chosen stays."""
    stays = row.state is OutboxState.SCHEDULED or row.release_at == NEVER_BY_ITSELF
    wait = max(0, row.release_at - row.changed_at)
    left_at = None if row.first_try_at is None else min(row.first_try_at, now - KEYS_LAST)
    outbox.set_row(
        w,
        row.id,
        state=row.state,
        at=now,
        release_at=None if stays else min(row.release_at, now + wait),
        first_try_at=left_at,
    )
