"""What a person card says of a relationship, beyond what a reply card says: labelled lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from tui_inbox.core.interaction import Interaction
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.suggestion import Suggestion
from tui_inbox.priority.rhythm import Rhythm, rhythm
from tui_inbox.priority.tie import Tie
from tui_inbox.queries import groups as group_queries
from tui_inbox.queries import words
from tui_inbox.queries.accounts import Viewer
from tui_inbox.queries.labels import labels
from tui_inbox.store import batches, groups, ledger, set_aside
from tui_inbox.store.database import Connection

FEWEST_TALKS = 2
"""Of so few conversations nobody can be said to begin them."""
SHARED = 5
"""So many people you both know are named at most."""


def relationship_lines(
    db: Connection, viewer: Viewer, person: int, *, now: Millis
) -> Iterator[tuple[str, str]]:
    """Who usually begins, how often the two talk, whom both know, where they are gathered: (label, text) each."""
    account = viewer.account
    talk = [one for one in ledger.all_with_person(db, account, person) if one.kind.is_talk]
    if begins := _begins(viewer, talk):
        yield "begins", begins
    met = batches.met(db, account, [person]).get(person)
    if told := _rhythm(rhythm(ledger.days_with(db, account, person), now, met=met)):
        yield "rhythm", told
    if shared := _shared(db, viewer, person):
        yield "both know", shared
    if gathered := groups.groups_of(db, person):
        yield "groups", ", ".join(group.name for group in gathered)
    lists = [one.title for one in group_queries.lists(db, account, person) if one.within]
    if lists:
        yield "lists", ", ".join(lists)


def _begins(viewer: Viewer, talk: Sequence[Interaction]) -> str:
    """Who usually begins: `mostly they, 8 of 11 conversations`."""
    first: dict[int, Interaction] = {}
    for one in talk:
        if one.conversation is not None:
            first.setdefault(one.conversation, one)
    theirs = sum(one.actor != viewer.owner for one in first.values())
    total = len(first)
    if total < FEWEST_TALKS:
        return ""
    if 2 * theirs == total:
        return f"both of you, {total} conversations"
    who, count = ("they", theirs) if 2 * theirs > total else ("you", total - theirs)
    usually = "always" if count == total else "mostly"
    return f"{usually} {who}, {count} of {total} conversations"


def _rhythm(told: Rhythm) -> str:
    """How often the two talk, and how long they have been silent where that is longer: `every 6 d, now 24 d`."""
    if told.usual_gap is None:
        return ""
    usual = max(1, round(told.usual_gap / DAY))
    silence = told.silence // DAY
    return f"every {usual} d, now {silence} d" if silence > usual else f"every {usual} d"


def _shared(db: Connection, viewer: Viewer, person: int) -> str:
    """Whom they name in what is stored of them, and the owner talks with, too."""
    named = batches.named_by(db, viewer.account, person)
    known = labels(db, viewer.account, named)
    return words.listed(
        [known[one].name for one in named if one in known and known[one].partner], SHARED
    )


def standing_aside(
    db: Connection, account: int, person: int, tie: Tie, now: Millis, zone: tzinfo
) -> Iterator[str]:
    """What the owner has decided about being reminded of somebody: `let go 12 Nov`, `met elsewhere today`.

    Args:
        tie: with them; whatever was decided ends when they write anew.
    """
    quiet = set_aside.aside(db, account, person, Suggestion.QUIET)
    if quiet is not None and quiet.holds(now, tie.last_in):
        yield (
            f"let go {words.day(quiet.at, now, zone)}"
            if quiet.until is None
            else f"not now, until {words.coming(quiet.until, now, zone)}"
        )
    for suggestion in (Suggestion.STARTED, Suggestion.NEW):
        other = set_aside.aside(db, account, person, suggestion)
        if other is not None and other.holds(now):
            until = "" if other.until is None else f" until {words.coming(other.until, now, zone)}"
            yield f"not suggested{until}"
            break
    met = batches.met(db, account, [person]).get(person)
    if met is not None and met > tie.last_in:
        yield f"met elsewhere {words.day(met, now, zone)}"
