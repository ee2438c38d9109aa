"""How long a text is for X: letters have weights, an address counts as 23, an emoji as two, whatever it is made of.

The rules are those of twitter-text, version 3 (`config/v3.json`, `src/parseTweet.js`), tested by its own conformance
data. Time is linear in the length of the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from msgspec import Struct
from regex import compile as pattern

from tui_inbox.core.top_level import is_top_level
from tui_inbox.core.web_addresses import IsTopLevel, find_addresses

_CLUSTER = pattern(r"\X")
_EMOJI = pattern(r"\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3")
_TEXT_STYLE = "\ufe0e"
_REFUSED = frozenset("\ufffe\ufeff\uffff")
"""Characters with which X refuses a text."""


class Weighing(Struct, frozen=True):
    """A set of rules.

    Attributes:
        most: weight that fits.
        scale: what a letter of one weighs.
        other: weight of a letter in none of the ranges, and of an emoji.
        ranges: first and last code point of letters that weigh `scale`.
        address: letters that an address counts as.
        whole_emoji: whether an emoji of several code points counts once.
    """

    most: int = 280
    scale: int = 100
    other: int = 200
    ranges: tuple[tuple[int, int], ...] = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
    address: int = 23
    whole_emoji: bool = True


PRESENT = Weighing()


class Weight(Struct, frozen=True):
    """What a text weighs.

    Attributes:
        letters: its weight, in letters.
        is_valid: whether X takes it, as far as its length and characters go.
        share: of the weight that fits, in thousandths.
        fits_to: last place of what fits; counted, as X does, in units of UTF-16.
    """

    letters: int
    is_valid: bool
    share: int
    fits_to: int


class _Piece(Struct, frozen=True):
    """What is weighed in one: a letter, an emoji, an address."""

    text: str
    weight: int


class WeightedCounter(Struct, frozen=True):
    """Counts as X does. Fulfils `count.Counter`.

    Attributes:
        limit: letters that fit.
    """

    limit: int = 280

    def left(self, text: str, warning: str = "") -> int:
        """Return how many letters are left; negative when it is too long."""
        return self.limit - weigh(warning + text, Weighing(most=self.limit)).letters


def weigh(text: str, rules: Weighing = PRESENT, top_level: IsTopLevel = is_top_level) -> Weight:
    """Weigh a text.

    Args:
        text: as it was typed.
        rules: by which.
        top_level: says which labels are top-level domains.
    """
    normal = unicodedata.normalize("NFC", text)
    weight = units = fits_to = 0
    is_valid = True
    for piece in _pieces(normal, rules, top_level):
        weight += piece.weight
        units += _utf16(piece.text)
        is_valid = is_valid and _REFUSED.isdisjoint(piece.text)
        if is_valid and weight <= rules.most * rules.scale:
            fits_to = units - 1
    letters = weight // rules.scale
    fits_to += _utf16(text) - _utf16(normal)
    is_valid = is_valid and 0 < letters <= rules.most
    return Weight(letters, is_valid, letters * 1000 // rules.most, fits_to)


def has_address(text: str) -> bool:
    """Whether there is an address in a text, which makes a post dear."""
    normal = unicodedata.normalize("NFC", text)
    return next(find_addresses(normal, is_top_level), None) is not None


def _pieces(text: str, rules: Weighing, top_level: IsTopLevel) -> Iterator[_Piece]:
    at = 0
    for address in find_addresses(text, top_level):
        yield from _letters(text[at : address.start], rules)
        yield _Piece(text[address.start : address.end], rules.address * rules.scale)
        at = address.end
    yield from _letters(text[at:], rules)


def _letters(text: str, rules: Weighing) -> Iterator[_Piece]:
    if not rules.whole_emoji:
        yield from (_Piece(letter, _weight_of(letter, rules)) for letter in text)
        return
    for cluster in _CLUSTER.findall(text):
        if len(cluster) > 1 and _EMOJI.match(cluster) and _TEXT_STYLE not in cluster:
            yield _Piece(cluster, rules.other)
        else:
            yield from (_Piece(letter, _weight_of(letter, rules)) for letter in cluster)


def _weight_of(letter: str, rules: Weighing) -> int:
    point = ord(letter)
    light = any(first <= point <= last for first, last in rules.ranges)
    return rules.scale if light else rules.other


def _utf16(text: str) -> int:
    """How many units of UTF-16 a text takes."""
    return len(text) + sum(letter > "\uffff" for letter in text)
