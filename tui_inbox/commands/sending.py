"""Sending a draft, and taking it back: drafts become rows of the outbox, rows become drafts again."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.commands.answering import answered_elsewhere, price_doubted
from tui_inbox.commands.context import Context, NotPossible, Outcome
from tui_inbox.commands.journal import Step, log, name_of, rows_of, steps_of
from tui_inbox.commands.later import Later, in_words
from tui_inbox.commands.outgoing import draft_of, parts_below, stop, texts_to_draft
from tui_inbox.commands.texts import put_texts, refusal_of
from tui_inbox.commands.undo import take_back
from tui_inbox.core.bare_links import begins_with_link, only_links
from tui_inbox.core.changes import Topic
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import SECOND, Millis
from tui_inbox.core.outbox_state import OutboxEvent, OutboxState, after, is_stuck
from tui_inbox.store import actions, batches, drafts, identities, ledger, outbox
from tui_inbox.store.actions import Action
from tui_inbox.store.database import Connection
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.store import Writing

BRAKE_LOOKS_BACK: Millis = 5 * SECOND
BRAKE_AT = 2
"""So many texts within that time before this one: it may be a paste into the wrong window."""
BRAKE = "Your third text within five seconds: not sent. Send again if meant."
GONE = "This is not in the outbox any more."
TOO_LATE = "This has left already."
NOT_UNKNOWN = "What became of this is known."
LOOKED_BACK = 100
"""So many of the latest actions are looked at for the one that put a held row into the outbox."""


def send(ctx: Context, draft: Draft, *, asked: bool = False) -> Future[Outcome]:
    """Hand a draft to the outbox, where it is held for a while before it leaves.

    The draft goes in the transaction that makes its rows: one for each account that posts it, and for each part of a
    thread. What cannot be sent is refused with a sentence, and the draft stays.

    Args:
        asked: whether the owner was asked already: about a third text within a few seconds, a link as the first
            word to somebody, or what it costs.
    """

    def job(w: Writing) -> Outcome:
        if refusal := refusal_of(w.db, draft):
            return Outcome(refusal)
        if there := answered_elsewhere(w.db, draft):
            return Outcome(there.sentence, url=there.url, copied=draft.text)
        now = ctx.clock.now()
        if not asked and outbox.texts_since(w.db, now - BRAKE_LOOKS_BACK) >= BRAKE_AT:
            return Outcome(BRAKE, asks=True)
        if not asked and (doubt := doubt_of(w.db, draft)):
            # What to do comes first: on a narrow screen the end of a sentence is cut.
            return Outcome(f"Send it again if you mean it: {doubt}.", asks=True)
        if draft.id:
            drafts.delete_draft(w, draft.id)
        kept = replace(draft, id=0, updated_at=now)
        rows = put_texts(ctx, w, kept, OutboxState.HELD, ctx.hold)
        whom = _whom(w.db, draft)
        step: Step = {"step": "sent", "rows": rows, "draft": kept.to_json()}
        doing = f"sending{whom}" if draft.edits is None else "changing your post"
        action = log(w, now, draft.account, doing, [step])
        head = "the change " if draft.edits is not None else f"{whom.strip()}: " if whom else ""
        return Outcome(f"{head}{_leaves(ctx, w.db, rows[0], kept)}", action)

    return ctx.send(job)


def _leaves(ctx: Context, db: Connection, id: int, draft: Draft) -> str:
    """When a text leaves, and how it is stopped."""
    row = outbox.row(db, id)
    in_a_moment = f"in {ctx.hold // SECOND} s"
    if row is None or draft.send_at is None or draft.send_at < row.release_at:
        return f"leaves {in_a_moment}, U stops it"
    at = in_words(Later(until=draft.send_at), ctx.clock.now())
    if row.state is OutboxState.SCHEDULED:
        return f"leaves {at} if the program runs then, u takes it back"
    return f"goes {in_a_moment} to the server, which posts it {at}; U stops it"


class Sent(Struct, frozen=True):
    """What became of a text that was handed over: its rows in the outbox, or why there are none.

    Attributes:
        asks: it would be sent if the owner says that it is meant (`send_now(asked=True)`); `sentence` is why to ask,
            as `doubt_of`.
    """

    rows: tuple[int, ...] = ()
    sentence: str = ""
    asks: bool = False


def send_now(ctx: Context, draft: Draft, *, asked: bool = False) -> Future[Sent]:
    """Hand a draft to the outbox without a hold, for verbs: whoever types a command has thought already.

    Args:
        asked: a link as the first word to somebody is meant, or what it costs.
    """

    def job(w: Writing) -> Sent:
        if refusal := refusal_of(w.db, draft):
            return Sent(sentence=refusal)
        if there := answered_elsewhere(w.db, draft):
            return Sent(sentence=f"X takes this answer only in your browser: {there.url}")
        if not asked and (doubt := doubt_of(w.db, draft)):
            return Sent(sentence=doubt, asks=True)
        if draft.id:
            drafts.delete_draft(w, draft.id)
        kept = replace(draft, id=0, updated_at=ctx.clock.now())
        return Sent(tuple(put_texts(ctx, w, kept, OutboxState.WAITING, 0)))

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
            current = outbox.row(w.db, row.id)
            if current is None or current.state is not OutboxState.HELD:
                continue  # it was stopped together with another row of the same text
            action = done.get(row.id)
            draft = texts_to_draft(w, row, _sent_by(action, row.id), ctx.clock.now())
            reopened = draft or reopened
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
            return Outcome(f"trying again{first}", rows=(row,))
        if found.state is OutboxState.REFUSED and found.is_text:
            return _send_anew(ctx, w, found)
        if found.state is OutboxState.WAITING:
            outbox.set_row(w, row, state=found.state, at=now, release_at=now)
        else:
            state = after(found.state, OutboxEvent.RETRIED)
            if state is found.state:
                return Outcome(f"This is {found.state} at the moment.")
            outbox.set_row(w, row, state=state, at=now, release_at=now, remote_id="")
            _show_again(w, found)
        return Outcome("trying again", rows=(row,))

    return ctx.send(job)


def look_again(ctx: Context, row: int) -> Future[Outcome]:
    """Look at once whether a text arrived of which that is not known. Nothing is sent by it."""

    def look(w: Writing, found: OutboxRow) -> Outcome:
        now = ctx.clock.now()
        outbox.set_row(w, row, state=found.state, at=now, release_at=now)
        return Outcome("looking whether it has arrived")

    return ctx.send(lambda w: _if_unknown(w, row, look))


def mark_sent(ctx: Context, row: int) -> Future[Outcome]:
    """Believe the owner that a text has arrived of which that is not known."""

    def believe(w: Writing, found: OutboxRow) -> Outcome:
        if outbox.followers(w.db, row):
            return Outcome(
                "The next part of its thread has to know which post it became: look again instead."
            )
        now = ctx.clock.now()
        outbox.set_row(w, row, state=after(found.state, OutboxEvent.CONFIRMED), at=now, reason="")
        step: Step = {"step": "marked sent", "row": row}
        what = "saying that it was sent"
        return Outcome("marked as sent", log(w, now, found.account, what, [step]))

    return ctx.send(lambda w: _if_unknown(w, row, believe))


def _if_unknown(w: Writing, row: int, do: Callable[[Writing, OutboxRow], Outcome]) -> Outcome:
    """Do something with a row of which it is not known whether it arrived; say so of any other."""
    found = outbox.row(w.db, row)
    if found is None or found.state.is_final:
        return Outcome(GONE)
    return do(w, found) if found.state is OutboxState.UNKNOWN else Outcome(NOT_UNKNOWN)


def _show_again(w: Writing, row: OutboxRow) -> None:
    """What was refused is to be seen again, as if it had left."""
    if row.post is not None:
        w.changed(Topic.POST, row.post)
    if row.person is not None:
        w.changed(Topic.PEOPLE, row.account)


def _send_anew(ctx: Context, w: Writing, refused: OutboxRow) -> Outcome:
    """Send a refused text again, under a new key; what waits for it waits for the new row.

    Parts of a thread that were stopped with it leave after it, too.
    """
    now = ctx.clock.now()
    stop(w, refused, now)
    draft = draft_of(refused)
    (new,) = put_texts(ctx, w, replace(draft, split=False), OutboxState.WAITING, 0)
    outbox.follow_instead(w, refused.id, new)
    for part in parts_below(w.db, replace(refused, id=new)):
        if part.state is OutboxState.REFUSED:
            state = after(part.state, OutboxEvent.RETRIED)
            outbox.set_row(w, part.id, state=state, at=now, reason="", release_at=now)
    step: Step = {"step": "sent", "rows": [new], "draft": draft.to_json()}
    action = log(w, now, refused.account, "trying again", [step])
    return Outcome("trying again", action, rows=(new,))


def discard(ctx: Context, row: int) -> Future[Outcome]:
    """Throw away what is in the outbox; undo makes a draft of a text, and does an act again.

    What may have arrived is said. `Outcome.rows` has the row by which the server is told to forget what it keeps.
    """

    def job(w: Writing) -> Outcome:
        found = outbox.row(w.db, row)
        if found is None or found.state is OutboxState.DISCARDED:
            return Outcome(GONE)
        now = ctx.clock.now()
        lost = found.state is OutboxState.SENDING and is_stuck(found, now)
        if lost:
            found = replace(found, state=after(found.state, OutboxEvent.LOST))
        in_doubt = lost or found.is_in_doubt
        if not stop(w, found, now):
            return Outcome(TOO_LATE)
        kept = found.remote_id
        told = outbox.unplanned_by(w.db, found.account, kept) if kept is not None else None
        step: Step = {"step": "discarded", "row": row}
        action = log(w, now, found.account, "throwing away what was to be sent", [step])
        doubt = "; it may have arrived all the same" if in_doubt else ""
        rows = () if told is None else (told,)
        return Outcome(f"thrown away, u brings it back{doubt}", action, rows=rows)

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
        action = _actions_by_row(w.db).get(row)
        draft = texts_to_draft(w, found, _sent_by(action, row), ctx.clock.now())
        if draft is None:
            raise NotPossible(TOO_LATE if found.is_text else "There is no text in this.")
        if action is not None:
            actions.mark_undone(w, action.id)
        return draft

    return ctx.send(job)


def doubt_of(db: Connection, draft: Draft) -> str:
    """Why to ask before a text is sent: the end of a sentence, without its full stop; empty where nothing is amiss."""
    doubts = (first_words_doubted(db, draft), price_doubted(db, draft))
    return ", and ".join(doubt for doubt in doubts if doubt)


def first_words_doubted(db: Connection, draft: Draft) -> str:
    """Why to ask before a link is the first that somebody ever heard of the owner; empty where nothing is amiss.

    It is the end of a sentence, without its full stop.
    """
    if draft.reply_to is None or draft.edits is not None or not begins_with_link(draft.text):
        return ""
    author = batches.authors_of(db, [draft.reply_to]).get(draft.reply_to)
    own = set(identities.owners_together(db, draft.account).values())
    if author is None or author in own or ledger.has_spoken(db, draft.account, author):
        return ""
    what = "are a link" if only_links(draft.text) else "begin with a link"
    return f"your first words to {name_of(db, author)} {what}"


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
        row: action
        for action in reversed(latest)
        for step in steps_of(action)
        for row in rows_of(step)
    }


def _sent_by(action: Action | None, row: int) -> Step | None:
    """The step that made a text's row, with the others of the same text."""
    steps = steps_of(action) if action is not None else []
    return next((step for step in steps if step["step"] == "sent" and row in rows_of(step)), None)
