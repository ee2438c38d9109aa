"""`tui-inbox digest`: the four panes at once."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from tui_inbox.cli.exit_codes import DONE
from tui_inbox.cli.printing import (
    inbox_lines,
    people_lines,
    print_json,
    print_lines,
    search_lines,
    timeline_lines,
    watched_lines,
)
from tui_inbox.cli.program import Program
from tui_inbox.core.moment import age
from tui_inbox.queries import digest
from tui_inbox.queries.overviews import Digest
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print it. `--json` is one object with at least timeline, inbox, searches, people and watched."""
    found = program.reader.ask(
        digest.digest, scope, now=program.now(), limit=options.limit
    ).result()
    if options.json:
        print_json(found)
    else:
        print_lines(_lines(found))
    return DONE


def _lines(found: Digest) -> Iterator[str]:
    read = f"read {age(found.read_at, found.now)} ago" if found.read_at else "never read yet"
    yield f"tui-inbox · {read}"
    yield ""
    yield from inbox_lines(found.inbox, found.now)
    yield from search_lines(found.searches, found.now)
    yield from people_lines(found.people)
    yield from watched_lines(found.watched)
    yield "Timeline"
    yield from timeline_lines(found.timeline.rows, found.now)
