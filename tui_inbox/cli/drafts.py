"""`tui-inbox drafts`: texts that were begun and kept."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from tui_inbox.cli.exit_codes import DONE
from tui_inbox.cli.printing import print_json, print_lines, text_lines
from tui_inbox.cli.program import Program
from tui_inbox.core.audiences import IN_WORDS
from tui_inbox.core.moment import Millis, age
from tui_inbox.queries import drafts
from tui_inbox.queries.overviews import DraftRow
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print them, latest first."""
    rows = program.reader.ask(drafts.rows, scope).result()
    if options.json:
        print_json(rows)
    else:
        print_lines(_lines(rows, program.now()))
    return DONE


def _lines(rows: Sequence[DraftRow], now: Millis) -> Iterator[str]:
    if not rows:
        yield "Nothing is begun and not sent."
    for row in rows:
        draft = row.draft
        warning = f" · warning: {draft.warning}" if draft.warning else ""
        letters = f"{row.letters} " if row.letters else ""
        yield (
            f"  {age(draft.updated_at, now):>3} {letters}{row.target} · "
            f"{IN_WORDS[draft.audience]}{warning}"
        )
        yield from text_lines(draft.text)
