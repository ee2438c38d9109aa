"""`tui-inbox why`: why something or somebody stands where they stand."""

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
from tui_inbox.queries import accounts, thread, trace, whom, words
from tui_inbox.queries.rows import Exchange, PersonLabel, ReasonRow, Scope, Trace
from tui_inbox.queries.whom import Known

EVENTS = 3
"""So many events are printed below a reason; JSON has all."""
POINTS = 9


class Explained(Struct, frozen=True):
    """Something or somebody as one account knows them.

    Attributes:
        account: handle of the account; `letters` are its mark where several are shown.
        person: whom it is about.
        items: why each of their conversations that is meant stands where it stands in the Inbox.
        place: their place among people; None for a post, and for somebody the account never had to do with.
        post: why a post carries the mark of people one talks with, or does not; None where no post was named.
    """

    account: str
    letters: str
    person: PersonLabel
    items: tuple[Trace, ...]
    place: Trace | None
    post: Trace | None = None


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print the traces of a post and what waits because of it, or of everybody whom the name means."""
    name, now = " ".join(options.item), program.now()
    post = _post_named(program, name, scope)
    if post is None and _is_address(name):
        return _fail(f"No stored post is known as {name!r}.")
    if post is not None:
        found = program.reader.ask(whom.of_post, scope, post, now=now).result()
    else:
        found = program.reader.ask(whom.find, scope, name, now=now).result()
    if not found:
        return _fail(f"You have had to do with nobody called {name!r}.")
    if len({one.person.id for one in found}) > 1:
        return _fail(f"{name!r} may be {_listed(found)}. Name one of them.")
    known = program.reader.ask(accounts.account_rows).result()
    handles = {one.id: one.handle for one in known}
    explained = tuple(
        _explain(program, one, scope, now, handles.get(one.account, ""), post) for one in found
    )
    if options.json:
        print_json(explained)
    else:
        print_lines(_lines(explained, now))
    return DONE


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return FAILED


def _is_address(name: str) -> bool:
    return "://" in name


def _post_named(program: Program, name: str, scope: Scope) -> int | None:
    """The local id of the post that a number or an address means; None where it means none."""
    if not (name.isdecimal() or _is_address(name)):
        return None
    found = program.reader.ask(thread.find_post, scope, name).result()
    return found[1] if found is not None else None


def _listed(found: Sequence[Known]) -> str:
    return words.listed(list(dict.fromkeys(one.person.handle for one in found)), 6)


def _explain(
    program: Program, one: Known, scope: Scope, now: Millis, handle: str, post: int | None
) -> Explained:
    asked = [
        program.reader.ask(trace.of_item, item, now=now, scope=scope).result() for item in one.items
    ]
    items = tuple(item for item in asked if item is not None)
    if post is not None:
        told = program.reader.ask(trace.of_post, one.account, post, now=now).result()
        return Explained(handle, one.letters, one.person, items, None, told)
    place = program.reader.ask(trace.of_person, one.account, one.person.id, now=now).result()
    return Explained(handle, one.letters, one.person, items, place)


def _lines(explained: Sequence[Explained], now: Millis) -> Iterator[str]:
    for one in explained:
        for told in (*one.items, *filter(None, (one.place, one.post))):
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
            yield from _event_lines(reason, now)
    if told.reasons:
        yield f"{'-' * (POINTS - 2):>{POINTS}}"
        yield f"{phrases.total(told.total):>{POINTS}}  {told.next}"
        if told.before:
            yield f"{'':>{POINTS}}  {told.before}"
    else:
        yield f"{'':>{POINTS}}  {told.next}"


def _event_lines(reason: ReasonRow, now: Millis) -> Iterator[str]:
    for event in reason.evidence[:EVENTS]:
        text = words.clip(event.text, 45) or "(its text is not stored)"
        yield f"{'':>{POINTS}}  {age(event.at, now):>5}  {event.word:<20} {text}"
    if (left := len(reason.evidence) + reason.more - EVENTS) > 0:
        yield f"{'':>{POINTS}}         … {left} more"
