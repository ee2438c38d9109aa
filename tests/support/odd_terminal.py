"""A terminal that has its own idea of how wide characters are: enough of one to see where things are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_SEQUENCE = re.compile(r"\x1b(?:\[(\d*)(?:;(\d*))?([A-Za-z])|\[[\d;:]*m|\]8;[^\x1b]*\x1b\\|([78]))")

Widths = Callable[[str], int]


def narrow(character: str) -> int:
    """It knows no emoji: nothing is wider than one cell but letters of CJK, and marks take none."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" and character < "\uff61" else 1


def wide(character: str) -> int:
    """It joins nothing: each part of an emoji is drawn, each vowel sign has a cell of its own."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if character >= "\U0001f000" else narrow(character)


def blind(character: str) -> int:
    """It draws nothing of what is newer than itself."""
    return 0 if character >= "\U0001f000" else narrow(character)


class OddTerminal:
    """One line of it.

    Args:
        columns: how wide it is. Nothing wraps: Textual sees to that.
        widths: how many cells it gives to a character.
    """

    def __init__(self, columns: int, widths: Widths) -> None:
        self.cells = ["."] * columns
        self.at = 0
        self._widths = widths
        self._saved: int | None = None

    def write(self, data: str) -> None:
        """Write what a program writes."""
        at = 0
        for match in _SEQUENCE.finditer(data):
            self._print(data[at : match.start()])
            self._do(match)
            at = match.end()
        self._print(data[at:])

    def _print(self, text: str) -> None:
        assert "\x1b" not in text
        for character in text:
            for _ in range(self._widths(character)):
                self.cells[min(self.at, len(self.cells) - 1)] = character
                self.at = min(self.at + 1, len(self.cells))

    def _do(self, match: re.Match[str]) -> None:
        first, _, command, cursor = match.groups()
        if cursor == "7":
            assert self._saved is None, "what was saved would be lost on some terminals"
            self._saved = self.at
        elif cursor == "8":
            assert self._saved is not None, "nothing was saved"
            self.at, self._saved = self._saved, None
        elif command == "C":
            self.at = min(self.at + int(first or 1), len(self.cells))
