"""What the tokens of every post that a query finds have in common: what an index is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.matching import parts, words_near
from tui_inbox.core.query import And, Near, Not, Or, Phrase, Query, Regex, Word
from tui_inbox.core.tokens import Run, run_of


class AllOf(Struct, frozen=True):
    """Each of them is in the text."""

    terms: tuple[Narrowing, ...]


class AnyOf(Struct, frozen=True):
    """At least one of them is in the text."""

    terms: tuple[Narrowing, ...]


Narrowing: TypeAlias = Run | AllOf | AnyOf


def narrowing(query: Query) -> Narrowing | None:
    """What the tokens of every post that the query finds have in common, for an index to look up.

    None where nothing can be said about the text, so that all posts must be looked at.
    """
    match query:
        case Word():
            run = run_of(query.text, prefix=query.prefix)
            return run and _all_of([run])
        case Phrase():
            return _all_of(parts(query))
        case Near():
            return _all_of(words_near(query.text))
        case And():
            known = [term for term in map(narrowing, query.terms) if term is not None]
            return _all_of(known) if known else None
        case Or():
            some = [narrowing(term) for term in query.terms]
            known = [term for term in some if term is not None]
            return AnyOf(tuple(known)) if len(known) == len(some) else None
        case _:
            return None


def _all_of(terms: Sequence[Narrowing]) -> Narrowing:
    return terms[0] if len(terms) == 1 else AllOf(tuple(terms))


def in_text(query: Query) -> Query | None:
    """What of a query its text alone decides, and everything it finds fulfils; None where that is nothing."""
    return _of_kinds(query, (Word, Phrase, Near, Regex))


def in_patterns(query: Query) -> Query | None:
    """The same of its regular expressions alone, for which no text has to be cut into words."""
    return _of_kinds(query, (Regex,))


def _of_kinds(query: Query, kinds: tuple[type[Query], ...]) -> Query | None:
    if _is_of(query, kinds):
        return query
    match query:
        case And():
            known = [term for one in query.terms if (term := _of_kinds(one, kinds)) is not None]
            return And(tuple(known)) if len(known) > 1 else known[0] if known else None
        case Or():
            every = [_of_kinds(term, kinds) for term in query.terms]
            known = [term for term in every if term is not None]
            return Or(tuple(known)) if len(known) == len(every) else None
    return None


def _is_of(query: Query, kinds: tuple[type[Query], ...]) -> bool:
    match query:
        case And() | Or():
            return all(_is_of(term, kinds) for term in query.terms)
        case Not():
            return _is_of(query.term, kinds)
    return isinstance(query, kinds)


def asks_order(query: Query) -> bool:
    """Whether a query asks for more than which words there are, so that an index leaves much to look at."""
    match query:
        case And() | Or():
            return any(map(asks_order, query.terms))
        case Not():
            return asks_order(query.term)
    return isinstance(query, Phrase | Near | Regex)


def without_starts(narrowing: Narrowing) -> Narrowing | None:
    """The same without words that may go on, for which an index reads every word that begins so; None if that is all.

    It leaves more than before, never less.
    """
    if isinstance(narrowing, Run):
        if not narrowing.prefix:
            return narrowing
        return Run(narrowing.tokens[:-1]) if len(narrowing.tokens) > 1 else None
    known = [term for term in map(without_starts, narrowing.terms) if term is not None]
    if isinstance(narrowing, AnyOf):
        return AnyOf(tuple(known)) if len(known) == len(narrowing.terms) else None
    return _all_of(known) if known else None


def with_one_start(narrowing: Narrowing) -> Narrowing:
    """The same with the longest only of words that may go on and all have to be there: it is the rarest as a rule."""
    if not isinstance(narrowing, AllOf):
        return narrowing
    starts = [term for term in narrowing.terms if isinstance(term, Run) and term.prefix]
    longest = max(starts, key=lambda run: len(run.tokens[-1]), default=None)
    left = [term for term in narrowing.terms if term not in starts or term is longest]
    return _all_of(left)
