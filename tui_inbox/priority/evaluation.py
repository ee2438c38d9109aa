"""How good an order is, asked of recorded events: strictly in the order of time, one owner after the other.

A ranker sees only its owner's events, each once, and is asked before and after some of them (`asking`). What is
measured is listed at `MEASURES`. The figures are those of the public harness that the model was made with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from random import Random
from typing import Protocol

from msgspec import Struct, field

from tui_inbox.priority.asking import DAY, HOUR, TALK, Amounts, Questions, Recorded, questions
from tui_inbox.priority.metrics import auc, average_precision, dcg, in_order, rank_of

MEASURES: Mapping[str, str] = {
    "A.mrr": "who next: mean of 1 / place",
    "A0.mrr": "the same at the start of a session",
    "AP.mrr": "the same where it was somebody the owner had written to before",
    "A.hit1": "who next: in first place",
    "A.hit3": "who next: among three",
    "A.hit5": "who next: among five",
    "A.hit10": "who next: among ten",
    "B.auc": "will be answered: how well texts are told apart, over all days",
    "B.ap": "will be answered: average precision",
    "B.ndcg": "will be answered: order of a day's texts",
    "B.brier": "the printed probability: squared error, better when lower",
    "B.base": "the same of the owner's running share of answers",
    "C.p10": "week: share of the first ten that came true",
    "C.rec": "week: share of those who came true among the first ten",
    "C.ndcg": "week: order of the first ten",
}
"""What is measured, by its short name, in words."""


class Ranker(Protocol):
    """Whatever orders one owner's people, as the public harness wants it. Moments are seconds."""

    def observe(self, ts: int, src: int, dst: int, kind: str) -> None:
        """Take in an event."""

    def rank(self, ego: int, now: int) -> Sequence[tuple[int, float]]:
        """Whom the owner writes to next, best first."""

    def catch_up(self, ego: int, now: int) -> Sequence[tuple[int, float]]:
        """With whom texts will go both ways in the week ahead, best first."""

    def p_reply(self, ts: int, src: int, dst: int, kind: str) -> float:
        """The place of a text that was just told, higher first."""

    def p_display(self, ts: int, src: int, dst: int, kind: str) -> float:
        """The probability that it is answered within a day."""


class MostRecent:
    """The order every messenger has: whoever was in contact last stands first."""

    def __init__(self, ego: int) -> None:
        self._ego = ego
        self._last: dict[int, int] = {}

    def observe(self, ts: int, src: int, dst: int, kind: str) -> None:
        """Take in an event; likes and boosts only make somebody known."""
        other = dst if src == self._ego else src
        known = self._last.setdefault(other, 0)
        self._last[other] = ts if kind in TALK else known

    def rank(self, ego: int, now: int) -> Sequence[tuple[int, float]]:
        """By the latest text."""
        return sorted(self._last.items(), key=lambda pair: -pair[1])

    def catch_up(self, ego: int, now: int) -> Sequence[tuple[int, float]]:
        """The same."""
        return self.rank(ego, now)

    def p_reply(self, ts: int, src: int, dst: int, kind: str) -> float:
        """No opinion."""
        return 0.0

    def p_display(self, ts: int, src: int, dst: int, kind: str) -> float:
        """No opinion."""
        return 0.0


class Window(Struct, frozen=True):
    """Which part of some events is asked about, in seconds: from and to before. What lies before is told only."""

    begin: int
    end: int


class Owner(Struct, frozen=True):
    """One owner of the events: who, everything they had to do with, and what is asked."""

    ego: int
    events: Sequence[Recorded]
    asked: Questions


Figures = dict[str, dict[int, float]]
"""By measure and owner, the mean over that owner's questions."""


def latest_part(events: Sequence[Recorded], share: float = 0.4) -> Window:
    """The latest part of some events, by their number; the rest is what a ranker may learn from."""
    return Window(events[int(len(events) * (1 - share))].ts, events[-1].ts + 1)


def by_owner(events: Iterable[Recorded]) -> dict[int, list[Recorded]]:
    """Everybody's own events, in their order; one with oneself counts twice, as in the harness."""
    found: dict[int, list[Recorded]] = {}
    for event in events:
        found.setdefault(event.src, []).append(event)
        found.setdefault(event.dst, []).append(event)
    return found


def owners(
    events: Sequence[Recorded],
    *,
    amounts: Amounts,
    least_sent: int,
    least_partners: int,
    most: int = 120,
    seed: int = 7,
    only: frozenset[int] | None = None,
) -> list[Owner]:
    """Whose events are asked about: those who wrote enough, as chance has it the same way each time.

    Args:
        least_sent: who wrote fewer texts is not asked about; `least_partners` likewise.
        only: if not None, nobody else.
    """
    sent: dict[int, int] = {}
    partners: dict[int, set[int]] = {}
    for event in events:
        if event.kind in TALK:
            sent[event.src] = sent.get(event.src, 0) + 1
            partners.setdefault(event.src, set()).add(event.dst)
    found = sorted(
        ego
        for ego, count in sent.items()
        if count >= least_sent
        and len(partners[ego]) >= least_partners
        and (only is None or ego in only)
    )
    Random(seed).shuffle(found)  # noqa: S311  # repeatable on purpose
    own, window = by_owner(events), latest_part(events)
    return [
        Owner(
            ego,
            own[ego],
            questions(ego, own[ego], window.begin, window.end, amounts=amounts, seed=seed),
        )
        for ego in found[:most]
    ]


def evaluate(
    asked: Iterable[Owner],
    make: Callable[[int], Ranker],
    *,
    flood: int = 0,
    each: bool = False,
) -> Figures:
    """Ask a ranker of each owner. Measures without a question are left out.

    Args:
        make: makes the ranker of an owner.
        each: keep the figure of each question, by its number, in the place of an owner's mean; for one owner.
        flood: before each question of who is next so many strangers name the owner within the hour, in a copy.
    """
    figures: Figures = {}
    for owner in asked:
        for name, values in _Asking(owner, make(owner.ego), flood).figures().items():
            kept = dict(enumerate(values)) if each else {owner.ego: sum(values) / len(values)}
            figures.setdefault(name, {}).update(kept)
    return figures


class _Asking(Struct):
    """The events of one owner on their way through a ranker."""

    owner: Owner
    ranker: Ranker
    flood: int
    seen: set[int] = field(default_factory=set)
    written_to: set[int] = field(default_factory=set)
    found: dict[str, list[float]] = field(default_factory=dict)
    texts: list[tuple[int, bool, float, float]] = field(default_factory=list)

    def figures(self) -> dict[str, list[float]]:
        """The figures of each question, by measure."""
        ego, asked = self.owner.ego, self.owner.asked
        weeks = list(asked.week)
        for place, event in enumerate(self.owner.events):
            while weeks and event.ts >= weeks[0][0]:
                self._week(*weeks.pop(0))
            other = event.dst if event.src == ego else event.src
            if place in asked.next:
                self._next(place, event, asked.next[place])
            self.ranker.observe(*event)
            self.seen.add(other)
            if event.src == ego and event.kind in TALK:
                self.written_to.add(other)
            if place in asked.answered:
                points, probability = self.ranker.p_reply(*event), self.ranker.p_display(*event)
                self.texts.append((event.ts // DAY, asked.answered[place], points, probability))
        self._answered()
        return self.found

    def _add(self, name: str, value: float) -> None:
        self.found.setdefault(name, []).append(value)

    def _next(self, place: int, event: Recorded, opens: bool) -> None:
        ego, other = self.owner.ego, event.dst
        ranker = self.ranker
        if self.flood:
            ranker = deepcopy(ranker)
            for order, moment in enumerate(_moments(ego, place, event.ts, self.flood)):
                ranker.observe(moment, -1 - order, ego, "mention")
        scores = dict(ranker.rank(ego, event.ts))
        if other in scores:
            rank = rank_of(scores[other], list(scores.values()))
        else:
            rank = len(scores) + (len(self.seen) - len(scores) + 1) / 2
        self._add("A.mrr", 1 / rank)
        for most in (1, 3, 5, 10):
            self._add(f"A.hit{most}", float(rank <= most))
        if opens:
            self._add("A0.mrr", 1 / rank)
        if other in self.written_to:
            self._add("AP.mrr", 1 / rank)

    def _week(self, moment: int, talked: frozenset[int]) -> None:
        if not talked & self.seen:
            return
        top = [person for person, _ in self.ranker.catch_up(self.owner.ego, moment)][:10]
        hits = [int(person in talked) for person in top]
        most = min(10, len(talked))
        self._add("C.p10", sum(hits) / 10)
        self._add("C.rec", sum(hits) / most)
        self._add("C.ndcg", dcg(hits) / dcg([1] * most))

    def _answered(self) -> None:
        random = Random(self.owner.ego)  # noqa: S311  # repeatable on purpose
        outcomes = [int(was) for _, was, _, _ in self.texts]
        points = [each for _, _, each, _ in self.texts]
        yes = sum(outcomes)
        if yes >= 3 and len(outcomes) - yes >= 3:
            self._add("B.auc", auc(outcomes, points))
            self._add("B.ap", average_precision(outcomes, in_order(points, random)))
        for day in sorted({day for day, _, _, _ in self.texts}):
            places = [place for place, text in enumerate(self.texts) if text[0] == day]
            wanted = [outcomes[place] for place in places]
            if 0 < sum(wanted) < len(wanted):
                order = in_order([points[place] for place in places], random)
                gains = dcg([wanted[place] for place in order])
                self._add("B.ndcg", gains / dcg(sorted(wanted, reverse=True)))
        for name, value in _errors(self.texts):
            self._add(name, value)


def _moments(ego: int, place: int, ts: int, count: int) -> list[int]:
    """When the strangers of a flood write: within the hour before, the last one a minute ago at most."""
    random = Random(f"{ego}/{place}")  # noqa: S311  # repeatable on purpose
    return [
        int(ts - before)
        for before in sorted((random.uniform(60, HOUR) for _ in range(count)), reverse=True)
    ]


def _errors(texts: Sequence[tuple[int, bool, float, float]]) -> Iterator[tuple[str, float]]:
    """The squared errors of the printed probability, and of the share of texts answered so far."""
    answered = 0
    for asked, (_, was, _, probability) in enumerate(texts):
        yield "B.brier", (probability - was) ** 2
        yield "B.base", ((answered + 1) / (asked + 2) - was) ** 2
        answered += was
