"""Which post of one's own a verb means."""

from __future__ import annotations

import sys

from tui_inbox.cli.program import Program
from tui_inbox.queries import thread
from tui_inbox.queries.acting import as_seen_by
from tui_inbox.queries.rows import Scope


def own_post(program: Program, scope: Scope, name: str) -> tuple[int, int] | None:
    """The account that wrote a post, and the post's local id; None, and a sentence on standard error, for no such.

    Args:
        name: its number, or its address.
    """
    found = _written(program, scope, name)
    if found is None:
        print(f"No post of yours is known as {name!r}. Nothing was done.", file=sys.stderr)
    return found


def _written(program: Program, scope: Scope, name: str) -> tuple[int, int] | None:
    for account in scope.accounts:
        found = program.reader.ask(thread.find_post, Scope((account,)), name).result()
        seen = program.reader.ask(as_seen_by, *found).result() if found is not None else None
        if seen is not None and seen.mine and not seen.deleted:
            return found
    return None
