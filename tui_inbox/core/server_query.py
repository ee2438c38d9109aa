"""A query in a server's own words: what can be asked there, and what is left to be checked here.

A server is never asked for less than the query finds, but often for more: what it sends is put to the query again. So
a term that it does not understand, or understands more narrowly, is left out of the question, and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.post import Feed, FeedKind, TagFeed
from tui_inbox.core.query import And, From, InGroup, Leaf, Near, Not, Or, Phrase, Query, Tag, Word

MOST_QUESTIONS = 4
"""So many feeds of a server are asked for one search at most; every one of them is a request each time. Timelines of
people are counted apart."""

MOST_TIMELINES = 40
"""So many timelines of people are read for one search at most, in turns."""

MOST_FURTHER_TAGS = 4
"""So many tags of each sort may stand beside the first (facts: servers take about four)."""


class Said(Struct, frozen=True):
    """A term in a server's words. `is_exact`: it finds there just what it finds here, so it may be negated."""

    text: str
    is_exact: bool = False


Dialect: TypeAlias = Callable[[Leaf], Said | None]
"""A network's words for a term, or None where it has none that find at least as much."""


class Timelines(Struct, frozen=True):
    """The timelines of those whom a term means. `is_all`: it means nobody besides them."""

    feeds: tuple[Feed, ...]
    is_all: bool = True


Whose: TypeAlias = Callable[[From | InGroup], Timelines | None]
"""Whose timelines a term is about; None where they are too many, or nobody known is meant."""


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


class _Question(Struct, frozen=True):
    """Feeds that hold what some terms find together, and the terms they say nothing of. `is_all`: no more is found."""

    feeds: tuple[Feed, ...]
    here: tuple[Query, ...] = ()
    is_all: bool = True


def asking(
    query: Query,
    dialect: Dialect | None,
    *,
    whose: Whose = lambda term: None,
    tags_together: bool = False,
) -> Asking:
    """What a server is asked for a search.

    Args:
        query: what is looked for.
        dialect: how its search is asked; None where it has none, and only tags and people can be read.
        whose: whose timelines there are.
        tags_together: one timeline can hold the posts of several tags.
    """
    feeds: list[Feed] = []
    checked: dict[Query, None] = {}
    not_asked: list[Query] = []
    for terms in _alternatives(query):
        asked = _question(terms, dialect, whose)
        joined = _with(feeds, asked.feeds, tags_together)
        if not asked.feeds or _is_too_much(joined):
            not_asked.append(_joint(terms))
            continue
        feeds = joined
        checked |= dict.fromkeys(asked.here)
        if not asked.is_all:
            not_asked.append(_joint(terms))
    return Asking(tuple(feeds), tuple(checked), tuple(not_asked))


def _joint(terms: Sequence[Query]) -> Query:
    return terms[0] if len(terms) == 1 else And(tuple(terms))


def _is_too_much(feeds: Sequence[Feed]) -> bool:
    people = sum(feed.kind is FeedKind.PERSON for feed in feeds)
    return people > MOST_TIMELINES or len(feeds) - people > MOST_QUESTIONS


def _with(feeds: Sequence[Feed], more: Iterable[Feed], tags_together: bool) -> list[Feed]:
    """Feeds and some more; a tag joins another one's timeline where that is possible."""
    joined = list(feeds)
    for feed in more:
        if feed in joined:
            continue
        places = range(len(joined)) if tags_together and feed.kind is FeedKind.TAG else ()
        both = next(((at, one) for at in places if (one := _both(joined[at], feed))), None)
        if both is None:
            joined.append(feed)
        else:
            joined[both[0]] = both[1]
    return joined


def _both(one: Feed, other: Feed) -> Feed | None:
    """The timeline of either of two tags, where they differ in nothing else."""
    if one.kind is not FeedKind.TAG:
        return None
    first, second = TagFeed.parse(one.argument), TagFeed.parse(other.argument)
    any_of = dict.fromkeys((*first.any, second.tag))
    differ = first.all or second.all or set(first.none) != set(second.none)
    if differ or len(any_of) > MOST_FURTHER_TAGS:
        return None
    return Feed(FeedKind.TAG, str(replace(first, any=tuple(any_of))))


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


def _question(terms: list[Query], dialect: Dialect | None, whose: Whose) -> _Question:
    """The feeds that hold what these terms find together, and the terms they say nothing of."""
    if any(isinstance(term, Tag) and _is_plain(term.value) for term in terms):
        return _by_tag(terms)
    by_word = _by_word(terms, dialect)
    of_people = next(_of_people(terms, whose), None)
    if of_people is None:
        return by_word
    if of_people.is_all:
        return of_people
    here = (*of_people.here, *by_word.here) if by_word.feeds else of_people.here
    return _Question((*of_people.feeds, *by_word.feeds), here, is_all=bool(by_word.feeds))


def _of_people(terms: Sequence[Query], whose: Whose) -> Iterator[_Question]:
    """The timelines of those who are meant. They hold more than a server's search, which knows few of the posts."""
    for term in terms:
        if isinstance(term, From | InGroup) and (meant := whose(term)) is not None:
            here = tuple(one for one in terms if one is not term)
            yield _Question(meant.feeds, here, meant.is_all)


def _by_word(terms: Sequence[Query], dialect: Dialect | None) -> _Question:
    if dialect is None:
        return _Question((), tuple(terms))
    in_words = [(term, _in_words(term, dialect)) for term in terms]
    said = [(term, text) for term, text in in_words if text is not None]
    here = tuple(term for term, text in in_words if text is None)
    if not any(isinstance(term, Word | Phrase | Near | From) for term, _ in said):
        return _Question((), here)
    return _Question((Feed(FeedKind.SEARCH, " ".join(text for _, text in said)),), here)


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


def _by_tag(terms: Iterable[Query]) -> _Question:
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
    tags = TagFeed(first, all=tuple(others), none=tuple(without))
    return _Question((Feed(FeedKind.TAG, str(tags)),), tuple(here))


def _is_plain(name: str) -> bool:
    """Whether a name can be a tag anywhere: letters, digits, underscores."""
    return all(sign.isalnum() or sign in "_·" for sign in name)
