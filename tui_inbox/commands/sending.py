"""Sending a draft, and taking it back: drafts become rows of the outbox, rows become drafts again."""

from __future__ import annotations

import re
from concurrent.futures import Future
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.commands.context import Context, NotPossible, Outcome
from tui_inbox.commands.journal import Step, log, name_of, steps_of
from tui_inbox.commands.outgoing import stop, to_draft
from tui_inbox.commands.undo import take_back
from tui_inbox.core.changes import Topic
from tui_inbox.core.count import MastodonCounter
from tui_inbox.core.draft import POST, Draft, OutboxEvent, OutboxState, after, is_stuck
from tui_inbox.core.moment import SECOND
from tui_inbox.priority.phrases import counted
from tui_inbox.store import accounts, actions, batches, drafts, outbox, posts
from tui_inbox.store.actions import Action
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Writing

GONE = "This is not in the outbox any more."
TOO_LATE = "This has left already."
LOOKED_BACK = 100
"""So many of the latest actions are looked at for the one that put a held row into the outbox."""

_NAMES_ONLY = re.compile(r"(?:@\S+\s*)*")


def send(ctx: Context, draft: Draft) -> Future[Outcome]:
    """Hand a draft to the outbox, where it is held for a while before it leaves.

    The draft goes in the transaction that makes the row, which keeps the whole of it. What cannot be sent is
    refused with a sentence, and the draft stays.
    """

    def job(w: Writing) -> Outcome:
        if refusal := _refusal(w.db, draft):
            return Outcome(refusal)
        now = ctx.clock.now()
        if draft.id:
            drafts.delete_draft(w, draft.id)
        row = _add(ctx, w, replace(draft, id=0, updated_at=now), OutboxState.HELD, ctx.hold)
        whom = _whom(w.db, draft)
        step: Step = {"step": "sent", "row": row}
        action = log(w, now, draft.account, f"sending{whom}", [step])
        head = f"{whom.strip()}: " if whom else ""
        return Outcome(f"{head}leaves in {ctx.hold // SECOND} s, U stops it", action)

    return ctx.send(job)


class Sent(Struct, frozen=True):
    """What became of a text that was handed over: its row in the outbox, or why there is none."""

    row: int | None
    sentence: str = ""


def send_now(ctx: Context, draft: Draft) -> Future[Sent]:
    """Hand a draft to the outbox without a hold, for verbs: whoever types a command has thought already."""

    def job(w: Writing) -> Sent:
        if refusal := _refusal(w.db, draft):
            return Sent(None, refusal)
        if draft.id:
            drafts.delete_draft(w, draft.id)
        now = ctx.clock.now()
        return Sent(_add(ctx, w, replace(draft, id=0, updated_at=now), OutboxState.WAITING, 0))

    return ctx.send(job)


def stop_held(ctx: Context) -> Future[Draft | None]:
    """Stop everything that is still held. Texts become drafts again, acts are taken back.

    Returns:
        The draft of the text that was sent last; None where no text was held.
    """

    def job(w: Writing) -> Draft | None:
        reopened = None
        done = _actions_by_row(w.db)
        for row in outbox.rows(w.db, states=[OutboxState.HELD]):
            draft = to_draft(w, row, ctx.clock.now())
            reopened = draft or reopened
            action = done.get(row.id)
            if draft is None and action is not None:
                take_back(ctx, w, action)
            elif draft is None:
                stop(w, row, ctx.clock.now())
            elif action is not None:
                actions.mark_undone(w, action.id)
        return reopened

    return ctx.send(job)


def retry(ctx: Context, row: int) -> Future[Outcome]:
    """Try again now what was refused, is not known to have arrived, waits, or is stuck on its way.

    After a definite refusal a text goes out as a new row with a new key; in doubt its key stays, so that a
    server that honours keys posts it once. What is stuck while it is sent is looked for at the server first.
    """

    def job(w: Writing) -> Outcome:
        found = outbox.row(w.db, row)
        if found is None or found.state.is_final:
            return Outcome(GONE)
        now = ctx.clock.now()
        if is_stuck(found, now):
            is_held = found.state is OutboxState.HELD
            state = after(found.state, OutboxEvent.RELEASED if is_held else OutboxEvent.LOST)
            outbox.set_row(w, row, state=state, at=now, release_at=now)
            first = "" if is_held else "; first it is looked up whether it has arrived"
            return Outcome(f"trying again{first}")
        if found.state is OutboxState.REFUSED and found.kind == POST:
            stop(w, found, now)
            new = _add(ctx, w, Draft.from_json(found.content), OutboxState.WAITING, 0)
            step: Step = {"step": "sent", "row": new}
            return Outcome("trying again", log(w, now, found.account, "trying again", [step]))
        if found.state is OutboxState.WAITING:
            outbox.set_row(w, row, state=found.state, at=now, release_at=now)
        else:
            state = after(found.state, OutboxEvent.RETRIED)
            if state is found.state:
                return Outcome(f"This is {found.state} at the moment.")
            outbox.set_row(w, row, state=state, at=now, release_at=now)
        return Outcome("trying again")

    return ctx.send(job)


def discard(ctx: Context, row: int) -> Future[Outcome]:
    """Throw away what is in the outbox; undo makes a draft of a text, and does an act again."""

    def job(w: Writing) -> Outcome:
        found = outbox.row(w.db, row)
        if found is None or found.state is OutboxState.DISCARDED:
            return Outcome(GONE)
        now = ctx.clock.now()
        lost = found.state is OutboxState.SENDING and is_stuck(found, now)
        if lost:
            found = replace(found, state=after(found.state, OutboxEvent.LOST))
        if not stop(w, found, now):
            return Outcome(TOO_LATE)
        step: Step = {"step": "discarded", "row": row}
        action = log(w, now, found.account, "throwing away what was to be sent", [step])
        doubt = "; it may have arrived all the same" if lost else ""
        return Outcome(f"thrown away, u brings it back{doubt}", action)

    return ctx.send(job)


def reopen(ctx: Context, row: int) -> Future[Draft]:
    """Take a text out of the outbox to write on at it.

    Raises:
        NotPossible: by the future: it has left already, or is no text.
    """

    def job(w: Writing) -> Draft:
        found = outbox.row(w.db, row)
        if found is None or found.state is OutboxState.DISCARDED:
            raise NotPossible(GONE)
        draft = to_draft(w, found, ctx.clock.now())
        if draft is None:
            raise NotPossible(TOO_LATE if found.kind == POST else "There is no text in this.")
        if action := _actions_by_row(w.db).get(row):
            actions.mark_undone(w, action.id)
        return draft

    return ctx.send(job)


def _add(ctx: Context, w: Writing, draft: Draft, state: OutboxState, hold: int) -> int:
    """Put a text into the outbox, under a new key."""
    now = ctx.clock.now()
    w.changed(Topic.INBOX, draft.account)
    return outbox.add(
        w,
        account=draft.account,
        kind=POST,
        state=state,
        key=str(uuid4()),
        content=draft.to_json(),
        created_at=now,
        release_at=now + hold,
        post=draft.reply_to,
    )


def _refusal(db: Connection, draft: Draft) -> str:
    """Why a draft cannot be sent, or nothing."""
    try:
        limits = accounts.account(db, draft.account).limits
    except accounts.NoSuchAccount:
        return "This account is not signed in any more."
    if draft.reply_to is not None and posts.post(db, draft.account, draft.reply_to) is None:
        return "This account does not see the post that this answers."
    if not draft.text.strip():
        return "There is nothing to send yet."
    if _NAMES_ONLY.fullmatch(draft.text.strip()):
        return "There is nothing in it but names yet."
    left = MastodonCounter(limits.characters, limits.url_characters).left(draft.text, draft.warning)
    if left < 0:
        over = counted(-left, "character")
        return f"This is {over} too long: the server allows {limits.characters}."
    return ""


def _whom(db: Connection, draft: Draft) -> str:
    """` to quillfox` for an answer, nothing for a post of its own."""
    if draft.reply_to is None:
        return ""
    author = batches.authors_of(db, [draft.reply_to]).get(draft.reply_to)
    return f" to {name_of(db, author)}" if author else ""


def _actions_by_row(db: Connection) -> dict[int, Action]:
    """The latest actions that were not undone, by the rows of the outbox that they made."""
    latest = [action for action in actions.actions(db, LOOKED_BACK) if not action.undone]
    return {
        step["row"]: action
        for action in reversed(latest)
        for step in steps_of(action)
        if step.get("row") is not None
    }
