"""Whether the terminal's own ground is dark: what its environment says, or what it answers itself.

It is asked (OSC 11, as xterm has it) before the screen is loaded, and the answer is looked for when that is done, which
takes longer than a terminal does. Behind it stands a question that every terminal answers (DA1, ECMA-48): when that
answer is there, no other can still come, and be taken for keys.
"""

from __future__ import annotations

import os
import re
import select
import sys
import time
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

QUESTION = b"\x1b]11;?\x1b\\\x1b[c"

PATIENCE = 1.0
"""Seconds that the answer is waited for when everything else is ready: a slow line has its say."""

_GROUND = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F/]+)(?:\x07|\x1b\\)")
_END = re.compile(rb"\x1b\[\?[0-9;]*c")
_SILENT = frozenset({"", "dumb", "unknown", "linux"})
"""Terminals that do not know the question."""

_DARK_OF_SIXTEEN = frozenset({0, 1, 2, 3, 4, 5, 6, 8})
_MIDDLE = 0.18
"""Relative luminance (WCAG 2.1) on which black and white can be read equally well."""


class Ground(Struct, frozen=True):
    """What the terminal is like.

    Attributes:
        dark: whether its ground is dark; None where nobody knows.
        typed: what was typed before the screen was there.
    """

    dark: bool | None = None
    typed: str = ""


def by_environment(environment: Mapping[str, str]) -> bool | None:
    """Whether the ground is dark by `COLORFGBG`, which some terminals set, as `15;0`; None where it says nothing."""
    last = environment.get("COLORFGBG", "").rpartition(";")[2]
    return int(last) in _DARK_OF_SIXTEEN if last.isdecimal() and int(last) < 16 else None


class Question:
    """Asks a terminal for its ground, and takes the answer.

    Args:
        reads: file descriptor of what the terminal sends.
        writes: file descriptor of what it is sent.
        environment: what is known of it.
    """

    def __init__(
        self, reads: int, writes: int, environment: Mapping[str, str] = os.environ
    ) -> None:
        self._reads, self._writes = reads, writes
        self._known = by_environment(environment)
        self._before: list[Any] | None = None
        if self._known is None and environment.get("TERM", "") not in _SILENT:
            self._ask()

    def _ask(self) -> None:
        if sys.platform == "win32":
            return
        import termios
        import tty

        try:
            self._before = termios.tcgetattr(self._reads)
            tty.setcbreak(
                self._reads, termios.TCSANOW
            )  # else the answer is shown, and waits for Enter
            os.write(self._writes, QUESTION)
        except (OSError, termios.error):
            self.close()

    def answer(self, patience: float = PATIENCE) -> Ground:
        """What is known now. It waits only for an answer that is still to come.

        Args:
            patience: seconds at most.
        """
        if self._before is None:
            return Ground(self._known)
        try:
            said = self._read(patience)
        finally:
            self.close()
        found = _GROUND.search(said)
        typed = _END.sub(b"", _GROUND.sub(b"", said)).decode("utf-8", "ignore")
        return Ground(_is_dark(found[1]) if found else None, typed)

    def _read(self, patience: float) -> bytes:
        said, until = b"", time.monotonic() + patience
        while not _END.search(said):
            ready, _, _ = select.select([self._reads], [], [], max(0, until - time.monotonic()))
            more = os.read(self._reads, 4096) if ready else b""
            if not more:
                break
            said += more
        return said

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._before is None or sys.platform == "win32":
            return
        import termios

        before, self._before = self._before, None
        termios.tcsetattr(self._reads, termios.TCSANOW, before)


def _is_dark(colour: bytes) -> bool | None:
    """Whether a colour as xterm writes it, `ffff/ffff/ffff` or `ff/ff/ff`, is dark; None for anything else."""
    parts = colour.split(b"/")[:3]
    if len(parts) < 3 or not all(parts):
        return None
    red, green, blue = (_linear(int(part, 16) / (16 ** len(part) - 1)) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < _MIDDLE


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
