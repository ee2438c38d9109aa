"""Contrast of colours, and how a colour is moved until it can be read.

Contrast is that of WCAG 2.1: from 1:1 to 21:1, and at least 4.5:1 for text (success criterion 1.4.3).
Colours are texts, `#rrggbb`.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Collection
from functools import lru_cache

ENOUGH = 4.5
"""The least contrast of text."""

BLACK, WHITE = "#000000", "#ffffff"

_STEPS = 12
"""Halvings when a shade is looked for: one step of 255 needs eight."""

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def is_hex(colour: str) -> bool:
    """Whether a text is a colour as `#rrggbb` or `#rgb`."""
    return _HEX.fullmatch(colour) is not None


def parts(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of a colour, from 0 to 255. A short one, `#rgb`, is taken, too."""
    digits = colour[1:7] if len(colour) > 4 else "".join(2 * digit for digit in colour[1:])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def as_hex(red: float, green: float, blue: float) -> str:
    """The colour of three parts from 0 to 255."""
    return f"#{round(red):02x}{round(green):02x}{round(blue):02x}"


@lru_cache(maxsize=1024)  # the same few grounds are asked for again and again
def luminance(colour: str) -> float:
    """Relative luminance, from 0 for black to 1 for white."""
    red, green, blue = map(_linear, parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, at least 1."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def least(colour: str, grounds: Collection[str]) -> float:
    """Contrast of a colour on the ground on which it can be read worst."""
    return min(contrast(colour, ground) for ground in grounds)


def blend(one: str, other: str, share: float) -> str:
    """A colour between two.

    Args:
        one: the colour at a share of 0.
        other: the colour at a share of 1.
        share: from 0 to 1.
    """
    mixed = (a + (b - a) * share for a, b in zip(parts(one), parts(other), strict=True))
    return as_hex(*mixed)


def away_from(grounds: Collection[str]) -> str:
    """Black or white: what can be read better on all of these grounds."""
    return max((WHITE, BLACK), key=lambda pole: least(pole, grounds))


def readable(colour: str, grounds: Collection[str], wanted: float = ENOUGH) -> str:
    """The colour, moved towards black or white by as little as brings it to a contrast.

    Args:
        colour: what is wanted.
        grounds: what it stands on.
        wanted: contrast that it has on each of them at least; where not even black or white has as much, it is that.
    """
    if least(colour, grounds) >= wanted:
        return colour
    return _nearest(colour, away_from(grounds), grounds, wanted)


def shade(colour: str, ground: str, grounds: Collection[str], wanted: float) -> str:
    """The colour, moved towards the ground as far as leaves it a contrast; itself if it has no more than that.

    Args:
        colour: a colour that can be read.
        ground: what it comes nearer to.
        grounds: what it stands on.
        wanted: contrast that it keeps on each of them.
    """
    if least(colour, grounds) <= wanted:
        return colour
    return _nearest(ground, colour, grounds, wanted)


def _nearest(start: str, end: str, grounds: Collection[str], wanted: float) -> str:
    """The first colour on the way from one that cannot be read to one that can which has the contrast."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if least(blend(start, end, middle), grounds) >= wanted:
            high = middle
        else:
            low = middle
    return blend(start, end, high)


def hue(colour: str) -> float:
    """Where a colour stands in the circle of colours, from 0 to 1; red is 0."""
    red, green, blue = parts(colour)
    return colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)[0]


def saturation(colour: str) -> float:
    """How far a colour is from grey, from 0 to 1."""
    red, green, blue = parts(colour)
    return colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)[2]


def hues_apart(one: str, other: str) -> float:
    """How far two colours are apart in the circle of colours, from 0 to a half."""
    apart = abs(hue(one) - hue(other))
    return min(apart, 1 - apart)


def with_hue(colour: str, at: float, least_saturation: float) -> str:
    """A colour of the same lightness at another place of the circle, and of some saturation at least."""
    red, green, blue = parts(colour)
    _, light, grey = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    light = min(max(light, 0.25), 0.75)
    other = colorsys.hls_to_rgb(at % 1, light, max(grey, least_saturation))
    return as_hex(*(255 * part for part in other))
