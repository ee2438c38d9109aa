"""Who has gone quiet: at most five in a week, and the same ones until they are dealt with or the week ends."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from tui_inbox.core.moment import Millis
from tui_inbox.priority.rhythm import QUIET_AFTER, SHORTEST_GAP, Verdict, rhythm
from tui_inbox.priority.tie import Tie
from tui_inbox.queries import words
from tui_inbox.queries.exchanges import exchanges
from tui_inbox.queries.people_known import Candidate, Known
from tui_inbox.queries.rows import PeopleSection
from tui_inbox.store import batches, ledger, set_aside
from tui_inbox.store.database import Connection
from tui_inbox.store.set_aside import Reminder

A_WEEK = 5
"""Of so many people the owner is reminded in a week: a short list is a help, a long one a reproach."""
LOOKED_AT = 40
"""So many silent ties of an account are looked at for a rhythm, those of most days of writing first."""


def going_quiet(
    db: Connection, circles: Sequence[Known], taken: Collection[int]
) -> Iterator[Candidate]:
    """Whom the owner used to talk with in a rhythm that has stopped.

    Those of this week stand first and in their order. Whoever was dealt with keeps their place among the five, so
    that a week never shows a sixth. The places that are free go to those of whom the owner was reminded longest
    ago, and among these to those of most days of writing.

    Args:
        taken: whom other sections tell of.
    """
    if not circles:
        return
    week = words.week_of(circles[0].now, circles[0].zone)
    found: list[tuple[Reminder, Candidate]] = []
    spent = 0
    for known in circles:
        reminded = set_aside.reminders(db, known.account)
        quiet = {one.person: one for one in _quiet(db, known) if one.person not in taken}
        spent += sum(told.week == week and person not in quiet for person, told in reminded.items())
        never = Reminder(0, 0)
        found += [(reminded.get(person, never), one) for person, one in quiet.items()]
    shown = sorted(
        (pair for pair in found if pair[0].week == week),
        key=lambda pair: (pair[0].place, pair[1].account, pair[1].person),
    )
    others = sorted(
        (pair for pair in found if pair[0].week != week),
        key=lambda pair: (pair[0].week, -pair[1].points, pair[1].person),
    )
    by_account = {known.account: known for known in circles}
    for _, one in (*shown, *others)[: max(0, A_WEEK - spent)]:
        yield replace(one, detail=_last_words(db, by_account[one.account], one.person))


def _quiet(db: Connection, known: Known) -> Iterator[Candidate]:
    """Everybody whose silence is worth a word, without the words with which it began."""
    account, now = known.account, known.now
    silent = _silent(known)
    met = batches.met(db, account, [person for person, _ in silent])
    for person, tie in silent:
        told = rhythm(ledger.days_with(db, account, person), now, met=met.get(person))
        if told.verdict is Verdict.QUIET:
            yield Candidate(
                account,
                person,
                PeopleSection.GOING_QUIET,
                told.words,
                points=tie.days,
            )


def _silent(known: Known) -> list[tuple[int, Tie]]:
    longest: Millis = known.now - QUIET_AFTER * SHORTEST_GAP
    silent = [
        (person, tie)
        for person, tie in known.ties.items()
        if tie.exchanged
        and tie.last_contact < longest
        and person not in known.left_out
        and not known.is_aside_quiet(person)
    ]
    silent.sort(key=lambda pair: (-pair[1].days, pair[0]))
    return silent[:LOOKED_AT]


def _last_words(db: Connection, known: Known, person: int) -> str:
    """How it ended: `last: you said “wow”`."""
    talk = [
        event
        for event in ledger.with_person(db, known.account, person, limit=5)
        if event.kind.is_talk
    ]
    told = exchanges(db, known.viewer, talk[:1])
    if not told or not told[0].text:
        return ""
    return f"last: {'you' if told[0].outgoing else 'they'} said “{words.said(told[0].text, 60)}”"
