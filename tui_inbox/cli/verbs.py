"""Runs a verb: the right module, and what all of them have in common."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from tui_inbox.cli.exit_codes import NO_ACCOUNT, WRONG_CALL
from tui_inbox.core import login_words
from tui_inbox.queries import accounts
from tui_inbox.queries.rows import AccountRow, Scope

if TYPE_CHECKING:
    import argparse

    from tui_inbox.cli.program import Program

NOBODY = (
    "Nobody has signed in yet. Try it with --demo, or sign in: "
    f"{login_words.MASTODON}, or {login_words.BLUESKY}"
)
FOUNDING = "Founding the town …"
"""It takes seconds, once; who waits at a terminal is told."""
NEEDS_NO_ACCOUNT = frozenset({"login", "doctor", "evaluate"})
NEEDS_NO_STORE = frozenset({"config", "serve"})
MODULES = {"import": "importing"}
"""Where a verb is called otherwise than its module, because Python keeps its name for itself."""
READS_NO_ORDER = frozenset({"config", "doctor", "login", "serve"})
"""Verbs that must not fail at a mistake in the rules, and put nothing in order."""


class Verb(Protocol):
    """A module of this room that is one verb."""

    def run(self, program: Program, options: argparse.Namespace, scope: Scope) -> int:
        """Do it. Returns the exit code."""
        ...


def run_verb(program: Program, options: argparse.Namespace) -> int:
    """Run the verb that was asked for. Returns the exit code."""
    name = MODULES.get(options.verb, options.verb)
    module: Verb = import_module(f"tui_inbox.cli.{name}")
    if options.verb in NEEDS_NO_STORE:
        return module.run(program, options, Scope(()))
    known = program.reader.ask(accounts.account_rows).result()
    if not known and options.verb not in NEEDS_NO_ACCOUNT:
        return _fail(NOBODY, NO_ACCOUNT)
    asked = getattr(options, "account", None)
    names = asked if isinstance(asked, list) or asked is None else [asked]
    chosen: tuple[AccountRow, ...] = known
    if names is not None:
        found = [_named(known, name) for name in names]
        if None in found:
            return _fail(_no_such(names[found.index(None)], known), WRONG_CALL)
        chosen = tuple(dict.fromkeys(one for one in found if one is not None))
    if program.never_read() and sys.stderr.isatty():
        print(FOUNDING, file=sys.stderr, flush=True)
    if getattr(options, "sync", False) or program.never_read():
        for sentence in program.sync():
            print(sentence, file=sys.stderr)
    return module.run(program, options, Scope(tuple(account.id for account in chosen)))


def _named(known: tuple[AccountRow, ...], name: str) -> AccountRow | None:
    name = name.lstrip("@").lower()
    return next((one for one in known if name in (one.letters, one.handle.lower())), None)


def _no_such(name: str, known: tuple[AccountRow, ...]) -> str:
    names = ", ".join(f"{one.letters} ({one.handle})" for one in known)
    return f"There is no account {name!r} here; there are {names}."


def _fail(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
