"""`tui-inbox outbox`: what has not left yet, and what to do about it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from tui_inbox.cli import writing
from tui_inbox.cli.exit_codes import DONE, FAILED, QUEUED
from tui_inbox.cli.printing import print_json, print_lines, text_lines
from tui_inbox.cli.program import Program
from tui_inbox.commands import sending
from tui_inbox.commands.context import Outcome
from tui_inbox.core.moment import Millis, age
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.queries import outbox, words
from tui_inbox.queries.overviews import OutboxItem
from tui_inbox.queries.rows import Scope

CAN_BE_TRIED = (OutboxState.REFUSED, OutboxState.UNKNOWN, OutboxState.WAITING)
"""States from which something is tried again because the owner says so."""


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """List what has not left; or show one, try it again, decide what became of it, or throw it away."""
    rows = _rows(program, scope)
    if options.action == "list":
        if options.json:
            print_json(rows)
        else:
            print_lines(_lines(rows, program.now()))
        return DONE
    item = _named(rows, options.words)
    if item is None:
        print(
            f"Name one of what tui-inbox outbox lists: tui-inbox outbox {options.action} 12.",
            file=sys.stderr,
        )
        return FAILED
    match options.action:
        case "show":
            return _show(program, item, as_json=options.json)
        case "retry":
            return _retry(program, item)
        case "look":
            return _look(program, item)
        case "sent":
            return _say(sending.mark_sent(program.context, item.id).result(), "Marked as sent.")
    return _discard(program, item)


def _rows(program: Program, scope: Scope) -> tuple[OutboxItem, ...]:
    return program.reader.ask(outbox.rows, scope).result()


def _named(rows: Sequence[OutboxItem], words: Sequence[str]) -> OutboxItem | None:
    return next((row for row in rows if [str(row.id)] == list(words)), None)


def _lines(rows: Sequence[OutboxItem], now: Millis) -> Iterator[str]:
    if not rows:
        yield "Everything has left."
    for row in rows:
        yield _head(row, now)
        yield from text_lines(row.text)


def _head(row: OutboxItem, now: Millis) -> str:
    letters = f"{row.letters} " if row.letters else ""
    reason = f": {row.reason}" if row.reason else ""
    warning = f"warning: {row.warning}" if row.warning else ""
    before = f"after {row.follows}" if row.follows else ""
    facts = (row.what, row.part, row.goes_with, warning, f"{stands(row, now)}{reason}", before)
    told = " · ".join(fact for fact in facts if fact)
    return f"{row.id:>4}  {age(row.changed_at, now):>3} {letters}{told}"


def stands(row: OutboxItem, now: Millis) -> str:
    """Where a row stands: its state, or when it is posted and by whom."""
    if row.state is not OutboxState.SCHEDULED:
        return str(row.state)
    at = words.coming_at(row.release_at, now, words.local_zone(now))
    return (
        f"scheduled for {at}, {'at the server' if row.at_server else 'if tui-inbox is open then'}"
    )


def _show(program: Program, item: OutboxItem, *, as_json: bool) -> int:
    """One row with every word of its text, as it will be sent."""
    if as_json:
        print_json(item)
    else:
        print_lines(line for line in (_head(item, program.now()), item.text) if line)
    return DONE


def _look(program: Program, item: OutboxItem) -> int:
    """Look whether a text has arrived of which that is not known. It is sent again where that can do no harm."""
    outcome = sending.look_again(program.context, item.id).result()
    if item.state is not OutboxState.UNKNOWN:
        print(outcome.sentence, file=sys.stderr)
        return FAILED
    return writing.tell(*program.send(item.id))


def _say(outcome: Outcome, done: str) -> int:
    if outcome.action is None:
        print(outcome.sentence, file=sys.stderr)
        return FAILED
    print(done)
    return DONE


def _retry(program: Program, item: OutboxItem) -> int:
    if item.state not in CAN_BE_TRIED:
        print(f"{item.id} is {item.state}: it leaves by itself.", file=sys.stderr)
        return FAILED
    outcome = sending.retry(program.context, item.id).result()
    if not outcome.rows:
        print(outcome.sentence, file=sys.stderr)
        return FAILED
    return writing.worst([writing.tell(*program.send(row)) for row in outcome.rows])


def _discard(program: Program, item: OutboxItem) -> int:
    """Throw it away. A server that keeps it for later is told at once, before it posts it."""
    outcome = sending.discard(program.context, item.id).result()
    for row in outcome.rows:
        state, reason = program.send(row)
        if state is not OutboxState.SENT:
            print(f"The server was not told yet: {reason}", file=sys.stderr)
            return QUEUED
    doubt = " It may have arrived all the same." if item.in_doubt else ""
    return _say(outcome, f"Thrown away: {item.what}. On the screen, u brings it back.{doubt}")
