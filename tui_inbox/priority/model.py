"""The model: scores that are exact sums of named terms, and the order they give.

A score is a sum of points, integer thousandths. Whatever order is shown, its reasons add up to it
exactly. That a wave of strangers does not push those away whom the owner talks with is a term too:
strangers who write at the same time take points from each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import exp, exp2, log, log1p

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.moment import HOUR, MINUTE, Millis
from tui_inbox.priority.circle import decayed
from tui_inbox.priority.tie import AccountState, Tie
from tui_inbox.priority.weights import (
    JUST_WROTE_HALF_LIFE,
    LONG_HALF_LIFE,
    SHORT_HALF_LIFE,
    WEIGHTS,
    WROTE_LAST_HALF_LIFE,
)

PER_MINUTE = 1 / MINUTE
FADE = -1 / LONG_HALF_LIFE
FADE_OF_DAY = -1 / WROTE_LAST_HALF_LIFE
FADE_JUST = -1 / JUST_WROTE_HALF_LIFE
"""What a time in milliseconds is multiplied with; `exp2` of it is what is left after that time."""


class TermName(StrEnum):
    """What a term is about."""

    ORDER = "order of contact"
    SINCE_CONTACT = "time since contact"
    SENT_LONG = "texts sent in a month"
    WROTE_LAST = "they wrote last"
    DAYS = "days written on"
    RECEIVED_LONG = "texts received in a month"
    JUST_WROTE = "they wrote just now"
    TOUCHED = "liked or boosted"
    LEARNT = "learnt from whom you write to"
    AT_ONCE = "strangers at once"
    BASE = "base"
    SENT_SHORT = "texts sent in a week"
    SINCE_SENT = "time since written to"
    UNANSWERED = "unanswered texts"
    ANSWERED = "learnt from what you answer"
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
    """A place in an order, with its reasons.

    Attributes:
        is_known: the owner has written to them; a fact that is told first, and counts by its terms alone.
    """

    is_known: bool
    terms: tuple[Term, ...]

    @property
    def points(self) -> int:
        """The exact sum of the terms: what is compared, higher first."""
        return sum(term.points for term in self.terms)


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
    TermName.DAYS,
    TermName.WROTE_LAST,
    TermName.JUST_WROTE,
    TermName.TOUCHED,
    TermName.LEARNT,
    TermName.AT_ONCE,
)
_WEEK_TERMS = (
    TermName.ORDER,
    TermName.SINCE_CONTACT,
    TermName.DAYS,
    TermName.RECEIVED_LONG,
)


def explain(
    tie: Tie,
    order: int,
    now: Millis,
    question: Question = Question.NOW,
    *,
    at_once: int = 0,
    leaning: float = 0.0,
) -> Score:
    """The terms behind a person's place in `rank_people`.

    Args:
        order: that of their `Ranked`; `at_once` likewise.
        leaning: that of the account's state.
    """
    names = _NOW_TERMS if question is Question.NOW else _WEEK_TERMS
    points = _POINTS[question](tie, order, at_once, leaning, now)
    return Score(tie.sent > 0, tuple(map(Term, names, points)))


def mention_score(tie: Tie, item: Item, now: Millis) -> Score:
    """The place of a waiting text among others: relationship, then what the text and the user add.

    The relationship is taken as of the latest contact, so that a list at rest does not change its
    order but by waiting.
    """
    at = tie.last_contact or now
    terms = mention_terms(tie, at) + item_terms(item, now)
    return Score(tie.sent > 0, terms)


def mention_terms(tie: Tie, at: Millis) -> tuple[Term, ...]:
    """How likely the owner answers this person, as far as order goes, seen from `at`."""
    w = WEIGHTS.mention
    minutes = max(0, at - tie.last_out) / MINUTE
    terms = (
        Term(TermName.BASE, w.base),
        Term(TermName.SENT_SHORT, round(w.sent_short * _sent_short(tie, at))),
        Term(TermName.SINCE_SENT, round(w.since_sent * log1p(minutes))),
        Term(TermName.UNANSWERED, round(w.unanswered * log1p(tie.unanswered))),
    )
    asked, answered = tie.settled, tie.answered
    if not asked:
        return terms
    habit = round(w.answered * log((answered + 1) / (asked - answered + 1)))
    return (*terms, Term(TermName.ANSWERED, habit))


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
    asked = tie.settled
    everywhere = account.asked - (tie.asked - asked)
    share = min(_MOST_SHARE, max(1 - _MOST_SHARE, (account.answered + 1) / (everywhere + 2)))
    theirs = min(_MOST_SHARE, max(1 - _MOST_SHARE, (tie.answered + 2 * share) / (asked + 2)))
    usual = log(share / (1 - share))
    log_odds = (
        w.habit * usual
        + w.person * (log(theirs / (1 - theirs)) - usual)
        + w.sent_short * _sent_short(tie, at)
        + w.unanswered * log1p(tie.unanswered)
    )
    return 1 / (1 + exp(-log_odds))


_MOST_SHARE = 0.98
"""Nobody answers everything for certain, or nothing."""


def _sent_short(tie: Tie, at: Millis) -> float:
    return log1p(decayed(tie.sent_short, tie.last_out, at, SHORT_HALF_LIFE))


def _now_points(tie: Tie, order: int, at_once: int, leaning: float, now: Millis) -> tuple[int, ...]:
    """The points of `_NOW_TERMS`; `ranking` adds up the same by the same arithmetic."""
    w = WEIGHTS.now
    contact = tie.last_contact
    passed = max(0, now - (contact or tie.touched))
    fresh = exp2(passed * FADE_OF_DAY) if tie.wrote_last else 0.0
    just = exp2(passed * FADE_JUST) if tie.wrote_last else 0.0
    return (
        in_log(w.order, order),
        in_log(w.since_contact, passed * PER_MINUTE),
        in_log(w.sent_long, tie.sent_long * exp2(max(0, now - tie.last_out) * FADE)),
        in_log(w.days, tie.days),
        round(w.wrote_last * fresh),
        round(w.just_wrote * just),
        w.touched if tie.touched and contact else 0,
        round(w.learnt * leaning * fresh),
        in_log(w.at_once, at_once),
    )


def _week_points(
    tie: Tie, order: int, at_once: int, leaning: float, now: Millis
) -> tuple[int, ...]:
    """The points of `_WEEK_TERMS`. Neither a leaning nor a wave of strangers tells of a week."""
    w = WEIGHTS.week
    return (
        in_log(w.order, order),
        in_log(w.since_contact, max(0, now - tie.last_contact) * PER_MINUTE),
        in_log(w.days, tie.days),
        in_log(w.received_long, tie.received_long * exp2(max(0, now - tie.last_in) * FADE)),
    )


def in_log(weight: int, amount: float) -> int:
    """The weight times ln(1 + x), in whole points; most of the numbers of most people are zero."""
    return round(weight * log1p(amount)) if amount else 0


_POINTS = {Question.NOW: _now_points, Question.WEEK: _week_points}
