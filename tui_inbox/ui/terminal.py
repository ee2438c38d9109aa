"""What is said to the terminal itself: the title of its window, and bubbles; and what it sent before that."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import App
from textual.message import Message

from tui_inbox.core.text import clean_line


def write(app: App[None], sequence: str) -> None:
    """Write a control sequence. What others wrote must have been cleaned before it became part of it."""
    driver = app._driver  # Textual has no public way to write one
    if driver is not None:
        driver.write(sequence)
        driver.flush()


def set_title(app: App[None], title: str) -> None:
    """Set the title of the terminal's window (OSC 2, xterm's control sequences)."""
    if app.title != title:
        app.title = title
        write(app, f"\x1b]2;{clean_line(title)}\x07")


def keep_title(app: App[None]) -> None:
    """Let the terminal keep the title that its window has (XTWINOPS 22 of xterm), and show ours."""
    write(app, f"\x1b[22;2t\x1b]2;{clean_line(app.title)}\x07")


def give_title_back(app: App[None]) -> None:
    """Take our title away, and let the terminal show the one that it has kept.

    A terminal that keeps none is left with an empty title, for which most show a word of their own.
    """
    write(app, "\x1b]2;\x07\x1b[23;2t")


def say_waiting(app: App[None], waiting: int) -> None:
    """Say in the title of the terminal how many people wait."""
    wait = "waits" if waiting == 1 else "wait"
    set_title(app, f"{waiting} {wait} · tui-inbox" if waiting else "tui-inbox")


def events_of(typed: str) -> Iterable[Message]:
    """The keys that a terminal has sent.

    Args:
        typed: as it sent them.
    """
    if not typed:
        return ()
    from textual._xterm_parser import XTermParser  # as it reads what comes later

    return XTermParser().feed(typed)
