"""The manual page: `python docs/make/man.py` writes docs/man/tui-inbox.1, `--check` says whether it is stale.

It is made from the table of verbs and their parsers, by own hand: the ready makers of pages from argparse copy what
`--help` prints, line breaks of 80 columns included, and know nothing of examples.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tui_inbox import __version__
from tui_inbox.cli.linear import table
from tui_inbox.cli.options import Verb
from tui_inbox.cli.parser import VERBS, make_parser

PAGE = Path(__file__).parents[1] / "man" / "tui-inbox.1"

MADE = '.\\" Made by docs/make/man.py.'

DESCRIPTION = (
    "A terminal inbox for the people you actually talk with, on Mastodon-API servers and Bluesky. It shows your "
    "timeline live, keeps every mention until you have dealt with it, watches the searches you care about, and puts "
    "the people you have conversations with first.",
    "Without a verb the inbox opens on the screen, where ? lists the keys. tui-inbox linear opens it line by line, for "
    "screen readers, braille lines and plain terminals.",
    "Reading verbs read what is stored; --sync asks the servers first, --json prints one JSON value, --demo uses an "
    "invented town instead of your accounts. Verbs that write leave the sending to the program on the screen while it "
    "is open.",
)

TOWN = ("demo", "seed", "speed", "now")
"""Options that nearly every verb has; they are told of once."""

TOWN_WORDS = "Nearly every verb takes these options, which make it use an invented town."

LINEAR_WORDS = (
    "tui-inbox linear takes these commands, a line each. The capitals stand for what you put there, brackets for what "
    "may be left out; without a number a command is about what was read last."
)

EXIT = (
    ("0", "Done."),
    ("1", "Failed, or refused by the server; one sentence on standard error says why."),
    ("2", "Nobody has signed in, or the words of the call are off."),
    ("3", "Queued: it is in the outbox, and leaves when there is a line or at its time."),
)

ENVIRONMENT = (
    ("TUI_INBOX_HOME", "A folder below which everything is kept, in data, config and logs."),
    ("VISUAL, EDITOR", "What texts and the settings are edited with; else vi."),
    ("ACCESSIBLE", "Where it is 1, the inbox opens line by line although no verb says so."),
    ("TERM", "Where it is dumb, too: no screen is drawn on such a terminal."),
)

FILES = (
    ("~/.config/tui-inbox/settings.toml", "The settings; tui-inbox config path says where it is."),
    ("~/.local/share/tui-inbox/inbox.db", "The store; the demo town has demo.db beside it."),
    ("~/.local/state/tui-inbox/log/tui-inbox.log", "The log; it holds no words of anybody."),
)


def page() -> str:
    """The page, in the macros of man(7)."""
    lines = [
        MADE,
        f'.TH TUI\\-INBOX 1 "" "tui\\-inbox {_text(__version__)}" "User Commands"',
        ".SH NAME",
        "tui\\-inbox \\- a terminal inbox for the people you actually talk with",
        ".SH SYNOPSIS",
        ".B tui\\-inbox",
        "[\\fIVERB\\fR [\\fIARGUMENTS\\fR]]",
        ".SH DESCRIPTION",
        *_paragraphs(DESCRIPTION),
        ".SH VERBS",
    ]
    parsers = _parsers()
    for verb in VERBS:
        lines += _verb(verb, parsers[verb.name])
    lines += [".SH THE DEMO TOWN", _text(TOWN_WORDS)]
    lines += _rows(_arguments(one for one in parsers["inbox"]._actions if one.dest in TOWN))
    lines += [".SH LINE BY LINE", _text(LINEAR_WORDS)]
    for group, commands in table.GROUPS.items():
        lines += [
            f".SS {_text(group.title())}",
            *_rows((one.call, f"{one.does}.") for one in commands),
        ]
    for title, rows in (("EXIT STATUS", EXIT), ("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)):
        lines += [f".SH {title}", *_rows(rows)]
    return "\n".join(lines) + "\n"


def _parsers() -> dict[str, argparse.ArgumentParser]:
    """The parser of each verb, by its name."""
    below = (one for one in make_parser()._actions if isinstance(one, argparse._SubParsersAction))
    return dict(next(below).choices)


def _verb(verb: Verb, parser: argparse.ArgumentParser) -> Iterator[str]:
    said_elsewhere = () if verb.name == "demo" else TOWN
    actions = [
        one
        for one in parser._actions
        if "--help" not in one.option_strings and one.dest not in said_elsewhere
    ]
    words = " ".join(map(_synopsis, actions))
    yield f".SS {_text(verb.name)}"
    yield f"\\fBtui\\-inbox {_text(verb.name)}\\fR {words}".strip()
    yield ".PP"
    yield _text(f"{verb.does[0].upper()}{verb.does[1:]}.")
    yield from map(_text, verb.about.splitlines())
    yield from _rows(_arguments(actions))
    yield ".PP"
    yield "Example:"
    yield ".EX"
    yield _text(f"  tui-inbox {verb.example}")
    yield ".EE"


def _arguments(actions: Iterable[argparse.Action]) -> Iterator[tuple[str, str]]:
    """Arguments with what each is, where `--help` says that of them."""
    for one in actions:
        if one.help:
            yield _called(one), one.help.replace("%%", "%")


def _synopsis(action: argparse.Action) -> str:
    """An argument in the line that shows the call."""
    if action.option_strings:
        return f"[{_called(action, styled=True)}]"
    name = f"\\fI{_text(_metavar(action))}\\fR"
    many = action.nargs in ("*", "+")
    optional = action.nargs in ("?", "*")
    return f"[{name}{' ...' if many else ''}]" if optional else f"{name}{' ...' if many else ''}"


def _called(action: argparse.Action, *, styled: bool = False) -> str:
    """How an argument is written: `--limit N`."""
    if not action.option_strings:
        return _metavar(action)
    name = action.option_strings[-1]
    value = "" if action.nargs == 0 else _metavar(action)
    if styled:
        said = f" \\fI{_text(value)}\\fR" if value else ""
        return f"\\fB{_text(name)}\\fR{said}"
    return f"{name} {value}".strip()


def _metavar(action: argparse.Action) -> str:
    if isinstance(action.metavar, str):
        return action.metavar
    return "|".join(map(str, action.choices)) if action.choices else action.dest.upper()


def _rows(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Names with what each is."""
    for name, words in rows:
        yield ".TP"
        yield f"\\fB{_text(name)}\\fR"
        yield _text(words)


def _paragraphs(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield ".PP"
        yield _text(text)


def _text(text: str) -> str:
    """A text in which nothing is a request or an escape of roff, and hyphens stay what one types."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text[:1] in (".", "'") else text


def main() -> int:
    """Write the page, or say that it is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if it is stale")
    made = page()
    if parser.parse_args().check:
        is_current = PAGE.exists() and PAGE.read_text("utf-8") == made
        if not is_current:
            print("docs/man/tui-inbox.1 is stale")
        return 0 if is_current else 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
