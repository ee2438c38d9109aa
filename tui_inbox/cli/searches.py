"""`tui-inbox searches`: standing searches, listed, tried, added, changed, removed, and what they listen to."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from tui_inbox.cli.exit_codes import DONE, FAILED, WRONG_CALL
from tui_inbox.cli.one_account import one_account
from tui_inbox.cli.printing import print_json, print_lines, text_lines
from tui_inbox.cli.program import Program
from tui_inbox.cli.search import query_of
from tui_inbox.cli.trial_lines import trial_lines
from tui_inbox.commands import outside
from tui_inbox.commands import searches as commands
from tui_inbox.commands.context import Outcome
from tui_inbox.core.outside import COSTS, STREAMS, is_address
from tui_inbox.core.query_text import QueryError, parse
from tui_inbox.queries import searches, sources, trial
from tui_inbox.queries.rows import Scope, SearchRows, SourceRow

NOTHING_TO_TEST = "Name what to search for: tui-inbox searches test WORDS."
NO_QUERY = "Name what to search for: tui-inbox searches add WORDS."
NO_SOURCE = (
    "Name a search by its number, and a feed by its address or a public stream by its network: "
    "tui-inbox searches listen 3 https://town.example/news.atom, or listen 3 bluesky."
)
NO_SEARCH = "Name a search by its number, or its query: tui-inbox searches remove 3."
NO_CHANGE = "Name a search by its number, and what it shall look for or show: tui-inbox searches change 3 WORDS."


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """List the searches, or change them and list them then."""
    match options.action:
        case "test":
            return _test(program, options, scope)
        case "add":
            code = _add(program, options, scope)
        case "change":
            code = _change(program, options.words, options.asks_only, scope)
        case "remove":
            code = _remove(program, options.words, scope)
        case "listen" | "leave":
            code = _listen(program, options.words, scope, leaves=options.action == "leave")
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
            )
            if part
        )
        yield f"{row.id:>4}  {row.title}  ·  {marks}"
        yield from text_lines(row.coverage)


def _add(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    words, feed, asks_only = options.words, options.feed, bool(options.asks_only)
    if not words and not feed:
        return _fail(NO_QUERY, WRONG_CALL)
    if words and not _can_be_read(query_of(words)):
        return WRONG_CALL
    account = one_account(scope)
    if account is None:
        return FAILED
    if feed:
        query = query_of(words) if words else ""
        saving = outside.save_feed(program.context, account, feed, query, asks_only=asks_only)
    else:
        saving = commands.save(program.context, account, query_of(words), asks_only=asks_only)
    return _told(saving.result())


def _change(program: Program, words: list[str], asks_only: bool | None, scope: Scope) -> int:
    """Another query, or another choice of hits; the query is changed first, and if that fails nothing is."""
    if not words or (len(words) == 1 and asks_only is None):
        return _fail(NO_CHANGE, WRONG_CALL)
    named, *query = words
    found = [row for row in _rows(program, scope) if named == str(row.id)]
    if not found:
        return _fail(f"There is no standing search {named!r}. {NO_CHANGE}")
    code = DONE
    if query and not _can_be_read(query_of(query)):
        return WRONG_CALL
    if query:
        changing = commands.change_query(program.context, found[0].id, query_of(query))
        code = _told(changing.result())
    if code == DONE and asks_only is not None:
        code = _told(commands.set_asks_only(program.context, found[0].id, asks_only).result())
    return code


def _test(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Say what a search would have found, and where it would look. Nothing is kept."""
    if not options.words:
        return _fail(NOTHING_TO_TEST, WRONG_CALL)
    account = one_account(scope)
    if account is None:
        return FAILED
    now = program.now()
    try:
        tried = program.reader.ask(
            trial.trial,
            account,
            query_of(options.words),
            now=now,
            dialect=program.dialect(account),
            days=options.days,
        ).result()
    except QueryError as error:
        return _unreadable(error)
    if options.json:
        print_json(tried)
    else:
        print_lines(trial_lines(tried, now))
    return DONE


def _remove(program: Program, words: list[str], scope: Scope) -> int:
    if not words:
        return _fail(NO_SEARCH, WRONG_CALL)
    row = _named(program, query_of(words), scope)
    return FAILED if row is None else _told(commands.remove(program.context, row.id).result())


def _listen(program: Program, words: list[str], scope: Scope, *, leaves: bool) -> int:
    """Let a search listen to a feed or a public stream as well, or no more."""
    if len(words) != 2:
        return _fail(NO_SOURCE, WRONG_CALL)
    row = _named(program, words[0], scope)
    if row is None:
        return FAILED
    place = words[1]
    if not leaves:
        return _begin(program, row, place)
    source = next((one for one in row.sources if place in _names(one)), None)
    if source is None:
        return _fail(f"That search does not listen to {place}.")
    return _told(outside.stop_listening(program.context, row.id, source.id).result())


def _names(source: SourceRow) -> tuple[str, ...]:
    """What a source may be called: its address, its name, and a list as it was named when it was added."""
    return source.address, source.name, source.name.replace("list ", "list:", 1)


def _begin(program: Program, search: SearchRows, place: str) -> int:
    """Listen to a feed, a timeline of the account, or the public stream of a network, which says what that costs."""
    if place not in STREAMS and not is_address(place):
        return _look_in(program, search, place)
    if place not in STREAMS:
        return _told(outside.listen_to_feed(program.context, search.id, place).result())
    code = _told(outside.listen_to_stream(program.context, search.id, place).result())
    if code == DONE:
        end = f"tui-inbox searches leave {search.id} {place} ends it"
        print(f"Hearing {STREAMS[place]}: {COSTS[place]}; {end}.", file=sys.stderr)
    return code


def _look_in(program: Program, search: SearchRows, place: str) -> int:
    """Have a timeline of the search's own account read for it."""
    offered = program.reader.ask(sources.for_searches, search.account).result()
    if offered is None:
        for sentence in program.read_feed((search.account,), None):
            print(sentence, file=sys.stderr)
        offered = program.reader.ask(sources.for_searches, search.account).result()
    names = {one.title.replace("list ", "list:", 1): one for one in offered or ()}
    chosen = next((one for name, one in names.items() if name.casefold() == place.casefold()), None)
    if chosen is None:
        there = ", ".join([*names, *STREAMS, "the address of a feed"])
        return _fail(f"There is no {place!r} to listen to; there are {there}.")
    looking = outside.look_in_timeline(program.context, search.id, chosen.feed, chosen.title)
    return _told(looking.result())


def _named(program: Program, named: str, scope: Scope) -> SearchRows | None:
    """The search that is meant; why there is none, or more than one, is said."""
    found = [row for row in _rows(program, scope) if named in (str(row.id), row.title)]
    if not found:
        _fail(f"There is no standing search {named!r}. {NO_SEARCH}")
    elif len(found) > 1:
        numbers = ", ".join(f"{row.id} ({row.letters})" for row in found)
        _fail(f"Several accounts have this search: name one by its number, {numbers}.")
    return found[0] if len(found) == 1 else None


def _can_be_read(query: str) -> bool:
    """Whether it is a query; if not, why is said."""
    try:
        parse(query)
    except QueryError as error:
        _unreadable(error)
        return False
    return True


def _unreadable(error: QueryError) -> int:
    print(f"The search cannot be read: {error}.", file=sys.stderr)
    return WRONG_CALL


def _told(outcome: Outcome) -> int:
    """What the list that follows does not show is said here: that nothing was changed, and why."""
    return DONE if outcome.action is not None else _fail(outcome.sentence)


def _fail(sentence: str, code: int = FAILED) -> int:
    print(sentence if sentence.endswith(".") else f"{sentence}.", file=sys.stderr)
    return code
