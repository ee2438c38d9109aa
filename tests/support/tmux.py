"""A real tmux for tests: a program in it, its keys pressed, and which cells of its screen hold what."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

import regex

PATIENCE_SECONDS = 60.0
INSTALLED = shutil.which("tmux") is not None

_LEFT_OUT = frozenset({"TMUX", "CI", "COLUMNS", "LINES"})
"""What a program would find in its environment of a terminal that is not this one; test runners set the last two."""

_SETTINGS = "set -g status off\nset -s escape-time 0\nset -g default-terminal tmux-256color\n"

_PROBE = r"""
import json, os, re, sys, termios, tty
asked = json.loads(open(sys.argv[1]).read())
tty.setraw(0)
told = {}
for text in asked:
    os.write(1, b"\r\x1b[K" + text.encode() + b"\x1b[6n")
    answer = b""
    while not answer.endswith(b"R"):
        answer += os.read(0, 32)
    told[text] = int(re.search(rb";(\d+)R", answer)[1]) - 1
with open(sys.argv[2] + ".part", "w") as file:
    file.write(json.dumps(told))
os.replace(sys.argv[2] + ".part", sys.argv[2])
"""
"""Writes characters as readers see them, and asks tmux each time where the cursor is."""


class Tmux:
    """A tmux server of its own with one program in it. Use it as a context manager; it ends with it.

    Args:
        command: the program and its arguments.
        environment: what it finds besides the environment of the tests.
        folder: an empty folder for the socket.
        columns, rows: size of the screen.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        *,
        columns: int,
        rows: int,
    ) -> None:
        self._folder = folder
        self._widths: dict[str, int] = {}
        (folder / "tmux.conf").write_text(_SETTINGS)
        kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
        self._environment = {**kept, "LANG": "C.UTF-8", **environment}
        size = ("-x", str(columns), "-y", str(rows))
        self._do("-f", str(folder / "tmux.conf"), "new-session", "-d", *size, *command)

    def __enter__(self) -> Tmux:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._do("kill-server")

    def _do(self, *arguments: str) -> str:
        """Run one command of tmux; what it prints."""
        done = subprocess.run(
            ["tmux", "-S", str(self._folder / "socket"), *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def lines(self) -> list[str]:
        """The screen, line by line."""
        return self._do("capture-pane", "-p", "-t", ":0").split("\n")

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as tmux names them, or `space`."""
        for key in keys:
            self._do("send-keys", "-t", ":0", "Space" if key == "space" else key)

    def watch(self, seconds: float) -> None:
        """Let the program paint for so long."""
        time.sleep(seconds)

    def wait_for(self, pattern: str) -> str:
        """Wait until a pattern is on the screen. Returns the screen."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not re.search(pattern, self.text):
            assert time.monotonic() < until, f"waited in vain for {pattern!r}:\n{self.text}"
            time.sleep(0.1)
        return self.text

    @property
    def cells(self) -> list[list[str]]:
        """What stands in each cell; the further cells of a character hold nothing."""
        lines = [regex.findall(r"\X", line) for line in self.lines]
        self._measure({cluster for line in lines for cluster in line if not cluster.isascii()})
        return [
            [part for one in line for part in (one, *[""] * (self._widths.get(one, 1) - 1))]
            for line in lines
        ]

    def _measure(self, clusters: set[str]) -> None:
        """Ask tmux how wide it takes characters to be that were not seen before."""
        unknown = sorted(clusters - self._widths.keys())
        if not unknown:
            return
        asked, told = self._folder / "asked.json", self._folder / "told.json"
        told.unlink(missing_ok=True)
        asked.write_text(json.dumps(unknown))
        self._do("new-window", "-d", sys.executable, "-c", _PROBE, str(asked), str(told))
        until = time.monotonic() + PATIENCE_SECONDS
        while not told.exists():
            assert time.monotonic() < until, "tmux does not say how wide characters are"
            time.sleep(0.05)
        self._widths |= json.loads(told.read_text())
