"""What a query finds: the one place that decides, for stored posts and for live ones.

An index only narrows the posts that are looked at: it must bring everything that `narrowing`
describes, and may bring more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.asks import asks_something
from tui_inbox.core.query import (
    And,
    From,
    Has,
    Holds,
    InGroup,
    Is,
    Language,
    Not,
    OnNetwork,
    Or,
    Phrase,
    Query,
    Shape,
    Tag,
    Word,
)
from tui_inbox.core.tokens import Run, fold, places, run_of, stands_at, tokens

WIDEST_GAP = 5
"""A lone `*` in a phrase stands for one to so many words."""

_BETWEEN_TEXTS = ("",) * (WIDEST_GAP + 1)
"""Stands between the tokens of two texts, so that no phrase runs from one into the other."""


class Subject(Struct, frozen=True):
    """A post as queries see it; made once by `subject` and asked by any number of matchers."""

    tokens: tuple[str, ...]
    vocabulary: frozenset[str]
    handle: str
    name: tuple[str, ...]
    groups: frozenset[str]
    tags: frozenset[str]
    language: str
    network: str
    holds: frozenset[Holds]
    shapes: frozenset[Shape]
    mine: bool


def subject(
    text: str,
    *,
    handle: str,
    name: str = "",
    groups: Iterable[str] = (),
    warning: str = "",
    more: Iterable[str] = (),
    tags: Iterable[str] = (),
    language: str | None = None,
    network: str = "",
    holds: Iterable[Holds] = (),
    shapes: Iterable[Shape] = (),
    mine: bool = False,
) -> Subject:
    """What queries see of a post.

    Args:
        text: what its author wrote; whether it asks something is found out here.
        handle: the author's full address, without a leading `@`.
        name: the author's display name.
        groups: names of the owner's groups that the author is in.
        warning: the content warning.
        more: other texts of it to search: descriptions of pictures, choices of a poll.
        tags: its hashtags, without their signs.
        language: a BCP 47 tag.
        holds: links, media, a poll; a question need not be told.
        shapes: whether it is a reply, a boost, a quote.
        mine: the owner wrote it.
    """
    stored = tokens(text)
    for other in (warning, *more):
        if other:
            stored += [*_BETWEEN_TEXTS, *tokens(other)]
    question = [Holds.QUESTION] if asks_something(text) else []
    return Subject(
        tokens=tuple(stored),
        vocabulary=frozenset(stored),
        handle=fold(handle),
        name=tuple(tokens(name)),
        groups=frozenset(map(fold, groups)),
        tags=frozenset(map(fold, tags)),
        language=(language or "").lower(),
        network=network.lower(),
        holds=frozenset([*holds, *question]),
        shapes=frozenset(shapes),
        mine=mine,
    )


Matcher: TypeAlias = Callable[[Subject], bool]


def matcher(query: Query) -> Matcher:
    """The query as a function: everything that can be prepared is prepared once."""
    match query:
        case Word():
            return _has_run(_run(query.text, query.prefix))
        case Phrase():
            return _has_phrase(_parts(query))
        case From():
            return _is_from(query.who)
        case Not():
            inner = matcher(query.term)
            return lambda post: not inner(post)
        case And():
            every = [matcher(term) for term in query.terms]
            return lambda post: all(one(post) for one in every)
        case Or():
            some = [matcher(term) for term in query.terms]
            return lambda post: any(one(post) for one in some)
        case _:
            return _has_fact(query)


def _has_fact(query: InGroup | Tag | Language | OnNetwork | Has | Is) -> Matcher:
    match query:
        case InGroup():
            group = fold(query.name)
            return lambda post: group in post.groups
        case Tag():
            tag = fold(query.name)
            return lambda post: tag in post.tags
        case Language():
            code = query.code.lower()
            return lambda post: post.language == code or post.language.startswith(f"{code}-")
        case OnNetwork():
            network = query.name.lower()
            return lambda post: post.network == network
        case Has():
            held = query.what
            return lambda post: held in post.holds
        case Is():
            shape = query.what
            return lambda post: shape in post.shapes


def _is_from(who: str) -> Matcher:
    """The whole handle, its first part (up to `@` or a dot), or words of the name."""
    if who == "me":
        return lambda post: post.mine
    handle, run = fold(who).lstrip("@"), _run(who)
    longer = (f"{handle}@", f"{handle}.")
    return lambda post: (
        post.handle == handle or post.handle.startswith(longer) or _find(run, post.name)
    )


def _run(text: str, prefix: bool = False) -> Run:
    run = run_of(text, prefix=prefix)
    assert run is not None, "the tree holds only texts that can be looked for"
    return run


def _has_run(run: Run) -> Matcher:
    if len(run.tokens) == 1 and not run.prefix:
        (word,) = run.tokens
        return lambda post: word in post.vocabulary
    needed = frozenset(run.tokens[:-1] if run.prefix else run.tokens)
    return lambda post: needed <= post.vocabulary and _find(run, post.tokens)


def _find(run: Run, stored: Sequence[str]) -> bool:
    return any(True for _ in places(run, stored))


def _parts(phrase: Phrase) -> list[Run]:
    """The runs of a phrase between its gaps; gaps at the ends say nothing."""
    pieces: list[list[str]] = [[]]
    for word in phrase.text.split():
        if word == "*":
            pieces.append([])
        else:
            pieces[-1].append(word)
    runs = (run_of(" ".join(piece)) for piece in pieces)
    return [run for run in runs if run]


def _has_phrase(parts: list[Run]) -> Matcher:
    first, *rest = parts
    if not rest:
        return _has_run(first)

    def has_phrase(post: Subject) -> bool:
        ends = {at + len(first.tokens) for at in places(first, post.tokens)}
        for run in rest:
            starts = {end + gap for end in ends for gap in range(1, WIDEST_GAP + 1)}
            ends = {at + len(run.tokens) for at in starts if stands_at(run, post.tokens, at)}
        return bool(ends)

    return has_phrase


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
            return _run(query.text, query.prefix)
        case Phrase():
            return _all_of(_parts(query))
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
