"""Kept drafts, latest first."""

from __future__ import annotations

from collections.abc import Mapping

from tui_inbox.core.draft import Draft
from tui_inbox.queries.accounts import viewers
from tui_inbox.queries.labels import labels
from tui_inbox.queries.outbox import goes_with
from tui_inbox.queries.overviews import DraftRow
from tui_inbox.queries.rows import Scope
from tui_inbox.store import accounts, batches, drafts
from tui_inbox.store.database import Connection


def fresh(db: Connection, account: int) -> Draft:
    """An empty draft of an account, for those and in the language it usually posts for.

    Raises:
        NoSuchAccount: there is none with that number.
    """
    audience, language = accounts.usual(db, account)
    return Draft(id=0, account=account, audience=audience, language=language)


def edit_of(db: Connection, account: int, post: int) -> Draft | None:
    """The kept draft of what an own post is to become, if one was begun."""
    return drafts.draft_for(db, account, None, None, post)


def new_posts(db: Connection, account: int) -> int:
    """How many posts of its own, about no other post, an account has begun."""
    return sum(draft.about is None for draft in drafts.drafts(db, [account]))


def rows(db: Connection, scope: Scope) -> tuple[DraftRow, ...]:
    """The drafts of a scope: for whom each is, and how it begins."""
    shown = viewers(db, scope)
    kept = drafts.drafts(db, list(shown))
    targets = {
        post for draft in kept for post in (draft.reply_to, draft.quotes) if post is not None
    }
    authors = batches.authors_of(db, targets)
    names = {account: labels(db, account, authors.values()) for account in shown}
    labels_of = {account.id: account.label for account in accounts.accounts(db)}

    def target(draft: Draft) -> str:
        if draft.edits is not None:
            return "change of your post"
        post = draft.quotes if draft.reply_to is None else draft.reply_to
        if post is None:
            return "new post"
        label = names[draft.account].get(authors.get(post, 0))
        what = "quote of" if draft.reply_to is None else "reply to"
        return f"{what} {label.name if label else 'somebody'}"

    return tuple(
        DraftRow(draft, shown[draft.account].letters, target(draft), _goes_with(draft, labels_of))
        for draft in kept
    )


def _goes_with(draft: Draft, known: Mapping[int, str]) -> str:
    """What goes with it, and how it goes out: `2 files, as a thread, also from acorn crm`."""
    also = [known[account] for account in draft.also_from if account in known]
    facts = (
        goes_with(draft),
        "as a thread" if draft.split else "",
        f"also from {' and '.join(also)}" if also else "",
    )
    return ", ".join(fact for fact in facts if fact)
