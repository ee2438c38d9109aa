"""Chance that can be repeated: a small generator, seeded by a number and a label.

The standard library promises the same sequence over versions for `random()` only, not for choices and
shuffles, so the few operations needed are built on SplitMix64 (Steele, Lea, Flood 2014).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

_Thing = TypeVar("_Thing")
_MASK = (1 << 64) - 1


class Chance:
    """A stream of numbers that is a pure function of seed and label."""

    __slots__ = ("_state",)

    def __init__(self, seed: int, label: str) -> None:
        self._state = (seed * 0x9E3779B97F4A7C15 + crc32(label.encode())) & _MASK

    def _next(self) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return mixed ^ (mixed >> 31)

    def below(self, bound: int) -> int:
        """A whole number from 0 to `bound` - 1."""
        return self._next() % bound

    def between(self, low: float, high: float) -> float:
        """A number from `low` up to `high`."""
        return low + (high - low) * (self._next() >> 11) / (1 << 53)

    def happens(self, share: float) -> bool:
        """True in `share` of all cases."""
        return self.between(0, 1) < share

    def pick(self, things: Sequence[_Thing]) -> _Thing:
        """One of the things, each as likely as the others."""
        return things[self.below(len(things))]

    def weighed(self, things: Sequence[_Thing], weights: Sequence[float]) -> _Thing:
        """One of the things, each as likely as its weight says."""
        point = self.between(0, sum(weights))
        for thing, weight in zip(things, weights, strict=True):
            point -= weight
            if point < 0:
                return thing
        return things[-1]

    def shuffled(self, things: Sequence[_Thing]) -> list[_Thing]:
        """The things in another order (Fisher and Yates)."""
        mixed = list(things)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed
