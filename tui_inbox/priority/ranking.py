"""Everybody of an account in their order, quick enough to be made for each picture: 5,000 people in milliseconds.

The points are those of `model.explain`, term by term, added up without naming them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import exp2, log1p
from operator import itemgetter
from typing import Generic

from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.priority.circle import Circle, Key
from tui_inbox.priority.model import (
    FADE,
    FADE_JUST,
    FADE_OF_DAY,
    PER_MINUTE,
    Question,
    in_log,
)
from tui_inbox.priority.tie import Tie
from tui_inbox.priority.weights import AT_ONCE, WEIGHTS, WROTE_LAST_HALF_LIFE

_ROUND = 1.5 * 2**52
"""Added to a number and taken away again, it leaves the whole number that `round` gives, in a quarter of the time."""
_NOTHING_LEFT = 20 * WROTE_LAST_HALF_LIFE
"""After so many half-lives less than half a point is left of any weight."""


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
    people, contacts = _by_contact(circle)
    ties = [tie for _, tie in people]
    orders, at_once = _orders(ties, contacts), _at_once(ties)
    if question is Question.NOW:
        points = _now(ties, contacts, orders, at_once, circle.account.leaning, now)
    else:
        points = _week(ties, contacts, orders, now)
    places = sorted(range(len(people)), key=points.__getitem__, reverse=True)
    return [
        Ranked(people[place][0], int(points[place]), orders[place], at_once[place])
        for place in places
        if among is None or among(ties[place])
    ]


def _by_contact(circle: Circle[Key]) -> tuple[list[tuple[Key, Tie]], list[Millis]]:
    """Everybody with the moments of their latest contacts, the latest first, equal ones by name.

    The circle keeps people in about this order, and to sort what is nearly sorted costs next to nothing.
    """
    people = list(reversed(circle.ties.items()))
    contacts = [tie.last_in if tie.last_in > tie.last_out else tie.last_out for _, tie in people]
    places = sorted(range(len(people)), key=contacts.__getitem__, reverse=True)
    people = [people[place] for place in places]
    contacts = [contacts[place] for place in places]
    begin = 0
    for end, (contact, after) in enumerate(zip(contacts, [*contacts[1:], None], strict=False), 1):
        if contact != after:
            if end - begin > 1:
                people[begin:end] = sorted(people[begin:end], key=itemgetter(0))
            begin = end
    return people, contacts


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
    """The sums of `model._now_points`. What is small enough stands in tables; the rest is one loop."""
    w, rounding, moment = WEIGHTS.now, _ROUND, float(now)
    since_contact, sent_long = float(w.since_contact), float(w.sent_long)
    of_order = _table(w.order, max(orders, default=0).bit_length())
    of_days = _table(w.days, max((tie.days for tie in ties), default=0).bit_length())
    learnt = w.learnt * leaning
    sums = []
    for tie, contact, order, wave in zip(ties, contacts, orders, at_once, strict=True):
        passed = moment - (contact or tie.touched)
        if passed < 0:
            passed = 0.0
        points = (since_contact * log1p(passed * PER_MINUTE) + rounding) - rounding
        points += of_order[order]
        if tie.sent:
            since = moment - tie.last_out
            fading = exp2(since * FADE) if since > 0 else 1.0
            points += (sent_long * log1p(tie.sent_long * fading) + rounding) - rounding
            points += of_days[tie.days]
        if passed < _NOTHING_LEFT and tie.last_in > tie.last_out:
            fresh = exp2(passed * FADE_OF_DAY)
            points += (w.wrote_last * fresh + rounding) - rounding
            points += (learnt * fresh + rounding) - rounding
            points += (w.just_wrote * exp2(passed * FADE_JUST) + rounding) - rounding
        if contact and tie.touched:
            points += w.touched
        if wave:
            points += in_log(w.at_once, wave)
        sums.append(points)
    return sums


def _week(
    ties: Sequence[Tie], contacts: Sequence[Millis], orders: Sequence[int], now: Millis
) -> list[float]:
    """The sums of `model._week_points`."""
    w, rounding, moment = WEIGHTS.week, _ROUND, float(now)
    since_contact, received_long = float(w.since_contact), float(w.received_long)
    of_order = _table(w.order, max(orders, default=0).bit_length())
    of_days = _table(w.days, max((tie.days for tie in ties), default=0).bit_length())
    sums = []
    for tie, contact, order in zip(ties, contacts, orders, strict=True):
        passed = moment - contact
        if passed < 0:
            passed = 0.0
        points = (since_contact * log1p(passed * PER_MINUTE) + rounding) - rounding
        points += of_order[order] + of_days[tie.days]
        if tie.received:
            since = moment - tie.last_in
            fading = exp2(since * FADE) if since > 0 else 1.0
            points += (received_long * log1p(tie.received_long * fading) + rounding) - rounding
        sums.append(points)
    return sums


@lru_cache(maxsize=64)
def _table(weight: int, bits: int) -> tuple[float, ...]:
    """The points of a weight for each number of so many bits."""
    return tuple(float(in_log(weight, number)) for number in range(1 << bits))
