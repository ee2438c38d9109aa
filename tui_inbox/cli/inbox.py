"""`tui-inbox inbox`: who waits for you."""

from __future__ import annotations

import argparse

from tui_inbox.cli.exit_codes import DONE
from tui_inbox.cli.printing import inbox_lines, print_json, print_lines
from tui_inbox.cli.program import Program
from tui_inbox.queries import history, inbox
from tui_inbox.queries.rows import Scope

NOT_READ = "Not everything has been read from the server yet: start tui-inbox once, or add --sync."


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print the lanes of the Inbox."""
    now = program.now()
    view = program.reader.ask(inbox.view, scope, now=now).result()
    if options.json:
        print_json(view)
    elif not view.lanes and program.reader.ask(history.unread, scope).result():
        print_lines(iter([NOT_READ]))
    else:
        print_lines(inbox_lines(view, now))
    return DONE
