"""The model: scores that are exact sums of named terms, and the order they give.

A score is a pair, compared from the left: the tier ("you have written to them" stands before "you
never have"), then the points, integer thousandths. Whatever order is shown, its reasons add up to
it exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from math import exp, log, log1p
from operator import itemgetter
from typing import Generic

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.moment import HOUR, MINUTE, Millis
from tui_inbox.priority.circle import Circle, Key, decayed
from tui_inbox.priority.tie import AccountState, Tie
from tui_inbox.priority.weights import (
    SENT_LONG_HALF_LIFE,
    SENT_SHORT_HALF_LIFE,
    TURNS_HALF_LIFE,
    WEIGHTS,
    WROTE_LAST_HALF_LIFE,
)

TIER_SPAN = 1_000_000_000
"""More points than any sum of terms has."""

WRITTEN_TO = 1
NEVER_WRITTEN_TO = 0


class TermName(StrEnum):
    """What a term is about."""

    ORDER = "order of contact"
    SINCE_CONTACT = "time since contact"
    SENT_LONG = "texts sent in a month"
    WROTE_LAST = "they wrote last"
    DAYS = "days written on"
    TURNS = "turns in a month"
    BASE = "base"
    SENT_SHORT = "texts sent in a week"
    SINCE_SENT = "time since written to"
    UNANSWERED = "unanswered texts"
    QUESTION = "question"
    WAITING = "waiting"
    ONLY_THANKS = "only thanks"
    OTHER_SPEAKERS = "other speakers"
    RULE = "rule"


class Question(StrEnum):
    """What people can be ranked for."""

    NOW = "now"  # whom the owner will write to next
    WEEK = "week"  # with whom texts will go both ways in the week ahead


class Rule(Struct, frozen=True):
    """A rule of the user's that matches: points by a name, perhaps until a moment.

    Attributes:
        cancels: instead of points of its own it takes away those of this term.
        number: its place among the user's rules.
    """

    name: str
    points: int = 0
    until: Millis | None = None
    cancels: TermName | None = None
    number: int = 0


class Term(Struct, frozen=True):
    """One part of a score. `rule` is the user's rule that it comes from, None otherwise."""

    name: TermName
    points: int
    rule: Rule | None = None


class Score(Struct, frozen=True):
    """A place in an order, with its reasons."""

    tier: int
    terms: tuple[Term, ...]

    @property
    def points(self) -> int:
        """The exact sum of the terms."""
        return sum(term.points for term in self.terms)

    @property
    def key(self) -> tuple[int, int]:
        """What is compared, higher first."""
        return (self.tier, self.points)


class Ranked(Struct, Generic[Key], frozen=True, gc=False):
    """A person in a ranking; `explain` gives the terms.

    Attributes:
        order: how many partners were in contact more recently; `explain` wants it back.
    """

    key: Key
    tier: int
    points: int
    order: int


class Item(Struct, frozen=True):
    """What is known of a waiting text beside who wrote it.

    Attributes:
        question: the sentence that asks something (`core.asks.asks_something`), if any.
        only_thanks: it only says thanks (`core.asks.only_thanks`).
        waiting_since: when it became the owner's turn; None while it is not.
        other_speakers: how many other people have spoken in the thread since.
        rules: the user's rules that match it.
    """

    question: str | None = None
    only_thanks: bool = False
    waiting_since: Millis | None = None
    other_speakers: int = 0
    rules: tuple[Rule, ...] = ()


_NOW_TERMS = (
    TermName.ORDER,
    TermName.SINCE_CONTACT,
    TermName.SENT_LONG,
    TermName.WROTE_LAST,
    TermName.DAYS,
)
_WEEK_TERMS = (TermName.ORDER, TermName.SINCE_CONTACT, TermName.DAYS, TermName.TURNS)


def tier_of(tie: Tie) -> int:
    """Partners first: a wave of strangers must not push those one talks with off the screen."""
    return WRITTEN_TO if tie.sent else NEVER_WRITTEN_TO


def rank_people(
    circle: Circle[Key],
    now: Millis,
    question: Question = Question.NOW,
    *,
    among: Callable[[Tie], bool] | None = None,
) -> list[Ranked[Key]]:
    """People of an account, best first. Ties of score stand by latest contact, then by name.

    Args:
        among: whom to rank, everybody unless told otherwise. The places of those who are left out still
            count in `Ranked.order`, so that nobody's points depend on who else is asked for.
    """
    points_of = _POINTS[question]
    ranked: list[Ranked[Key]] = []
    partners = order = 0
    previous: Millis | None = None
    people = sorted(circle.ties.items(), key=itemgetter(0))
    contacts = [tie.last_contact for _, tie in people]
    for place in sorted(range(len(people)), key=contacts.__getitem__, reverse=True):
        key, tie = people[place]
        if contacts[place] != previous:
            order, previous = partners, contacts[place]
        if tie.sent or tie.touched:
            partners += 1
        if among is None or among(tie):
            tier = WRITTEN_TO if tie.sent else NEVER_WRITTEN_TO
            ranked.append(Ranked(key, tier, sum(points_of(tie, order, now)), order))
    ranked.sort(key=_sort_key, reverse=True)
    return ranked


def _sort_key(row: Ranked[Key]) -> int:
    """Tier and points in one number: comparing integers is twice as fast as comparing pairs."""
    return row.tier * TIER_SPAN + row.points


def explain(tie: Tie, order: int, now: Millis, question: Question = Question.NOW) -> Score:
    """The terms behind a person's place in `rank_people`; `order` is that of their `Ranked`."""
    names = _NOW_TERMS if question is Question.NOW else _WEEK_TERMS
    points = _POINTS[question](tie, order, now)
    return Score(tier_of(tie), tuple(map(Term, names, points)))


def mention_score(tie: Tie, item: Item, now: Millis) -> Score:
    """The place of a waiting text among others: relationship, then what the text and the user add.

    The relationship is taken as of the latest contact, so that a list at rest does not change its
    order but by waiting.
    """
    at = tie.last_contact or now
    terms = mention_terms(tie, at) + item_terms(item, now)
    return Score(tier_of(tie), terms)


def mention_terms(tie: Tie, at: Millis) -> tuple[Term, ...]:
    """How likely the owner answers this person, as far as order goes, seen from `at`."""
    w = WEIGHTS.mention
    sent_short, minutes, unanswered = _mention_logs(tie, at)
    return (
        Term(TermName.BASE, w.base),
        Term(TermName.SENT_SHORT, round(w.sent_short * sent_short)),
        Term(TermName.SINCE_SENT, round(w.since_sent * minutes)),
        Term(TermName.UNANSWERED, round(w.unanswered * unanswered)),
    )


def item_terms(item: Item, now: Millis) -> tuple[Term, ...]:
    """What a waiting text adds to its author's relationship. Only what counts is listed."""
    w = WEIGHTS.item
    terms = []
    if item.question is not None:
        terms.append(Term(TermName.QUESTION, w.question))
    if item.waiting_since is not None:
        hours = max(0, now - item.waiting_since) / HOUR
        terms.append(Term(TermName.WAITING, min(w.waiting_most, round(w.waiting * log1p(hours)))))
    if item.only_thanks:
        terms.append(Term(TermName.ONLY_THANKS, w.only_thanks))
    if item.other_speakers:
        points = max(w.other_speakers_most, w.other_speaker * item.other_speakers)
        terms.append(Term(TermName.OTHER_SPEAKERS, points))
    return (*terms, *rule_terms(item.rules, now, terms))


def rule_terms(rules: Iterable[Rule], now: Millis, others: Sequence[Term] = ()) -> tuple[Term, ...]:
    """The user's rules that are still in force. `others`: the terms that a rule may take away."""
    own = []
    left = list(others)
    for rule in rules:
        if rule.until is not None and now >= rule.until:
            continue
        taken = sum(term.points for term in left if term.name is rule.cancels)
        left = [term for term in left if term.name is not rule.cancels]  # none is taken twice
        if points := rule.points - taken:
            own.append(Term(TermName.RULE, points, rule))
    return tuple(own)


def with_rules(score: Score, rules: Iterable[Rule], now: Millis) -> Score:
    """A person's score with what the user's rules about them add."""
    return replace(score, terms=score.terms + rule_terms(rules, now))


def answer_probability(tie: Tie, account: AccountState, at: Millis) -> float:
    """How likely the owner answers this person's latest text within a day, asked as it arrives."""
    w = WEIGHTS.answer
    sent_short, minutes, unanswered = _mention_logs(tie, at)
    share = (account.answered + 1) / (account.turns + 3)
    log_odds = (
        w.base
        + w.sent_short * sent_short
        + w.since_sent * minutes
        + w.unanswered * unanswered
        + w.habit * log(share / (1 - share))
    )
    return 1 / (1 + exp(-log_odds))


def _mention_logs(tie: Tie, at: Millis) -> tuple[float, float, float]:
    sent_short = decayed(tie.sent_short, tie.last_out, at, SENT_SHORT_HALF_LIFE)
    minutes = max(0, at - tie.last_out) / MINUTE
    return log1p(sent_short), log1p(minutes), log1p(tie.unanswered)


def _now_points(tie: Tie, order: int, now: Millis) -> tuple[int, ...]:
    """The points of `_NOW_TERMS`."""
    w = WEIGHTS.now
    last_in, last_out = tie.last_in, tie.last_out
    wrote_last = last_in > last_out
    contact = last_in if wrote_last else last_out
    sent = decayed(tie.sent_long, last_out, now, SENT_LONG_HALF_LIFE)
    return (
        _in_log(w.order, order),
        _in_log(w.since_contact, (now - contact) / MINUTE) if now > contact else 0,
        _in_log(w.sent_long, sent),
        round(decayed(w.wrote_last, last_in, now, WROTE_LAST_HALF_LIFE)) if wrote_last else 0,
        _in_log(w.days, tie.days),
    )


def _week_points(tie: Tie, order: int, now: Millis) -> tuple[int, ...]:
    """The points of `_WEEK_TERMS`."""
    w = WEIGHTS.week
    contact = tie.last_contact
    turns = decayed(tie.turns_decayed, tie.last_turn, now, TURNS_HALF_LIFE)
    return (
        _in_log(w.order, order),
        _in_log(w.since_contact, (now - contact) / MINUTE) if now > contact else 0,
        _in_log(w.days, tie.days),
        _in_log(w.turns, turns),
    )


def _in_log(weight: int, amount: float) -> int:
    """The weight times ln(1 + x), in whole points; most of the numbers of most people are zero."""
    return round(weight * log1p(amount)) if amount else 0


_POINTS = {Question.NOW: _now_points, Question.WEEK: _week_points}
