"""A real terminal for tests: a program on a pty, its screen emulated, its keys pressed."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType

import pyte

PATIENCE_SECONDS = 60.0

_LEFT_OUT = frozenset({"TMUX", "NO_COLOR", "CI", "PYTHONDONTWRITEBYTECODE"})
"""What changes the screen, and what makes each start compile every module anew."""

_KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
}

# What a terminal is asked at start, and what an xterm would answer.
_QUESTIONS: tuple[tuple[bytes, bytes], ...] = (
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[6n", b"\x1b[1;1R"),
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
)

# Between the two a terminal holds back what it shows (synchronized output, mode 2026).
_PICTURE_BEGINS = b"\x1b[?2026h"
_PICTURE_ENDS = b"\x1b[?2026l"

# Sequences that pyte does not know and would print.
_UNKNOWN = re.compile(
    rb"\x1b[_PX^].*?\x1b\\|\x1b\[[<=>][0-9;:]*[a-zA-Z]|\x1b\[\??[0-9;]*\$[a-z]|\x1b\[\?[0-9;]*u"
    rb"|\x1b\[[0-9;]*t|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)",
    re.DOTALL,
)


class Terminal:
    """One run of a program in a terminal. Use it as a context manager; the program is ended with it."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        columns: int = 80,
        rows: int = 24,
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._pending = b""
        self.output = bytearray()
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        inherited = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={
                **inherited,
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                "COLUMNS": str(columns),  # some test runners set these two for themselves
                "LINES": str(rows),
                **environment,
            },
            start_new_session=True,
            close_fds=True,
        )
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    @property
    def lines(self) -> list[str]:
        """The screen, line by line, without trailing spaces."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def cells(self) -> list[list[str]]:
        """What stands in each cell; the second cell of a wide character holds nothing."""
        buffer, size = self._screen.buffer, self._screen
        return [[buffer[y][x].data for x in range(size.columns)] for y in range(size.lines)]

    def press(self, *keys: str) -> None:
        """Press keys one after the other: `j`, `enter`, `ctrl+s`. See `type` for text."""
        for key in keys:
            os.write(self._master, _bytes_of(key))

    def type(self, text: str) -> None:
        """Type a text."""
        os.write(self._master, text.encode())

    def wait_for(self, pattern: str, *, gone: bool = False) -> str:
        """Wait until a pattern is on the screen, or is not any more. Returns the screen."""
        until = time.monotonic() + PATIENCE_SECONDS
        while bool(re.search(pattern, self.text)) == gone:
            left = until - time.monotonic()
            wanted = "not to see" if gone else "to see"
            assert left > 0, f"waited in vain {wanted} {pattern!r} on this screen:\n{self.text}"
            assert self._read(min(left, 0.5)) or self.process.poll() is None, (
                f"the program ended, {wanted} {pattern!r} was expected; its screen:\n{self.text}"
            )
        return self.text

    def watch(self, seconds: float) -> None:
        """Take in what the program writes for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            assert self._read(left) or self.process.poll() is None, (
                f"the program ended; its screen:\n{self.text}"
            )

    def wait_for_end(self) -> int:
        """Wait until the program has ended by itself. Returns its exit code."""
        until = time.monotonic() + PATIENCE_SECONDS
        while self.process.poll() is None:
            assert time.monotonic() < until, f"the program does not end:\n{self.text}"
            self._read(0.1)
        return self.process.returncode

    def hang_up(self) -> None:
        """Close the window. It does not control the program's processes, so the system sends them no signal."""
        os.close(self._master)
        self._master = -1

    def kill(self) -> None:
        """End the program as a power cut would."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def _read(self, seconds: float) -> bool:
        """Take in what the program wrote. Whether there was anything."""
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.output += data
        for question, answer in _QUESTIONS:
            if question in data:
                os.write(self._master, answer)
        data = _UNKNOWN.sub(b"", self._pending + data)
        # A sequence that is cut at the end of what was read is completed by what comes next.
        cut = data.rfind(b"\x1b")
        if cut < 0 or len(data) - cut >= 64 or re.search(rb"[a-zA-Z\x07\\]", data[cut + 1 :]):
            cut = len(data)
        # A picture for kitty is longer than what is read at once; what is left of one after the above has no end yet.
        if (sent := data.rfind(b"\x1b_")) >= 0:
            cut = min(cut, sent)
        # Nor is a picture shown before it is whole: half of one would show a row that is new beside one that is old.
        begun = data.rfind(_PICTURE_BEGINS, 0, cut)
        if begun > data.rfind(_PICTURE_ENDS, 0, cut):
            cut = begun
        data, self._pending = data[:cut], data[cut:]
        self._stream.feed(data)
        return True


def _bytes_of(key: str) -> bytes:
    if key.startswith("ctrl+"):
        return bytes([ord(key[-1].upper()) & 31])
    return _KEYS.get(key, key).encode()
