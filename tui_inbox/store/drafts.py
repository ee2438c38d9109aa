"""Texts in the making."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from tui_inbox.core.answerers import Answerers
from tui_inbox.core.changes import Topic
from tui_inbox.core.draft import Attachment, Draft, PollDraft
from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Audience, Card
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import listed, scalar
from tui_inbox.store.store import Writing


class Parts(Struct, frozen=True, omit_defaults=True):
    """What of a draft nobody looks for by itself; see `Draft`."""

    attachments: tuple[Attachment, ...] = ()
    sensitive: bool = False
    poll: PollDraft | None = None
    send_at: Millis | None = None
    also_from: tuple[int, ...] = ()
    split: bool = False
    follows: int | None = None
    unplanned: tuple[int, ...] = ()
    answerers: Answerers = Answerers.EVERYBODY
    card: Card | None = None


_COLUMNS = (
    "account",
    "text",
    "warning",
    "audience",
    "language",
    "reply_to",
    "quotes",
    "edits",
    "updated_at",
)
_SELECT = f"SELECT id, {', '.join(_COLUMNS)}, parts FROM drafts"  # noqa: S608  # constants
_PUT = (
    f"INSERT INTO drafts (id, {', '.join(_COLUMNS)}, parts) "  # noqa: S608  # constants
    f"VALUES (:id, {', '.join(f':{name}' for name in _COLUMNS)}, :parts) ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in (*_COLUMNS, "parts"))
    + " RETURNING id"
)


def _draft(row: Sequence[Any]) -> Draft:
    id, *columns, parts = row
    told = dict(zip(_COLUMNS, columns, strict=True))
    more = msgspec.json.decode(parts, type=Parts)
    return Draft(id, **{**told, "audience": Audience(told["audience"])}, **_fields(more))


def _fields(one: Draft | Parts) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Parts.__struct_fields__}


def put_draft(w: Writing, draft: Draft) -> int:
    """Keep a draft, in the place of the one with its id. Returns the id, given out where it is 0.

    A draft that was deleted meanwhile is kept again: no word is lost to a race.
    """
    columns = {name: getattr(draft, name) for name in _COLUMNS}
    parts = msgspec.json.encode(Parts(**_fields(draft))).decode()
    id: int = scalar(w.db, _PUT, {"id": draft.id or None, **columns, "parts": parts})
    w.changed(Topic.DRAFTS, draft.account)
    return id


def draft(db: Connection, id: int) -> Draft | None:
    """One draft, or None when it was sent or deleted."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id,)).fetchone()
    return None if row is None else _draft(row)


def draft_for(
    db: Connection,
    account: int,
    reply_to: int | None,
    quotes: int | None = None,
    edits: int | None = None,
) -> Draft | None:
    """The latest draft of an account for a target: an answer (whatever it quotes), a quote, an edit, or a new post."""
    row = db.execute(
        f"{_SELECT} WHERE account = ?1 AND reply_to IS ?2 "
        "AND (?2 IS NOT NULL OR quotes IS ?3) AND edits IS ?4 "
        "ORDER BY updated_at DESC, id DESC LIMIT 1",
        (account, reply_to, quotes, edits),
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
