"""`tui-inbox reply`: answer a post."""

from __future__ import annotations

import argparse
import sys

from tui_inbox.cli import writing
from tui_inbox.cli.exit_codes import FAILED, WRONG_CALL
from tui_inbox.cli.program import Program
from tui_inbox.commands.context import NotPossible
from tui_inbox.queries import thread
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Send an answer to everybody in the conversation, from the account that was addressed."""
    found = program.reader.ask(thread.find_post, scope, options.post).result()
    if found is None:
        print(f"No stored post is known as {options.post!r}. Nothing was sent.", file=sys.stderr)
        return FAILED
    account, post = found
    asked = program.reader.ask(
        thread.reply_context, account, post, now=program.now(), goes_on=False
    )
    context = asked.result()
    if context.out_of_reach:
        print(f"{context.out_of_reach} Nothing was sent.", file=sys.stderr)
        return FAILED
    text = _addressed(context.draft.text, writing.read_text(options))
    try:
        draft = writing.with_options(program, context.draft, options, text)
    except NotPossible as refusal:
        print(refusal, file=sys.stderr)
        return WRONG_CALL
    return writing.send(program, context, draft, dry_run=options.dry_run, anyway=options.anyway)


def _addressed(prefix: str, text: str) -> str:
    """The text behind the names it is for, which a reply begins with; not twice where they stand already."""
    return text if text.startswith("@") else f"{prefix.rstrip()} {text}".strip()
