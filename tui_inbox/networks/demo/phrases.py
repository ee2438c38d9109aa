"""Texts with choices in them: `{late|early}`, which may stand inside each other.

A pattern is a list of all its variants; `variant` gives the one of a number, and `spread` walks through the
numbers in a fixed disorder, so that neighbouring turns have little in common.
"""

from __future__ import annotations

from functools import lru_cache
from math import prod

from msgspec import Struct

from tui_inbox.networks.demo.chance import Chance

_WALK = 97


class Pattern(Struct, frozen=True):
    """Text and choices in turn; `count` is the number of texts it stands for."""

    parts: tuple[str | Choice, ...]
    count: int


class Choice(Struct, frozen=True):
    """One of several ways to go on; `count` is the number of texts of all of them."""

    ways: tuple[Pattern, ...]
    count: int


def variant(pattern: Pattern, number: int) -> str:
    """The text of a number below the pattern's count."""
    said: list[str] = []
    for part in pattern.parts:
        if isinstance(part, str):
            said.append(part)
            continue
        number, within = divmod(number, part.count)
        for way in part.ways:
            if within < way.count:
                said.append(variant(way, within))
                break
            within -= way.count
    return "".join(said)


def spread(pattern: Pattern, turn: int) -> str:
    """The text of a turn; turns that are less than a hundred apart say something else where that can be."""
    order = _disorder(min(pattern.count, _WALK))
    rounds, place = divmod(turn, len(order))
    width = pattern.count // len(order)
    return variant(pattern, order[place] * width + (rounds + 7 * place) % width)


@lru_cache(maxsize=_WALK)
def _disorder(count: int) -> tuple[int, ...]:
    """The numbers below `count` in a fixed disorder."""
    return tuple(Chance(count, "disorder").shuffled(range(count)))


@lru_cache(maxsize=1024)  # the whole material has some hundreds
def pattern_of(text: str) -> Pattern:
    """The pattern that a text writes with braces and bars.

    Raises:
        ValueError: a brace has no partner.
    """
    return _sequence(text, 0, inside=False)[0]


def _sequence(text: str, start: int, *, inside: bool) -> tuple[Pattern, int]:
    """The parts from `start` to the end of the way (`|` or `}`) or of the text, and where that is."""
    parts: list[str | Choice] = []
    plain = at = start
    while at < len(text) and not (inside and text[at] in "|}"):
        if text[at] == "{":
            parts.append(text[plain:at])
            choice, at = _choice(text, at + 1)
            parts.append(choice)
            plain = at
        elif text[at] == "}":
            raise ValueError(f"unbalanced braces: {text}")
        else:
            at += 1
    parts.append(text[plain:at])
    count = prod(part.count for part in parts if isinstance(part, Choice))
    return Pattern(tuple(part for part in parts if part), count), at


def _choice(text: str, start: int) -> tuple[Choice, int]:
    ways: list[Pattern] = []
    at = start
    while True:
        way, at = _sequence(text, at, inside=True)
        ways.append(way)
        if at >= len(text):
            raise ValueError(f"unbalanced braces: {text}")
        at += 1
        if text[at - 1] == "}":
            return Choice(tuple(ways), sum(way.count for way in ways)), at
