"""`tui-inbox outbox`: what has not left yet, and what to do about it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from tui_inbox.cli import writing
from tui_inbox.cli.exit_codes import DONE, FAILED
from tui_inbox.cli.printing import print_json, print_lines, text_lines
from tui_inbox.cli.program import Program
from tui_inbox.commands import sending
from tui_inbox.core.moment import Millis, age
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.queries import outbox
from tui_inbox.queries.overviews import OutboxItem
from tui_inbox.queries.rows import Scope

CAN_BE_TRIED = (OutboxState.REFUSED, OutboxState.UNKNOWN, OutboxState.WAITING)
"""States from which something is tried again because the owner says so."""


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """List what has not left, or try one again, or throw one away."""
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
    if options.action == "retry":
        return _retry(program, item, rows, scope)
    return _discard(program, item)


def _rows(program: Program, scope: Scope) -> tuple[OutboxItem, ...]:
    return program.reader.ask(outbox.rows, scope).result()


def _named(rows: Sequence[OutboxItem], words: Sequence[str]) -> OutboxItem | None:
    return next((row for row in rows if [str(row.id)] == list(words)), None)


def _lines(rows: Sequence[OutboxItem], now: Millis) -> Iterator[str]:
    if not rows:
        yield "Everything has left."
    for row in rows:
        letters = f"{row.letters} " if row.letters else ""
        reason = f": {row.reason}" if row.reason else ""
        yield f"{row.id:>4}  {age(row.changed_at, now):>3} {letters}{row.what} · {row.state}{reason}"
        yield from text_lines(row.text)


def _retry(program: Program, item: OutboxItem, rows: Sequence[OutboxItem], scope: Scope) -> int:
    if item.state not in CAN_BE_TRIED:
        print(f"{item.id} is {item.state}: it leaves by itself.", file=sys.stderr)
        return FAILED
    sending.retry(program.context, item.id).result()
    known = {row.id for row in rows}
    # A text that was refused goes out as a new row, under a new key.
    fresh = [row.id for row in _rows(program, scope) if row.id not in known]
    return writing.tell(*program.send(fresh[0] if fresh else item.id))


def _discard(program: Program, item: OutboxItem) -> int:
    outcome = sending.discard(program.context, item.id).result()
    if outcome.action is None:
        print(outcome.sentence, file=sys.stderr)
        return FAILED
    print(f"Thrown away: {item.what}. On the screen, u brings it back.")
    return DONE
