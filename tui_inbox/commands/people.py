"""What one decides about people: pinned, a private note, met elsewhere, set aside."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from tui_inbox.commands import acts
from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.journal import Step, log, name_of
from tui_inbox.core.act import ActKind
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.suggestion import Suggestion
from tui_inbox.priority import phrases
from tui_inbox.priority.rhythm import rhythm
from tui_inbox.store import batches, identities, ledger, people, set_aside
from tui_inbox.store.database import Connection
from tui_inbox.store.set_aside import Aside
from tui_inbox.store.store import Writing

NOT_NOW: Millis = 30 * DAY
"""Who is *not now* comes back after so long at the earliest, and after their usual gap where that is longer."""

_OFF = {
    Suggestion.STARTED: "{}: not now, for 30 days",
    Suggestion.NEW: "{} is not suggested any more",
    Suggestion.ASKED: "you do not wait for {} any more",
}


def pin(ctx: Context, account: int, person: int, pinned: bool) -> Future[Outcome]:
    """Keep somebody among the favourites of the People pane, or not any more."""

    def job(w: Writing) -> Outcome:
        name = name_of(w.db, person)
        seen = people.view(w.db, account, person)
        was = seen is not None and seen.pinned
        if was == pinned:
            return Outcome(f"{name} is {'' if pinned else 'not '}pinned already.")
        people.set_pinned(w, account, person, pinned)
        if pinned:
            set_aside.looked(w, account, person, ctx.clock.now())
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


def take_off(ctx: Context, account: int, person: int, suggestion: Suggestion) -> Future[Outcome]:
    """Do not suggest somebody for this reason any more.

    Who has gone quiet is *not now*: they come back after a month, or after their usual gap where that is longer. Who
    started it comes back after a month, if they go on. The others are not suggested again, until they are asked
    anew.
    """

    def job(w: Writing) -> Outcome:
        now = ctx.clock.now()
        name = name_of(w.db, person)
        until, sentence = None, ""
        if suggestion is Suggestion.QUIET:
            usual = rhythm(ledger.days_with(w.db, account, person), now).usual_gap
            pause = max(NOT_NOW, usual or 0)
            until, sentence = now + pause, f"{name}: not now, for {phrases.span(pause)}"
        else:
            until = now + NOT_NOW if suggestion is Suggestion.STARTED else None
            sentence = _OFF[suggestion].format(name)
        what = f"setting {name} aside"
        return _put(w, account, person, suggestion, Aside(now, until), sentence, what)

    return ctx.change(job)


def let_go(ctx: Context, account: int, person: int) -> Future[Outcome]:
    """Nobody reminds the owner of them any more, unless they write anew."""

    def job(w: Writing) -> Outcome:
        now = ctx.clock.now()
        found = set_aside.aside(w.db, account, person, Suggestion.QUIET)
        name = name_of(w.db, person)
        if (
            found is not None
            and found.until is None
            and found.holds(now, _last_in(w, account, person))
        ):
            return Outcome(f"{name} is let go already.")
        sentence = f"{name} is let go, unless they write to you"
        what = f"letting {name} go"
        return _put(w, account, person, Suggestion.QUIET, Aside(now), sentence, what)

    return ctx.change(job)


def bring_back(ctx: Context, account: int, person: int) -> Future[Outcome]:
    """Whatever somebody was set aside for, they may be suggested again."""

    def job(w: Writing) -> Outcome:
        now = ctx.clock.now()
        name = name_of(w.db, person)
        steps = []
        for whose, who in _names(w.db, account, person):
            for suggestion in Suggestion:
                before = set_aside.aside(w.db, whose, who, suggestion)
                if before is not None:
                    set_aside.set_aside(w, whose, who, suggestion, None)
                    steps.append(_step(whose, who, suggestion, before))
        if not steps:
            return Outcome(f"{name} is not set aside.")
        action = log(w, now, account, f"bringing {name} back", steps)
        return Outcome(f"{name} may be suggested again", action)

    return ctx.change(job)


def _names(db: Connection, account: int, person: int) -> list[tuple[int, int]]:
    """Under which names somebody may have been set aside, as (account, local id)."""
    ids = identities.same_as(db, person)
    if len(ids) == 1:
        return [(account, person)]
    return [(whose, who) for whose, _ in batches.owners(db) for who in ids]


def _last_in(w: Writing, account: int, person: int) -> Millis:
    """When somebody last wrote to the owner; 0 for never."""
    return max(
        next(
            (
                one.at
                for one in ledger.with_person(w.db, whose, who)
                if one.kind.is_talk and one.actor == who
            ),
            0,
        )
        for whose, who in _names(w.db, account, person)
    )


def _put(
    w: Writing,
    account: int,
    person: int,
    suggestion: Suggestion,
    aside: Aside,
    sentence: str,
    what: str,
) -> Outcome:
    before = set_aside.aside(w.db, account, person, suggestion)
    set_aside.set_aside(w, account, person, suggestion, aside)
    step = _step(account, person, suggestion, before)
    return Outcome(sentence, log(w, aside.at, account, what, [step]))


def _step(account: int, person: int, suggestion: Suggestion, before: Aside | None) -> Step:
    return {
        "step": "aside",
        "account": account,
        "person": person,
        "suggestion": suggestion,
        "was": None if before is None else [before.at, before.until],
    }


def seen_to(ctx: Context, account: int, person: int) -> Future[Outcome]:
    """The owner knows what somebody did: only what comes later is new. As `looked`, by a key that can be undone."""

    def job(w: Writing) -> Outcome:
        now = ctx.clock.now()
        name = name_of(w.db, person)
        before = set_aside.looked_at(w.db, account, [person]).get(person)
        set_aside.looked(w, account, person, now)
        step: Step = {"step": "looked", "account": account, "person": person, "was": before}
        what = f"looking at {name}"
        return Outcome(f"{name}: looked at", log(w, now, account, what, [step]))

    return ctx.change(job)


def looked(ctx: Context, account: int, person: int) -> Future[Outcome]:
    """The owner has looked what a favourite does: only what comes later is new. Nothing one would undo.

    Of others it is not kept: what is new of a favourite is counted from the pin on.
    """

    def job(w: Writing) -> Outcome:
        seen = people.view(w.db, account, person)
        if seen is not None and seen.pinned:
            set_aside.looked(w, account, person, ctx.clock.now())
        return Outcome("")

    return ctx.change(job)


def remind(ctx: Context, week: int, shown: Sequence[tuple[int, int]]) -> Future[Outcome]:
    """Note who has gone quiet, as (account, person), in the order in which they are shown this week."""

    def job(w: Writing) -> Outcome:
        set_aside.remind(w, week, shown)
        return Outcome("")

    return ctx.change(job)
