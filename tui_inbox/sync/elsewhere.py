"""An answer that came from elsewhere while ours is still held: ours is stopped, and the owner decides."""

from __future__ import annotations

from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import Millis
from tui_inbox.core.outbox_state import POST, OutboxEvent, OutboxState, after
from tui_inbox.core.same_text import same_text
from tui_inbox.store import outbox
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.posts import StoredPost
from tui_inbox.store.store import Writing
from tui_inbox.sync.looking import SKEW

ANSWERED = "answered from another app meanwhile; R sends this all the same, r writes on at it"
"""Why a held answer was stopped."""

_OURS = (OutboxState.SENDING, OutboxState.UNKNOWN, OutboxState.SENT)
"""States of rows that the post may have come from."""


def stop_held_answers(w: Writing, account: int, own: StoredPost, now: Millis) -> None:
    """Stop what is held of an account's answers to a post that the account has just answered from elsewhere.

    They count as refused: kept, and asked about once. Whoever sends one again, or answers a post that was answered
    before, has been told and is not stopped again.

    Args:
        own: a post of the account's owner that has just arrived. Changed ones are no news, and what is older than the
            held answer was written before it, wherever it was read from now.
    """
    if own.parent is None or own.post.edited_at is not None:
        return
    held = [
        row
        for row in outbox.rows(w.db, accounts=[account], states=[OutboxState.HELD])
        if row.kind == POST
        and row.post == own.parent
        and own.post.created_at >= row.created_at - SKEW
    ]
    if not held or _is_ours(w, account, own):
        return
    for row in held:
        outbox.set_row(
            w, row.id, state=after(row.state, OutboxEvent.FORESTALLED), at=now, reason=ANSWERED
        )


def _is_ours(w: Writing, account: int, own: StoredPost) -> bool:
    """Whether a row of the outbox has become this post, or is about to find out that it has."""
    if own.id in outbox.claimed_posts(w.db, account):
        return True
    return any(
        row.kind == POST and _says(row, own)
        for row in outbox.rows(w.db, accounts=[account], states=_OURS)
    )


def _says(row: OutboxRow, own: StoredPost) -> bool:
    return row.post == own.parent and same_text(Draft.from_json(row.content).text, own.post.text)
