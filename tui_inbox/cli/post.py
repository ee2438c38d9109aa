"""`tui-inbox post`: write a new post."""

from __future__ import annotations

import argparse
import sys

from msgspec.structs import replace

from tui_inbox.cli import writing
from tui_inbox.cli.exit_codes import FAILED, WRONG_CALL
from tui_inbox.cli.one_account import one_account
from tui_inbox.cli.program import Program
from tui_inbox.commands.context import NotPossible
from tui_inbox.core.audiences import IN_WORDS
from tui_inbox.queries import thread
from tui_inbox.queries.rows import ReplyContext, Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Send a text from one account, or from all that are named."""
    account = scope.accounts[0] if options.account else one_account(scope)
    if account is None:
        return FAILED
    contexts = [
        _context(program, one) for one in (scope.accounts if options.account else (account,))
    ]
    usual = {context.audience for context in contexts}
    if len(usual) > 1 and not options.audience:
        told = ", ".join(f"{one.account.letters} for {IN_WORDS[one.audience]}" for one in contexts)
        print(
            f"These accounts usually post for different people ({told}): say --audience. Nothing was sent.",
            file=sys.stderr,
        )
        return FAILED
    others = tuple(one.account.id for one in contexts[1:])
    try:
        begun = replace(contexts[0].draft, also_from=others)
        draft = writing.with_options(program, begun, options, writing.read_text(options))
    except NotPossible as refusal:
        print(refusal, file=sys.stderr)
        return WRONG_CALL
    return writing.send(program, contexts[0], draft, dry_run=options.dry_run)


def _context(program: Program, account: int) -> ReplyContext:
    """The account with its usual audience and language; a draft that is kept of it is left alone."""
    asked = program.reader.ask(
        thread.reply_context, account, None, now=program.now(), goes_on=False
    )
    return asked.result()
