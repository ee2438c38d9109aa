"""What one decides about people: pinned, a private note, met elsewhere."""

from __future__ import annotations

from concurrent.futures import Future

from tui_inbox.commands import acts
from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.journal import Step, log, name_of
from tui_inbox.core.act import ActKind
from tui_inbox.store import batches, people
from tui_inbox.store.store import Writing


def pin(ctx: Context, account: int, person: int, pinned: bool) -> Future[Outcome]:
    """Keep somebody among the favourites of the People pane, or not any more."""

    def job(w: Writing) -> Outcome:
        name = name_of(w.db, person)
        seen = people.view(w.db, account, person)
        was = seen is not None and seen.pinned
        if was == pinned:
            return Outcome(f"{name} is {'' if pinned else 'not '}pinned already.")
        people.set_pinned(w, account, person, pinned)
        step: Step = {"step": "pinned", "account": account, "person": person, "was": was}
        what = f"{'pinning' if pinned else 'unpinning'} {name}"
        sentence = f"{name} is {'pinned' if pinned else 'not pinned any more'}"
        return Outcome(sentence, log(w, ctx.clock.now(), account, what, [step]))

    return ctx.change(job)


def note(ctx: Context, account: int, person: int, text: str) -> Future[Outcome]:
    """Keep a private note on somebody, here and on the account's server."""
    return acts.on_person(ctx, account, person, ActKind.NOTE, text)


def met(ctx: Context, account: int, person: int) -> Future[Outcome]:
    """The owner met somebody elsewhere: nobody has gone quiet."""

    def job(w: Writing) -> Outcome:
        now = ctx.clock.now()
        name = name_of(w.db, person)
        before = batches.met(w.db, account, [person]).get(person)
        people.set_met(w, account, person, now)
        step: Step = {"step": "met", "account": account, "person": person, "was": before}
        what = f"meeting {name} elsewhere"
        return Outcome(f"{name}: met elsewhere today", log(w, now, account, what, [step]))

    return ctx.change(job)
