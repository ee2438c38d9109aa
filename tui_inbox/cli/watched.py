"""`tui-inbox watched`: threads that are followed without posting in them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from tui_inbox.cli.exit_codes import DONE, FAILED, WRONG_CALL
from tui_inbox.cli.printing import post_lines, print_json, print_lines, text_lines
from tui_inbox.cli.program import Program
from tui_inbox.commands import watching
from tui_inbox.commands.context import Outcome
from tui_inbox.core.moment import Millis, age
from tui_inbox.queries import thread, watched
from tui_inbox.queries.overviews import WatchedRow
from tui_inbox.queries.rows import Scope

NO_POST = "Name a post of the thread by its number, or its address: tui-inbox watched add 573."
NO_THREAD = "Name one of what tui-inbox watched lists: tui-inbox watched end 3."


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """List what is watched, or change it and list it then."""
    match options.action:
        case "add":
            code = _add(program, options.words, scope)
        case "end":
            code = _end(program, options.words, scope)
        case _:
            code = DONE
    if code == DONE:
        rows = _rows(program, scope)
        if options.json:
            print_json(rows)
        else:
            print_lines(_lines(rows, program.now()))
    return code


def _rows(program: Program, scope: Scope) -> tuple[WatchedRow, ...]:
    return program.reader.ask(watched.rows, scope, now=program.now()).result()


def _add(program: Program, words: Sequence[str], scope: Scope) -> int:
    if len(words) != 1:
        return _fail(NO_POST, WRONG_CALL)
    found = program.reader.ask(thread.find_post, scope, words[0]).result()
    if found is None:
        return _fail(f"No post is known as {words[0]!r}. {NO_POST}")
    return _told(watching.begin(program.context, *found).result())


def _end(program: Program, words: Sequence[str], scope: Scope) -> int:
    row = next((one for one in _rows(program, scope) if [str(one.id)] == list(words)), None)
    if row is None:
        return _fail(NO_THREAD, FAILED if words else WRONG_CALL)
    return _told(watching.end(program.context, row.id).result())


def _lines(rows: Sequence[WatchedRow], now: Millis) -> Iterator[str]:
    if not rows:
        yield "No thread is watched: tui-inbox watched add POST begins that."
    for row in rows:
        letters = f"{row.letters} · " if row.letters else ""
        last = f"last {age(row.last_at, now)} ago by {row.last_by}"
        yield f"{row.id:>4}  {letters}{row.new} new · {last}"
        yield from post_lines(row.post, now)
        for words in filter(None, (row.trouble, row.stands)):
            yield from text_lines(words)
        yield ""


def _told(outcome: Outcome) -> int:
    """What the list that follows does not show is said here: that nothing was changed, and why."""
    return DONE if outcome.action is not None else _fail(outcome.sentence)


def _fail(sentence: str, code: int = FAILED) -> int:
    print(sentence if sentence.endswith(".") else f"{sentence}.", file=sys.stderr)
    return code
