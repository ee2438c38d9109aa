"""`tui-inbox linear`: the inbox line by line, for screen readers, braille lines, serial lines and dumb terminals."""

from __future__ import annotations

import argparse
import sys

from tui_inbox.cli.exit_codes import DONE, FAILED
from tui_inbox.cli.program import Program
from tui_inbox.queries.rows import Scope

ALREADY_RUNNING = (
    "tui-inbox is already running on this store (process {holder}), so nothing was begun; end it first. "
    "The other verbs work beside it: tui-inbox inbox, tui-inbox reply."
)


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Listen to commands until `quit` or the end of what is typed, while the accounts are kept live behind it."""
    from tui_inbox.cli.linear.session import Session
    from tui_inbox.cli.linear.voice import terminal_voice

    holder = program.installation().holder
    with program.live() as live:
        if live is None:
            print(ALREADY_RUNNING.format(holder=holder), file=sys.stderr)
            return FAILED
        Session(
            live,
            scope,
            terminal_voice(),
            reader=program.reader,
            now=program.now,
            settings=program.settings.linear,
        ).run()
    return DONE
