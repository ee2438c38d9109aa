"""What changed between two texts, word by word: pure, for pages that show it."""

from __future__ import annotations

from difflib import SequenceMatcher
from enum import StrEnum

from msgspec import Struct

from tui_inbox.core.patterns import plain

_WORDS = r"\s+|\w+|[^\w\s]"
_LINES = r"[^\n]*\n|[^\n]+"
MOST_WORDS = 4_000
"""Texts with more words are compared by lines: the time grows with the square (both texts together)."""


class Kind(StrEnum):
    """What became of a run of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Run(Struct, frozen=True):
    """A run of text that stayed, went or came."""

    kind: Kind
    text: str


def changes(before: str, after: str) -> list[Run]:
    """The runs that make one text out of another, in order; what went stands before what came for it.

    The texts of all runs that did not come are `before`, those of all that did not go are `after`.
    """
    old, new = _tokens(before, after)
    runs: list[Run] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _, old_start, old_end, new_start, new_end in _joined(matcher, old):
        gone, come = "".join(old[old_start:old_end]), "".join(new[new_start:new_end])
        if gone == come:
            runs.append(Run(Kind.SAME, gone))
            continue
        if gone:
            runs.append(Run(Kind.REMOVED, gone))
        if come:
            runs.append(Run(Kind.ADDED, come))
    return runs


def _tokens(before: str, after: str) -> tuple[list[str], list[str]]:
    words = plain(_WORDS)
    old, new = words.findall(before), words.findall(after)
    if len(old) + len(new) <= MOST_WORDS:
        return old, new
    lines = plain(_LINES)
    return lines.findall(before), lines.findall(after)


def _joined(matcher: SequenceMatcher[str], old: list[str]) -> list[tuple[str, int, int, int, int]]:
    """The steps of a comparison. Blanks alone that stayed between two changes belong to them."""
    steps: list[tuple[str, int, int, int, int]] = []
    codes = matcher.get_opcodes()
    for place, step in enumerate(codes):
        tag, old_start, old_end, new_start, new_end = step
        between = 0 < place < len(codes) - 1
        blank = tag == "equal" and between and not "".join(old[old_start:old_end]).strip()
        changed = tag != "equal" or blank
        if changed and steps and steps[-1][0] == "changed":
            _, first_old, _, first_new, _ = steps[-1]
            steps[-1] = ("changed", first_old, old_end, first_new, new_end)
        else:
            name = "changed" if changed else "equal"
            steps.append((name, old_start, old_end, new_start, new_end))
    return steps
