"""How well a found post answers a query: a sum of named terms, as every order of the program is.

Words count as in BM25 (Robertson and Zaragoza 2009): rare words more than common ones, a second time less than the
first, in a short text more than in a long one. Words that stand together count more than the same words apart; so do
what is new and who the owner talks with. How many people a post or its author reaches is no term, and never will be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp2, log1p

from msgspec import Struct

from tui_inbox.core.matching import parts, words_near
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.query import And, Near, Or, Phrase, Query, Tag, Word
from tui_inbox.core.tokens import Run, places, run_of
from tui_inbox.priority.circle import decayed
from tui_inbox.priority.tie import Tie
from tui_inbox.priority.weights import LONG_HALF_LIFE

SATURATION = 1.2
"""k1 of BM25: how soon a word that is repeated counts no more."""

LENGTH = 0.75
"""b of BM25: how much longer texts lose."""

USUAL_LENGTH = 25
"""Words in a text as most are, to which its length is compared."""

WORDS = 1_000
"""Points of what BM25 gives as 1."""

TOGETHER = 1_500
"""Points of words that stand side by side; half of it where as many others stand among them, and so on."""

FRESH = 1_500
FRESH_HALF_LIFE: Millis = 90 * DAY
"""Points of what was written just now, and after which time half of them are left."""

CLOSE, CLOSE_MOST = 500, 2_000
"""Points of ln(1 + texts that went either way, halved every 30 days, + days written on), and the most there are."""


class Sought(Struct, frozen=True):
    """A word or run that a query looks for, and how rare it is: ln(1 + posts without it / posts with it)."""

    run: Run
    rarity: float


class Relevance(Struct, frozen=True):
    """Why a found post stands where it stands; all in points (thousandths)."""

    words: int
    together: int
    fresh: int
    close: int

    @property
    def points(self) -> int:
        """What is compared."""
        return self.words + self.together + self.fresh + self.close


def runs_sought(query: Query) -> Iterator[Run]:
    """What of a query can stand in a text, and may be what makes it relevant; nothing that must not be there."""
    match query:
        case And() | Or():
            for term in query.terms:
                yield from runs_sought(term)
        case Word():
            if (run := run_of(query.text, prefix=query.prefix)) is not None:
                yield run
        case Phrase():
            yield from parts(query)
        case Near():
            yield from words_near(query.text)
        case Tag():
            if (run := run_of(query.value)) is not None:
                yield run


def rarity(having: int, all_posts: int) -> float:
    """How much a word counts that so many of all posts have."""
    return log1p((max(all_posts, having) - having + 0.5) / (having + 0.5))


def relevance(
    tokens: Sequence[str], sought: Sequence[Sought], age: Millis, tie: Tie | None, now: Millis
) -> Relevance:
    """The terms of a post.

    Args:
        tokens: of its text.
        sought: what is looked for.
        age: how long ago it was written.
        tie: with its author; None where there is none.
        now: the moment.
    """
    found = [(one, list(places(one.run, tokens))) for one in sought]
    long = 1 - LENGTH + LENGTH * len(tokens) / USUAL_LENGTH
    bm25 = sum(
        one.rarity * len(at) * (SATURATION + 1) / (len(at) + SATURATION * long)
        for one, at in found
        if at
    )
    return Relevance(
        words=round(WORDS * bm25),
        together=round(TOGETHER * _togetherness([(one.run, at) for one, at in found if at])),
        fresh=round(FRESH * exp2(-max(0, age) / FRESH_HALF_LIFE)),
        close=_closeness(tie, now),
    )


def _togetherness(found: Sequence[tuple[Run, list[int]]]) -> float:
    """1 where all that is there stands side by side, less the more stands among it; 0 for one thing alone."""
    if len(found) < 2:
        return 0.0
    needed = sum(len(run.tokens) for run, _ in found)
    ends = sorted(
        (at, at + len(run.tokens), number)
        for number, (run, all_at) in enumerate(found)
        for at in all_at
    )
    last: dict[int, tuple[int, int]] = {}
    best = 0
    for start, end, number in ends:
        last[number] = start, end
        if len(last) == len(found):
            width = max(one for _, one in last.values()) - min(one for one, _ in last.values())
            best = min(best, width) if best else width
    return min(1.0, needed / best)


def _closeness(tie: Tie | None, now: Millis) -> int:
    if tie is None:
        return 0
    texts = decayed(tie.sent_long, tie.last_out, now, LONG_HALF_LIFE) + decayed(
        tie.received_long, tie.last_in, now, LONG_HALF_LIFE
    )
    return min(CLOSE_MOST, round(CLOSE * log1p(texts + tie.days))) if tie.exchanged else 0
