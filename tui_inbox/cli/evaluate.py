"""`tui-inbox evaluate`: how good the order was, asked of the own ledger, or of files of recorded events."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from tui_inbox.cli.exit_codes import DONE, FAILED, NO_ACCOUNT
from tui_inbox.cli.printing import print_json, print_lines
from tui_inbox.cli.program import Program
from tui_inbox.priority.asking import Amounts, questions
from tui_inbox.priority.evaluation import (
    MEASURES,
    Figures,
    MostRecent,
    Owner,
    evaluate,
    latest_part,
)
from tui_inbox.priority.event_files import Unreadable, owners_in, read_events
from tui_inbox.priority.harness import Ranker
from tui_inbox.priority.metrics import Mean, mean
from tui_inbox.queries import accounts
from tui_inbox.queries.recorded import recorded
from tui_inbox.queries.rows import Scope

OWN = Amounts(next=300, answered=600, week=52)
"""Of one's own ledger more is asked than of each of a hundred owners."""
FEWEST = 20
"""With fewer questions a share is chance."""
NOBODY = "Nobody has signed in yet, and no file was named: tui-inbox evaluate FILE.csv.gz"


class Measured(Struct, frozen=True):
    """One measure: the program's order, the latest contact first, and their difference.

    Attributes:
        questions: how many owners it is the mean of; of one's own ledger how many questions.
    """

    name: str
    words: str
    questions: int
    ours: Mean
    most_recent: Mean
    difference: Mean


class Result(Struct, frozen=True):
    """What one account, or one file, has shown."""

    subject: str
    events: int
    measures: tuple[Measured, ...]


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Ask, and print what came out. Nothing is kept, and nothing leaves the machine."""
    try:
        results = (
            [_of_file(Path(name), options.flood) for name in options.files]
            if options.files
            else [_of_account(program, account, options.flood) for account in scope.accounts]
        )
    except Unreadable as error:
        print(error, file=sys.stderr)
        return FAILED
    if not results:
        print(NOBODY, file=sys.stderr)
        return NO_ACCOUNT
    if options.json:
        print_json(tuple(results))
    elif options.files:
        print_lines(_table(results))
    else:
        print_lines(_words(results))
    return DONE


def _of_file(path: Path, flood: int) -> Result:
    events = read_events(path)
    asked = owners_in(path, events)
    figures = [evaluate(asked, make, flood=flood) for make in (Ranker, MostRecent)]
    return Result(path.name, len(events), tuple(_measured(*figures)))


def _of_account(program: Program, account: int, flood: int) -> Result:
    row = next(
        one for one in program.reader.ask(accounts.account_rows).result() if one.id == account
    )
    owner, events = program.reader.ask(recorded, account).result()
    if not events:
        return Result(row.letters, 0, ())
    window = latest_part(events)
    asked = questions(owner, events, window.begin, window.end, amounts=OWN)
    figures = [
        evaluate([Owner(owner, events, asked)], make, flood=flood, each=True)
        for make in (Ranker, MostRecent)
    ]
    return Result(row.letters, len(events), tuple(_measured(*figures)))


def _measured(ours: Figures, recent: Figures) -> Iterator[Measured]:
    for name, words in MEASURES.items():
        both = ours.get(name, {}).keys() & recent.get(name, {}).keys()
        pairs = [(ours[name][key], recent[name][key]) for key in sorted(both)]
        means = [
            mean([one for one, _ in pairs]),
            mean([other for _, other in pairs]),
            mean([one - other for one, other in pairs]),
        ]
        if means[0] and means[1] and means[2]:
            yield Measured(name, words, len(pairs), means[0], means[1], means[2])


def _table(results: Sequence[Result]) -> Iterator[str]:
    """Files: each measure with its interval, and against the latest contact first."""
    for result in results:
        yield f"{result.subject}: {result.events} events"
        for one in result.measures:
            of_recent = f"{one.difference.value:+.3f} [{one.difference.low:+.3f}, {one.difference.high:+.3f}]"
            against = (
                "" if one.name in ("B.brier", "B.base") else f"   most recent first: {of_recent}"
            )
            yield f"  {one.name:<8} {_interval(one.ours)}{against}   {one.words}"
        yield ""


def _interval(one: Mean) -> str:
    return f"{one.value:.3f} [{one.low:.3f}, {one.high:.3f}]"


def _words(results: Sequence[Result]) -> Iterator[str]:
    """One's own ledger: what a person wants to know."""
    for result in results:
        found = {one.name: one for one in result.measures}
        events = f"{result.events} texts and likes between you and others"
        yield f"{result.subject}  {events}; the latest two fifths were asked about"
        lines = [
            line
            for line in (_next(found), _mentions(found), _probability(found), _week(found))
            if line
        ]
        yield from (f"    {line}" for line in lines)
        if not lines:
            yield "    too little has been said yet to tell how good the order is"
        yield ""


def _next(found: dict[str, Measured]) -> str:
    first, among = found.get("A.hit1"), found.get("A.hit5")
    if first is None or among is None or first.questions < FEWEST:
        return ""
    return (
        f"Whom you wrote to next stood first {_share(first.ours)} of the time, and among five "
        f"{_share(among.ours)}; by the latest contact {_share(first.most_recent)} and "
        f"{_share(among.most_recent)} ({first.questions} texts)."
    )


def _mentions(found: dict[str, Measured]) -> str:
    one = found.get("B.auc")
    if one is None:
        return ""
    return (
        "Of two waiting texts, the one you answered within a day stood above the other "
        f"{_share(one.ours)} of the time."
    )


def _probability(found: dict[str, Measured]) -> str:
    printed, usual = found.get("B.brier"), found.get("B.base")
    if printed is None or usual is None or printed.questions < FEWEST:
        return ""
    better = "closer to what you did than" if printed.ours < usual.ours else "no closer than"
    return (
        f"How likely you answer was {better} your usual share of answers "
        f"(error {printed.ours.value:.3f} and {usual.ours.value:.3f})."
    )


def _week(found: dict[str, Measured]) -> str:
    one = found.get("C.rec")
    if one is None:
        return ""
    return (
        f"Of those you talked with in a week, {_share(one.ours)} stood among the first ten when it began; "
        f"by the latest contact {_share(one.most_recent)} ({one.questions} weeks)."
    )


def _share(one: Mean) -> str:
    return f"{round(100 * one.value)} %"
