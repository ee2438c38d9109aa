"""`tui-inbox doctor`: is all well, and if not, what to do."""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import version

from msgspec import Struct

from tui_inbox import __version__
from tui_inbox.cli.exit_codes import DONE, FAILED, NO_ACCOUNT
from tui_inbox.cli.printing import print_json, print_lines
from tui_inbox.cli.program import Installation, Program
from tui_inbox.cli.verbs import NOBODY
from tui_inbox.core.moment import Millis, age, to_datetime
from tui_inbox.queries import doctor
from tui_inbox.queries.doctor import (
    AccountCheck,
    BudgetNoted,
    Checkup,
    LineNoted,
    ServerFound,
    StreamCheck,
)
from tui_inbox.queries.rows import Scope

UNKNOWN = "not known yet"
ALL_WELL = "All is well."
WELL_SO_FAR = "All is well, as far as is known: start tui-inbox once, or add --sync."
WITHOUT_SERVER = frozenset({"demo"})
"""Networks of which nothing is to be found out: there is no server, no budget and no line to lose."""


class Versions(Struct, frozen=True):
    """What the program is made of."""

    program: str
    python: str
    textual: str


class Report(Struct, frozen=True):
    """Everything that is printed. `wrong`: one sentence for each thing that is."""

    wrong: tuple[str, ...]
    checkup: Checkup
    installation: Installation
    versions: Versions


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Look, and print what was found. Fails when something is wrong."""
    found = program.reader.ask(doctor.checkup, scope, now=program.now()).result()
    installation = program.installation()
    report = Report(
        wrong=tuple(_wrong(found, installation)),
        checkup=found,
        installation=installation,
        versions=Versions(__version__, platform.python_version(), version("textual")),
    )
    if options.json:
        print_json(report)
    else:
        print_lines(_lines(report))
    if not scope.accounts:
        print(NOBODY, file=sys.stderr)
        return NO_ACCOUNT
    return FAILED if report.wrong else DONE


def _wrong(found: Checkup, installation: Installation) -> Iterator[str]:
    if found.store.damage:
        yield (
            f"The store is damaged ({found.store.damage[0]}): move {installation.store} to another folder, with "
            "the files beside it that begin with its name, and sign in again; what the servers have is read anew."
        )
    yield from installation.mistakes
    yield from doctor.complaints(found, running=installation.holder is not None)


def _lines(report: Report) -> Iterator[str]:
    found, installation, versions = report.checkup, report.installation, report.versions
    for one in found.accounts:
        yield from _account_lines(one, found.now)
        yield ""
    for stream in found.streams:
        yield stream.name
        yield from _stream_lines(stream, found.now)
        yield ""
    state = "damaged" if found.store.damage else "sound"
    holder = installation.holder
    yield _line("store", installation.store)
    yield _line("", f"{found.store.megabytes} MB, schema version {found.store.version}, {state}")
    yield _line("settings", installation.settings)
    yield _line("log", installation.log)
    yield _line("pictures", installation.media)
    yield _line("", f"{installation.media_megabytes} MB; shown here {installation.pictures}")
    yield _line("running", f"process {holder}" if holder is not None else "no")
    yield _line(
        "versions",
        f"tui-inbox {versions.program}, Python {versions.python}, Textual {versions.textual}, "
        f"SQLite {found.store.sqlite}",
    )
    yield ""
    yield from (f"! {sentence}" for sentence in report.wrong)
    if not report.wrong and found.accounts:
        yield ALL_WELL if all(map(_is_looked_at, found.accounts)) else WELL_SO_FAR


def _stream_lines(one: StreamCheck, now: Millis) -> Iterator[str]:
    yield _line("server", one.host or UNKNOWN)
    heard = "nothing yet" if one.heard_at is None else f"last word {age(one.heard_at, now)} ago"
    whom = "" if one.narrowed is None else f", narrowed to {one.narrowed}"
    yield _line("line", f"{'live' if one.live else 'not open'}{whom}, {heard}")
    if one.refusal:
        yield _line("", one.refusal)
    yield _line(
        "rate", f"{one.events_a_second:g} events a second, {one.bytes_a_day / 1e9:.2f} GB a day"
    )
    yield _line("cursor", one.cursor or "none: it begins with now")


def _is_looked_at(one: AccountCheck) -> bool:
    return one.network in WITHOUT_SERVER or one.found.family is not None


def _account_lines(one: AccountCheck, now: Millis) -> Iterator[str]:
    yield f"{one.letters} {one.handle}"
    if one.network in WITHOUT_SERVER:
        yield _line("server", "none: all of it lives in this program")
    else:
        yield from _server_lines(one, now)
    if one.line.state is not None or one.network not in WITHOUT_SERVER:
        yield _line("line", _of_line(one.line, now))
    past = one.history
    yield _line(
        "history",
        f"{'read' if past.done else 'being read'}: {past.own_pages} pages of own posts, "
        f"{past.notice_pages} of notifications, {past.threads} threads",
    )
    yield _line("gaps", _of_gaps(one, now))
    yield _line("outbox", f"{one.failed} refused, {one.unknown} of unknown fate")


_FILTERS: Mapping[int, bool | str] = {2: "matched by the server", 1: "matched here", 0: False}
"""By the version of its API in which a server tells them."""


def _server_lines(one: AccountCheck, now: Millis) -> Iterator[str]:
    """What was found out about a server, and how much it still answers."""
    yield _line("server", f"{one.server}, {_software(one.found)}")
    for what, answer in (
        ("stream", one.found.stream),
        ("search", one.found.search),
        ("newer pages", one.found.min_id),
        ("keys", one.found.keys),
        ("filters", None if one.found.filters is None else _FILTERS.get(one.found.filters)),
    ):
        yield _line("", f"{what}: {_answer(answer)}")
    if one.found.private is not None:
        yield _line("", f"private messages: {_answer(one.found.private)}")
    yield _line("budget", _of_budget(one.budget, now))


def _of_gaps(one: AccountCheck, now: Millis) -> str:
    if one.oldest_hole_at is None:
        return "none"
    return f"{one.holes} in the timeline, the oldest {age(one.oldest_hole_at, now)} old"


def _line(name: str, text: str) -> str:
    return f"   {name:<9} {text}"


def _software(found: ServerFound) -> str:
    named = " ".join(part for part in (found.software or found.family, found.version) if part)
    family = f" (family {found.family})" if found.family and found.software else ""
    return f"{named or UNKNOWN}{family}"


def _answer(answer: bool | str | None) -> str:
    if answer is None:
        return UNKNOWN
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return answer


def _of_line(line: LineNoted, now: Millis) -> str:
    if line.state is None:
        return UNKNOWN
    by = f" by {line.kind}" if line.kind else ""
    since = f" for {age(line.since, now)}" if line.since is not None else ""
    heard = f"last word {age(line.last_word, now)} ago" if line.last_word else "no word yet"
    return f"{line.state}{by}{since}, {heard}"


def _of_budget(budget: BudgetNoted, now: Millis) -> str:
    if budget.left is None or budget.of is None:
        return UNKNOWN
    if budget.until is None or budget.until <= now:
        return f"{budget.of} requests"
    until = to_datetime(budget.until).astimezone()
    return f"{budget.left} of {budget.of} requests left until {until:%H:%M}"
