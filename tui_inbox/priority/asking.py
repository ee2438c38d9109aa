"""What an evaluation asks, and when: three tasks on recorded events, the same ones for the same events.

*Who next*, before a text of the owner's to somebody known: half of the questions at the start of a session, which
is after four hours of silence. *Will be answered*, after the first text of each sender on a day, whole days at a
time. *Week*, at midnight (UTC) of a day on which the owner did something: with whom texts will go both ways
within the horizon.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from random import Random
from typing import NamedTuple, TypeVar

from msgspec import Struct

TALK = frozenset({"reply", "mention", "dm", "email", "quote"})
HOUR = 3_600
DAY = 24 * HOUR
"""In seconds, as moments of recorded events are."""

SESSION_GAP = 4 * HOUR
FEWEST_KNOWN = 5
"""Whoever knows fewer people is not asked who is next."""
OF_A_DAY = 15
"""So many texts of one day are asked about at most."""

T = TypeVar("T")


class Recorded(NamedTuple):
    """A recorded event: `src` acts towards `dst`, `ts` in seconds since 1970."""

    ts: int
    src: int
    dst: int
    kind: str


class Amounts(Struct, frozen=True):
    """How many questions of each task an owner is asked at most, and how far a week reaches, in seconds."""

    next: int = 30
    answered: int = 80
    week: int = 12
    horizon: int = 7 * DAY


class Questions(Struct, frozen=True):
    """All that one owner's events are asked.

    Attributes:
        next: by the place of the owner's text, which is asked about before it is told: whether it opens a session.
        answered: by the place of the text, which is told before: whether it was answered within a day.
        week: moments, and with whom texts did go both ways.
    """

    next: dict[int, bool]
    answered: dict[int, bool]
    week: tuple[tuple[int, frozenset[int]], ...]


def questions(
    owner: int,
    events: Sequence[Recorded],
    begin: int,
    end: int,
    *,
    amounts: Amounts,
    seed: int = 7,
) -> Questions:
    """What to ask in a window of time; chance chooses among what could be asked, the same way each time.

    Args:
        events: all of the owner's, in the order of time, also before the window.
        begin, end: the window, from and to before.
    """
    random = Random(f"{seed}/{owner}/{begin}")  # noqa: S311  # repeatable on purpose
    sent, received = _texts(owner, events)
    sessions, others = _own_texts(owner, events, begin, end)
    opening = _pick(random, sessions, amounts.next // 2)
    following = _pick(random, others, amounts.next - len(opening))
    asked = _openers(owner, events, begin, end, sent)
    days = sorted({events[place].ts // DAY for place in asked})
    random.shuffle(days)
    answered: list[int] = []
    for day in days:
        if len(answered) >= amounts.answered:
            break
        answered += _pick(
            random, [place for place in asked if events[place].ts // DAY == day], OF_A_DAY
        )
    active = {event.ts // DAY for event in events if begin <= event.ts < end and event.src == owner}
    week = []
    for day in _pick(random, sorted(active), amounts.week):
        talked = _both_ways(sent, received, day * DAY, day * DAY + amounts.horizon)
        if day * DAY + amounts.horizon <= end and talked:
            week.append((day * DAY, talked))
    first = set(opening)
    return Questions(
        {place: place in first for place in sorted(opening + following)},
        {place: asked[place] for place in sorted(answered)},
        tuple(week),
    )


def _texts(
    owner: int, events: Sequence[Recorded]
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """The moments of texts, by the person they went to and came from."""
    sent: dict[int, list[int]] = {}
    received: dict[int, list[int]] = {}
    for event in events:
        if event.kind in TALK and event.src == owner:
            sent.setdefault(event.dst, []).append(event.ts)
        elif event.kind in TALK:
            received.setdefault(event.src, []).append(event.ts)
    return sent, received


def _own_texts(
    owner: int, events: Sequence[Recorded], begin: int, end: int
) -> tuple[list[int], list[int]]:
    """Places of texts to known people: those that open a session, and the others."""
    known: set[int] = set()
    opening: list[int] = []
    following: list[int] = []
    last = -(10**12)
    for place, event in enumerate(events):
        other = event.dst if event.src == owner else event.src
        is_own_text = event.src == owner and event.kind in TALK
        if (
            is_own_text
            and begin <= event.ts < end
            and other in known
            and event.ts > last
            and len(known) >= FEWEST_KNOWN
        ):
            (opening if event.ts - last >= SESSION_GAP else following).append(place)
        known.add(other)
        if is_own_text:
            last = event.ts
    return opening, following


def _openers(
    owner: int,
    events: Sequence[Recorded],
    begin: int,
    end: int,
    sent: dict[int, list[int]],
) -> dict[int, bool]:
    """By place, the first text of each sender on a day, if a day passes before the end: whether it was answered."""
    found: dict[int, bool] = {}
    seen: set[tuple[int, int]] = set()
    for place, event in enumerate(events):
        opener = (event.ts // DAY, event.src)
        if event.src == owner or event.kind not in TALK or not begin <= event.ts < end:
            continue
        if event.ts + DAY > end or opener in seen:
            continue
        seen.add(opener)
        answers = sent.get(event.src, [])
        after = bisect_right(answers, event.ts)
        found[place] = after < len(answers) and answers[after] - event.ts <= DAY
    return found


def _both_ways(
    sent: dict[int, list[int]], received: dict[int, list[int]], begin: int, end: int
) -> frozenset[int]:
    return frozenset(
        person
        for person in sent.keys() & received.keys()
        if _any_in(sent[person], begin, end) and _any_in(received[person], begin, end)
    )


def _any_in(moments: list[int], begin: int, end: int) -> bool:
    place = bisect_left(moments, begin)
    return place < len(moments) and moments[place] < end


def _pick(random: Random, among: list[T], count: int) -> list[T]:
    """So many of them at most, in their order."""
    return sorted(random.sample(among, count)) if len(among) > count else among  # type: ignore[type-var]  # places and days
