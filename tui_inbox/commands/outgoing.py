"""Rows of the outbox taken back: stopped, or made a draft again."""

from __future__ import annotations

from msgspec.structs import replace

from tui_inbox.core.changes import Topic
from tui_inbox.core.door import Wish
from tui_inbox.core.draft import POST, ActKind, Draft, OutboxEvent, OutboxState, after
from tui_inbox.core.moment import Millis
from tui_inbox.store import drafts, outbox
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.store import Writing

UNSENT = (OutboxState.HELD, OutboxState.SCHEDULED, OutboxState.WAITING)
"""States in which surely nothing has left."""


def stop(w: Writing, row: OutboxRow, now: Millis) -> bool:
    """Take a row out of the outbox; whether that was still possible."""
    stopped = after(row.state, OutboxEvent.STOPPED)
    if stopped is row.state:
        return False
    outbox.set_row(w, row.id, state=stopped, at=now)
    if row.post is not None:
        w.changed(Topic.POST, row.post)
    if row.person is not None:
        w.changed(Topic.PEOPLE, row.account)
    if row.kind == POST or Wish.decided_by(ActKind(row.kind)) is not None:
        w.changed(Topic.INBOX, row.account)
    return True


def to_draft(w: Writing, row: OutboxRow, now: Millis) -> Draft | None:
    """Make a text of the outbox a draft again, and stop its row; None where it has left or is no text."""
    if row.kind != POST or not stop(w, row, now):
        return None
    return kept_again(w, row, now)


def kept_again(w: Writing, row: OutboxRow, now: Millis) -> Draft:
    """Keep the text of a row as a new draft, so that no word of it is lost."""
    draft = replace(Draft.from_json(row.content), id=0, updated_at=now)
    return replace(draft, id=drafts.put_draft(w, draft))
