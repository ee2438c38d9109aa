"""How far a text may reach on a terminal that has its own idea of what its characters take.

Of letters of Europe, of CJK and of the signs on this screen all terminals think alike. Of an emoji made of several
characters one makes two cells, another eight; a heart with a selector takes one or two; a vowel sign of Hindi none or
one; and what is newer than the terminal takes two, or none. Where lines are made room is kept for the most of it, and
`anchored` puts the cursor back to where Rich believes it to be. So what a terminal thinks is seen in its line alone.
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size

from tui_inbox.core.patterns import plain, unicode

_CLUSTER = r"\X"

# Clean text of these alone needs neither Unicode's rules nor the package that knows them, which takes 15 ms to load:
# characters that join no other of them, flags, and emoji that are coloured or joined by ZWJ. Few and small ranges, as a
# class that spans the scripts of Asia takes `re` itself 4 ms.
_ALONE = (
    r"[\n -~\xa0-\u02ff\u2010-\u20c0\u2100-\u27bf\U0001f300-\U0001f3fa\U0001f400-\U0001f9ff]"
    r"[\ufe0f\U0001f3fb-\U0001f3ff]*+"
)
_SIMPLE_CLUSTER = rf"[\U0001f1e6-\U0001f1ff]{{2}}|{_ALONE}(?:\u200d{_ALONE})*+"

_ONE_CELL = (
    (0x20, 0x7F),
    (0xA1, 0xAD),
    (0xAE, 0x300),  # Latin
    (0x370, 0x378),
    (0x37A, 0x380),
    (0x384, 0x38B),
    (0x38E, 0x3A2),
    (0x3A3, 0x483),  # Greek, Cyrillic
    (0x48A, 0x530),
    (0x1E00, 0x1F00),  # Latin of Vietnam, and other letters with marks
    (0x2010, 0x2028),  # dashes, quotes, dots
    (0x2030, 0x203C),
    (0x20A0, 0x20BF),  # money
    (0x2190, 0x2194),  # arrows
    (0x2500, 0x25FD),  # lines, blocks, shapes
)
_KNOWN = frozenset(map(chr, chain.from_iterable(range(*ends) for ends in _ONE_CELL))) | {"\xa0"}

_WIDE = (
    (0x2E80, 0x303E),  # CJK
    (0x3041, 0x3248),
    (0x3250, 0x4DC0),
    (0x4E00, 0xA4CF),
    (0xAC00, 0xD7A4),  # Hangul, composed
    (0xF900, 0xFB00),
    (0xFF01, 0xFF61),
    (0x20000, 0x3FFFE),
)
_EMOJI = 0x1F000
"""From here on there are signs and emoji, younger and older ones, that a terminal may not know."""

_MAKES_EMOJI = frozenset("\ufe0f\u20e3")
_ZWJ = "\u200d"


class Kind(Enum):
    """What terminals think of a character as readers see it."""

    SURE = "sure"
    """All think alike."""
    SIGN = "sign"
    """An emoji or another sign: the cursor is put back behind each of them."""
    SCRIPT = "script"
    """A letter of a script that is written together: what is behind it stays behind it, lest parts are written over."""


class Spread(NamedTuple):
    """Cells of a text.

    Attributes:
        cells: what Rich believes.
        used: how far what follows is moved at most, the cursor being put back behind every sign.
        widest: how far it reaches at most, its last sign included.
    """

    cells: int
    used: int
    widest: int


def clusters(text: str) -> list[str]:
    """The characters of clean text as readers see them."""
    found: list[str] = plain(_SIMPLE_CLUSTER).findall(text)
    if sum(map(len, found)) < len(text):
        found = unicode(_CLUSTER).findall(text)
    return found


def is_sure(text: str) -> bool:
    """Whether each character is one cell, on every terminal."""
    return text.isascii() or _KNOWN.issuperset(text)


@lru_cache(maxsize=4096)  # a text of Asia is made of few of them
def kind_of(cluster: str) -> Kind:
    """What terminals think of one character as readers see it."""
    first = ord(cluster[0])
    if len(cluster) == 1 and any(start <= first < stop for start, stop in _WIDE):
        return Kind.SURE
    if is_sure(cluster):
        return Kind.SURE
    is_sign = first >= _EMOJI or not _MAKES_EMOJI.isdisjoint(cluster)
    if is_sign or (_ZWJ in cluster and unicodedata.category(cluster[0]) == "So"):
        return Kind.SIGN
    return Kind.SIGN if unicodedata.category(cluster[0])[0] in "SC" else Kind.SCRIPT


@lru_cache(maxsize=1024)  # the same names come again and again
def is_loose(text: str) -> bool:
    """Whether there is a script in a text whose letters are written together: from there on no cursor is put back
    before the end of the line."""
    return not is_sure(text) and any(kind_of(one) is Kind.SCRIPT for one in clusters(text))


@lru_cache(maxsize=4096)
def spread_of(cluster: str, *, loose: bool) -> Spread:
    """Cells of one character as readers see it. `loose`: whether its line is (`is_loose`)."""
    cells = cell_len(cluster)
    kind = kind_of(cluster)
    if kind is Kind.SURE:
        return Spread(cells, cells, cells)
    most = max(cells, sum(map(_most, cluster)))
    return Spread(cells, cells if kind is Kind.SIGN and not loose else most, most)


@lru_cache(maxsize=1024)
def spread(text: str, *, loose: bool = False) -> Spread:
    """Cells of a line of clean text, or of a part of one. `loose`: whether its line is so before it."""
    if is_sure(text):
        return Spread(len(text), len(text), len(text))
    used = widest = 0
    loose = loose or is_loose(text)
    for cluster in clusters(text):
        one = spread_of(cluster, loose=loose)
        widest = max(widest, used + one.widest)
        used += one.used
    return Spread(cell_len(text), used, max(widest, used))


def _most(character: str) -> int:
    """Cells that a terminal gives to a character at most."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    if ord(character) >= _EMOJI:
        return 2
    return max(1, get_character_cell_size(character))
