"""What one decides about people at the door: those who ask to follow, and those whom the server holds back."""

from __future__ import annotations

from concurrent.futures import Future

from tui_inbox.commands.acts import put_act
from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.journal import Step, log, name_of
from tui_inbox.core.changes import Topic
from tui_inbox.core.conversation import Door
from tui_inbox.core.door import Wish
from tui_inbox.core.moment import SECOND
from tui_inbox.store import accounts, door, people
from tui_inbox.store.store import Writing

DOOR_WORDS = {Door.OPEN: "open", Door.CHECK: "kept by the check", Door.CLOSED: "closed"}

DECIDED = Outcome("Nobody waits there any more.")


def let_in(ctx: Context, account: int, wish: Wish, person: int) -> Future[Outcome]:
    """Somebody may follow the account, or what the server held back of them is let through.

    Whoever is let through is no stranger in the Inbox either.
    """

    def job(w: Writing) -> Outcome:
        waiting = door.one(w.db, account, wish, person)
        if waiting is None:
            return DECIDED
        name = name_of(w.db, person)
        steps = [_decide(ctx, w, waiting, granted=True)]
        if wish is Wish.BE_HEARD:
            seen = people.view(w.db, account, person)
            was = seen is not None and seen.accepted
            people.set_accepted(w, account, person, True)
            steps.append({"step": "accepted", "account": account, "person": person, "was": was})
        what = f"letting {name} {'follow you' if wish is Wish.FOLLOW else 'in'}"
        sentence = f"{name} may follow you" if wish is Wish.FOLLOW else f"{name} is let in"
        return Outcome(sentence, log(w, ctx.clock.now(), account, what, steps))

    return ctx.send(job)


def refuse(ctx: Context, account: int, wish: Wish, person: int) -> Future[Outcome]:
    """Somebody may not follow, or what was held back of them is put away. They are not told.

    The server is told after the hold, because afterwards it cannot be taken back.
    """

    def job(w: Writing) -> Outcome:
        waiting = door.one(w.db, account, wish, person)
        if waiting is None:
            return DECIDED
        name = name_of(w.db, person)
        step = _decide(ctx, w, waiting, granted=False)
        is_follow = wish is Wish.FOLLOW
        what = f"refusing {name}" if is_follow else f"putting away what was held back of {name}"
        said = f"{name} may not follow you" if is_follow else f"what {name} wrote is put away"
        sentence = f"{said}; u takes that back for {ctx.hold // SECOND} s, later nothing does"
        return Outcome(sentence, log(w, ctx.clock.now(), account, what, [step]))

    return ctx.send(job)


def admit_held(ctx: Context, w: Writing, account: int, person: int) -> list[Step]:
    """Let through what the server holds back of somebody who was let in, if it does."""
    waiting = door.one(w.db, account, Wish.BE_HEARD, person)
    return [_decide(ctx, w, waiting, granted=True)] if waiting is not None else []


def set_door(ctx: Context, account: int, setting: Door) -> Future[Outcome]:
    """Choose what becomes of strangers who write to an account."""

    def job(w: Writing) -> Outcome:
        try:
            before = accounts.door(w.db, account)
        except accounts.NoSuchAccount:
            return Outcome("This account is not signed in any more.")
        label = accounts.account(w.db, account).label
        if before is setting:
            return Outcome(f"The door of {label} is {DOOR_WORDS[setting]} already.")
        accounts.set_door(w, account, setting)
        step: Step = {"step": "door", "account": account, "was": before}
        what = f"the door of {label}"
        sentence = f"the door of {label} is {DOOR_WORDS[setting]} now"
        return Outcome(sentence, log(w, ctx.clock.now(), account, what, [step]))

    return ctx.change(job)


def _decide(ctx: Context, w: Writing, waiting: door.Waiting, *, granted: bool) -> Step:
    """Put a decision into the outbox; whoever it is about is not listed from now on."""
    act = waiting.wish.granted if granted else waiting.wish.refused
    w.changed(Topic.INBOX, waiting.account)
    return put_act(ctx, w, waiting.account, act, person=waiting.person, text=waiting.request_id)
