"""Kept drafts, latest first."""

from __future__ import annotations

from tui_inbox.queries.accounts import viewers
from tui_inbox.queries.labels import labels
from tui_inbox.queries.overviews import DraftRow
from tui_inbox.queries.rows import Scope
from tui_inbox.store import batches, drafts
from tui_inbox.store.database import Connection


def rows(db: Connection, scope: Scope) -> tuple[DraftRow, ...]:
    """The drafts of a scope: for whom each is, and how it begins."""
    shown = viewers(db, scope)
    kept = drafts.drafts(db, list(shown))
    targets = {
        post for draft in kept for post in (draft.reply_to, draft.quotes) if post is not None
    }
    authors = batches.authors_of(db, targets)
    names = {account: labels(db, account, authors.values()) for account in shown}

    def target(account: int, reply_to: int | None, quotes: int | None) -> str:
        post = quotes if reply_to is None else reply_to
        if post is None:
            return "new post"
        label = names[account].get(authors.get(post, 0))
        what = "quote of" if reply_to is None else "reply to"
        return f"{what} {label.name if label else 'somebody'}"

    return tuple(
        DraftRow(
            draft, shown[draft.account].letters, target(draft.account, draft.reply_to, draft.quotes)
        )
        for draft in kept
    )
