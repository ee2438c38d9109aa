"""The plain terminal: lines out, lines in. No place on the screen, no colour, nothing that is said twice.

Where there is a terminal, `readline` edits the line, completes words and keeps a history in memory only. On a dumb
one the terminal's own editing is used, because readline would redraw the line with control sequences. Without a
terminal, lines are read as from a script, and no prompt is printed.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO, TypeAlias

from tui_inbox.core.text import clean

Complete: TypeAlias = Callable[[str, str], Sequence[str]]
"""Answers what a word may become: of the whole line so far, and the word that it ends with."""

NO_ESCAPES = (
    "set enable-bracketed-paste off",
    "set enable-meta-key off",
    "set colored-stats off",
    "set colored-completion-prefix off",
    "set page-completions off",
    "set bell-style none",
    "tab: complete",
)
"""What readline would say to the terminal besides the line itself, switched off; and its key."""


class Voice:
    """Says lines and hears lines.

    Args:
        hear: asks for a line with a prompt; raises EOFError at the end, KeyboardInterrupt at ctrl+c.
        write: writes a piece of text.
        remember: keeps a command for the history.
    """

    def __init__(
        self,
        hear: Callable[[str], str],
        write: Callable[[str], object],
        remember: Callable[[str], object] = lambda line: None,
    ) -> None:
        self._hear = hear
        self._write = write
        self._remember = remember
        self.complete: Complete = lambda line, word: ()

    def say(self, *lines: str) -> None:
        """Say lines; empty ones are left out."""
        self._write("".join(f"{line}\n" for line in lines if line))

    def say_all(self, lines: Iterable[str]) -> None:
        """Say lines as they come."""
        for line in lines:
            self.say(line)

    def ask(self, prompt: str) -> str:
        """The next line, clean, and without blanks at its end.

        Raises:
            EOFError: there is none any more.
            KeyboardInterrupt: the line was given up.
        """
        return clean(self._hear(prompt)).rstrip()

    def break_line(self) -> None:
        """Begin a new line where one was given up."""
        self._write("\n")

    def remember(self, line: str) -> None:
        """Keep a command, so that the arrow keys bring it back."""
        self._remember(line)


def open_voice(source: TextIO, sink: TextIO) -> Voice:
    """The voice of this process.

    Args:
        source: standard input, where lines come from.
        sink: standard output, where lines go.
    """
    for stream in (source, sink):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a serial line may know no emoji

    def write(text: str) -> None:
        sink.write(text)
        sink.flush()

    if not (source.isatty() and sink.isatty()):
        return Voice(lambda prompt: _read(source), write)
    if os.environ.get("TERM", "dumb") in ("", "dumb"):

        def plainly(prompt: str) -> str:
            write(prompt)
            return _read(source)

        return Voice(_ending_the_line(plainly, write), write)
    return _edited(write)


def _read(source: TextIO) -> str:
    line = source.readline()
    if not line:
        raise EOFError
    return line.rstrip("\n")


def _ending_the_line(
    hear: Callable[[str], str], write: Callable[[str], object]
) -> Callable[[str], str]:
    """The same, with a new line where ctrl+d has left the hand behind the prompt."""

    def heard(prompt: str) -> str:
        try:
            return hear(prompt)
        except EOFError:
            write("\n")
            raise

    return heard


def _edited(write: Callable[[str], object]) -> Voice:
    """A voice whose lines are edited by readline, where Python has it."""
    try:
        import readline
    except ImportError:  # some builds have none; the terminal then edits the line as it can
        return Voice(_ending_the_line(input, write), write)
    voice = Voice(_ending_the_line(input, write), write, readline.add_history)
    found: list[str] = []

    def complete(word: str, state: int) -> str | None:
        if state == 0:
            line = readline.get_line_buffer()[: readline.get_endidx()]
            found[:] = voice.complete(line, word)
        return found[state] if state < len(found) else None

    if "libedit" in (readline.__doc__ or ""):  # macOS: another program with the same face
        readline.parse_and_bind("bind ^I rl_complete")
    else:
        for line in NO_ESCAPES:
            readline.parse_and_bind(line)
    readline.set_auto_history(False)  # commands are worth keeping, texts are not
    readline.set_completer_delims(" ")
    readline.set_completer(complete)
    return voice


def terminal_voice() -> Voice:
    """The voice on standard input and output."""
    return open_voice(sys.stdin, sys.stdout)
