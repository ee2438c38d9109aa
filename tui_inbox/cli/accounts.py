"""`tui-inbox accounts`: who is signed in."""

from __future__ import annotations

import argparse

from tui_inbox.cli.exit_codes import DONE
from tui_inbox.cli.printing import print_json
from tui_inbox.cli.program import Program
from tui_inbox.queries import accounts
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print the accounts in the order of the header line."""
    rows = program.reader.ask(accounts.account_rows).result()
    shown = tuple(row for row in rows if row.id in scope.accounts)
    if options.json:
        print_json(shown)
    for row in () if options.json else shown:
        print(f"{row.letters}  {row.handle}  ({row.network})")
    return DONE
