"""The words of the command line. Imports nothing of the program's rooms, so that `--help` is quick."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from tui_inbox import __version__

_EPILOG = """\
Without a verb the inbox opens on the screen. Reading verbs read what is stored and print its age; --sync asks the
servers first. Exit codes: 0 done, 1 failed, 2 nobody has signed in or the words of the call are off, 3 queued: it
leaves when there is a line.
"""


def make_parser() -> argparse.ArgumentParser:
    """The parser of `tui-inbox` and all its verbs."""
    parser = argparse.ArgumentParser(
        prog="tui-inbox",
        description="A terminal inbox for the people you actually talk with.",
        epilog=_EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"tui-inbox {__version__}")
    parser.set_defaults(verb=None, demo=False, seed=7, speed=1.0, now=None)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    _demo(verbs)
    _login(verbs)
    _reading(verbs)
    _writing(verbs)
    _doctor(verbs)
    return parser


def _demo(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    demo = verbs.add_parser(
        "demo", help="open the inbox on a small invented town; no account, no network"
    )
    _town(demo)


def _login(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    login = verbs.add_parser("login", help="sign in: login mastodon https://your.server")
    login.add_argument("network", choices=["mastodon"], help="which kind of server it is")
    login.add_argument("server", help="its address, as https://your.server")
    way = login.add_mutually_exclusive_group()
    way.add_argument(
        "--paste", action="store_true", help="show an address and ask for the code, as over ssh"
    )
    way.add_argument(
        "--token-stdin", action="store_true", help="read an access token from standard input"
    )
    accounts = verbs.add_parser("accounts", help="who is signed in")
    _common(accounts, reads=True)


def _doctor(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    doctor = verbs.add_parser("doctor", help="is all well, and if not, what to do")
    _common(doctor, reads=True)


def _reading(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    for verb, does in (
        ("digest", "all four panes at once"),
        ("inbox", "who waits for you"),
        ("people", "people and why they are listed"),
        ("timeline", "the newest posts"),
    ):
        reading = verbs.add_parser(verb, help=does)
        _common(reading, reads=True)
        if verb in ("digest", "timeline"):
            reading.add_argument(
                "--limit", type=_positive, default=20, metavar="N", help="posts at most (20)"
            )
    glance = verbs.add_parser("glance", help="one line for a status bar; nothing when nobody waits")
    _common(glance, reads=True)
    glance.add_argument(
        "--format", default=None, help="as '{waiting} wait, {newcomers} new' (those two names)"
    )
    search = verbs.add_parser("search", help="search everything that is stored")
    _common(search, reads=True)
    search.add_argument(
        "--limit", type=_positive, default=40, metavar="N", help="hits at most (40)"
    )
    search.add_argument(
        "words", nargs="+", metavar="WORDS", help='as in: bread OR "rye loaf" -cake'
    )


def _writing(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    post = verbs.add_parser(
        "post", help="write a new post; the text comes as words or on standard input"
    )
    reply = verbs.add_parser(
        "reply", help="answer a post, by its number in --json, or an address of it"
    )
    reply.add_argument("post", help="number of the post (inbox --json: post.id), or its URL")
    for writing in (post, reply):
        _common(writing, reads=False)
        writing.add_argument(
            "text", nargs="*", metavar="TEXT", help="the text; none: standard input"
        )
        writing.add_argument("--warning", default="", help="a content warning")
        writing.add_argument(
            "--audience",
            choices=["public", "unlisted", "followers", "direct"],
            help="who may read it; a reply never goes wider than what it answers",
        )
        writing.add_argument(
            "--dry-run", action="store_true", help="print what would be sent and to whom"
        )


def _common(parser: argparse.ArgumentParser, *, reads: bool) -> None:
    parser.add_argument(
        "--account", metavar="NAME", help="only this account: two letters, or handle"
    )
    parser.add_argument(
        "--demo", action="store_true", help="the invented town instead of real accounts"
    )
    if reads:
        parser.add_argument("--json", action="store_true", help="print one JSON value")
        parser.add_argument("--sync", action="store_true", help="ask the servers first")
    _town(parser)


def _town(parser: argparse.ArgumentParser) -> None:
    town = parser.add_argument_group("the demo town")
    town.add_argument("--seed", type=int, default=7, help="which town (7)")
    town.add_argument("--speed", type=_speed, default=1.0, help="how fast it lives (1)")
    town.add_argument(
        "--now", type=_moment, default=None, help="its clock at the start, as 2026-11-20T09:00"
    )


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number from 1 on")
    return int(text)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0.01 <= speed <= 1000:
        raise argparse.ArgumentTypeError("must be a number from 0.01 to 1000")
    return speed


def _moment(text: str) -> int:
    """A local date and time as milliseconds since the epoch."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a date and time, as 2026-11-20T09:00") from None
    return int(moment.astimezone(UTC).timestamp() * 1000)
