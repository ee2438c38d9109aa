"""Many standing searches at once: one pass over a post, whatever their number.

Each search is filed under *anchors*: tokens of which every post that it finds has at least one. Only the searches under
the tokens of a post are asked, so a thousand cost little more than those few that have a word in common with it. What
names no word is filed under an author or a tag, and what names none of these either is asked each time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from typing import Generic, TypeAlias, TypeVar

from msgspec import Struct

from tui_inbox.core.matching import (
    Matcher,
    Subject,
    TooSlow,
    host_of_url,
    matcher,
    parents_of,
    parts,
    words_near,
)
from tui_inbox.core.query import And, From, LinksTo, Near, Or, Phrase, Query, Tag, Word
from tui_inbox.core.tokens import Run, fold, run_of

Name = TypeVar("Name")

Anchor: TypeAlias = tuple[str, str]
"""What a search is filed under: a kind (`word`, `start`, `tag`, `link`, `author`, `name`), and the text of it."""

_LONGEST_START = 5
"""Words that may go on are filed under their first letters, so many at most."""


class SearchesTogether(Struct, Generic[Name], frozen=True):
    """Searches compiled together; made by `together`.

    Attributes:
        matchers: each search's own.
        filed: searches by their anchors.
        unfiled: those that are asked of every post.
        starts: how long the beginnings of words are under which searches are filed.
        by_author: some search is filed under an author.
    """

    matchers: Mapping[Name, Matcher]
    filed: Mapping[Anchor, tuple[Name, ...]]
    unfiled: tuple[Name, ...]
    starts: frozenset[int]
    by_author: bool

    def found(self, post: Subject) -> list[Name]:
        """The searches that find a post, in no order. One whose expression takes too long does not."""
        return [name for name in self._asked(post) if _matches(self.matchers[name], post)]

    def _asked(self, post: Subject) -> Iterable[Name]:
        """Those that may find it, each once."""
        asked = dict.fromkeys(self.unfiled)
        for anchor in self._anchors_of(post):
            for name in self.filed.get(anchor, ()):
                asked[name] = None
        return asked

    def _anchors_of(self, post: Subject) -> Iterator[Anchor]:
        for token in post.vocabulary:
            yield "word", token
        for length in self.starts:
            for start in {token[:length] for token in post.vocabulary if len(token) >= length}:
                yield "start", start
        for tag in post.tags:
            yield "tag", tag
        for host in post.hosts:
            yield from (("link", parent) for parent in parents_of(host))
        if self.by_author:
            yield from (("author", name) for name in _first_parts(post.author.handle))
            yield from (("name", name) for name in post.author.name)


def together(searches: Mapping[Name, Query], zone: tzinfo | None = None) -> SearchesTogether[Name]:
    """Compile searches to be asked together.

    Args:
        searches: the queries by any names.
        zone: the owner's time zone, None for the machine's own.
    """
    filed: dict[Anchor, list[Name]] = defaultdict(list)
    unfiled = []
    for name, query in searches.items():
        anchors = _anchors(query)
        if anchors is None:
            unfiled.append(name)
        for anchor in anchors or ():
            filed[anchor].append(name)
    return SearchesTogether(
        matchers={name: matcher(query, zone) for name, query in searches.items()},
        filed={anchor: tuple(names) for anchor, names in filed.items()},
        unfiled=tuple(unfiled),
        starts=frozenset(len(text) for kind, text in filed if kind == "start"),
        by_author=any(kind == "author" for kind, _ in filed),
    )


def asked_of_every_post(query: Query) -> tuple[Query, ...]:
    """The alternatives of a query that name no word, tag or author, so that they are put to every post that arrives."""
    if isinstance(query, Or):
        return tuple(one for term in query.terms for one in asked_of_every_post(term))
    return () if _anchors(query) is not None else (query,)


def _matches(matches: Matcher, post: Subject) -> bool:
    try:
        return matches(post)
    except TooSlow:
        return False


def _anchors(query: Query) -> frozenset[Anchor] | None:
    """Of these every post that the query finds has at least one; None where there are none."""
    match query:
        case And():
            known = [one for one in map(_anchors, query.terms) if one is not None]
            return min(known, key=_commonness) if known else None
        case Or():
            every = [_anchors(term) for term in query.terms]
            known = [one for one in every if one is not None]
            return frozenset().union(*known) if len(known) == len(every) else None
        case Word():
            return _rarest([run_of(query.text, prefix=query.prefix)])
        case Phrase():
            return _rarest(parts(query))
        case Near():
            return _rarest(words_near(query.text))
        case Tag():
            return frozenset({("tag", fold(query.value))})
        case LinksTo():
            return frozenset({("link", host_of_url(query.value))})
        case From() if query.value != "me":
            (name,) = _rarest([run_of(query.value)])
            return frozenset({("author", fold(query.value).lstrip("@")), ("name", name[1])})
        case _:
            return None


def _rarest(runs: Iterable[Run | None]) -> frozenset[Anchor]:
    """The anchor of runs that all stand in a text."""
    return min((_anchor_of(run) for run in runs if run is not None), key=_commonness)


def _anchor_of(run: Run) -> frozenset[Anchor]:
    whole = run.tokens[:-1] if run.prefix else run.tokens
    if whole:
        return frozenset({("word", max(whole, key=len))})
    (start,) = run.tokens
    return frozenset({("start", start[:_LONGEST_START])})


def _commonness(anchors: frozenset[Anchor]) -> tuple[int, int]:
    """Few and long ones are seldom met."""
    return len(anchors), -min(len(word) for _, word in anchors)


def _first_parts(handle: str) -> Iterator[str]:
    """The names by which a handle is found: itself, and its beginnings before `@` and dots."""
    yield handle
    yield from (handle[:at] for at, sign in enumerate(handle) if sign in "@.")
