"""`tui-inbox glance`: one line for tmux or a bar; nothing at all when nobody waits."""

from __future__ import annotations

import sys

from tui_inbox.cli.exit_codes import DONE, FAILED

TYPE_CHECKING = False  # that of `typing` takes as long to load as the whole answer
if TYPE_CHECKING:
    import argparse

    from tui_inbox.cli.program import Program
    from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print the counts, in the form that was asked for."""
    from tui_inbox.queries import glance

    found = program.reader.ask(glance.glance, scope, now=program.now()).result()
    if options.json:
        from tui_inbox.cli.printing import print_json

        print_json(found)
        return DONE
    line = line_of(found.waiting, found.newcomers, options.format)
    if line is None:
        print("--format knows the names {waiting} and {newcomers} only.", file=sys.stderr)
        return FAILED
    if line:
        print(line)
    return DONE


def line_of(waiting: int, newcomers: int, form: str | None) -> str | None:
    """The line, empty when nobody waits; None where the form names anything else.

    Args:
        form: the owner's words, None for the usual ones.
    """
    if not waiting and not newcomers:
        return ""
    if form is not None:
        try:
            return form.format(waiting=waiting, newcomers=newcomers)
        except (KeyError, IndexError, ValueError):
            return None
    parts = [f"{waiting} wait"] if waiting else []
    parts += [f"{newcomers} new"] if newcomers else []
    return " · ".join(parts)
