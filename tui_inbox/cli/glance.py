"""`tui-inbox glance`: one line for tmux or a bar; nothing at all when nobody waits."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui_inbox.cli.exit_codes import DONE, FAILED
from tui_inbox.queries import glance

if TYPE_CHECKING:
    import argparse

    from tui_inbox.cli.program import Program
    from tui_inbox.queries.rows import Glance, Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print the counts, in the form that was asked for."""
    found = program.reader.ask(glance.glance, scope, now=program.now()).result()
    if options.json:
        from tui_inbox.cli.printing import print_json

        print_json(found)
        return DONE
    try:
        line = _line(found, options.format)
    except (KeyError, IndexError, ValueError):
        print("--format knows the names {waiting} and {newcomers} only.", file=sys.stderr)
        return FAILED
    if line:
        print(line)
    return DONE


def _line(found: Glance, form: str | None) -> str:
    if not found.waiting and not found.newcomers:
        return ""
    if form is not None:
        return form.format(waiting=found.waiting, newcomers=found.newcomers)
    parts = [f"{found.waiting} wait"] if found.waiting else []
    parts += [f"{found.newcomers} new"] if found.newcomers else []
    return " · ".join(parts)
