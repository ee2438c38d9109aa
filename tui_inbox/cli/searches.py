"""`tui-inbox searches`: standing searches, listed, added, changed and removed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from tui_inbox.cli.exit_codes import DONE, FAILED
from tui_inbox.cli.one_account import one_account
from tui_inbox.cli.printing import print_json, print_lines
from tui_inbox.cli.program import Program
from tui_inbox.cli.search import query_of
from tui_inbox.commands import searches as commands
from tui_inbox.commands.context import Outcome
from tui_inbox.queries import searches
from tui_inbox.queries.rows import Scope, SearchRows

NO_QUERY = "Name what to search for: tui-inbox searches add WORDS."
NO_SEARCH = "Name a search by its number, or its query: tui-inbox searches remove 3."


NO_CHANGE = "Name a search by its number, and what it shall look for or show: tui-inbox searches change 3 WORDS."


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """List the searches, or change them and list them then."""
    match options.action:
        case "add":
            code = _add(program, options.words, bool(options.asks_only), scope)
        case "change":
            code = _change(program, options.words, options.asks_only, scope)
        case "remove":
            code = _remove(program, options.words, scope)
        case _:
            code = DONE
    if code == DONE:
        _list(program, options, scope)
    return code


def _list(program: Program, options: argparse.Namespace, scope: Scope) -> None:
    rows = _rows(program, scope)
    if options.json:
        print_json(rows)
    else:
        print_lines(_lines(rows))


def _rows(program: Program, scope: Scope) -> tuple[SearchRows, ...]:
    return program.reader.ask(searches.view, scope, now=program.now()).result()


def _lines(rows: Sequence[SearchRows]) -> Iterator[str]:
    if not rows:
        yield "No standing search yet: tui-inbox searches add WORDS keeps one."
    for row in rows:
        marks = " · ".join(
            part
            for part in (
                row.letters,
                f"{row.unread} new",
                "marked" if row.marked else "",
                "asks only" if row.asks_only else "",
                f"{row.later} later" if row.later else "",
                f"{row.passed:,} more today, too many to keep" if row.passed else "",
                row.coverage,
            )
            if part
        )
        yield f"{row.id:>4}  {row.query}  ·  {marks}"


def _add(program: Program, words: list[str], asks_only: bool, scope: Scope) -> int:
    if not words:
        return _fail(NO_QUERY)
    account = one_account(scope)
    if account is None:
        return FAILED
    saving = commands.save(program.context, account, query_of(words), asks_only=asks_only)
    return _told(saving.result())


def _change(program: Program, words: list[str], asks_only: bool | None, scope: Scope) -> int:
    """Another query, or another choice of hits; the query is changed first, and if that fails nothing is."""
    if not words or (len(words) == 1 and asks_only is None):
        return _fail(NO_CHANGE)
    named, *query = words
    found = [row for row in _rows(program, scope) if named == str(row.id)]
    if not found:
        return _fail(f"There is no standing search {named!r}. {NO_CHANGE}")
    code = DONE
    if query:
        changing = commands.change_query(program.context, found[0].id, query_of(query))
        code = _told(changing.result())
    if code == DONE and asks_only is not None:
        code = _told(commands.set_asks_only(program.context, found[0].id, asks_only).result())
    return code


def _remove(program: Program, words: list[str], scope: Scope) -> int:
    if not words:
        return _fail(NO_SEARCH)
    named = query_of(words)
    found = [row for row in _rows(program, scope) if named in (str(row.id), row.query)]
    if not found:
        return _fail(f"There is no standing search {named!r}. {NO_SEARCH}")
    if len(found) > 1:
        numbers = ", ".join(f"{row.id} ({row.letters})" for row in found)
        return _fail(f"Several accounts have this search: name one by its number, {numbers}.")
    return _told(commands.remove(program.context, found[0].id).result())


def _told(outcome: Outcome) -> int:
    """What the list that follows does not show is said here: that nothing was changed, and why."""
    return DONE if outcome.action is not None else _fail(outcome.sentence)


def _fail(sentence: str) -> int:
    print(sentence if sentence.endswith(".") else f"{sentence}.", file=sys.stderr)
    return FAILED
