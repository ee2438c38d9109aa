"""Rows of the outbox taken back: stopped, or made a draft again."""

from __future__ import annotations

from uuid import uuid4

from msgspec.structs import replace

from tui_inbox.commands.journal import Step, rows_of
from tui_inbox.core.act import ActKind
from tui_inbox.core.changes import Topic
from tui_inbox.core.door import Wish
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import Millis
from tui_inbox.core.outbox_state import OutboxEvent, OutboxState, after
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
    if row.remote_id is not None:
        _tell_server(w, row, now)
    if row.is_text or Wish.decided_by(ActKind(row.kind)) is not None:
        w.changed(Topic.INBOX, row.account)
    return True


def _tell_server(w: Writing, row: OutboxRow, now: Millis) -> None:
    """Have the server forget what it keeps for later; it is told by the outbox, as all else."""
    outbox.add(
        w,
        account=row.account,
        kind=ActKind.UNSCHEDULE,
        state=OutboxState.WAITING,
        key=str(uuid4()),
        content=row.remote_id or "",
        created_at=now,
        release_at=now,
    )


def texts_to_draft(w: Writing, row: OutboxRow, sent: Step | None, now: Millis) -> Draft | None:
    """Make a text of the outbox a draft again, and stop its row; None where it has left or is no text.

    Where nothing of what was sent with it has left, all of it becomes the one draft that it was.

    Args:
        sent: the step that made the row, if it is known.
    """
    if not row.is_text:
        return None
    together = [outbox.row(w.db, id) for id in rows_of(sent)] if sent else []
    rows = [one for one in together if one is not None]
    if sent and len(rows) > 1 and all(one.state in UNSENT for one in rows):
        for one in rows:
            stop(w, one, now)
        return _kept(w, Draft.from_json(sent["draft"]), now)
    return kept_again(w, row, now) if stop(w, row, now) else None


def kept_again(w: Writing, row: OutboxRow, now: Millis) -> Draft:
    """Keep the text of a row as a new draft, so that no word of it is lost."""
    return _kept(w, Draft.from_json(row.content), now)


def _kept(w: Writing, draft: Draft, now: Millis) -> Draft:
    kept = replace(draft, id=0, updated_at=now)
    return replace(kept, id=drafts.put_draft(w, kept))
