"""The words of the command line. Imports nothing of the program's rooms but words, so that `--help` is quick."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from tui_inbox import __version__
from tui_inbox.cli.argument_types import day, moment, points, positive, speed
from tui_inbox.cli.text_options import add_dry_run, add_text, add_words

Parser: TypeAlias = argparse.ArgumentParser

_EPILOG = """\
Without a verb the inbox opens on the screen. Reading verbs read what is stored; --sync asks the servers first.
Exit codes: 0 done, 1 failed (one sentence says why), 2 nobody has signed in or the words of the call are off,
3 queued: it leaves when there is a line. `tui-inbox VERB --help` tells the rest, with an example.
"""

_USUAL: Mapping[str, object] = {"verb": None, "demo": False, "seed": 7, "speed": 1.0, "now": None}
"""What a call says that says nothing."""


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


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What a call says; ends the program with exit code 2 where it cannot be understood.

    argparse takes no word behind an option for an argument of any number of words: `reply 573 --dry-run yes`.

    Args:
        arguments: those of the process if None.
    """
    if arguments is not None and not arguments:
        # Laying out all verbs takes 4 ms, for which the screen need not wait.
        return argparse.Namespace(**_USUAL)
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
    parser.set_defaults(**_USUAL)
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


# What several verbs have in common


def _account(
    parser: Parser, help: str = "this account only: its two letters, or its handle"
) -> None:
    parser.add_argument("--account", metavar="NAME", help=help)


def _json(parser: Parser, help: str = "print one JSON value") -> None:
    parser.add_argument("--json", action="store_true", help=help)


def _sync(parser: Parser) -> None:
    parser.add_argument("--sync", action="store_true", help="ask the servers first")


def _limit(parser: Parser, what: str, usual: int) -> None:
    parser.add_argument(
        "--limit",
        type=positive,
        default=usual,
        metavar="N",
        help=f"so many {what} at most ({usual})",
    )


def _town(parser: Parser, *, demo: bool = True) -> None:
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


# The verbs


def _demo(parser: Parser) -> None:
    _town(parser, demo=False)


def _login(parser: Parser) -> None:
    parser.add_argument("network", choices=["mastodon"], help="which kind of server it is")
    parser.add_argument("server", metavar="SERVER", help="its address, as https://your.server")
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--paste", action="store_true", help="show an address and ask for the code, as over ssh"
    )
    way.add_argument(
        "--token-stdin", action="store_true", help="read an access token from standard input"
    )


def _stored(parser: Parser) -> None:
    """What lies in the store only: no server has to be asked."""
    _account(parser)
    _json(parser)
    _town(parser)


def _whole(parser: Parser) -> None:
    """What concerns the store as a whole."""
    _json(parser)
    _town(parser)


def _accounts(parser: Parser) -> None:
    parser.add_argument(
        "--door", choices=["open", "check", "closed"], help="what becomes of strangers from now on"
    )
    _stored(parser)


def _reading(parser: Parser) -> None:
    _account(parser)
    _json(parser)
    _sync(parser)
    _town(parser)


def _posts(parser: Parser) -> None:
    _limit(parser, "posts", 20)
    _reading(parser)


def _timeline(parser: Parser) -> None:
    parser.add_argument(
        "--source",
        default="everything",
        metavar="WHAT",
        help="everything, people, links, mentions, favourites, bookmarks, mine, local, federated, group:NAME, "
        "list:NAME or tag:NAME",
    )
    _posts(parser)


def _search(parser: Parser) -> None:
    parser.add_argument("words", nargs="+", metavar="WORDS", help="a query, best quoted as a whole")
    _limit(parser, "hits", 40)
    _reading(parser)


def _searches(parser: Parser) -> None:
    _action(parser, ("list", "add", "change", "remove"))
    parser.add_argument(
        "words",
        nargs="*",
        metavar="WORDS",
        help="add: the query; remove: its number, or the query; change: its number, and a new query if need be",
    )
    shows = parser.add_mutually_exclusive_group()
    shows.add_argument(
        "--asks-only",
        dest="asks_only",
        action="store_true",
        default=None,
        help="add, change: show only hits that ask for something",
    )
    shows.add_argument(
        "--all-hits",
        dest="asks_only",
        action="store_false",
        help="change: show all its hits again",
    )
    _reading(parser)


def _why(parser: Parser) -> None:
    parser.add_argument(
        "item",
        nargs="+",
        metavar="ITEM",
        help="the number that inbox prints (post 573), the address of a post, or a name or a handle, or the beginning "
        "of one",
    )
    _reading(parser)


def _rules(parser: Parser) -> None:
    _action(parser, ("list", "add", "remove"))
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
    _stored(parser)


def _glance(parser: Parser) -> None:
    parser.add_argument(
        "--format",
        default=None,
        metavar="WORDS",
        help="other words, with {waiting} and {newcomers} in them",
    )
    _reading(parser)


def _post(parser: Parser) -> None:
    add_text(parser)
    parser.add_argument(
        "--account",
        action="append",
        metavar="NAME",
        help="the account that posts: its two letters, or its handle; given again, that one posts it too",
    )
    _town(parser)


def _reply(parser: Parser) -> None:
    _named_post(parser, "the number that inbox prints (post 573), or the post's address")
    add_text(parser)
    _account(parser, "look for the post among what this account sees, and answer from it")
    _town(parser)


def _edit(parser: Parser) -> None:
    _named_post(parser, "your post: its number, or its address")
    add_words(parser)
    add_dry_run(parser)
    _account(parser, "look for the post among what this account sees")
    _town(parser)


def _delete(parser: Parser) -> None:
    _named_post(parser, "your post: its number, or its address")
    add_dry_run(parser)
    _account(parser, "look for the post among what this account sees")
    _town(parser)


def _named_post(parser: Parser, help: str) -> None:
    parser.add_argument("post", metavar="POST", help=help)


def _outbox(parser: Parser) -> None:
    _action(parser, ("list", "show", "retry", "look", "sent", "discard"))
    parser.add_argument(
        "words", nargs="*", metavar="NUMBER", help="all but list: the number that is listed"
    )
    _account(parser)
    _json(parser, "print the list as one JSON value")
    _town(parser)


def _drafts(parser: Parser) -> None:
    _action(parser, ("list", "show", "send", "discard"))
    parser.add_argument(
        "words", nargs="*", metavar="NUMBER", help="all but list: the number that is listed"
    )
    add_dry_run(parser)
    _account(parser)
    _json(parser, "print the list, or the one shown, as one JSON value")
    _town(parser)


def _learning(parser: Parser) -> None:
    _action(parser, ("show", "forget"))
    _account(parser)
    _json(parser)
    _town(parser)


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
    _account(parser)
    _json(parser)
    _town(parser)


def _config(parser: Parser) -> None:
    _action(parser, ("show", "path"))
    _json(parser)
    _town(parser)


def _action(parser: Parser, actions: tuple[str, ...]) -> None:
    usual, *others = actions
    parser.add_argument(
        "action",
        nargs="?",
        choices=actions,
        default=usual,
        metavar="ACTION",
        help=f"{usual} (without a word), {', '.join(others)}",
    )


_SENDS = (
    "While the program is open on the screen, that does the sending.\n"
    "What cannot leave at once waits in the outbox (exit code 3)."
)

VERBS = (
    Verb("demo", "open the inbox on a small invented town; no account, no network", "demo", _demo),
    Verb(
        "login",
        "sign in to a server",
        "login mastodon https://your.server",
        _login,
        "It opens your browser, or shows an address to open where there is none.",
    ),
    Verb(
        "accounts",
        "who is signed in, and what becomes of strangers who write to each account",
        "accounts --account mi --door closed",
        _accounts,
        "Doors: open (no stranger is kept apart), check (who looks like a person is not),\n"
        "closed (nobody comes in whom you did not let in).",
    ),
    Verb("digest", "all four panes at once", "digest --sync --limit 5", _posts),
    Verb("inbox", "who waits for you", "inbox --account mi", _reading),
    Verb(
        "mix",
        "your own posts: to everybody, to people you talk with, to somebody new",
        "mix --json",
        _reading,
    ),
    Verb("people", "people, and why they are listed", "people --json", _reading),
    Verb(
        "timeline",
        "the newest posts, newest first",
        "timeline --source people --limit 5",
        _timeline,
    ),
    Verb(
        "search",
        "search everything that is stored",
        """search '"rye loaf" -cake'""",
        _search,
        "Standing searches are kept with `tui-inbox searches add`.",
        "words",
    ),
    Verb(
        "searches",
        "standing searches: list, add, change, remove",
        "searches add '\"anyone know\" kiln'",
        _searches,
        "What a new one finds among what is stored are its first hits.",
        "words",
    ),
    Verb(
        "why",
        "why something stands where it stands, in sentences whose points add up",
        "why odile",
        _why,
        "Of a person first what waits for you from them, then their place among people.",
        "item",
    ),
    Verb(
        "rules",
        "your own rules: list, add, remove",
        "rules add --tag '#acorn' --points 0.5 --until 2026-12-07",
        _rules,
        "They stand in the settings file and count wherever order is made.",
    ),
    Verb(
        "glance",
        "one line for a status bar; nothing when nobody waits",
        "glance --format '{waiting} wait, {newcomers} new'",
        _glance,
    ),
    Verb(
        "post",
        "write a new post",
        'post --account mi --audience followers "The kettle is on."',
        _post,
        _SENDS,
        "text",
    ),
    Verb(
        "reply",
        "answer a post, to everybody in the conversation",
        'reply 573 "Yes, on Friday."',
        _reply,
        f"An answer is never for more people than what it answers.\n{_SENDS}",
        "text",
    ),
    Verb(
        "edit",
        "change a post of yours; what goes with it stays",
        'edit 573 "The kettle is off."',
        _edit,
        _SENDS,
        "text",
    ),
    Verb("delete", "delete a post of yours", "delete 573", _delete, _SENDS),
    Verb(
        "drafts",
        "texts that you have begun and kept: list, show, send, discard",
        "drafts send 4",
        _drafts,
        "What is discarded can be brought back on the screen with u.",
        "words",
    ),
    Verb(
        "outbox",
        "what has not left yet: list, show, retry, look, sent, discard",
        "outbox retry 12",
        _outbox,
        "Of what may have arrived or not: look asks the server, sent believes you, retry\n"
        "sends it again. What is discarded can be brought back on the screen with u.",
        "words",
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
    Verb("doctor", "is all well, and if not, what to do", "doctor", _reading),
    Verb(
        "rebuild",
        "make turns, ties and the index anew from what is stored",
        "rebuild",
        _whole,
        "No server is asked, and nothing that you have decided or written changes.\n"
        "It does nothing, and says so, while the program is open on the screen.",
    ),
    Verb(
        "config",
        "the settings in force, and where their file is",
        "config path",
        _config,
    ),
)
