"""`tui-inbox timeline`: the newest posts, of everything or of what was asked for."""

from __future__ import annotations

import argparse
import sys

from tui_inbox.cli.exit_codes import DONE, WRONG_CALL
from tui_inbox.cli.printing import print_json, print_lines, timeline_lines
from tui_inbox.cli.program import Program
from tui_inbox.core.post import Feed
from tui_inbox.queries import sources, timeline
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print the head of what was asked for, newest first. `--sync` reads a feed that is not home up to now."""
    now = program.now()
    if options.sync and options.source.startswith("list:"):
        _read(program, scope.accounts, None)
    try:
        what = program.reader.ask(sources.named, scope, options.source).result()
    except sources.NoSuchSource as error:
        print(error, file=sys.stderr)
        return WRONG_CALL
    if options.sync and not (what.source.is_home or what.source.is_gathered):
        _read(program, what.source.accounts(scope), what.source.feed)
    window = program.reader.ask(
        timeline.window,
        scope,
        now=now,
        limit=options.limit,
        talk_only=what.talk_only,
        source=what.source,
    ).result()
    if options.json:
        print_json(window)
    else:
        print_lines(timeline_lines(window.rows, now))
    return DONE


def _read(program: Program, accounts: tuple[int, ...], feed: Feed | None) -> None:
    for sentence in program.read_feed(accounts, feed):
        print(sentence, file=sys.stderr)
