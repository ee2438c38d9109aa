"""Rows of the outbox taken back: stopped, or made a draft again."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
from tui_inbox.store.database import Connection
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.store import Writing

_NUMBER = re.compile(r" \d+/\d+$")
"""What `core.thread_parts` puts at the end of a part."""


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

    Where nothing of what was sent with it has left, all of it becomes the one draft that it was. Of a thread of which
    a part has left, the parts below this one come with it: without it they could never leave.

    Args:
        sent: the step that made the row, if it is known.
    """
    row = outbox.row(w.db, row.id) or row  # it may have been stopped with another one
    if not row.is_text:
        return None
    together = [outbox.row(w.db, id) for id in rows_of(sent)] if sent else []
    rows = [one for one in together if one is not None]
    if sent and len(rows) > 1 and all(one.is_surely_unsent for one in rows):
        for one in rows:
            stop(w, one, now)
        return _kept(w, _once_unplanned(w.db, rows, Draft.from_json(sent["draft"])), now)
    below = parts_below(w.db, row)
    if not stop(w, row, now):
        return None
    for one in below:
        stop(w, one, now)
    if not below:
        return kept_again(w, row, now)
    return _kept(w, _once_unplanned(w.db, [row, *below], _rest(row, below, sent)), now)


def parts_below(db: Connection, row: OutboxRow) -> list[OutboxRow]:
    """The parts of a thread below one that have not left, in their order."""
    below: list[OutboxRow] = []
    while found := [one for one in outbox.followers(db, row.id) if one.is_text]:
        row = found[0]
        below.append(row)
    return below


def _rest(row: OutboxRow, below: list[OutboxRow], sent: Step | None) -> Draft:
    """One draft of a part of a thread and those below it, as the owner has typed them."""
    parts = [_NUMBER.sub("", Draft.from_json(one.content).text) for one in (row, *below)]
    whole = Draft.from_json(sent["draft"]).text if sent else ""
    begins, ends = whole.rfind(parts[0]), whole.rstrip().endswith(parts[-1])
    text = whole[begins:] if begins >= 0 and ends else " ".join(parts)
    return replace(draft_of(row), text=text, split=True)


def draft_of(row: OutboxRow) -> Draft:
    """What a row holds, after what it follows by now (`outbox.follow_instead`)."""
    return replace(Draft.from_json(row.content), follows=row.follows)


def kept_again(w: Writing, row: OutboxRow, now: Millis) -> Draft:
    """Keep the text of a row as a new draft, so that no word of it is lost."""
    return _kept(w, _once_unplanned(w.db, [row], draft_of(row)), now)


def _once_unplanned(db: Connection, rows: Sequence[OutboxRow], draft: Draft) -> Draft:
    """The draft of rows some of which servers keep for later: none leaves before its server has forgotten that.

    An account that had planned nothing waits as well: the text may be written from it instead of the other.
    """
    planned = [(row.account, row.remote_id) for row in rows if row.remote_id is not None]
    told = [outbox.unplanned_by(db, account, remote_id) for account, remote_id in planned]
    new = [row for row in told if row is not None]
    return replace(draft, follows=new[0], unplanned=(*draft.unplanned, *new)) if new else draft


def _kept(w: Writing, draft: Draft, now: Millis) -> Draft:
    kept = replace(draft, id=0, updated_at=now)
    return replace(kept, id=drafts.put_draft(w, kept))
