"""The screen of a terminal, emulated from stamped output: what can be read on it, and when it changed."""

from __future__ import annotations

import codecs
import re

import pyte

# Sequences that pyte does not know and would print.
_UNKNOWN = re.compile(
    r"\x1b[_PX^].*?(?:\x1b\\|\x9c)"
    r"|\x1b\[[<=>][0-9;:]*[a-zA-Z]"
    r"|\x1b\[\??[0-9;]*\$[a-z]"
    r"|\x1b\[[0-9;]* [a-zA-Z]"
    r"|\x1b\[\?[0-9;]*[mu]"
    r"|\x1b\[[0-9;]*t"
    r"|\x1b\][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)",
    re.DOTALL,
)
# Joiners, variation selectors and the like: where pyte meets one, it drops the rest of the text.
_WITHOUT_WIDTH = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\U000e0001-\U000e01ef]"
)
# A sequence whose end has not been read yet.
_CUT = re.compile(r"\x1b(?:\[[0-9;:?<=>$ ]*|[_PX^\]][^\x07\x1b]*\x1b?)?$", re.DOTALL)
_LONGEST_CUT = 4096

_QUESTION = re.compile(
    rb"\x1b\[0?c|\x1b\[>0?[cq]|\x1b\[[56]n|\x1b\[1([468])t|\x1b\[\?(\d+)\$p"
    rb"|\x1b\]1([01]);\?(?:\x07|\x1b\\)"
)
CELL_WIDTH, CELL_HEIGHT = 9, 18
"""Pixels of a cell, as told to programs that ask."""


class Screen:
    """What a terminal of a given size shows after all output that was fed in."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pending = ""
        self._shown: list[int] = [0] * rows

    @property
    def text(self) -> str:
        """The screen, line by line."""
        # Not pyte's own `display`: it fails where half of a wide character was overwritten.
        columns, buffer = range(self._screen.columns), self._screen.buffer
        rows = (buffer[row] for row in range(self._screen.lines))
        return "\n".join("".join(row[column].data for column in columns) for row in rows)

    def feed(self, output: bytes) -> bool:
        """Take in output; whether anything that can be seen changed."""
        text = self._pending + self._decoder.decode(output)
        cut = _CUT.search(text, max(0, len(text) - _LONGEST_CUT))
        text, self._pending = (text[: cut.start()], cut[0]) if cut else (text, "")
        dirty: set[int] = self._screen.dirty
        dirty.clear()
        self._stream.feed(_WITHOUT_WIDTH.sub("", _UNKNOWN.sub("", text)))
        rows = [row for row in dirty if row < len(self._shown)]
        return bool([row for row in rows if self._looks_different(row)])

    def _looks_different(self, row: int) -> bool:
        cells = (self._screen.buffer[row][column] for column in range(self._screen.columns))
        looks = hash(tuple((c.data, c.fg, c.bg, c.reverse, c.bold) for c in cells))
        before, self._shown[row] = self._shown[row], looks
        return before != looks


class Answers:
    """Answers what programs ask a terminal at their start, as an xterm would."""

    def __init__(self, columns: int, rows: int) -> None:
        self._columns, self._rows = columns, rows
        self._tail = b""

    def to(self, output: bytes) -> bytes:
        """The answers to all questions that end in this piece of output."""
        begin = len(self._tail)
        text = self._tail + output
        self._tail = text[-12:] if b"\x1b" in text[-12:] else b""
        asked = (match for match in _QUESTION.finditer(text) if match.end() > begin)
        return b"".join(map(self._answer, asked))

    def _answer(self, asked: re.Match[bytes]) -> bytes:
        question, (size, mode, ground) = asked[0], asked.groups()
        if size is not None:
            height, width = self._rows * CELL_HEIGHT, self._columns * CELL_WIDTH
            return {
                b"4": b"\x1b[4;%d;%dt" % (height, width),
                b"6": b"\x1b[6;%d;%dt" % (CELL_HEIGHT, CELL_WIDTH),
                b"8": b"\x1b[8;%d;%dt" % (self._rows, self._columns),
            }[size]
        if mode is not None:
            return b"\x1b[?%s;%d$y" % (mode, 2 if mode == b"2026" else 0)
        if ground is not None:
            return b"\x1b]1%s;rgb:%s\x1b\\" % (ground, _COLOURS[ground])
        return _FIXED.get(question.replace(b"0", b""), b"")


_COLOURS = {b"0": b"ffff/ffff/ffff", b"1": b"0000/0000/0000"}
_FIXED = {
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[>c": b"\x1b[>41;380;0c",
    b"\x1b[>q": b"\x1bP>|XTerm(380)\x1b\\",
    b"\x1b[5n": b"\x1b[0n",
    b"\x1b[6n": b"\x1b[1;1R",
}
