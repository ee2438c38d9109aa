"""`tui-inbox completions`: a script by which a shell completes verbs, options, choices and files.

It is made from the parser of the command line by `shtab`, and nothing else loads that.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from tui_inbox.cli.exit_codes import DONE
from tui_inbox.cli.program import Program
from tui_inbox.queries.rows import Scope

NAMES_A_FILE = "FILE"
"""How the parser calls what is a path."""


def run(program: Program | None, options: argparse.Namespace, scope: Scope | None) -> int:
    """Print the script. It needs neither program nor accounts: packages make it while they are built."""
    print(script(options.shell))
    return DONE


def script(shell: str) -> str:
    """The script for a shell: `bash`, `zsh` or `fish`."""
    import shtab

    from tui_inbox.cli.parser import make_parser

    parser = make_parser()
    for action in _actions(parser):
        if action.metavar == NAMES_A_FILE:
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # shtab's own way to say so
    return shtab.complete(parser, shell)


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Every argument of a parser and of those below it."""
    for action in parser._actions:  # argparse has no other way to them
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _actions(below)
