"""Which kept files something still refers to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tui_inbox.core.draft import Draft
from tui_inbox.core.outbox_state import TEXTS, OutboxState
from tui_inbox.store import drafts, outbox
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import listed

_FILE_IN_A_DRAFT = '\\"file\\":'
"""Stands in the detail of an action whose steps hold a draft with a file: JSON as text within JSON."""


def files_in_use(db: Connection) -> frozenset[str]:
    """Names of kept files (`kept_files.KeptFiles.keep`) that drafts go with, texts that have not left, and what undo
    can bring back."""
    return frozenset(
        attachment.file
        for draft in (*drafts.drafts(db), *_unsent(db), *_brought_back(db))
        for attachment in draft.attachments
        if attachment.file
    )


def _unsent(db: Connection) -> Iterator[Draft]:
    over = (OutboxState.SENT, OutboxState.DISCARDED)
    for (content,) in db.execute(
        "SELECT content FROM outbox WHERE kind IN (SELECT value FROM json_each(?)) "
        "AND state NOT IN (SELECT value FROM json_each(?))",
        (listed(TEXTS), listed(over)),
    ):
        yield Draft.from_json(content)


def _brought_back(db: Connection) -> Iterator[Draft]:
    """What steps in the action log hold, or the rows of the outbox that they have thrown away. A step that sent a text
    holds what its rows hold."""
    for (detail,) in db.execute(
        "SELECT detail FROM actions WHERE NOT undone "
        "AND (instr(detail, ?) OR instr(detail, '\"discarded\"'))",
        (_FILE_IN_A_DRAFT,),
    ):
        steps: list[dict[str, Any]] = json.loads(detail).get("steps", [])
        for step in steps:
            if step["step"] == "discarded":
                row = outbox.row(db, step["row"])
                if row is not None and row.is_text:
                    yield Draft.from_json(row.content)
            elif step["step"] != "sent" and "draft" in step:
                yield Draft.from_json(step["draft"])
