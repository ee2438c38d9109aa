"""Verbs that write: posts, drafts, what has not left yet."""

from __future__ import annotations

from tui_inbox.cli.options import (
    Parser,
    Verb,
    add_account,
    add_action,
    add_json,
    add_named_post,
    add_town,
)
from tui_inbox.cli.text_options import add_anyway, add_dry_run, add_text, add_words

_SENDS = (
    "While the program is open on the screen, that does the sending.\n"
    "What cannot leave at once waits in the outbox (exit code 3)."
)


def _post(parser: Parser) -> None:
    add_text(parser)
    parser.add_argument(
        "--account",
        action="append",
        metavar="NAME",
        help="the account that posts: its two letters, or its handle; given again, that one posts it too",
    )
    add_town(parser)


def _reply(parser: Parser) -> None:
    add_named_post(parser, "the number that inbox prints (post 573), or the post's address")
    add_text(parser)
    add_anyway(parser)
    add_account(parser, "look for the post among what this account sees, and answer from it")
    add_town(parser)


def _edit(parser: Parser) -> None:
    add_named_post(parser, "your post: its number, or its address")
    add_words(parser)
    add_dry_run(parser)
    add_account(parser, "look for the post among what this account sees")
    add_town(parser)


def _delete(parser: Parser) -> None:
    add_named_post(parser, "your post: its number, or its address")
    add_dry_run(parser)
    add_account(parser, "look for the post among what this account sees")
    add_town(parser)


def _outbox(parser: Parser) -> None:
    add_action(parser, ("list", "show", "retry", "look", "sent", "discard"))
    parser.add_argument(
        "words", nargs="*", metavar="NUMBER", help="all but list: the number that is listed"
    )
    add_account(parser)
    add_json(parser, "print the list as one JSON value")
    add_town(parser)


def _drafts(parser: Parser) -> None:
    add_action(parser, ("list", "show", "send", "discard"))
    parser.add_argument(
        "words", nargs="*", metavar="NUMBER", help="all but list: the number that is listed"
    )
    add_dry_run(parser)
    add_anyway(parser)
    add_account(parser)
    add_json(parser, "print the list, or the one shown, as one JSON value")
    add_town(parser)


def _profile(parser: Parser) -> None:
    add_action(parser, ("show", "set"))
    parser.add_argument("--name", metavar="NAME", help="set: the name there; empty for none")
    parser.add_argument(
        "--text", metavar="TEXT", help="set: the text about you; - reads standard input"
    )
    parser.add_argument(
        "--field",
        dest="fields",
        action="append",
        metavar="LABEL=TEXT",
        help="set: a field, in the place of the one that is called so, or behind the others; LABEL= takes it out",
    )
    add_dry_run(parser)
    add_account(parser)
    add_json(parser)
    add_town(parser)


WRITING = (
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
        "profile",
        "your own profile as a stranger sees it, and what is missing: show, set",
        "profile set --field web=https://you.example",
        _profile,
        f"It asks the server each time.\n{_SENDS}",
    ),
)
