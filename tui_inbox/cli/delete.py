"""`tui-inbox delete`: delete a post of one's own."""

from __future__ import annotations

import argparse
import sys

from msgspec.structs import replace

from tui_inbox.cli import writing
from tui_inbox.cli.exit_codes import DONE, FAILED
from tui_inbox.cli.own_post import own_post
from tui_inbox.cli.printing import print_lines, text_lines
from tui_inbox.cli.program import Program
from tui_inbox.commands import acts
from tui_inbox.core.act import ActKind
from tui_inbox.queries import outbox
from tui_inbox.queries.acting import as_seen_by
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Delete it without a hold: whoever types a command has thought already."""
    found = own_post(program, scope, options.post)
    if found is None:
        return FAILED
    account, post = found
    if options.dry_run:
        seen = program.reader.ask(as_seen_by, account, post).result()
        print("This would be deleted:")
        print_lines(text_lines(seen.text if seen else ""))
        return DONE
    outcome = acts.delete(replace(program.context, hold=0), account, post).result()
    if outcome.action is None:
        print(outcome.sentence, file=sys.stderr)
        return FAILED
    rows = program.reader.ask(outbox.rows, Scope((account,))).result()
    row = next(one.id for one in rows if (one.kind, one.post) == (ActKind.DELETE, post))
    return writing.tell(*program.send(row), done="Deleted.")
