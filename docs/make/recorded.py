"""A recorded session on the demo town: `python docs/make/recorded.py` writes docs/recorded/demo.cast, `--play` plays.

The installed program runs in a real terminal of the system. After each key the screen is compared with what it was, and
what differs is noted at a moment of the script's own: a slow machine makes the same film, and nothing is in it that
would switch anything in the terminal of who plays it. The format is that of asciinema, version 2.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

import pyte

Cell: TypeAlias = tuple[Any, ...]
"""A cell of the screen: its character, and how it looks."""

FILM = Path(__file__).parents[1] / "recorded" / "demo.cast"
COLUMNS, LINES = 110, 32
AT = "2026-11-20T09:12"
"""The town's clock at the beginning: a Friday morning."""

QUIET_SECONDS = 0.5
"""Usually nothing drawn for so long means that everything is drawn."""
MOST_SECONDS = 8.0
"""The status line counts, so a screen may never be quiet."""
START_SECONDS = 4.0
LETTER_SECONDS = 0.07
ENTER, ESCAPE, CTRL_S, CTRL_Q = "\r", "\x1b", "\x13", "\x11"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is done, and how long one looks at what comes of it.

    Attributes:
        keys: what is pressed, as a terminal sends it.
        seconds: how long one looks.
        letters: whether it is typed letter by letter.
        quiet: nothing drawn for so many seconds means that everything is drawn.
    """

    keys: str
    seconds: float
    letters: bool = False
    quiet: float = QUIET_SECONDS


ANSWER = "Yes please, Friday is good. I read best before the ferry."

SCRIPT = (
    Step("", 3.0, quiet=START_SECONDS),
    Step("n", 5.0),
    Step("r", 1.5),
    Step(ANSWER, 1.0, letters=True),
    Step(CTRL_S, 3.5),
    Step("n", 4.0),
    Step("w", 5.0),
    Step("q", 1.5),
    Step("/", 1.0),
    Step("crm", 3.5, letters=True),
    Step(ENTER, 3.0),
    Step(ESCAPE, 1.0),
    Step("4", 3.0),
    Step("1", 4.0, quiet=2.5),
)
"""Who waits, an answer, why the next one stands there, a search, people; at the end the answer has been sent."""


def record(home: Path) -> Iterator[tuple[float, str]]:
    """Play the script. Yields what is drawn, each time with its moment in seconds.

    Args:
        home: an empty folder for the program.
    """
    program = [str(Path(sys.executable).parent / "tui-inbox")]
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "TUI_INBOX_HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
    }
    # The program that is installed beside this Python is what is run here, without a shell.
    found = [*program, "glance", "--demo", "--now", AT]
    subprocess.run(found, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    process = subprocess.Popen(  # noqa: S603
        [*program, "demo", "--now", AT],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield from _play(ours)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(ours)


def _play(terminal: int) -> Iterator[tuple[float, str]]:
    film = Film()
    at = 0.0
    for step in SCRIPT:
        pressed = list(step.keys) if step.letters else [step.keys]
        for keys in pressed:
            os.write(terminal, keys.encode())
            film.draw(_drawn(terminal, LETTER_SECONDS * 2 if step.letters else step.quiet))
            if differs := film.differs():
                yield round(at, 2), differs
            at += LETTER_SECONDS if step.letters else 0
        at += step.seconds
    yield round(at, 2), ""


def _drawn(terminal: int, quiet: float) -> bytes:
    """What is drawn until nothing is for a while."""
    drawn, until = b"", time.monotonic() + MOST_SECONDS
    while time.monotonic() < until and select.select([terminal], [], [], quiet)[0]:
        drawn += os.read(terminal, 65536)
    return drawn


class Film:
    """What was shown, and what is to be shown next."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self._shown: list[list[Cell]] = [[] for _ in range(LINES)]

    def draw(self, drawn: bytes) -> None:
        """Take what the program has drawn."""
        self._stream.feed(drawn)

    def differs(self) -> str:
        """The cells that are others than those shown last: of each line one piece."""
        begin = "" if any(self._shown) else "\x1b[?25l\x1b[2J"
        pieces = [self._piece(number) for number in range(LINES)]
        return begin + "".join(pieces) if any(pieces) else ""

    def _piece(self, number: int) -> str:
        line = [self._screen.buffer[number][column] for column in range(COLUMNS)]
        before, self._shown[number] = self._shown[number] or [None] * COLUMNS, line
        changed = [
            at for at, (cell, was) in enumerate(zip(line, before, strict=True)) if cell != was
        ]
        if not changed:
            return ""
        first, last = changed[0], changed[-1]
        # The second cell of a wide character holds nothing, and cannot be begun with.
        first -= not line[first].data
        runs = groupby(line[first : last + 1], key=lambda cell: cell[1:])
        told = "".join(
            f"{_style(style)}{''.join(cell.data for cell in run)}" for style, run in runs
        )
        return f"\x1b[{number + 1};{first + 1}H{told}"


def _style(style: tuple[str, str, bool, bool, bool, bool, bool, bool]) -> str:
    """How cells look, as a terminal is told."""
    front, ground, bold, italics, underline, struck, reverse, _ = style
    switches = {1: bold, 3: italics, 4: underline, 7: reverse, 9: struck}
    codes = ["0", *(str(code) for code, on in switches.items() if on)]
    codes += [_colour(38, front), _colour(48, ground)]
    return f"\x1b[{';'.join(filter(None, codes))}m"


def _colour(kind: int, colour: str) -> str:
    if colour == "default":
        return ""
    red, green, blue = bytes.fromhex(colour)
    return f"{kind};2;{red};{green};{blue}"


def play(file: Path) -> None:
    """Show a film in this terminal."""
    _, *lines = file.read_text("utf-8").splitlines()
    began = time.monotonic()
    for at, _, drawn in map(json.loads, lines):
        time.sleep(max(0.0, at - (time.monotonic() - began)))
        print(drawn, end="", flush=True)
    print(f"\x1b[{LINES};1H\x1b[?25h")


def main() -> None:
    """Record the film, or show it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--play", action="store_true", help="show it instead of making it")
    if parser.parse_args().play:
        play(FILM)
        return
    head = {"version": 2, "width": COLUMNS, "height": LINES, "title": "tui-inbox demo"}
    with tempfile.TemporaryDirectory() as home:
        events = [[at, "o", drawn] for at, drawn in record(Path(home))]
    FILM.parent.mkdir(exist_ok=True)
    lines = [json.dumps(line, ensure_ascii=False) for line in (head, *events)]
    FILM.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{FILM}: {events[-1][0]:.0f} seconds, {FILM.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
