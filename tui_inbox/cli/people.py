"""`tui-inbox people`: people, and why they are listed."""

from __future__ import annotations

import argparse

from tui_inbox.cli.exit_codes import DONE
from tui_inbox.cli.printing import people_lines, print_json, print_lines
from tui_inbox.cli.program import Program
from tui_inbox.queries import people
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print the sections of the People pane."""
    view = program.reader.ask(people.view, scope, now=program.now()).result()
    if options.json:
        print_json(view)
    else:
        print_lines(people_lines(view))
    return DONE
