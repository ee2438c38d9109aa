"""`tui-inbox timeline`: the newest posts."""

from __future__ import annotations

import argparse

from tui_inbox.cli.exit_codes import DONE
from tui_inbox.cli.printing import print_json, print_lines, timeline_lines
from tui_inbox.cli.program import Program
from tui_inbox.queries import timeline
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print the head of the timeline, newest first."""
    now = program.now()
    window = program.reader.ask(timeline.window, scope, now=now, limit=options.limit).result()
    if options.json:
        print_json(window)
    else:
        print_lines(timeline_lines(window.rows, now))
    return DONE
