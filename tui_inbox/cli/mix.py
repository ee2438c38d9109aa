"""`tui-inbox mix`: how one's own posts are spread."""

from __future__ import annotations

import argparse

from tui_inbox.cli.exit_codes import DONE
from tui_inbox.cli.printing import mix_lines, print_json, print_lines
from tui_inbox.cli.program import Program
from tui_inbox.core.mix import MixTarget
from tui_inbox.queries import mix
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print the mix of a week and of a month. Asked for by name, it needs no setting."""
    wish = program.settings.mix.target
    target = MixTarget(wish.broadcast, wish.chat, wish.engage)
    view = program.reader.ask(mix.view, scope, now=program.now(), target=target).result()
    if options.json:
        print_json(view)
    else:
        print_lines(mix_lines(view))
    return DONE
