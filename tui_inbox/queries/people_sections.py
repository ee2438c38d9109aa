"""Who fits which section of the People pane, and why. One function for each section, in the order of the pane."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from heapq import merge
from itertools import chain
from typing import TypeAlias

from tui_inbox.core.conversation import Lane
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.suggestion import Suggestion
from tui_inbox.priority import phrases
from tui_inbox.queries import words
from tui_inbox.queries.around_you import AROUND, new_around_you, they_started_it
from tui_inbox.queries.favourites import pinned
from tui_inbox.queries.going_quiet import A_WEEK, going_quiet
from tui_inbox.queries.lane_order import in_order, scores, spoken_in, waiting
from tui_inbox.queries.lanes import placed
from tui_inbox.queries.people_known import MONTH, Candidate, Known
from tui_inbox.queries.questions import is_question
from tui_inbox.queries.rows import PeopleSection
from tui_inbox.store import batches
from tui_inbox.store.database import Connection

OfAccount: TypeAlias = Callable[[Connection, Known], Iterator[Candidate]]
"""Everybody of one account who fits a section, best first. It is read only as far as the section goes."""

Members: TypeAlias = Callable[[Connection, Sequence[Known], Collection[int]], Iterator[Candidate]]
"""The same for all accounts that are shown. It may leave out people (local ids) who stand in a section before."""


def _one_after_another(members: OfAccount) -> Members:
    return lambda db, circles, _: chain.from_iterable(members(db, known) for known in circles)


def _best_first(members: OfAccount) -> Members:
    return lambda db, circles, _: merge(
        *(members(db, known) for known in circles), key=lambda one: one.points, reverse=True
    )


def _wait_for_you(db: Connection, known: Known) -> Iterator[Candidate]:
    """A pointer into the Inbox, in its order."""
    account = known.account
    rows = [row for row in placed(db, [account]) if row.lane is Lane.TALK]
    scored = scores(rows, waiting(db, rows, spoken_in(db, rows), known.now), known.now)
    for row in in_order(Lane.TALK, rows, scored):
        yield Candidate(
            account,
            row.item.person,
            PeopleSection.WAIT_FOR_YOU,
            f"since {phrases.since(row.item.since, known.now, known.zone)}",
            item=row.item.id,
            post=row.item.post,
        )


def _you_wait_for(db: Connection, known: Known) -> Iterator[Candidate]:
    """Whom the owner asked something and has not heard of since, latest first."""
    account = known.account
    asked = [
        one
        for one in batches.asked(db, account, known.now - MONTH)
        if known.tie(one.person).last_in < one.since
        and one.person not in known.left_out
        and not known.is_aside(one.person, Suggestion.ASKED, one.since)
    ]
    texts = batches.texts_of(db, {one.post for one in asked})
    for one in asked:
        text = texts.get(one.post, "")
        # Looking for a question takes 0.2 ms; without its mark the owner hardly asked one.
        if "?" in text and is_question(text):
            yield Candidate(
                account,
                one.person,
                PeopleSection.YOU_WAIT_FOR,
                f"you asked {phrases.since(one.since, known.now, known.zone)}",
                detail=words.said(text),
                post=one.post,
            )


def _regulars(db: Connection, known: Known) -> Iterator[Candidate]:
    """The people one talks with, as the prioritizer ranks them for the week ahead.

    Who has been silent for long is no regular, whatever there was before: they go quiet, or it has ended.
    """
    for one in known.ranking:
        lately = known.now - known.tie(one.key).last_contact <= REGULAR_WITHIN
        if lately and one.key not in known.left_out:
            yield Candidate(
                known.account,
                one.key,
                PeopleSection.REGULARS,
                known.reason(one.key),
                points=one.points,
            )


def _let_go(db: Connection, known: Known) -> Iterator[Candidate]:
    """Of whom nobody reminds the owner any more, who was let go last first."""
    gone = {
        person: aside.at
        for (person, suggestion), aside in known.aside.items()
        if suggestion is Suggestion.QUIET and known.is_let_go(person)
    }
    for person in sorted(gone.keys() - known.left_out, key=lambda person: (-gone[person], person)):
        yield Candidate(
            known.account,
            person,
            PeopleSection.LET_GO,
            f"let go {words.day(gone[person], known.now, known.zone)}",
        )


SECTIONS: dict[PeopleSection, Members] = {
    PeopleSection.WAIT_FOR_YOU: _one_after_another(_wait_for_you),
    PeopleSection.YOU_WAIT_FOR: _one_after_another(_you_wait_for),
    PeopleSection.PINNED: _one_after_another(pinned),
    PeopleSection.GOING_QUIET: going_quiet,
    PeopleSection.THEY_STARTED_IT: _best_first(they_started_it),
    PeopleSection.NEW_AROUND_YOU: _best_first(new_around_you),
    PeopleSection.LET_GO: _one_after_another(_let_go),
    PeopleSection.REGULARS: _best_first(_regulars),
}
"""The sections in the order in which a person is looked for in them."""

REGULAR_WITHIN: Millis = 60 * DAY
"""Text went either way within this, as in the time from which a rhythm is told."""

MOST: dict[PeopleSection, int] = {
    PeopleSection.YOU_WAIT_FOR: 50,
    PeopleSection.GOING_QUIET: A_WEEK,
    PeopleSection.THEY_STARTED_IT: 10,
    PeopleSection.NEW_AROUND_YOU: AROUND,
    PeopleSection.REGULARS: 50,
}
"""So many stand in a section at most: short lists are right, open ties are few."""
