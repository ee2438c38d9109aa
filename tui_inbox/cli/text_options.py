"""The options of verbs that write: who may read it, what goes with it, when it leaves."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, TypeAlias

from tui_inbox.cli.argument_types import duration
from tui_inbox.core import audiences

Parser: TypeAlias = argparse.ArgumentParser

_A_DAY = 86_400_000
"""Milliseconds."""


class Files(argparse.Action):
    """`--attach FILE` and `--alt TEXT`, gathered as pairs of a file and its description."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Take one more file, or describe the one before."""
        files = getattr(namespace, self.dest)
        if option_string == "--attach":
            setattr(namespace, self.dest, [*files, (str(values), "")])
        elif not files or files[-1][1]:
            parser.error("--alt describes the file before it: --attach FILE --alt TEXT")
        else:
            setattr(namespace, self.dest, [*files[:-1], (files[-1][0], str(values))])


def add_text(parser: Parser) -> None:
    """The text itself, and everything that can be said of a post or an answer."""
    add_words(parser)
    words = (
        choice if choice == shown else f"{choice} ({shown})"
        for choice in audiences.CHOICES
        for shown in [audiences.IN_WORDS[choice]]
    )
    parser.add_argument(
        "--audience",
        choices=audiences.CHOICES,
        metavar="WHO",
        help=f"who may read it: {', '.join(words)}",
    )
    parser.add_argument("--language", metavar="TAG", help="its language, as en or pt-BR")
    _add_files(parser)
    _add_poll(parser)
    parser.add_argument(
        "--at",
        metavar="TIME",
        help="when it is posted: 3h, 18:30, tomorrow, fri 9:00, 28 nov",
    )
    parser.add_argument("--quote", metavar="POST", help="quote a post: its number, or its address")
    parser.add_argument(
        "--split", action="store_true", help="send a long text as a thread of numbered parts"
    )
    add_dry_run(parser)


def add_words(parser: Parser) -> None:
    """The text, and the warning in front of it."""
    parser.add_argument(
        "text", nargs="*", metavar="TEXT", help="what to say; without it, standard input is read"
    )
    parser.add_argument("--warning", default="", metavar="WORDS", help="a content warning")


def add_dry_run(parser: Parser) -> None:
    """Only say what would be done."""
    parser.add_argument(
        "--dry-run", action="store_true", help="send nothing: print what would be sent, and to whom"
    )


def add_anyway(parser: Parser) -> None:
    """Send what would be asked about."""
    parser.add_argument(
        "--anyway",
        action="store_true",
        help="send it also where your first words to somebody are a link",
    )


def _add_files(parser: Parser) -> None:
    for option, value, help in (
        ("--attach", "FILE", "a picture, film or sound that goes with it; may be given again"),
        ("--alt", "TEXT", "what can be seen or heard in the file before it"),
    ):
        parser.add_argument(
            option, action=Files, dest="files", default=[], metavar=value, help=help
        )


def _add_poll(parser: Parser) -> None:
    parser.add_argument("--poll", metavar="A|B|C", help="a poll with these choices")
    parser.add_argument(
        "--poll-lasts",
        type=duration,
        default=_A_DAY,
        metavar="TIME",
        help="how long one can vote: 30m, 6h, 1d, 1w (1d)",
    )
    parser.add_argument(
        "--poll-multiple", action="store_true", help="several choices can be voted for"
    )
