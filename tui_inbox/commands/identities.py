"""Who is one human, as the owner says: people are linked, accounts are declared one identity, and taken apart again."""

from __future__ import annotations

from concurrent.futures import Future
from itertools import pairwise

from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.journal import Step, log
from tui_inbox.core.moment import Millis
from tui_inbox.store import accounts, identities, people
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Writing


def link(ctx: Context, person: int, other: int) -> Future[Outcome]:
    """Two people are one human: marks, lanes and history hold for both, and People shows them once."""

    def job(w: Writing) -> Outcome:
        if other in identities.same_as(w.db, person) and person in identities.same_as(w.db, other):
            return Outcome(f"{_both(w.db, person, other)} are one already.")
        before = _moved(w.db, person, other)
        is_new = not identities.is_noted(w.db, person, other)
        identities.link(w, person, other, at=ctx.clock.now())
        what = f"linking {_both(w.db, person, other)}"
        sentence = f"{_both(w.db, person, other)} are one person now"
        step = _step(person, other, linked=True, moved=before, is_new=is_new)
        return Outcome(sentence, log(w, ctx.clock.now(), None, what, [step]))

    return ctx.change(job)


def part(ctx: Context, person: int, other: int) -> Future[Outcome]:
    """Two people who were linked are two again. What their server says of a move does not join them anew."""

    def job(w: Writing) -> Outcome:
        moved = _moved(w.db, person, other)
        if not identities.part(w, person, other):
            return Outcome(f"{_both(w.db, person, other)} are two already.")
        what = f"parting {_both(w.db, person, other)}"
        sentence = f"{_both(w.db, person, other)} are two people again"
        step = _step(person, other, linked=False, moved=moved)
        return Outcome(sentence, log(w, ctx.clock.now(), None, what, [step]))

    return ctx.change(job)


def declare_one(ctx: Context, account: int, others: tuple[int, ...]) -> Future[Outcome]:
    """Say which accounts of the owner's are one identity with one of them: what one answers, all have answered.

    It holds for what is answered from now on.

    Args:
        account: local id of the account.
        others: all that are one with it; those left out are not (any more).
    """

    def job(w: Writing) -> Outcome:
        known = {one.id: one for one in accounts.accounts(w.db)}
        if account not in known:
            return Outcome("This account is not signed in any more.")
        together = set(identities.owners_together(w.db, account))
        stays = {account, *(known.keys() & set(others))}
        leaves = together - stays
        owners = {one: accounts.owner(w.db, one) for one in known}
        steps = [
            _step(owners[one], owners[other], linked=False, moved=None)
            for one in sorted(stays)
            for other in sorted(leaves)
            if identities.part(w, owners[one], owners[other])
        ]
        for group in (stays, leaves):
            if not group <= set(identities.owners_together(w.db, min(group, default=account))):
                steps += _chain(w, [owners[one] for one in sorted(group)], ctx.clock.now())
        now = identities.owners_together(w.db, account)
        if not steps:
            return Outcome("Nothing was changed.")
        with_it = [known[one].label for one in now if one != account]
        label = known[account].label
        sentence = (
            f"{label} is one with {' and '.join(with_it)}" if with_it else f"{label} is alone"
        )
        what = f"what {label} is one with"
        return Outcome(sentence, log(w, ctx.clock.now(), account, what, steps))

    return ctx.change(job)


def _chain(w: Writing, people: list[int], now: Millis) -> list[Step]:
    """Link several identities of the owner's, each with the next."""
    return [
        _step(one, other, linked=True, moved=None)
        for one, other in pairwise(people)
        if identities.link(w, one, other, at=now)
    ]


def _moved(db: Connection, person: int, other: int) -> int | None:
    """Who of two that are linked went away, where a server said it."""
    both = {person, other}
    return next(
        (one.moved for one in identities.aliases_of(db, person) if {one.person, one.other} == both),
        None,
    )


def _step(
    person: int, other: int, *, linked: bool, moved: int | None, is_new: bool = False
) -> Step:
    return {
        "step": "linked",
        "one": person,
        "other": other,
        "linked": linked,
        "moved": moved,
        "is new": is_new,
    }


def _both(db: Connection, person: int, other: int) -> str:
    """Two people by name; by address where both have the same, as identities of one human often do."""
    known = people.names(db, [person, other])
    (one, handle), (two, second) = (known.get(who, ("somebody", "")) for who in (person, other))
    return f"@{handle} and @{second}" if one == two and handle else f"{one} and {two}"
