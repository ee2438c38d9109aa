"""`tui-inbox post`: write a new post."""

from __future__ import annotations

import argparse

from tui_inbox.cli import writing
from tui_inbox.cli.exit_codes import FAILED
from tui_inbox.cli.one_account import one_account
from tui_inbox.cli.program import Program
from tui_inbox.queries import thread
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Send a text from one account."""
    account = one_account(scope)
    if account is None:
        return FAILED
    context = program.reader.ask(thread.reply_context, account, None, now=program.now()).result()
    draft = writing.with_options(context.draft, options, writing.read_text(options))
    return writing.send(program, context, draft, dry_run=options.dry_run)
