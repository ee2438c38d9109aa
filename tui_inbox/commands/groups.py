"""Groups of one's own: made, named, filled and deleted. Nobody is told, and everything can be undone."""

from __future__ import annotations

from concurrent.futures import Future

from msgspec.structs import asdict

from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.journal import Step, log, name_of
from tui_inbox.core.text import clean_line
from tui_inbox.store import groups
from tui_inbox.store.store import Writing

LONGEST_NAME = 60
"""Characters of a name at most."""

GONE = Outcome("This group is gone already.")
NO_NAME = Outcome("A group needs a name.")


def make(ctx: Context, name: str, person: int | None = None) -> Future[Outcome]:
    """Make a group.

    Args:
        person: local id of the first who is in it.
    """
    name = clean_line(name, limit=LONGEST_NAME)

    def job(w: Writing) -> Outcome:
        if refusal := _refusal(w, name):
            return refusal
        now = ctx.clock.now()
        group = groups.add_group(w, name, at=now)
        sentence = f"the group “{name}” is made"
        if person is not None:
            groups.add_member(w, group, person, at=now)
            sentence += f", {name_of(w.db, person)} is in it"
        step: Step = {"step": "group made", "group": group}
        return Outcome(sentence, log(w, now, None, f"making the group “{name}”", [step]))

    return ctx.change(job)


def add(ctx: Context, group: int, person: int) -> Future[Outcome]:
    """Put somebody into a group."""
    return _put(ctx, group, person, within=True)


def take_out(ctx: Context, group: int, person: int) -> Future[Outcome]:
    """Take somebody out of a group."""
    return _put(ctx, group, person, within=False)


def _put(ctx: Context, group: int, person: int, *, within: bool) -> Future[Outcome]:
    def job(w: Writing) -> Outcome:
        found = groups.group(w.db, group)
        if found is None:
            return GONE
        now, who = ctx.clock.now(), name_of(w.db, person)
        since = groups.member_since(w.db, group, person)
        if (since is not None) == within:
            return Outcome(f"{who} is {'' if within else 'not '}in “{found.name}” already.")
        if within:
            groups.add_member(w, group, person, at=now)
        else:
            groups.remove_member(w, group, person)
        step: Step = {"step": "group member", "group": group, "person": person, "since": since}
        what = f"{'putting' if within else 'taking'} {who} {'into' if within else 'out of'} “{found.name}”"
        sentence = f"{who} is {'in' if within else 'no longer in'} “{found.name}”"
        return Outcome(sentence, log(w, now, None, what, [step]))

    return ctx.change(job)


def rename(ctx: Context, group: int, name: str) -> Future[Outcome]:
    """Give a group another name."""
    name = clean_line(name, limit=LONGEST_NAME)

    def job(w: Writing) -> Outcome:
        found = groups.group(w.db, group)
        if found is None:
            return GONE
        if found.name == name:
            return Outcome(f"The group is called “{name}” already.")
        if refusal := _refusal(w, name, but=group):
            return refusal
        groups.rename_group(w, group, name)
        step: Step = {"step": "group renamed", "group": group, "was": found.name}
        what = f"calling “{found.name}” “{name}”"
        sentence = f"“{found.name}” is called “{name}” now"
        return Outcome(sentence, log(w, ctx.clock.now(), None, what, [step]))

    return ctx.change(job)


def delete(ctx: Context, group: int) -> Future[Outcome]:
    """Delete a group; undo brings it back with everybody in it."""

    def job(w: Writing) -> Outcome:
        found = groups.group(w.db, group)
        if found is None:
            return GONE
        step: Step = {
            "step": "group deleted",
            "group": asdict(found),
            "members": groups.members(w.db, group),
        }
        groups.remove_group(w, group)
        what = f"deleting the group “{found.name}”"
        sentence = f"the group “{found.name}” is deleted, u brings it back"
        return Outcome(sentence, log(w, ctx.clock.now(), None, what, [step]))

    return ctx.change(job)


def _refusal(w: Writing, name: str, *, but: int | None = None) -> Outcome | None:
    """Why a group cannot have a name, if so. `but`: the group that is to have it."""
    if not name:
        return NO_NAME
    other = groups.find_group(w.db, name)
    if other is None or other.id == but:
        return None
    return Outcome(f"There is a group “{other.name}” already.")
