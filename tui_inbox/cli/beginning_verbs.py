"""Verbs to begin with: the demo town, signing in, accounts."""

from __future__ import annotations

from tui_inbox.cli.argument_types import port
from tui_inbox.cli.options import Parser, Verb, add_account, add_town, stored


def _demo(parser: Parser) -> None:
    parser.add_argument(
        "--tour", action="store_true", help="begin with a tour in five steps, each left by a key"
    )
    add_town(parser, demo=False)


def _linear(parser: Parser) -> None:
    add_account(parser)
    add_town(parser)


def _login(parser: Parser) -> None:
    parser.add_argument("network", choices=["mastodon", "bluesky", "x"], help="which network it is")
    parser.add_argument(
        "server",
        metavar="SERVER",
        help="the address of your server, as https://your.server; on Bluesky your handle, as you.bsky.social; "
        "on X the client id of your own app",
    )
    parser.add_argument(
        "--confidential",
        action="store_true",
        help="X: your app has a client secret, which is asked for and not shown while it is typed",
    )
    parser.add_argument(
        "--port",
        type=port,
        metavar="N",
        help="X: the port of the address http://127.0.0.1:N/callback that your app names",
    )
    parser.add_argument(
        "--at",
        metavar="SERVER",
        help="Bluesky: the server you are on, where it cannot be found by your handle; X: another address of its API",
    )
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--browser",
        action="store_true",
        help="Bluesky: sign in on your server's page, without an app password",
    )
    way.add_argument(
        "--paste",
        action="store_true",
        help="the browser is on another machine, as over ssh: show an address, and ask for what comes of it",
    )
    way.add_argument(
        "--token-stdin", action="store_true", help="read an access token from standard input"
    )
    way.add_argument(
        "--password-stdin",
        action="store_true",
        help="Bluesky: read the app password from standard input; X: the client secret",
    )


def _accounts(parser: Parser) -> None:
    parser.add_argument(
        "--door", choices=["open", "check", "closed"], help="what becomes of strangers from now on"
    )
    stored(parser)


def _serve(parser: Parser) -> None:
    parser.add_argument(
        "--port", type=port, default=8765, metavar="N", help="the port on this machine (8765)"
    )
    add_town(parser)


BEGINNING = (
    Verb("demo", "open the inbox on a small invented town; no account, no network", "demo", _demo),
    Verb(
        "linear",
        "open the inbox line by line, for screen readers and plain terminals",
        "linear --demo",
        _linear,
        "Nothing is painted: lines are printed once and stay. Type help there.",
    ),
    Verb(
        "login",
        "sign in to a server",
        "login mastodon https://your.server",
        _login,
        "It opens your browser, or shows an address to open where there is none.\n"
        "Bluesky: it asks for an app password; with --browser or --paste it does without.\n"
        "X: it wants an app of your own, and what you read is paid for.",
    ),
    Verb(
        "serve",
        "the inbox in a browser on this machine",
        "serve --port 8080",
        _serve,
        "It prints an address with a token in it, which opens it here and nowhere else.\n"
        "One page at a time; ctrl+c ends it.",
    ),
    Verb(
        "accounts",
        "who is signed in, and what becomes of strangers who write to each account",
        "accounts --account mi --door closed",
        _accounts,
        "Doors: open (no stranger is kept apart), check (who looks like a person is not),\n"
        "closed (nobody comes in whom you did not let in).",
    ),
)
