"""Other orders to hold the program's against, with the interface of the evaluation; `ranking.py` runs them.

Sources: Interactions Rank (Roth et al. 2010, "Suggesting friends using the implicit social graph"), the base-level
activation of ACT-R (Anderson & Schooler 1991: the sum of age^-0.5), a Hawkes process of sixteen rates with one share
each for sent and received, and the program's own earlier model of ten numbers a person, without its two tiers.
"""

from __future__ import annotations

import math
from typing import Any

TALK = {"reply", "mention", "dm", "email", "quote"}
DAY = 86_400.0


class Base:
    """A score of a person's own events; touches only make somebody known."""

    def __init__(self, ego: int) -> None:
        self.ego = ego
        self.people: dict[int, Any] = {}

    def observe(self, ts: int, src: int, dst: int, kind: str) -> None:
        outgoing = src == self.ego
        other = dst if outgoing else src
        state = self.people.setdefault(other, self.new())
        if kind in TALK:
            self.told(state, outgoing, ts)
        elif outgoing:
            self.touched(state)

    def rank(self, ego: int, now: int) -> list[tuple[int, float]]:
        scored = ((person, self.score(state, now)) for person, state in self.people.items())
        return sorted(scored, key=lambda pair: -pair[1])

    def catch_up(self, ego: int, now: int) -> list[tuple[int, float]]:
        return self.rank(ego, now)

    def p_reply(self, ts: int, src: int, dst: int, kind: str) -> float:
        return self.score(self.people[src], ts)

    def p_display(self, ts: int, src: int, dst: int, kind: str) -> float:
        return 0.5

    def new(self) -> Any:
        raise NotImplementedError

    def told(self, state: Any, outgoing: bool, ts: int) -> None:
        raise NotImplementedError

    def touched(self, state: Any) -> None:
        pass

    def score(self, state: Any, now: int) -> float:
        raise NotImplementedError


class InteractionsRank(Base):
    """Texts sent (five times) and received, halved every seven days."""

    half, outgoing = 7 * DAY, 5.0

    def new(self) -> Any:
        return [0.0, 0]

    def told(self, state: Any, outgoing: bool, ts: int) -> None:
        faded = state[0] * 2 ** ((state[1] - ts) / self.half)
        state[:] = [faded + (self.outgoing if outgoing else 1.0), ts]

    def score(self, state: Any, now: int) -> float:
        faded: float = state[0] * 2 ** ((state[1] - now) / self.half)
        return faded


class PowerLaw(Base):
    """ln of the sum of age^-0.5 over all texts, either way."""

    def new(self) -> Any:
        return []

    def told(self, state: Any, outgoing: bool, ts: int) -> None:
        state.append(ts)

    def score(self, state: Any, now: int) -> float:
        return float(sum((now - ts + 1.0) ** -0.5 for ts in state))


class HawkesShare(Base):
    """The share of a Hawkes process: texts fade by sixteen rates from a minute to two years, all of one weight.

    A kernel of that kind falls about as 1 / age, between the power law and the latest contact.
    """

    halves = tuple(60.0 * (2 * 365 * DAY / 60.0) ** (step / 15) for step in range(16))

    def new(self) -> Any:
        return [0, [0.0] * 16]

    def told(self, state: Any, outgoing: bool, ts: int) -> None:
        state[1] = [
            level + 1 / half for level, half in zip(self.faded(state, ts), self.halves, strict=True)
        ]
        state[0] = ts

    def faded(self, state: Any, now: int) -> list[float]:
        passed = now - state[0]
        return [
            level * 2 ** (-passed / half) for level, half in zip(state[1], self.halves, strict=True)
        ]

    def score(self, state: Any, now: int) -> float:
        return sum(self.faded(state, now))


class Reference(Base):
    """The model of ten numbers a person, without tiers: turns, decayed texts, days, the latest contact."""

    def __init__(self, ego: int) -> None:
        super().__init__(ego)
        self.turns = self.answered = 0

    def new(self) -> Any:
        return {
            "o30": 0.0,
            "o7": 0.0,
            "t30": 0.0,
            "days": 0,
            "streak": 0,
            "near": False,
            "out": -1,
            "into": -1,
            "turn": -1,
        }

    def told(self, state: Any, outgoing: bool, ts: int) -> None:
        s = state
        turned = s["into"] > s["out"] if outgoing else s["out"] > s["into"]
        if turned:
            s["t30"] = s["t30"] * 2 ** (-(ts - s["turn"]) / (30 * DAY)) + 1
            s["turn"] = ts
        if outgoing:
            passed = ts - s["out"]
            s["o30"] = s["o30"] * 2 ** (-passed / (30 * DAY)) + 1
            s["o7"] = s["o7"] * 2 ** (-passed / (7 * DAY)) + 1
            self.answered += s["streak"] > 0 and ts - s["into"] <= DAY
            s["days"] += s["out"] // DAY != ts // DAY
            s.update(streak=0, out=ts, near=True)
        else:
            self.turns += s["streak"] == 0
            s.update(streak=s["streak"] + 1, into=ts)

    def touched(self, state: Any) -> None:
        state["near"] = True

    def rank(self, ego: int, now: int) -> list[tuple[int, float]]:
        return self.ordered(now, self.now)

    def catch_up(self, ego: int, now: int) -> list[tuple[int, float]]:
        return self.ordered(now, self.week)

    def ordered(self, now: int, score: Any) -> list[tuple[int, float]]:
        latest = {person: max(s["out"], s["into"]) for person, s in self.people.items()}
        near = sorted(latest[person] for person, s in self.people.items() if s["near"])
        scored = []
        for person, state in self.people.items():
            order = sum(at > latest[person] for at in near)
            minutes = max(0, now - latest[person]) / 60 if latest[person] >= 0 else now / 60
            scored.append((person, score(state, order, minutes, now)))
        return sorted(scored, key=lambda pair: -pair[1])

    @staticmethod
    def now(s: Any, order: int, minutes: float, now: int) -> float:
        sent = s["o30"] * 2 ** (-(now - s["out"]) / (30 * DAY)) if s["out"] >= 0 else 0.0
        waits = 2 ** (-(now - s["into"]) / DAY) if s["into"] > s["out"] else 0.0
        return float(
            -0.57 * math.log1p(order)
            - 0.20 * math.log1p(minutes)
            + 0.48 * math.log1p(sent)
            + 0.76 * waits
            + 0.34 * math.log1p(s["days"])
        )

    @staticmethod
    def week(s: Any, order: int, minutes: float, now: int) -> float:
        turns = s["t30"] * 2 ** (-(now - s["turn"]) / (30 * DAY)) if s["turn"] >= 0 else 0.0
        return float(
            -0.38 * math.log1p(order)
            - 0.175 * math.log1p(minutes)
            + 0.48 * math.log1p(s["days"])
            + 0.50 * math.log1p(turns)
        )

    def logs(self, ts: int, src: int) -> tuple[float, float, float]:
        s = self.people[src]
        sent = s["o7"] * 2 ** (-(ts - s["out"]) / (7 * DAY)) if s["out"] >= 0 else 0.0
        minutes = (ts - s["out"] if s["out"] >= 0 else ts) / 60
        return math.log1p(sent), math.log1p(minutes), math.log1p(s["streak"])

    def p_reply(self, ts: int, src: int, dst: int, kind: str) -> float:
        sent, minutes, streak = self.logs(ts, src)
        return 0.136 + 0.675 * sent - 0.060 * minutes - 0.617 * streak

    def p_display(self, ts: int, src: int, dst: int, kind: str) -> float:
        sent, minutes, streak = self.logs(ts, src)
        share = (self.answered + 1) / (self.turns + 3)
        odds = 0.333 + 0.361 * sent - 0.036 * minutes - 0.531 * streak
        return 1 / (1 + math.exp(-odds - 0.716 * math.log(share / (1 - share))))
