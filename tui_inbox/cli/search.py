"""`tui-inbox search`: everything that is stored, offline."""

from __future__ import annotations

import argparse
import math
import sys

from tui_inbox.cli.exit_codes import DONE, FAILED, WRONG_CALL
from tui_inbox.cli.printing import hit_lines, print_json, print_lines
from tui_inbox.cli.program import Program
from tui_inbox.core.matching import TooSlow
from tui_inbox.core.query import And, Since
from tui_inbox.core.query_text import QueryError, parse, unparse
from tui_inbox.queries import finding
from tui_inbox.queries.finding import Order
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print what matches. A query that cannot be read fails with the column and what was expected."""
    now = program.now()
    try:
        found = program.reader.ask(
            finding.find,
            scope,
            _since(query_of(options.words), options.since),
            now=now,
            limit=options.limit,
            order=Order(options.by),
            seconds=math.inf,
        ).result()
    except QueryError as error:
        print(f"The search cannot be read: {error}.", file=sys.stderr)
        return WRONG_CALL
    except TooSlow as error:
        print(error, file=sys.stderr)
        return FAILED
    if options.json:
        print_json(found.hits)
    else:
        print_lines(hit_lines(found.hits, now))
        if not found.hits:
            print("Nothing that is stored matches.")
    return DONE


def _since(query: str, when: str | None) -> str:
    """The query, from a time on."""
    if when is None:
        return query
    tree = parse(query)
    terms = tree.terms if isinstance(tree, And) else (tree,)
    return unparse(And((*terms, Since(when))))


def query_of(words: list[str]) -> str:
    """One argument is a query as it stands; of several, one with spaces in it was quoted and is a phrase."""
    if len(words) == 1:
        return words[0]
    return " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
