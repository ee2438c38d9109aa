"""How good an order was: the measures of an evaluation, and the intervals of their means."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from random import Random
from typing import NamedTuple

RESAMPLED = 1_000
"""From so many samples with replacement the interval of a mean is made."""


class Mean(NamedTuple):
    """A mean over owners and its interval, in which 95 of 100 bootstrap samples lie."""

    value: float
    low: float
    high: float


def rank_of(wanted: float, scores: Sequence[float]) -> float:
    """The place of a score among some that contain it; those of equal score share their mean place."""
    above = sum(score > wanted for score in scores)
    equal = sum(score == wanted for score in scores)
    return above + (equal + 1) / 2


def dcg(gains: Sequence[int]) -> float:
    """Discounted cumulative gain: what stands first counts most."""
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))


def auc(wanted: Sequence[int], scores: Sequence[float]) -> float:
    """How often something wanted stands before something unwanted, equal scores being half of one."""
    order = sorted(range(len(scores)), key=scores.__getitem__)
    ranks = [0.0] * len(scores)
    begin = 0
    while begin < len(order):
        end = begin
        while end + 1 < len(order) and scores[order[end + 1]] == scores[order[begin]]:
            end += 1
        for place in range(begin, end + 1):
            ranks[order[place]] = (begin + end) / 2 + 1
        begin = end + 1
    found = sum(wanted)
    of_found = sum(rank for rank, one in zip(ranks, wanted, strict=True) if one)
    return (of_found - found * (found + 1) / 2) / (found * (len(wanted) - found))


def average_precision(wanted: Sequence[int], order: Sequence[int]) -> float:
    """The mean share of wanted things down to each of them, in an order given by places."""
    found = total = 0.0
    for place, index in enumerate(order):
        if wanted[index]:
            found += 1
            total += found / (place + 1)
    return total / max(found, 1)


def in_order(scores: Sequence[float], random: Random) -> list[int]:
    """Places by score, the highest first; equal scores stand as chance has it."""
    return sorted(range(len(scores)), key=lambda place: (-scores[place], random.random()))


def mean(values: Sequence[float], *, seed: int = 1) -> Mean | None:
    """The mean of some owners' figures with its interval; None without any."""
    if not values:
        return None
    random, count = Random(seed), len(values)  # noqa: S311  # repeatable on purpose
    samples = sorted(sum(random.choices(values, k=count)) / count for _ in range(RESAMPLED))
    low, high = samples[int(0.025 * RESAMPLED)], samples[int(0.975 * RESAMPLED) - 1]
    return Mean(sum(values) / count, low, high)
