"""Whom a query speaks of as authors, and whether it finds nobody else's posts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui_inbox.core.query import And, From, InGroup, Not, Or, Query


def authors_named(query: Query) -> Iterator[str]:
    """The authors that a query names, as they are written there, wanted or not; never the owner."""
    match query:
        case From() if query.value != "me":
            yield query.value.removeprefix("@").lower()
        case Not():
            yield from authors_named(query.term)
        case And() | Or():
            for term in query.terms:
                yield from authors_named(term)


def only_authors(
    query: Query, known: Callable[[From | InGroup], frozenset[str] | None]
) -> frozenset[str] | None:
    """The people without whom a query finds nothing; None where it may find anybody's posts.

    Args:
        known: who an author or a group is; None where that cannot be told.
    """
    match query:
        case From() | InGroup():
            return known(query)
        case And():
            all_of = [one for term in query.terms if (one := only_authors(term, known)) is not None]
            return min(all_of, key=len) if all_of else None
        case Or():
            each = [only_authors(term, known) for term in query.terms]
            told = [one for one in each if one is not None]
            return frozenset().union(*told) if len(told) == len(each) else None
        case _:
            return None
