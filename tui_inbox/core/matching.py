"""What a query finds: the one place that decides, for stored posts and for live ones.

An index only narrows the posts that are looked at (`core.narrowing`): it must bring everything that a query finds,
and may bring more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import tzinfo
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.asks import asks_something
from tui_inbox.core.moment import Millis
from tui_inbox.core.patterns import plain
from tui_inbox.core.query import (
    And,
    Fact,
    From,
    Has,
    Holds,
    InGroup,
    Is,
    Language,
    LinksTo,
    Near,
    Not,
    OnNetwork,
    OnServer,
    Or,
    Phrase,
    Query,
    Regex,
    SeenBy,
    Shape,
    Since,
    Tag,
    To,
    Until,
    Word,
    compiled_pattern,
)
from tui_inbox.core.tokens import Run, fold, places, run_of, stands_at, tokens

WIDEST_GAP = 5
"""A lone `*` in a phrase stands for one to so many words."""

NEAR_WORDS = 10
"""Words are near each other if at most so many others stand among them."""

PATTERN_SECONDS = 0.05
"""How long a regular expression may look at one post. Most take a thousandth of that."""

_BETWEEN_TEXTS = ("",) * (max(WIDEST_GAP, NEAR_WORDS) + 1)
"""Stands between the tokens of two texts, so that no phrase runs from one into the other."""


class TooSlow(Exception):
    """A regular expression took too long on a post. `str()` is one sentence for the user."""

    def __init__(self) -> None:
        super().__init__(
            "The regular expression takes too long on one of the posts, so the search was stopped: make it simpler."
        )


class Named(Struct, frozen=True):
    """Somebody as queries see them: folded handle, tokens of the name."""

    handle: str
    name: tuple[str, ...] = ()


class Subject(Struct, frozen=True):
    """A post as queries see it; made once by `subject` and asked by any number of matchers.

    Attributes:
        text: everything that is searched in it, as it was written.
        at: when it was written; `now` is when it is asked about.
        to_me: it names the owner.
        hosts: where its links lead, as `host_of_url` has them.
        accounts: letters and folded handles of the owner's accounts that were shown it.
    """

    text: str
    tokens: tuple[str, ...]
    vocabulary: frozenset[str]
    author: Named
    named: tuple[Named, ...]
    groups: frozenset[str]
    tags: frozenset[str]
    language: str
    network: str
    holds: frozenset[Holds]
    shapes: frozenset[Shape]
    mine: bool
    to_me: bool
    hosts: frozenset[str]
    accounts: frozenset[str]
    at: Millis
    now: Millis


def subject(
    text: str,
    *,
    handle: str,
    name: str = "",
    named: Iterable[str] = (),
    groups: Iterable[str] = (),
    warning: str = "",
    more: Iterable[str] = (),
    tags: Iterable[str] = (),
    language: str | None = None,
    network: str = "",
    holds: Iterable[Holds] = (),
    shapes: Iterable[Shape] = (),
    mine: bool = False,
    to_me: bool = False,
    hosts: Iterable[str] = (),
    accounts: Iterable[str] = (),
    at: Millis = 0,
    now: Millis = 0,
) -> Subject:
    """What queries see of a post.

    Args:
        text: what its author wrote; whether it asks something is found out when a query wants to know.
        handle: the author's full address, without a leading `@`.
        name: the author's display name.
        named: full addresses of those it names.
        groups: names of the owner's groups that the author is in.
        warning: the content warning.
        more: other texts of it to search: descriptions of pictures, choices of a poll.
        tags: its hashtags, without their signs.
        language: a BCP 47 tag.
        holds: links, media, a poll, a description; a question need not be told.
        shapes: what it is.
        mine: the owner wrote it.
        to_me: it names the owner.
        hosts: where its links lead, as `host_of_url` has them.
        accounts: letters and handles of the owner's accounts that were shown it.
        at: when it was written.
        now: when it is asked about.
    """
    stored = tokens(text)
    others = [other for other in (warning, *more) if other]
    for other in others:
        stored += [*_BETWEEN_TEXTS, *tokens(other)]
    return Subject(
        text="\n".join([text, *others]) if others else text,
        tokens=tuple(stored),
        vocabulary=frozenset(stored),
        author=Named(fold(handle), tuple(tokens(name))),
        named=tuple(Named(fold(one)) for one in named),
        groups=frozenset(map(fold, groups)),
        tags=frozenset(map(fold, tags)),
        language=(language or "").lower(),
        network=network.lower(),
        holds=frozenset(holds),
        shapes=frozenset(shapes),
        mine=mine,
        to_me=to_me,
        hosts=frozenset(hosts),
        accounts=frozenset(map(fold, accounts)),
        at=at,
        now=now,
    )


def bare_subject(text: str, others: Iterable[str]) -> Subject:
    """A post of which only regular expressions are asked: it is not cut into words."""
    whole = "\n".join([text, *(other for other in others if other)])
    return replace(_NOTHING_KNOWN, text=whole)


Matcher: TypeAlias = Callable[[Subject], bool]
"""Whether a post is found.

Raises:
    TooSlow: a regular expression in the query did not come to an end.
"""


_NOTHING_KNOWN = subject("", handle="")


def matcher(query: Query, zone: tzinfo | None = None) -> Matcher:
    """The query as a function: everything that can be prepared is prepared once.

    Args:
        zone: the owner's time zone, in which days begin; None for the machine's own.
    """
    match query:
        case Not():
            inner = matcher(query.term, zone)
            return lambda post: not inner(post)
        case And():
            every = [matcher(term, zone) for term in sorted(query.terms, key=cost)]
            return lambda post: all(one(post) for one in every)
        case Or():
            some = [matcher(term, zone) for term in sorted(query.terms, key=cost)]
            return lambda post: any(one(post) for one in some)
        case Word():
            return _has_run(_run(query.text, query.prefix))
        case Phrase():
            return _has_phrase(parts(query))
        case Near():
            return _has_near(query.text)
        case Regex():
            return _has_pattern(query.pattern)
        case From():
            return _is_from(query.value)
        case To():
            return _is_to(query.value)
        case _:
            return _has_fact(query, zone)


_DEAR = 100


def cost(query: Query) -> int:
    """How dear it is to ask, about: what is cheap is asked first, for most posts fail there."""
    match query:
        case Not():
            return cost(query.term)
        case And() | Or():
            return 1 + sum(map(cost, query.terms))
        case Phrase() | Near():
            return 3
        case Has(Holds.QUESTION):
            return _DEAR  # some 20 microseconds, where a word takes a twentieth of one
        case Regex():
            return 10 * _DEAR
    return 1


def _has_fact(query: Fact, zone: tzinfo | None) -> Matcher:
    match query:
        case Since():
            first = query.past
            return lambda post: post.at >= first.begins(post.now, zone)
        case Until():
            last = query.past
            return lambda post: post.at < last.ends(post.now, zone)
        case Has(Holds.QUESTION):
            return lambda post: asks_something(post.text) is not None
        case Has():
            held = query.what
            return lambda post: held in post.holds
        case Is():
            shape = query.what
            return lambda post: shape in post.shapes
        case _:
            return _stands_under(query)


def _stands_under(
    query: InGroup | Tag | Language | OnNetwork | OnServer | LinksTo | SeenBy,
) -> Matcher:
    match query:
        case InGroup():
            group = fold(query.value)
            return lambda post: group in post.groups
        case Tag():
            tag = fold(query.value)
            return lambda post: tag in post.tags
        case Language():
            code = query.value.lower()
            return lambda post: post.language == code or post.language.startswith(f"{code}-")
        case OnNetwork():
            network = query.value.lower()
            return lambda post: post.network == network
        case OnServer():
            host = fold(query.value)
            return lambda post: _is_on(post.author.handle, host)
        case LinksTo():
            linked = host_of_url(query.value)
            return lambda post: any(linked in parents_of(one) for one in post.hosts)
        case SeenBy():
            account = fold(query.value).lstrip("@")
            return lambda post: any(is_handle(account, one) for one in post.accounts)


_HOST = r"(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@]*@)?([^/?#:\\]*)"


def host_of_url(url: str) -> str:
    """Where an address leads, in small letters; a bare host is its own. Empty for what has none, as `mailto:`.

    Letters that are not ASCII stay as they are, because the store's index compares them so.
    """
    small = url.lower() if url.isascii() else url
    found = plain(_HOST).match(small)
    return found[1].rstrip(".") if found is not None else ""


def parents_of(host: str) -> Iterator[str]:
    """A host, and all that it is a part of: `a.town.example`, `town.example`, `example`."""
    yield host
    yield from (host[at + 1 :] for at, sign in enumerate(host) if sign == ".")


def host_of(handle: str) -> str:
    """Where somebody is at home: what stands behind the `@`, or a handle that is a name of the net itself."""
    return handle.rpartition("@")[2]


def _is_on(handle: str, host: str) -> bool:
    home = host_of(handle)
    return home == host or home.endswith(f".{host}")


def is_handle(who: str, handle: str) -> bool:
    """The whole handle, or its first part (up to `@` or a dot)."""
    return handle == who or handle.startswith((f"{who}@", f"{who}."))


def _is_from(who: str) -> Matcher:
    """A handle, or words of the name."""
    if who == "me":
        return lambda post: post.mine
    handle, run = fold(who).lstrip("@"), _run(who)
    return lambda post: is_handle(handle, post.author.handle) or _find(run, post.author.name)


def _is_to(who: str) -> Matcher:
    """A handle. Of those a post names only the handle is told."""
    if who == "me":
        return lambda post: post.to_me
    handle = fold(who).lstrip("@")
    return lambda post: any(is_handle(handle, one.handle) for one in post.named)


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


def parts(phrase: Phrase) -> list[Run]:
    """The runs of a phrase between its gaps."""
    return [_run(piece) for piece in phrase.pieces]


def _has_phrase(runs: list[Run]) -> Matcher:
    first, *rest = runs
    if not rest:
        return _has_run(first)

    def has_phrase(post: Subject) -> bool:
        ends = {at + len(first.tokens) for at in places(first, post.tokens)}
        for run in rest:
            starts = {end + gap for end in ends for gap in range(1, WIDEST_GAP + 1)}
            ends = {at + len(run.tokens) for at in starts if stands_at(run, post.tokens, at)}
        return bool(ends)

    return has_phrase


def words_near(text: str) -> list[Run]:
    """The words that have to stand near each other."""
    runs = (run_of(word) for word in text.split())
    return [run for run in runs if run]


def _has_near(text: str) -> Matcher:
    runs = words_near(text)
    needed = frozenset(token for run in runs if not run.prefix for token in run.tokens)
    widest = NEAR_WORDS + sum(len(run.tokens) for run in runs)

    def has_near(post: Subject) -> bool:
        return needed <= post.vocabulary and _together_within(runs, post.tokens, widest)

    return has_near


def _together_within(runs: Sequence[Run], stored: Sequence[str], widest: int) -> bool:
    """Whether each run stands somewhere, all of them within so many tokens."""
    found = sorted(
        (at, at + len(run.tokens), number)
        for number, run in enumerate(runs)
        for at in places(run, stored)
    )
    last: dict[int, tuple[int, int]] = {}
    for start, end, number in found:
        last[number] = start, end
        if len(last) == len(runs):
            first = min(one for one, _ in last.values())
            if max(one for _, one in last.values()) - first <= widest:
                return True
    return False


def _has_pattern(pattern: str) -> Matcher:
    compiled = compiled_pattern(pattern)

    def has_pattern(post: Subject) -> bool:
        try:
            return compiled.search(post.text, timeout=PATTERN_SECONDS) is not None
        except TimeoutError:
            raise TooSlow from None

    return has_pattern
