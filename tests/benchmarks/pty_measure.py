"""Measures a program in a real terminal: its start, its keys, its memory, its CPU.

A thread of its own stamps every piece of output with the monotonic clock as it leaves the pty. The
terminal is emulated afterwards, on stamped pieces, so that the emulator's slowness is in no figure.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import termios
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType

import psutil
from benchmarks.environment import TERMINAL, measured_environment
from benchmarks.pty_screen import CELL_HEIGHT, CELL_WIDTH, Answers, Screen

COLUMNS, ROWS = 160, 50
MEBIBYTE = 1 << 20

PATIENCE_SECONDS = 60.0
LOST_KEY_SECONDS = 3.0
"""A key that changes nothing for so long counts as lost."""
QUIET_SECONDS = 0.1
"""Silence after which the program is taken to have finished what it was doing."""
BUSY_SECONDS = 3.0
"""Silence is not waited for longer than this; a program that streams is never silent."""


class NotSeen(Exception):
    """What was waited for did not come; the message holds the screen."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Many measurements of one thing, in milliseconds; `lost` of them never came."""

    count: int
    median: float
    p90: float
    p99: float
    lost: int = 0

    @classmethod
    def of(cls, values: Sequence[float], lost: int = 0) -> Spread:
        """The spread of some values.

        Raises:
            ValueError: there are none.
        """
        if not values:
            raise ValueError("nothing was measured")
        return cls(
            len(values),
            statistics.median(values),
            quantile(values, 0.90),
            quantile(values, 0.99),
            lost,
        )


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which this part (0 to 1) of the values lies, between two of them if need be."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * part
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


class MeasuredProgram:
    """One run of a program on a pty. A context manager; the program is ended with it.

    Args:
        command: what to run.
        environment: added to that of this process.
        quit_keys: end the program as its user would.

    Attributes:
        began: just before the program was started, in seconds of the monotonic clock.
        output: everything it wrote.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        *,
        quit_keys: bytes = b"",
    ) -> None:
        self.output = bytearray()
        self._quit_keys = quit_keys
        self._screen = Screen(COLUMNS, ROWS)
        self._answers = Answers(COLUMNS, ROWS)
        self._pieces: deque[tuple[float, bytes]] = deque()
        self._arrived = threading.Condition()
        self._ended = False
        self._master, slave = pty.openpty()
        size = struct.pack("HHHH", ROWS, COLUMNS, COLUMNS * CELL_WIDTH, ROWS * CELL_HEIGHT)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
        self.began = time.monotonic()
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=measured_environment({**TERMINAL, **(environment or {})}),
            start_new_session=True,
        )
        os.close(slave)
        self._usage = psutil.Process(self._process.pid)
        self._stop_read, self._stop_write = os.pipe()
        self._reader = threading.Thread(target=self._stamp, name="stamper", daemon=True)
        self._reader.start()

    def __enter__(self) -> MeasuredProgram:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def text(self) -> str:
        """What is on the screen."""
        return self._screen.text

    def wait_for(self, pattern: str, seconds: float = PATIENCE_SECONDS) -> float:
        """When a pattern appeared on the screen, in seconds of the monotonic clock.

        Raises:
            NotSeen: it did not.
        """
        return self._wait(re.compile(pattern).search, pattern, seconds)

    def wait_until_gone(self, pattern: str, seconds: float = PATIENCE_SECONDS) -> float:
        """When a pattern was on the screen no more; raises as `wait_for` does."""
        seen = re.compile(pattern).search
        return self._wait(lambda text: not seen(text), f"no {pattern}", seconds)

    def _wait(self, is_there: Callable[[str], object], pattern: str, seconds: float) -> float:
        until = time.monotonic() + seconds
        stamp = time.monotonic()
        while not is_there(self.text):
            left = until - time.monotonic()
            piece = self._take(min(left, 0.2)) if left > 0 else None
            if piece is not None:
                stamp = piece[0]
            elif left <= 0 or self._ended:
                raise NotSeen(f"waited in vain for {pattern!r} on this screen:\n{self.text}")
        return stamp

    def send(self, keys: bytes) -> float:
        """Press keys; when, in seconds of the monotonic clock."""
        at = time.monotonic()
        os.write(self._master, keys)
        return at

    def rest(self, quiet: float = QUIET_SECONDS, longest: float = BUSY_SECONDS) -> None:
        """Take in output until there was none for `quiet` seconds, but no longer than `longest`."""
        until = time.monotonic() + longest
        while time.monotonic() < until and self._take(quiet) is not None:
            pass

    def watch(self, seconds: float) -> None:
        """Take in output for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._take(left)

    def latency(self, keys: bytes) -> float | None:
        """Milliseconds from keys to the first change of the screen; None if there was none."""
        while self._take(0) is not None:
            pass
        at = self.send(keys)
        while (left := at + LOST_KEY_SECONDS - time.monotonic()) > 0:
            piece = self._take(left)
            if piece is not None and piece[1] and piece[0] >= at:
                return (piece[0] - at) * 1000
        return None

    def memory(self) -> float:
        """Resident memory of the program and its children, in MiB."""
        return sum(one.memory_info().rss for one in self._family()) / MEBIBYTE

    def cpu_seconds(self) -> float:
        """CPU time of the program and its children so far."""
        times = [one.cpu_times() for one in self._family()]
        return sum(one.user + one.system for one in times)

    def close(self) -> None:
        """End the program: as its user would, else as the system would."""
        if self._quit_keys and self._process.poll() is None:
            self.send(self._quit_keys)
            self._wait_for_end(5.0)
        for how in (signal.SIGTERM, signal.SIGKILL):
            if self._process.poll() is None:
                os.killpg(self._process.pid, how)
                self._wait_for_end(2.0)
        os.write(self._stop_write, b"x")
        self._reader.join()
        for descriptor in (self._master, self._stop_read, self._stop_write):
            os.close(descriptor)

    def _wait_for_end(self, seconds: float) -> None:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return

    def _family(self) -> list[psutil.Process]:
        return [self._usage, *self._usage.children(recursive=True)]

    def _take(self, seconds: float) -> tuple[float, bool] | None:
        """Feed the next piece to the screen: its stamp, and whether anything changed. None: there is none."""
        with self._arrived:
            if not self._pieces and not self._ended and seconds > 0:
                self._arrived.wait(seconds)
            if not self._pieces:
                return None
            stamp, piece = self._pieces.popleft()
        self.output += piece
        return stamp, self._screen.feed(piece)

    def _stamp(self) -> None:
        """Runs on a thread of its own until the program has closed the pty."""
        while True:
            ready, _, _ = select.select([self._master, self._stop_read], [], [])
            if self._stop_read in ready:
                break
            try:
                piece = os.read(self._master, 65536)
            except OSError:  # how Linux tells that the other end is closed
                break
            stamp = time.monotonic()
            with self._arrived:
                self._pieces.append((stamp, piece))
                self._arrived.notify()
            if answer := self._answers.to(piece):
                os.write(self._master, answer)
        with self._arrived:
            self._ended = True
            self._arrived.notify()


def key_latencies(program: MeasuredProgram, keys: Sequence[bytes], *, gap: float) -> Spread:
    """Press keys one after the other, each on a screen at rest: from each key to the first change.

    Args:
        gap: seconds of silence to wait for before the next key, so that repaints of one key are
            not taken for the answer to the next.
    """
    found = []
    for key in keys:
        found.append(program.latency(key))
        program.rest(gap, longest=max(gap, 0.5))
    seen = [one for one in found if one is not None]
    return Spread.of(seen, lost=len(found) - len(seen))


def cpu_percent(program: MeasuredProgram, seconds: float) -> float:
    """CPU use over a while, in percent of one core."""
    spent, began = program.cpu_seconds(), time.monotonic()
    program.watch(seconds)
    return 100 * (program.cpu_seconds() - spent) / (time.monotonic() - began)
