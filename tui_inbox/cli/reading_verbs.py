"""Verbs that read: panes, searches, reasons."""

from __future__ import annotations

from tui_inbox.cli.argument_types import past, positive
from tui_inbox.cli.options import (
    Parser,
    Verb,
    add_action,
    add_limit,
    reading,
    some_posts,
)


def _timeline(parser: Parser) -> None:
    parser.add_argument(
        "--source",
        default="everything",
        metavar="WHAT",
        help="everything, people, links, mentions, favourites, bookmarks, mine, local, federated, group:NAME, "
        "list:NAME, feed:NAME or tag:NAME",
    )
    some_posts(parser)


def _search(parser: Parser) -> None:
    parser.add_argument("words", nargs="+", metavar="WORDS", help="a query, best quoted as a whole")
    parser.add_argument(
        "--by",
        choices=["time", "relevance"],
        default="time",
        help="newest first (time), or the best of the newest 1,000 that match first (relevance)",
    )
    parser.add_argument(
        "--since", type=past, metavar="WHEN", help="written from then on: 3d, friday, 2026-11-30"
    )
    add_limit(parser, "hits", 40)
    reading(parser)


def _searches(parser: Parser) -> None:
    add_action(parser, ("list", "add", "change", "remove", "test", "listen", "leave"))
    parser.add_argument(
        "words",
        nargs="*",
        metavar="WORDS",
        help="add, test: the query; remove: its number, or the query; change: its number, and a new query if need be; "
        "listen, leave: its number, and a feed's address, list:NAME, or bluesky for all that is public there",
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
    parser.add_argument(
        "--feed",
        metavar="ADDRESS",
        help="add: look in this feed (RSS, Atom) and nowhere else; without a query for all of it",
    )
    parser.add_argument(
        "--days",
        type=positive,
        default=7,
        metavar="N",
        help="test: what was stored in so many days, today included (7)",
    )
    reading(parser)


def _watched(parser: Parser) -> None:
    add_action(parser, ("list", "add", "end"))
    parser.add_argument(
        "words",
        nargs="*",
        metavar="POST",
        help="add: a post of the thread, by its number (post 573) or its address; end: the number that is listed",
    )
    reading(parser)


def _why(parser: Parser) -> None:
    parser.add_argument(
        "item",
        nargs="+",
        metavar="ITEM",
        help="the number that inbox prints (post 573), the address of a post, or a name or a handle, or the beginning "
        "of one",
    )
    reading(parser)


def _glance(parser: Parser) -> None:
    parser.add_argument(
        "--format",
        default=None,
        metavar="WORDS",
        help="other words, with {waiting} and {newcomers} in them",
    )
    reading(parser)


READING = (
    Verb("digest", "all four panes at once", "digest --sync --limit 5", some_posts),
    Verb("inbox", "who waits for you", "inbox --account mi", reading),
    Verb(
        "mix",
        "your own posts: to everybody, to people you talk with, to somebody new",
        "mix --json",
        reading,
    ),
    Verb("people", "people, and why they are listed", "people --json", reading),
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
        "standing searches: list, add, change, remove, test, listen, leave",
        "searches add '\"anyone know\" kiln'",
        _searches,
        "What a new one finds among what is stored are its first hits.\n"
        "test keeps nothing: it says what a query would have found, and where it looks.\n"
        "listen lets a search look in a feed or a list, too, or hear all of Bluesky\n"
        "(about 1 GB a day); leave no more.",
        "words",
    ),
    Verb(
        "watched",
        "threads that you follow without posting in them: list, add, end",
        "watched add 573",
        _watched,
        "Servers are asked now and then while the program is open; --sync asks at once.",
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
        "glance",
        "one line for a status bar; nothing when nobody waits",
        "glance --format '{waiting} wait, {newcomers} new'",
        _glance,
    ),
)
