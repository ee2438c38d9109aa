"""What the owner chooses for an account."""

from __future__ import annotations

from concurrent.futures import Future

from tui_inbox.commands.context import Context, Outcome
from tui_inbox.core.changes import Topic
from tui_inbox.store import accounts
from tui_inbox.store.store import Writing

_SHOW_LETTERS = (Topic.INBOX, Topic.SEARCHES, Topic.PEOPLE, Topic.OUTBOX, Topic.DRAFTS)


def set_letters(ctx: Context, account: int, letters: str) -> Future[Outcome]:
    """Choose the two letters that mark the rows of an account; no two accounts have the same.

    Args:
        account: its local id.
        letters: as typed; what cannot be used is refused with a sentence.
    """
    wanted = letters.strip().lower()

    def job(w: Writing) -> Outcome:
        known = {one.id: one for one in accounts.accounts(w.db)}
        if account not in known:
            return Outcome("This account is not signed in any more.")
        if len(wanted) != 2 or not wanted.isascii() or not wanted.isalnum():
            return Outcome("The mark is two letters or digits, as mi. Nothing was changed.")
        for one in known.values():
            if one.letters == wanted and one.id != account:
                return Outcome(f"{wanted} marks {one.label} already. Nothing was changed.")
        accounts.set_letters(w, account, wanted)
        for topic in _SHOW_LETTERS:
            w.changed(topic, account)
        return Outcome(f"{wanted} marks {known[account].label} now")

    return ctx.change(job)
