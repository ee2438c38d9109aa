"""`tui-inbox learning`: what the order has learnt from what one does, and forgetting it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from tui_inbox.cli.exit_codes import DONE
from tui_inbox.cli.printing import print_json, print_lines
from tui_inbox.cli.program import Program
from tui_inbox.commands import learning as commands
from tui_inbox.core.moment import Millis
from tui_inbox.priority import phrases
from tui_inbox.queries import learning, words
from tui_inbox.queries.learning import LearntRow
from tui_inbox.queries.rows import Scope

SLIGHT = 0.2
"""A leaning below this is not worth a word."""


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Say what was learnt, after forgetting it where that was asked."""
    if options.action == "forget":
        outcome = commands.forget(program.context, scope.accounts).result()
        print(f"{outcome.sentence[0].upper()}{outcome.sentence[1:]}.")
        return DONE
    rows = program.reader.ask(learning.learnt, scope).result()
    if options.json:
        print_json(rows)
    else:
        print_lines(_lines(rows, program.now()))
    return DONE


def _lines(rows: Sequence[LearntRow], now: Millis) -> Iterator[str]:
    for row in rows:
        if not row.counts:
            yield f"{row.letters}  nothing learnt counts: the settings say learn = false".lstrip()
            continue
        since = ""
        if row.since is not None:
            since = f", since {phrases.since(row.since, now, words.local_zone(now))}"
        yield f"{row.letters}  {_answers(row)}{since}".lstrip()
        yield f"{' ' * len(row.letters)}  {_leaning(row)}" if row.letters else _leaning(row)


def _answers(row: LearntRow) -> str:
    if not row.asked:
        return "nobody has written yet"
    return f"{row.answered} of {row.asked} texts answered within a day (of each person the first of a day)"


def _leaning(row: LearntRow) -> str:
    shown = f"leaning {phrases.points(round(row.leaning * 1000))}"
    if abs(row.leaning) < SLIGHT:
        return f"{shown}: you write to those who wrote last as often as most do"
    more = "more" if row.leaning > 0 else "less"
    return f"{shown}: you write to those who wrote last {more} often than most do"
