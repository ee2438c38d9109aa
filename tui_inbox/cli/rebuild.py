"""`tui-inbox rebuild`: make again what is made from the rest of the store."""

from __future__ import annotations

import argparse
import sys

from tui_inbox.cli.exit_codes import DONE, FAILED
from tui_inbox.cli.printing import print_json
from tui_inbox.cli.program import Program
from tui_inbox.priority.phrases import counted
from tui_inbox.queries.rows import Scope

BUSY = "tui-inbox is running on this store: end it first, then say this again. Nothing was changed."


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Make turns, ledger, ties and index anew, of all accounts, and print what was missing."""
    made = program.rebuild()
    if made is None:
        print(BUSY, file=sys.stderr)
        return FAILED
    if options.json:
        print_json(made)
        return DONE
    print(
        f"turns     {counted(made.conversations, 'conversation')} looked at, {made.items} set right"
    )
    print(f"ledger    {made.interactions} missing, added")
    print(f"people    {made.people} ties made anew")
    print(f"index     {counted(made.posts, 'post')}")
    print("What you have decided, written and noted stayed as it was.")
    return DONE
