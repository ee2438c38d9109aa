"""What one does with conversations that wait: done, later, junk, letting strangers in; and with search hits."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from datetime import tzinfo

from msgspec.structs import asdict

from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.journal import Step, log, name_of
from tui_inbox.commands.later import Later, in_words
from tui_inbox.core.conversation import ItemEvent, ItemState, after
from tui_inbox.core.moment import Millis
from tui_inbox.store import batches, hits, identities, items, people, searches
from tui_inbox.store.database import Connection
from tui_inbox.store.hits import Hit
from tui_inbox.store.items import Item
from tui_inbox.store.store import Writing

NOT_LATER = Later()
GONE = Outcome("This conversation is not in the inbox any more.")


def done(ctx: Context, item: int) -> Future[Outcome]:
    """Off my plate."""
    return _move(ctx, item, ItemEvent.DISMISSED, "done", "done with {}")


def junk(ctx: Context, item: int) -> Future[Outcome]:
    """Gone here; the server is not told."""
    return _move(ctx, item, ItemEvent.JUNKED, "junk", "junk from {}")


def _move(ctx: Context, item: int, event: ItemEvent, closed_by: str, words: str) -> Future[Outcome]:
    def job(w: Writing) -> Outcome:
        found = items.item_by_id(w.db, item)
        if found is None:
            return GONE
        now = ctx.clock.now()
        what = words.format(name_of(w.db, found.person))
        if after(found.state, event) is found.state:
            return Outcome(f"This is {found.state} already.")
        steps = close_all(w, [found, *in_other_names(w.db, found)], event, now, closed_by)
        return Outcome(what, log(w, now, found.account, what, steps))

    return ctx.change(job)


def later(ctx: Context, item: int, when: Later, *, zone: tzinfo | None = None) -> Future[Outcome]:
    """Put off until a moment, their next post or the next start. Once more changes what it waits for.

    Args:
        zone: the owner's time zone for the sentence, None for the machine's.
    """

    def job(w: Writing) -> Outcome:
        found = items.item_by_id(w.db, item)
        if found is None:
            return GONE
        if after(found.state, ItemEvent.POSTPONED) is not ItemState.LATER:
            return Outcome(f"This is {found.state} already.")
        now = ctx.clock.now()
        off = [found, *_that_mean_something(in_other_names(w.db, found), ItemEvent.POSTPONED)]
        for one in off:
            items.set_state(
                w,
                one.id,
                ItemState.LATER,
                at=now,
                until=when.until,
                until_post=when.on_post,
                until_start=when.on_start,
            )
        name = name_of(w.db, found.person)
        steps = [was(one, ItemState.LATER) for one in off]
        action = log(w, now, found.account, f"later for {name}", steps)
        return Outcome(f"{name} comes back {in_words(when, now, zone)}", action)

    return ctx.change(job)


def dismiss_person(ctx: Context, account: int, person: int) -> Future[Outcome]:
    """Everything open with somebody is dealt with."""

    def job(w: Writing) -> Outcome:
        now = ctx.clock.now()
        found = items.items_of_person(w.db, account, person)
        steps = close_all(w, found, ItemEvent.DISMISSED, now, "done")
        name = name_of(w.db, person)
        if not steps:
            return Outcome(f"Nothing of {name}’s waits for you.")
        what = f"done with {name}"
        return Outcome(what, log(w, now, account, what, steps))

    return ctx.change(job)


def looked_at(ctx: Context, item: int) -> Future[Outcome]:
    """The owner has seen it. Nothing one would undo."""

    def job(w: Writing) -> Outcome:
        found = items.item_by_id(w.db, item)
        if found is not None:
            for one in (found, *in_other_names(w.db, found)):
                if one.state is ItemState.NEW:
                    items.set_state(w, one.id, ItemState.SEEN, at=one.changed_at)
        return Outcome("")

    return ctx.change(job)


def let_in(ctx: Context, item: int) -> Future[Outcome]:
    """Whoever wrote this is no stranger any more, for ever; what the server holds back of them is let through."""
    from tui_inbox.commands.door import (
        admit_held,  # it is built on acts, which are built on this module
    )

    def job(w: Writing) -> Outcome:
        found = items.item_by_id(w.db, item)
        if found is None:
            return GONE
        account, person = found.account, found.person
        name = name_of(w.db, person)
        seen = people.view(w.db, account, person)
        if seen is not None and seen.accepted:
            return Outcome(f"{name} was let in before.")
        people.set_accepted(w, account, person, True)
        step: Step = {"step": "accepted", "account": account, "person": person, "was": False}
        steps = [step, *admit_held(ctx, w, account, person)]
        what = f"letting {name} in"
        return Outcome(f"{name} is let in", log(w, ctx.clock.now(), account, what, steps))

    return ctx.send(job)


def let_in_thread(ctx: Context, item: int) -> Future[Outcome]:
    """Whoever wrote this is no stranger in this conversation."""

    def job(w: Writing) -> Outcome:
        found = items.item_by_id(w.db, item)
        if found is None:
            return GONE
        name = name_of(w.db, found.person)
        if item in batches.let_in(w.db, [item]):
            return Outcome(f"{name} was let in before.")
        items.set_let_in(w, item, True)
        step: Step = {"step": "let in", "item": item, "was": False}
        what = f"letting {name} in for this conversation"
        action = log(w, ctx.clock.now(), found.account, what, [step])
        return Outcome(f"{name} is let in for this conversation", action)

    return ctx.change(job)


def done_hit(ctx: Context, search: int, post: int, *, alone: bool = False) -> Future[Outcome]:
    """This hit is off my plate, with all that say the same in its search.

    Args:
        alone: only this one.
    """

    def job(w: Writing) -> Outcome:
        now = ctx.clock.now()
        found = _row_of(w.db, search, post, alone)
        steps = move_hits(w, found, ItemEvent.DISMISSED, now)
        if not steps:
            return Outcome("This hit is done already.")
        what = "done with a hit" if len(steps) == 1 else f"done with {len(steps)} hits"
        return Outcome(what, log(w, now, None, what, steps))

    return ctx.change(job)


def later_hit(
    ctx: Context,
    search: int,
    post: int,
    when: Later,
    *,
    alone: bool = False,
    zone: tzinfo | None = None,
) -> Future[Outcome]:
    """Put a hit off until a moment, its author's next post or the next start, with all that say the same.

    Args:
        alone: only this one.
        zone: the owner's time zone for the sentence, None for the machine's.
    """

    def job(w: Writing) -> Outcome:
        now = ctx.clock.now()
        found = _row_of(w.db, search, post, alone)
        steps = move_hits(w, found, ItemEvent.POSTPONED, now, when)
        if not steps:
            return Outcome("This hit is done already.")
        action = log(w, now, None, "later for a hit", steps)
        return Outcome(f"the hit comes back {in_words(when, now, zone)}", action)

    return ctx.change(job)


def looked_at_hit(ctx: Context, search: int, post: int, *, alone: bool = False) -> Future[Outcome]:
    """The owner has seen this hit, and what it says. Nothing one would undo."""

    def job(w: Writing) -> Outcome:
        move_hits(w, _row_of(w.db, search, post, alone), ItemEvent.LOOKED_AT, ctx.clock.now())
        return Outcome("")

    return ctx.change(job)


def _row_of(db: Connection, search: int, post: int, alone: bool) -> list[Hit]:
    """The hits that stand in one row."""
    return hits.copies(db, search, post)[: 1 if alone else None]


def move_hits(
    w: Writing, found: Iterable[Hit], event: ItemEvent, now: Millis, when: Later = NOT_LATER
) -> list[Step]:
    """Let an event happen to hits; the steps that take it back, those of the first hit first: undo names it."""
    steps: list[Step] = []
    for one in found:
        state = after(one.state, event)
        # Putting off once more changes what it waits for.
        if state is not one.state or (event is ItemEvent.POSTPONED and state is ItemState.LATER):
            searches.set_hit_state(
                w,
                one.search,
                one.post,
                state,
                at=now,
                until=when.until,
                until_post=when.on_post,
                until_start=when.on_start,
            )
            steps.append({"step": "hit", "was": asdict(one), "became": state})
    return steps


def in_other_names(db: Connection, item: Item) -> list[Item]:
    """What the owner's other identities have open over the same text: accounts declared one close together."""
    together = identities.owners_together(db, item.account)
    return items.elsewhere(db, item, together) if len(together) > 1 else []


def _that_mean_something(found: Iterable[Item], event: ItemEvent) -> list[Item]:
    """Those of some items whose state an event changes."""
    return [one for one in found if after(one.state, event) is not one.state]


def close(w: Writing, item: Item, event: ItemEvent, now: Millis, closed_by: str) -> Step | None:
    """Let an event happen to an item; the step that takes it back, or None where it means nothing."""
    state = after(item.state, event)
    if state is item.state:
        return None
    items.set_state(w, item.id, state, at=now, closed_by=closed_by)
    return was(item, state)


def close_all(
    w: Writing, found: Iterable[Item], event: ItemEvent, now: Millis, closed_by: str
) -> list[Step]:
    """The same for several; what it means nothing to is left out."""
    steps = (close(w, item, event, now, closed_by) for item in found)
    return [step for step in steps if step is not None]


def was(item: Item, became: ItemState) -> Step:
    """The step that gives an item its state back, as long as nothing else has changed it."""
    return {
        "step": "item",
        "item": item.id,
        "became": became,
        "state": item.state,
        "at": item.changed_at,
        "closed_by": item.closed_by,
        "until": item.until,
        "until_post": item.until_post,
        "until_start": item.until_start,
    }
