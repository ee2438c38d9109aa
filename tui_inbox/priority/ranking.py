"""Everybody of an account in their order, quick enough to be made for each picture: 5,000 people in milliseconds.

The points are those of `model.explain`, term by term, added up without naming them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice
from math import exp2, log1p
from operator import eq, ge, gt, itemgetter, neg
from typing import Generic, TypeVar

from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.priority.circle import Circle, Key
from tui_inbox.priority.model import (
    FADE,
    FADE_JUST,
    FADE_OF_DAY,
    PER_MINUTE,
    Question,
    explain,
    in_log,
)
from tui_inbox.priority.tie import Tie
from tui_inbox.priority.weights import AT_ONCE, JUST_WROTE_HALF_LIFE, WEIGHTS, WROTE_LAST_HALF_LIFE

T = TypeVar("T")

_ROUND = 1.5 * 2**52
"""Added to a number and taken away again, it leaves the whole number that `round` gives, in a quarter of the time."""
_NOTHING_LEFT = 14 * WROTE_LAST_HALF_LIFE
_NOTHING_JUST = 14 * JUST_WROTE_HALF_LIFE
"""After so many half-lives less than half a point is left, also of a weight of 8,000."""


class Ranked(Struct, Generic[Key], frozen=True, gc=False):
    """A person in a ranking; `explain` gives the terms.

    Attributes:
        order: how many partners were in contact more recently; `explain` wants it back.
        at_once: how many other strangers wrote at the same time, if this is one; likewise.
    """

    key: Key
    points: int
    order: int
    at_once: int = 0


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
            count in `Ranked.order` and `Ranked.at_once`, so that nobody's points depend on who else is asked for.
    """
    all_of_them = _Columns.of(circle, now, question)
    places: Sequence[int] = all_of_them.places()
    if among is not None:
        places = [place for place in places if among(all_of_them.ties[place])]
    columns = (
        all_of_them.names,
        list(map(int, all_of_them.points)),
        all_of_them.orders,
        all_of_them.at_once,
    )
    return list(map(Ranked, *(_placed(column, places) for column in columns)))


def scores(
    circle: Circle[Key], now: Millis, question: Question = Question.NOW
) -> list[tuple[Key, float]]:
    """Names and points in the same order, for whoever wants nothing else; whole numbers."""
    columns = _Columns.of(circle, now, question)
    places = columns.places()
    return list(zip(_placed(columns.names, places), _placed(columns.points, places), strict=True))


class _Columns(Struct, Generic[Key], gc=False):
    """Everybody, the latest contact first: each list has one entry for each."""

    names: list[Key]
    ties: list[Tie]
    orders: list[int]
    at_once: list[int]
    points: list[float]

    @classmethod
    def of(cls, circle: Circle[Key], now: Millis, question: Question) -> _Columns[Key]:
        if not circle.ties:
            return cls([], [], [], [], [])
        names, ties, contacts = _by_contact(circle)
        orders, at_once = _orders(ties, contacts), _at_once(ties)
        leaning = circle.account.leaning
        if (
            contacts[0] > now
        ):  # a clock that runs behind; the quick sums know nothing of a time to come
            points = [
                float(explain(tie, order, now, question, at_once=wave, leaning=leaning).points)
                for tie, order, wave in zip(ties, orders, at_once, strict=True)
            ]
        elif question is Question.NOW:
            points = _now(ties, contacts, orders, at_once, leaning, now)
        else:
            points = _week(ties, contacts, orders, now)
        return cls(names, ties, orders, at_once, points)

    def places(self) -> list[int]:
        """Where each stands in the lists, best first."""
        return sorted(range(len(self.points)), key=self.points.__getitem__, reverse=True)


def _placed(column: Sequence[T], places: Sequence[int]) -> list[T]:
    if len(places) < 2:  # of one place it gives no row of entries
        return [column[place] for place in places]
    return list(itemgetter(*places)(column))


def _by_contact(circle: Circle[Key]) -> tuple[list[Key], list[Tie], list[Millis]]:
    """Names, ties and latest contacts of everybody, the latest contact first, equal ones by name.

    A circle that has just been told everything keeps people in this order; one from the store has to be sorted.
    """
    names, ties = list(circle.ties), list(circle.ties.values())
    names.reverse()
    ties.reverse()
    contacts = [tie.last_in if tie.last_in > tie.last_out else tie.last_out for tie in ties]
    if all(map(gt, contacts, islice(contacts, 1, None))):
        return names, ties, contacts
    if not all(map(ge, contacts, islice(contacts, 1, None))):
        places = sorted(range(len(names)), key=contacts.__getitem__, reverse=True)
        names, ties = _placed(names, places), _placed(ties, places)
        contacts.sort(reverse=True)
    done = 0
    for begin in [place for place, same in enumerate(map(eq, contacts, contacts[1:])) if same]:
        if begin >= done:
            done = begin + 1
            while done < len(contacts) and contacts[done] == contacts[begin]:
                done += 1
            named = sorted(zip(names[begin:done], ties[begin:done], strict=True), key=itemgetter(0))
            names[begin:done] = [name for name, _ in named]
            ties[begin:done] = [tie for _, tie in named]
    return names, ties, contacts


def _orders(ties: Sequence[Tie], contacts: Sequence[Millis]) -> list[int]:
    """For each how many partners were in contact more recently; those at the same moment are none."""
    orders = []
    partners = order = 0
    previous: Millis | None = None
    for tie, contact in zip(ties, contacts, strict=True):
        if contact != previous:
            order, previous = partners, contact
        orders.append(order)
        if tie.sent or tie.touched:
            partners += 1
    return orders


def _at_once(ties: Sequence[Tie]) -> list[int]:
    """For each stranger how many other strangers' latest texts lie within an hour of theirs; for others none."""
    found = [0] * len(ties)
    strangers = [
        place for place, tie in enumerate(ties) if not tie.sent and not tie.touched and tie.received
    ]
    moments = [ties[place].last_in for place in strangers]
    newer = older = 0
    for place, moment in zip(strangers, moments, strict=True):
        while moments[newer] > moment + AT_ONCE:
            newer += 1
        while older < len(moments) and moments[older] >= moment - AT_ONCE:
            older += 1
        found[place] = older - newer - 1
    return found


def _now(
    ties: Sequence[Tie],
    contacts: Sequence[Millis],
    orders: Sequence[int],
    at_once: Sequence[int],
    leaning: float,
    now: Millis,
) -> list[float]:
    """The sums of `model._now_points`: first the terms that everybody has, then those of few."""
    w, rounding, moment = WEIGHTS.now, _ROUND, float(now)
    since_contact, sent_long = float(w.since_contact), float(w.sent_long)
    of_order = _table(w.order, orders[-1].bit_length())
    of_days = _table(w.days, max([tie.days for tie in ties]).bit_length())
    sums = [
        (since_contact * log1p((moment - contact) * PER_MINUTE) + rounding)
        - rounding
        + of_order[order]
        + (
            (sent_long * log1p(tie.sent_long * exp2((moment - tie.last_out) * FADE)) + rounding)
            - rounding
            + of_days[tie.days]
            if tie.sent
            else 0.0
        )
        for tie, contact, order in zip(ties, contacts, orders, strict=True)
    ]
    _add_fresh(sums, ties, contacts, leaning, now)
    for place in range(bisect_left(contacts, 0, key=neg), len(ties)):  # who never wrote stands last
        passed = max(0, now - ties[place].touched)
        sums[place] = of_order[orders[place]] + in_log(w.since_contact, passed * PER_MINUTE)
    for place in [place for place, tie in enumerate(ties) if tie.touched and contacts[place]]:
        sums[place] += w.touched
    for place in filter(at_once.__getitem__, range(len(sums)) if any(at_once) else ()):
        sums[place] += in_log(w.at_once, at_once[place])
    return sums


def _add_fresh(
    sums: list[float], ties: Sequence[Tie], contacts: Sequence[Millis], leaning: float, now: Millis
) -> None:
    """Add the terms of those who wrote last, as long as anything is left of them."""
    w, rounding, moment = WEIGHTS.now, _ROUND, float(now)
    wrote_last, learnt = float(w.wrote_last), w.learnt * leaning
    for place in range(bisect_right(contacts, _NOTHING_LEFT - now, key=neg)):
        tie = ties[place]
        if tie.last_in > tie.last_out:
            passed = moment - tie.last_in
            fresh = exp2(passed * FADE_OF_DAY)
            sums[place] += (
                (wrote_last * fresh + rounding) - rounding + (learnt * fresh + rounding) - rounding
            )
            if passed < _NOTHING_JUST:
                sums[place] += round(w.just_wrote * exp2(passed * FADE_JUST))


def _week(
    ties: Sequence[Tie], contacts: Sequence[Millis], orders: Sequence[int], now: Millis
) -> list[float]:
    """The sums of `model._week_points`."""
    w, rounding, moment = WEIGHTS.week, _ROUND, float(now)
    since_contact, received_long = float(w.since_contact), float(w.received_long)
    of_order = _table(w.order, orders[-1].bit_length())
    of_days = _table(w.days, max([tie.days for tie in ties]).bit_length())
    return [
        (since_contact * log1p((moment - contact) * PER_MINUTE) + rounding)
        - rounding
        + of_order[order]
        + of_days[tie.days]
        + (
            (
                received_long * log1p(tie.received_long * exp2((moment - tie.last_in) * FADE))
                + rounding
            )
            - rounding
            if tie.received
            else 0.0
        )
        for tie, contact, order in zip(ties, contacts, orders, strict=True)
    ]


@lru_cache(maxsize=64)
def _table(weight: int, bits: int) -> tuple[float, ...]:
    """The points of a weight for each number of so many bits."""
    return tuple(float(in_log(weight, number)) for number in range(1 << bits))
