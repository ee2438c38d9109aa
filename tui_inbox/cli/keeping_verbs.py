"""Verbs about the program itself: rules, what was learnt, the store, the settings."""

from __future__ import annotations

from tui_inbox.cli.argument_types import day, points, positive
from tui_inbox.cli.options import (
    Parser,
    Verb,
    add_account,
    add_action,
    add_json,
    add_town,
    reading,
    stored,
    whole,
)


def _rules(parser: Parser) -> None:
    add_action(parser, ("list", "add", "remove"))
    parser.add_argument(
        "words", nargs="*", metavar="NUMBER", help="remove: the number that is listed"
    )
    own = parser.add_argument_group("add: what the rule is about, and what it does")
    own.add_argument("--person", metavar="HANDLE", help="somebody, by their full handle")
    own.add_argument("--tag", metavar="TAG", help="texts with this hashtag")
    own.add_argument("--word", metavar="QUERY", help="texts that this query finds")
    own.add_argument("--lane", choices=("people", "newcomers"), help="only in this lane")
    own.add_argument(
        "--reason",
        choices=("question", "waiting", "thanks", "others"),
        help="texts that have this reason",
    )
    does = own.add_mutually_exclusive_group()
    does.add_argument("--points", type=points, metavar="N", help="what it adds, as 0.5 or -1")
    does.add_argument(
        "--not-at-all",
        action="store_true",
        help="a reason counts nothing; anything else stands below everybody of its lane",
    )
    own.add_argument("--until", type=day, metavar="DAY", help="its last day, as 2026-12-07")
    stored(parser)


def _learning(parser: Parser) -> None:
    add_action(parser, ("show", "forget"))
    add_account(parser)
    add_json(parser)
    add_town(parser)


def _evaluate(parser: Parser) -> None:
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="files of recorded events (ts,src,dst,kind as CSV, or .csv.gz) in the place of your own ledger",
    )
    parser.add_argument(
        "--flood",
        type=positive,
        default=0,
        metavar="N",
        help="have so many strangers write to you in the hour before each question",
    )
    add_account(parser)
    add_json(parser)
    add_town(parser)


def _config(parser: Parser) -> None:
    add_action(parser, ("show", "path", "check", "edit", "get", "set", "unset"))
    parser.add_argument(
        "words",
        nargs="*",
        metavar="KEY VALUE",
        help="get, unset: a setting, as look.theme; set: the setting, and what it shall be",
    )
    add_json(parser)
    add_town(parser)


def _completions(parser: Parser) -> None:
    parser.add_argument("shell", choices=["bash", "zsh", "fish"], help="for which shell")


def _import(parser: Parser) -> None:
    parser.add_argument(
        "kind",
        metavar="KIND",
        choices=("x-archive", "mastodon-archive", "bluesky-car"),
        help="x-archive, mastodon-archive or bluesky-car",
    )
    parser.add_argument("file", metavar="FILE", help="the file, or the folder it was unpacked to")
    add_json(parser)


KEEPING = (
    Verb(
        "rules",
        "your own rules: list, add, remove",
        "rules add --tag '#acorn' --points 0.5 --until 2026-12-07",
        _rules,
        "They stand in the settings file and count wherever order is made.",
    ),
    Verb(
        "learning",
        "what the order has learnt from what you do: show, forget",
        "learning forget",
        _learning,
        "What is forgotten can be brought back on the screen with u.",
    ),
    Verb(
        "evaluate",
        "how good the order of people was, asked of your own ledger",
        "evaluate --json",
        _evaluate,
        "Computed on this machine from what has happened; nothing is kept or sent.",
        "files",
    ),
    Verb("doctor", "is all well, and if not, what to do", "doctor", reading),
    Verb(
        "rebuild",
        "make turns, ties and the index anew from what is stored",
        "rebuild",
        whole,
        "No server is asked, and nothing that you have decided or written changes.\n"
        "It does nothing, and says so, while the program is open on the screen.",
    ),
    Verb(
        "import",
        "take in an archive of an account, so that People knows your past",
        "import x-archive twitter-2026.zip",
        _import,
        "The account must be signed in. Nothing is unpacked to the disk and no server is asked; doing it again adds\n"
        "nothing twice. It does nothing, and says so, while the program is open on the screen.",
    ),
    Verb(
        "config",
        "the settings: show, path, check, edit, get, set, unset",
        "config set sending.hold_seconds 20",
        _config,
        "edit opens the file in $VISUAL or $EDITOR; the old one holds until the new\n"
        "one is right. An open program takes a change over by itself.",
        "words",
    ),
    Verb(
        "completions",
        "print a script by which your shell completes verbs and options",
        "completions bash",
        _completions,
        "Where to put it is told in docs/start.md.",
    ),
)
