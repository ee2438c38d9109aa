"""A query in a server's own words: what can be asked there, and what is left to be checked here.

A server is never asked for less than the query finds, but often for more: what it sends is put to the query again. So
a term that it does not understand, or understands more narrowly, is left out of the question, and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product
from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.post import Feed, FeedKind, TagFeed
from tui_inbox.core.query import And, From, Leaf, Near, Not, Or, Phrase, Query, Tag, Word

MOST_QUESTIONS = 4
"""So many feeds of a server are asked for one search at most; every one of them is a request each time."""

MOST_FURTHER_TAGS = 4
"""So many tags of each sort may stand beside the first (facts: servers take about four)."""


class Said(Struct, frozen=True):
    """A term in a server's words. `is_exact`: it finds there just what it finds here, so it may be negated."""

    text: str
    is_exact: bool = False


Dialect: TypeAlias = Callable[[Leaf], Said | None]
"""A network's words for a term, or None where it has none that find at least as much."""


class Asking(Struct, frozen=True):
    """What a server is asked for a search.

    Attributes:
        feeds: their entries together hold everything that the server can find, and more.
        checked_here: terms that were left out of the questions.
        not_asked: alternatives of the query for which there is no question.
    """

    feeds: tuple[Feed, ...] = ()
    checked_here: tuple[Query, ...] = ()
    not_asked: tuple[Query, ...] = ()

    @property
    def searches_by_word(self) -> bool:
        """Whether the server's search is asked, not tags only."""
        return any(feed.kind is FeedKind.SEARCH for feed in self.feeds)


def asking(query: Query, dialect: Dialect | None) -> Asking:
    """What a server is asked for a search.

    Args:
        query: what is looked for.
        dialect: how its search is asked; None where it has none, and only tags can be read.
    """
    feeds: dict[Feed, None] = {}
    checked: dict[Query, None] = {}
    not_asked: list[Query] = []
    for terms in _alternatives(query):
        feed, here = _question(terms, dialect)
        if feed is None or len(feeds) == MOST_QUESTIONS:
            not_asked.append(terms[0] if len(terms) == 1 else And(tuple(terms)))
        else:
            feeds[feed] = None
            checked |= dict.fromkeys(here)
    return Asking(tuple(feeds), tuple(checked), tuple(not_asked))


def _alternatives(query: Query) -> list[list[Query]]:
    """The query as alternatives of terms side by side. Inside a term that would make too many, OR stays."""
    match query:
        case Or():
            return [one for term in query.terms for one in _alternatives(term)]
        case And():
            parts = [_alternatives(term) for term in query.terms]
            count = 1
            for place, part in enumerate(parts):
                count *= len(part)
                if count > MOST_QUESTIONS:
                    parts[place] = [[query.terms[place]]]
                    count //= len(part)
            return [[term for part in chosen for term in part] for chosen in product(*parts)]
        case _:
            return [[query]]


def _question(terms: list[Query], dialect: Dialect | None) -> tuple[Feed | None, list[Query]]:
    """The feed that holds what these terms find together, and the terms it says nothing of."""
    if any(isinstance(term, Tag) and _is_plain(term.value) for term in terms):
        return _by_tag(terms)
    if dialect is None:
        return None, terms
    in_words = [(term, _in_words(term, dialect)) for term in terms]
    said = [(term, text) for term, text in in_words if text is not None]
    here = [term for term, text in in_words if text is None]
    if not any(isinstance(term, Word | Phrase | Near | From) for term, _ in said):
        return None, here
    return Feed(FeedKind.SEARCH, " ".join(text for _, text in said)), here


def _in_words(term: Query, dialect: Dialect) -> str | None:
    match term:
        case Not() if not isinstance(term.term, Not | And | Or):
            said = dialect(term.term)
            return f"-{said.text}" if said is not None and said.is_exact else None
        case Not() | And() | Or():
            return None
        case _:
            said = dialect(term)
            return None if said is None else said.text


def _by_tag(terms: Iterable[Query]) -> tuple[Feed, list[Query]]:
    """The timeline of a tag, with those it must have or must not have besides."""
    names: list[str] = []
    without: list[str] = []
    here: list[Query] = []
    for term in terms:
        match term:
            case Tag(name) if len(names) <= MOST_FURTHER_TAGS and _is_plain(name):
                names.append(name)
            case Not(Tag(name)) if len(without) < MOST_FURTHER_TAGS and _is_plain(name):
                without.append(name)
            case _:
                here.append(term)
    first, *others = names
    return Feed(FeedKind.TAG, str(TagFeed(first, all=tuple(others), none=tuple(without)))), here


def _is_plain(name: str) -> bool:
    """Whether a name can be a tag anywhere: letters, digits, underscores."""
    return all(sign.isalnum() or sign in "_·" for sign in name)
