"""`tui-inbox edit`: change a post of one's own."""

from __future__ import annotations

import argparse
import sys

from msgspec.structs import replace

from tui_inbox.cli import writing
from tui_inbox.cli.exit_codes import FAILED
from tui_inbox.cli.own_post import own_post
from tui_inbox.cli.program import Program
from tui_inbox.commands import own_posts
from tui_inbox.commands.context import NotPossible
from tui_inbox.core.text import clean_line
from tui_inbox.queries import thread
from tui_inbox.queries.drafts import edit_of
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Give a post another text. Its files, its poll and its warning stay, unless there is another warning."""
    found = own_post(program, scope, options.post)
    if found is None:
        return FAILED
    account, post = found
    if program.reader.ask(edit_of, account, post).result() is not None:
        print(
            "A change of this post is begun and kept as a draft: see tui-inbox drafts. Nothing was sent.",
            file=sys.stderr,
        )
        return FAILED
    text = writing.read_text(options)
    told = program.original(account, post)
    if told.what is None:
        print(f"{told.sentence} Nothing was sent.", file=sys.stderr)
        return FAILED
    try:
        begun = own_posts.edit(program.context, account, post, told.what).result()
    except NotPossible as refusal:
        print(refusal, file=sys.stderr)
        return FAILED
    draft = replace(begun, text=text, warning=clean_line(options.warning) or begun.warning)
    context = program.reader.ask(thread.reply_context, account, None, now=program.now()).result()
    return writing.send(program, context, draft, dry_run=options.dry_run, done="Changed.")
