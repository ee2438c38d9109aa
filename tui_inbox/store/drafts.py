"""Texts in the making."""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.core.changes import Topic
from tui_inbox.core.draft import Draft
from tui_inbox.core.post import Audience
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import listed, scalar
from tui_inbox.store.store import Writing

_SELECT = "SELECT id, account, text, warning, audience, language, reply_to, quotes, updated_at FROM drafts"


def _draft(row: tuple[int, int, str, str, str, str | None, int | None, int | None, int]) -> Draft:
    id, account, text, warning, audience, language, reply_to, quotes, updated_at = row
    return Draft(
        id, account, text, warning, Audience(audience), language, reply_to, quotes, updated_at
    )


def put_draft(w: Writing, draft: Draft) -> int:
    """Keep a draft, in the place of the one with its id. Returns the id, given out where it is 0.

    A draft that was deleted meanwhile is kept again: no word is lost to a race.
    """
    id: int = scalar(
        w.db,
        "INSERT INTO drafts (id, account, text, warning, audience, language, reply_to, quotes, updated_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET account = excluded.account, "
        "text = excluded.text, warning = excluded.warning, audience = excluded.audience, "
        "language = excluded.language, reply_to = excluded.reply_to, quotes = excluded.quotes, "
        "updated_at = excluded.updated_at RETURNING id",
        (
            draft.id or None,
            draft.account,
            draft.text,
            draft.warning,
            draft.audience,
            draft.language,
            draft.reply_to,
            draft.quotes,
            draft.updated_at,
        ),
    )
    w.changed(Topic.DRAFTS, draft.account)
    return id


def draft(db: Connection, id: int) -> Draft | None:
    """One draft, or None when it was sent or deleted."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id,)).fetchone()
    return None if row is None else _draft(row)


def draft_for(
    db: Connection, account: int, reply_to: int | None, quotes: int | None = None
) -> Draft | None:
    """The latest draft of an account for a target: an answer, a quote, or a post of its own."""
    row = db.execute(
        f"{_SELECT} WHERE account = ? AND reply_to IS ? AND quotes IS ? "
        "ORDER BY updated_at DESC, id DESC LIMIT 1",
        (account, reply_to, quotes),
    ).fetchone()
    return None if row is None else _draft(row)


def drafts(db: Connection, accounts: Sequence[int] | None = None) -> list[Draft]:
    """The drafts of some accounts, or of all; latest first."""
    rows = db.execute(
        f"{_SELECT} WHERE ?1 IS NULL OR account IN (SELECT value FROM json_each(?1)) "  # noqa: S608  # constant
        "ORDER BY updated_at DESC, id DESC",
        (None if accounts is None else listed(accounts),),
    )
    return [_draft(row) for row in rows]


def delete_draft(w: Writing, id: int) -> None:
    """Throw a draft away; no error when it is gone already."""
    for (account,) in w.db.execute(
        "DELETE FROM drafts WHERE id = ? RETURNING account", (id,)
    ).fetchall():
        w.changed(Topic.DRAFTS, account)
