"""Own posts that are changed, or deleted and written anew. Both begin with what was typed, and are kept at once."""

from __future__ import annotations

from concurrent.futures import Future

from msgspec.structs import replace

from tui_inbox.commands.acts import NOT_HERE, put_act, refusal_of_act
from tui_inbox.commands.context import Context, NotPossible
from tui_inbox.commands.journal import Step, log
from tui_inbox.core.act import ActKind
from tui_inbox.core.draft import Draft
from tui_inbox.core.versions import Original
from tui_inbox.store import accounts, drafts, laid_over, posts
from tui_inbox.store.posts import StoredPost
from tui_inbox.store.store import Writing

NOT_YOURS = "Only what is yours can be edited."
NO_EDITS = "This server lets nobody edit a post; d r deletes it and opens its text as a new one."
BEING_DELETED = "This is being deleted already."
PARENT_MISSING = (
    "What this answers is not stored here, so it cannot be written anew as an answer. "
    "Open its thread first; nothing was deleted."
)


def edit(ctx: Context, account: int, post: int, original: Original) -> Future[Draft]:
    """A draft of what an own post is to become: the one that is kept already, else one that begins with its text.

    A fresh one is not on disk: nothing is in it yet that the server does not have.

    Args:
        original: what was typed, as the server tells it. Nothing is made of the HTML that it shows.

    Raises:
        NotPossible: by the future: it cannot be edited.
    """

    def job(w: Writing) -> Draft:
        stored = _own(w, account, post)
        if not accounts.account(w.db, account).limits.edits:
            raise NotPossible(NO_EDITS)
        kept = drafts.draft_for(w.db, account, None, None, post)
        if kept is not None:
            return kept
        return replace(_as_typed(ctx, stored, account, original), edits=post)

    return ctx.store.write(job, urgent=True, durable=True)


def redraft(ctx: Context, account: int, post: int, original: Original) -> Future[Draft]:
    """Delete an own post, and make a draft of its text that cannot leave before the deletion has.

    The draft is on disk with the deletion, in one transaction. Undo brings the post back while the deletion is held.

    Args:
        original: what was typed, as the server tells it.

    Raises:
        NotPossible: by the future: it cannot be deleted, or what it answers would be lost.
    """

    def job(w: Writing) -> Draft:
        stored = _own(w, account, post)
        if refusal := refusal_of_act(w, account, stored, ActKind.DELETE):
            raise NotPossible(refusal.sentence)
        if stored.post.reply_to is not None and stored.parent is None:
            raise NotPossible(PARENT_MISSING)
        deletion = put_act(ctx, w, account, ActKind.DELETE, post=post)
        draft = replace(
            _as_typed(ctx, stored, account, original),
            reply_to=stored.parent,
            quotes=stored.quoted,
            follows=deletion["row"],
        )
        kept = replace(draft, id=drafts.put_draft(w, draft))
        step: Step = {"step": "redraft", "draft": kept.to_json(), "deletion": deletion["row"]}
        log(w, ctx.clock.now(), account, "deleting your post to write it anew", [deletion, step])
        return kept

    return ctx.send(job)


def _own(w: Writing, account: int, post: int) -> StoredPost:
    """An own post that stands.

    Raises:
        NotPossible: there is none.
    """
    stored = posts.post(w.db, account, post)
    if stored is None or stored.deleted:
        raise NotPossible(NOT_HERE.sentence)
    if stored.author != accounts.owner(w.db, account):
        raise NotPossible(NOT_YOURS)
    if ActKind.DELETE in laid_over.pending_acts(w.db, account, [post]).get(post, ()):
        raise NotPossible(BEING_DELETED)
    return stored


def _as_typed(ctx: Context, stored: StoredPost, account: int, original: Original) -> Draft:
    return Draft(
        id=0,
        account=account,
        text=original.text,
        warning=original.warning,
        audience=stored.post.audience,
        language=original.language or stored.post.language,
        updated_at=ctx.clock.now(),
        attachments=original.attachments,
        sensitive=original.sensitive,
        poll=original.poll,
    )
