"""`tui-inbox import`: take in an archive of an account, so that People knows whom one has talked with."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tui_inbox.cli.exit_codes import DONE, FAILED
from tui_inbox.cli.printing import print_json
from tui_inbox.cli.program import Program
from tui_inbox.cli.rebuild import BUSY
from tui_inbox.core.archive import BadArchive, Imported
from tui_inbox.core.moment import to_datetime
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Take it in, and say what of it was news."""
    try:
        done = program.import_archive(options.kind, Path(options.file), _Progress())
    except BadArchive as reason:
        print(_capital(str(reason)), file=sys.stderr)
        return FAILED
    if done is None:
        print(BUSY, file=sys.stderr)
        return FAILED
    if options.json:
        print_json(done)
        return DONE
    since = f", the oldest of {to_datetime(done.since):%B %Y}" if done.since else ""
    print(f"texts     {done.posts} read{since}; new here: {done.new_posts}")
    print(f"ledger    {done.touches} favourites, boosts and follows added")
    print(f"people    {done.people} with whom you have exchanged texts")
    return DONE


class _Progress:
    """Says on a terminal, and only there, how far it is."""

    def __call__(self, done: Imported) -> None:
        if sys.stderr.isatty():
            print(f"\r{done.posts} texts read", end="", file=sys.stderr, flush=True)


def _capital(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}"
