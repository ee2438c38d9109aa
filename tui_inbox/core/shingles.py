"""What a text says, whomever it names: compared by overlapping pieces, so that small changes hide nothing.

Names, links, numbers, emoji, case and accents are left out, since those are what is changed from one copy of a text to
the next. What is left is cut into overlapping pairs of words, or of characters where a script writes no spaces
(Broder 1997, "On the resemblance and containment of documents"). Forty posts are few: the sets are compared as they
are, and need no sketches of themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct

from tui_inbox.core.patterns import unicode
from tui_inbox.core.tokens import fold

ALIKE = 0.6
"""The share of their pieces that two texts must have in common. One word of ten changed leaves 0.67."""

MOST_COMPARED = 3_000
"""Characters of a text that are looked at: forty of the longest that servers allow would take seconds."""

_LEFT_OUT = r"https?://\S+|(?<![\w/])@[\w.-]+(?:@[\w.-]+)?|:[a-zA-Z0-9_]{2,}:|\p{N}+"
_SPACELESS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ー"
_UNIT = rf"[{_SPACELESS}]|[\p{{L}}\p{{M}}--[{_SPACELESS}]]+"


class Wording(Struct, frozen=True):
    """What a text says.

    Attributes:
        pieces: its overlapping pairs.
        weight: how much it says, in words; two characters of a script without spaces count as one.
    """

    pieces: frozenset[tuple[str, ...]]
    weight: float


def wording_of(text: str, handles: Iterable[str] = ()) -> Wording:
    """What a text says.

    Args:
        text: clean text; its beginning is looked at.
        handles: of those it names; "Hi Mira!" to `mira@town.example` says no more than "Hi!".
    """
    names = {fold(handle.partition("@")[0]) for handle in handles}
    left = unicode(_LEFT_OUT).sub(" ", text[:MOST_COMPARED])
    units = [unit for unit in _units(fold(left)) if unit not in names]
    pieces = frozenset(pairwise(units)) if len(units) > 1 else frozenset((unit,) for unit in units)
    weight = sum(0.5 if _is_character(unit) else 1 for unit in units)
    return Wording(pieces, weight)


def alike(one: Wording, other: Wording) -> bool:
    """Whether two texts say the same but for small changes."""
    both = len(one.pieces & other.pieces)
    return bool(both) and both >= ALIKE * (len(one.pieces) + len(other.pieces) - both)


def _units(folded: str) -> list[str]:
    found: list[str] = unicode(rf"(?V1){_UNIT}").findall(folded)
    return found


def _is_character(unit: str) -> bool:
    return len(unit) == 1 and unicode(rf"[{_SPACELESS}]").match(unit) is not None
