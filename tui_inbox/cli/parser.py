"""The words of the command line. Imports nothing of the program's rooms but words, so that `--help` is quick."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tui_inbox import __version__
from tui_inbox.cli.beginning_verbs import BEGINNING
from tui_inbox.cli.keeping_verbs import KEEPING
from tui_inbox.cli.options import Parser
from tui_inbox.cli.reading_verbs import READING
from tui_inbox.cli.usual import USUAL
from tui_inbox.cli.writing_verbs import WRITING

_EPILOG = """\
Without a verb the inbox opens on the screen. Reading verbs read what is stored; --sync asks the servers first.
Exit codes: 0 done, 1 failed (one sentence says why), 2 nobody has signed in or the words of the call are off,
3 queued: it leaves when there is a line. `tui-inbox VERB --help` tells the rest, with an example.
"""

VERBS = (*BEGINNING, *READING, *WRITING, *KEEPING)
"""In the order of `--help`."""


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What a call says; ends the program with exit code 2 where it cannot be understood.

    argparse takes no word behind an option for an argument of any number of words: `reply 573 --dry-run yes`.

    Args:
        arguments: those of the process if None.
    """
    parser = make_parser()
    options, rest = parser.parse_known_args(arguments)
    name = next((verb.words for verb in VERBS if verb.name == options.verb), "")
    if rest and (not name or any(word.startswith("-") for word in rest)):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if rest:
        setattr(options, name, [*getattr(options, name), *rest])
    return options


def make_parser() -> Parser:
    """The parser of `tui-inbox` and all its verbs."""
    parser = argparse.ArgumentParser(
        prog="tui-inbox",
        description="A terminal inbox for the people you actually talk with.",
        epilog=_EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"tui-inbox {__version__}")
    parser.set_defaults(**USUAL)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    for verb in VERBS:
        verb.add(
            verbs.add_parser(
                verb.name,
                help=verb.does,
                description="\n".join(filter(None, (f"{_begun(verb.does)}.", verb.about))),
                epilog=f"example:\n  tui-inbox {verb.example}",
                formatter_class=argparse.RawDescriptionHelpFormatter,
            )
        )
    return parser


def _begun(words: str) -> str:
    return words[0].upper() + words[1:]
