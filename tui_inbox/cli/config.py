"""`tui-inbox config`: the settings in force, and where their file is."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from msgspec import Struct

from tui_inbox.cli.exit_codes import DONE, FAILED
from tui_inbox.cli.printing import print_json, print_lines
from tui_inbox.cli.program import Program
from tui_inbox.queries.rows import Scope
from tui_inbox.settings import Settings
from tui_inbox.settings_lines import lines_of


class Config(Struct, frozen=True):
    """What is printed as JSON. `exists`: whether there is such a file; none is needed."""

    path: str
    exists: bool
    settings: Settings
    mistakes: tuple[str, ...]


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print them. Fails where the file has mistakes: what could be read is printed all the same."""
    installation = program.installation()
    path = installation.settings
    exists = Path(path).exists()
    if options.json:
        print_json(Config(path, exists, program.settings, installation.mistakes))
    elif options.action == "path":
        print(path)
    else:
        print(f"# {path}{'' if exists else ' (there is no such file: all is default)'}\n")
        print_lines(lines_of(program.settings))
    for sentence in installation.mistakes:
        print(sentence, file=sys.stderr)
    return FAILED if installation.mistakes else DONE
