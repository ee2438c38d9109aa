"""`tui-inbox post`: write a new post."""

from __future__ import annotations

import argparse
import sys

from tui_inbox.cli import writing
from tui_inbox.cli.exit_codes import FAILED
from tui_inbox.cli.program import Program
from tui_inbox.queries import thread
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Send a text from one account."""
    if len(scope.accounts) > 1:
        print("Several accounts are signed in: name one with --account.", file=sys.stderr)
        return FAILED
    context = program.reader.ask(
        thread.reply_context, scope.accounts[0], None, now=program.now()
    ).result()
    draft = writing.with_options(context.draft, options, writing.read_text(options))
    return writing.send(program, context, draft, dry_run=options.dry_run)
