"""`tui-inbox why`: why somebody stands where they stand."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from msgspec import Struct

from tui_inbox.cli.exit_codes import DONE, FAILED
from tui_inbox.cli.printing import print_json, print_lines
from tui_inbox.cli.program import Program
from tui_inbox.core.moment import Millis, age
from tui_inbox.priority import phrases
from tui_inbox.queries import trace, whom, words
from tui_inbox.queries.rows import Exchange, PersonLabel, Scope, Trace
from tui_inbox.queries.whom import Known

EVENTS = 3
"""So many events are printed below a reason; JSON has all."""
POINTS = 9


class Explained(Struct, frozen=True):
    """Somebody as one account knows them: what waits from them, and their place among people."""

    account: int
    letters: str
    person: PersonLabel
    items: tuple[Trace, ...]
    place: Trace | None


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print the traces of everybody whom the name means."""
    name = " ".join(options.person)
    now = program.now()
    found = program.reader.ask(whom.find, scope, name, now=now).result()
    if not found:
        print(f"You have had to do with nobody called {name!r}.", file=sys.stderr)
        return FAILED
    if len({one.person.id for one in found}) > 1:
        print(f"{name!r} may be {_listed(found)}. Name one of them.", file=sys.stderr)
        return FAILED
    explained = tuple(_explain(program, one, scope, now) for one in found)
    if options.json:
        print_json(explained)
    else:
        print_lines(_lines(explained, now))
    return DONE


def _listed(found: Sequence[Known]) -> str:
    return words.listed(list(dict.fromkeys(one.person.handle for one in found)), 6)


def _explain(program: Program, one: Known, scope: Scope, now: Millis) -> Explained:
    items = [
        program.reader.ask(trace.of_item, item, now=now, scope=scope).result() for item in one.items
    ]
    place = program.reader.ask(trace.of_person, one.account, one.person.id, now=now).result()
    told = tuple(item for item in items if item is not None)
    return Explained(one.account, one.letters, one.person, told, place)


def _lines(explained: Sequence[Explained], now: Millis) -> Iterator[str]:
    for one in explained:
        for told in (*one.items, *([one.place] if one.place else ())):
            yield f"{one.letters} {told.title}".strip()
            yield from trace_lines(told, now)
            yield ""


def trace_lines(told: Trace, now: Millis) -> Iterator[str]:
    """A trace: what is decided before points, each reason with events that were not shown yet, and the sum."""
    if told.standing:
        yield f"{'':>{POINTS}}  {told.standing}"
    shown: set[tuple[Exchange, ...]] = set()
    for reason in told.reasons:
        yield f"{phrases.points(reason.points):>{POINTS}}  {reason.sentence}"
        if reason.evidence not in shown:
            shown.add(reason.evidence)
            yield from _event_lines(reason.evidence, now)
    if told.reasons:
        yield f"{'-' * (POINTS - 2):>{POINTS}}"
        yield f"{phrases.total(told.total):>{POINTS}}  {told.next}"
    else:
        yield f"{'':>{POINTS}}  {told.next}"


def _event_lines(events: Sequence[Exchange], now: Millis) -> Iterator[str]:
    for event in events[:EVENTS]:
        text = words.clip(event.text, 45) or "(its text is not stored)"
        yield f"{'':>{POINTS}}  {age(event.at, now):>5}  {event.word:<20} {text}"
    if len(events) > EVENTS:
        yield f"{'':>{POINTS}}         … {len(events) - EVENTS} more"
