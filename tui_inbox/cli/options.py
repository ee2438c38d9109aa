"""A verb of the command line, and options that several of them have.

Nothing here imports more of the program's rooms than words, so that `--help` is quick.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from tui_inbox.cli.argument_types import moment, positive, speed

Parser: TypeAlias = argparse.ArgumentParser


class Verb(NamedTuple):
    """A verb of the command line.

    Attributes:
        does: what it does, in a few words.
        example: a call of it, without the program's name.
        add: adds its own arguments.
        about: one sentence more, where one is needed.
        words: the argument that takes any number of words, also behind an option.
    """

    name: str
    does: str
    example: str
    add: Callable[[Parser], None]
    about: str = ""
    words: str = ""


def add_account(
    parser: Parser, help: str = "this account only: its two letters, or its handle"
) -> None:
    """`--account`: for whom."""
    parser.add_argument("--account", metavar="NAME", help=help)


def add_json(parser: Parser, help: str = "print one JSON value") -> None:
    """`--json`."""
    parser.add_argument("--json", action="store_true", help=help)


def add_sync(parser: Parser) -> None:
    """`--sync`."""
    parser.add_argument("--sync", action="store_true", help="ask the servers first")


def add_limit(parser: Parser, what: str, usual: int) -> None:
    """`--limit`: how many of what at most."""
    parser.add_argument(
        "--limit",
        type=positive,
        default=usual,
        metavar="N",
        help=f"so many {what} at most ({usual})",
    )


def add_town(parser: Parser, *, demo: bool = True) -> None:
    """Which demo town; `demo`: whether at all."""
    town = parser.add_argument_group("the demo town")
    if demo:
        town.add_argument(
            "--demo", action="store_true", help="the invented town instead of your accounts"
        )
    town.add_argument("--seed", type=int, default=7, metavar="N", help="which town (7)")
    town.add_argument(
        "--speed", type=speed, default=1.0, metavar="TIMES", help="how fast it lives (1)"
    )
    town.add_argument(
        "--now",
        type=moment,
        default=None,
        metavar="MOMENT",
        help="its clock at the start, as 2026-11-20T09:00",
    )


def stored(parser: Parser) -> None:
    """What lies in the store only: no server has to be asked."""
    add_account(parser)
    add_json(parser)
    add_town(parser)


def whole(parser: Parser) -> None:
    """What concerns the store as a whole."""
    add_json(parser)
    add_town(parser)


def reading(parser: Parser) -> None:
    """What reads the store, and may ask the servers first."""
    add_account(parser)
    add_json(parser)
    add_sync(parser)
    add_town(parser)


def some_posts(parser: Parser) -> None:
    """The same with a number of posts."""
    add_limit(parser, "posts", 20)
    reading(parser)


def add_named_post(parser: Parser, help: str) -> None:
    """Which post."""
    parser.add_argument("post", metavar="POST", help=help)


def add_action(parser: Parser, actions: tuple[str, ...]) -> None:
    """What to do with things of a kind; the first without a word."""
    usual, *others = actions
    parser.add_argument(
        "action",
        nargs="?",
        choices=actions,
        default=usual,
        metavar="ACTION",
        help=f"{usual} (without a word), {', '.join(others)}",
    )
