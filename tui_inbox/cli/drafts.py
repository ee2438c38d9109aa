"""`tui-inbox drafts`: texts that were begun and kept."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from tui_inbox.cli import writing
from tui_inbox.cli.exit_codes import DONE, FAILED
from tui_inbox.cli.printing import print_json, print_lines, text_lines
from tui_inbox.cli.program import Program
from tui_inbox.commands import drafts as draft_commands
from tui_inbox.core.audiences import IN_WORDS
from tui_inbox.core.moment import Millis, age
from tui_inbox.queries import drafts, thread
from tui_inbox.queries.overviews import DraftRow
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """List them, latest first; or show one, send it, or throw it away."""
    rows = program.reader.ask(drafts.rows, scope).result()
    if options.action == "list":
        if options.json:
            print_json(rows)
        else:
            print_lines(_lines(rows, program.now()))
        return DONE
    row = next((one for one in rows if [str(one.draft.id)] == list(options.words)), None)
    if row is None:
        print(
            f"Name one of what tui-inbox drafts lists: tui-inbox drafts {options.action} 4.",
            file=sys.stderr,
        )
        return FAILED
    if options.action == "send":
        return _send(program, row, dry_run=options.dry_run, anyway=options.anyway)
    if options.action == "discard":
        return _discard(program, row)
    if options.json:
        print_json(row)
    else:
        print_lines(_whole(row, program.now()))
    return DONE


def _send(program: Program, row: DraftRow, *, dry_run: bool, anyway: bool) -> int:
    draft = row.draft
    try:
        asked = program.reader.ask(
            thread.reply_context, draft.account, draft.reply_to, now=program.now()
        )
        context = asked.result()
    except LookupError as error:
        print(f"{error} The draft is kept.", file=sys.stderr)
        return FAILED
    answered = replace(context, draft=draft)
    return writing.send(program, answered, draft, dry_run=dry_run, anyway=anyway)


def _discard(program: Program, row: DraftRow) -> int:
    outcome = draft_commands.throw_away(program.context, row.draft.id).result()
    if outcome.action is None:
        print(outcome.sentence, file=sys.stderr)
        return FAILED
    print(f"Thrown away: {row.target}. On the screen, u brings it back.")
    return DONE


def _lines(rows: Sequence[DraftRow], now: Millis) -> Iterator[str]:
    if not rows:
        yield "Nothing is begun and not sent."
    for row in rows:
        yield _head(row, now)
        yield from text_lines(row.draft.text)


def _whole(row: DraftRow, now: Millis) -> Iterator[str]:
    """One draft with every word of it, as it was typed."""
    yield _head(row, now)
    yield row.draft.text


def _head(row: DraftRow, now: Millis) -> str:
    draft = row.draft
    letters = f"{row.letters} " if row.letters else ""
    warning = f"warning: {draft.warning}" if draft.warning else ""
    facts = (row.target, IN_WORDS[draft.audience], warning, row.goes_with)
    told = " · ".join(fact for fact in facts if fact)
    return f"{draft.id:>4}  {age(draft.updated_at, now):>3} {letters}{told}"
