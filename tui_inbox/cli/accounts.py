"""`tui-inbox accounts`: who is signed in, and how each treats strangers."""

from __future__ import annotations

import argparse

from tui_inbox.cli.exit_codes import DONE, FAILED
from tui_inbox.cli.one_account import one_account
from tui_inbox.cli.printing import print_json
from tui_inbox.cli.program import Program
from tui_inbox.commands import door as door_commands
from tui_inbox.core.conversation import Door
from tui_inbox.queries import accounts
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print the accounts in the order of the header line, after a door was set if that is asked for."""
    if options.door is not None:
        account = one_account(scope)
        if account is None:
            return FAILED
        door_commands.set_door(program.context, account, Door(options.door)).result()
    rows = program.reader.ask(accounts.account_rows).result()
    shown = tuple(row for row in rows if row.id in scope.accounts)
    if options.json:
        print_json(shown)
    for row in () if options.json else shown:
        print(f"{row.letters}  {row.handle}  ({row.network})  door: {row.door}")
    return DONE
