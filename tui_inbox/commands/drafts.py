"""Keeping texts in the making."""

from __future__ import annotations

from concurrent.futures import Future

from msgspec.structs import replace

from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.journal import Step, log
from tui_inbox.core.draft import Draft
from tui_inbox.store import drafts
from tui_inbox.store.store import Writing


def save(ctx: Context, draft: Draft) -> Future[Draft]:
    """Keep a draft as it is now; on disk when the future is done. The result has its id.

    An empty one is not kept: what was stored of it goes, and its id is 0 again.
    """

    def job(w: Writing) -> Draft:
        kept = replace(draft, updated_at=ctx.clock.now())
        if not kept.is_empty:
            return replace(kept, id=drafts.put_draft(w, kept))
        if kept.id:
            drafts.delete_draft(w, kept.id)
        return replace(kept, id=0)

    return ctx.store.write(job, urgent=True, durable=True)


def throw_away(ctx: Context, draft_id: int) -> Future[Outcome]:
    """Throw a draft away; undo brings it back."""

    def job(w: Writing) -> Outcome:
        found = drafts.draft(w.db, draft_id)
        if found is None:
            return Outcome("This draft is gone already.")
        drafts.delete_draft(w, draft_id)
        step: Step = {"step": "draft", "draft": found.to_json()}
        what = "throwing a draft away"
        action = log(w, ctx.clock.now(), found.account, what, [step])
        return Outcome("draft thrown away, u brings it back", action)

    return ctx.store.write(job, urgent=True, durable=True)
