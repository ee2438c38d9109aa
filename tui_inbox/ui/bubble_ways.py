"""The ways in which a terminal can be asked for a bubble, as control sequences and nothing else. Pure.

OSC 9 is iTerm2's (iterm2.com/documentation-escape-codes.html), OSC 777 is urxvt's, kept by VTE, foot, Konsole and
others, OSC 99 is kitty's (sw.kovidgoyal.net/kitty/desktop-notifications). A terminal that knows none of them shows
nothing. What is said is cleaned here once more: whoever wrote it can end no sequence and begin none.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping

from tui_inbox.core.text import clean_line

MOST = 200
"""Characters of each line of a bubble."""

BELL = "\x07"
_ESC = "\x1b"
_ST = "\x1b\\"

AUTO = "auto"
DESKTOP = "desktop"
NONE = "none"

WORDS = {
    "osc9": "the terminal (OSC 9)",
    "osc777": "the terminal (OSC 777)",
    "osc99": "the terminal (OSC 99)",
    DESKTOP: "the desktop (desktop-notifier)",
    NONE: "nothing",
}
"""What a way is called."""

_BY_PROGRAM = {
    "iTerm.app": "osc9",
    "WezTerm": "osc9",
    "ghostty": "osc9",
    "WarpTerminal": "osc9",
    "rio": "osc9",
}
_BY_TERM = {
    "xterm-kitty": "osc99",
    "xterm-ghostty": "osc9",
    "foot": "osc777",
    "rxvt": "osc777",
    "contour": "osc777",
}
_BY_VARIABLE = {
    "KITTY_WINDOW_ID": "osc99",
    "WEZTERM_PANE": "osc9",
    "GHOSTTY_RESOURCES_DIR": "osc9",
    "ITERM_SESSION_ID": "osc9",
    "WT_SESSION": "osc9",
    "KONSOLE_VERSION": "osc777",
    "VTE_VERSION": "osc777",
}
"""What tells which terminal it is; under tmux, only what it has inherited does."""


def way_of(wish: str, environment: Mapping[str, str], *, desktop: bool) -> str:
    """The way that is taken.

    Args:
        wish: the setting `way`.
        environment: the variables of the process.
        desktop: whether desktop-notifier is installed. It speaks to the machine the program runs on, so it is not
            taken by itself where that is reached by SSH.
    """
    if wish != AUTO:
        return wish
    term = environment.get("TERM", "")
    at_hand = desktop and "SSH_CONNECTION" not in environment
    if term in ("", "dumb", "linux"):
        return DESKTOP if at_hand else NONE
    if (found := _BY_PROGRAM.get(environment.get("TERM_PROGRAM", ""))) is not None:
        return found
    for begin, way in _BY_TERM.items():
        if term.startswith(begin):
            return way
    for name, way in _BY_VARIABLE.items():
        if environment.get(name):
            return way
    return DESKTOP if at_hand else "osc9"


def sequence(way: str, title: str, text: str, *, tmux: bool) -> str:
    """What is written to the terminal; empty for ways that are no terminal's.

    Args:
        way: `osc9`, `osc777` or `osc99`.
        title: what is read at a glance.
        text: another line, or nothing.
        tmux: whether tmux stands between; it lets the sequence through where `allow-passthrough` is on.
    """
    title, text = clean_line(title, limit=MOST), clean_line(text, limit=MOST)
    made = _SEQUENCES.get(way)
    if made is None or not title:
        return ""
    written = made(title, text)
    return f"{_ESC}Ptmux;{written.replace(_ESC, _ESC * 2)}{_ST}" if tmux else written


def _osc9(title: str, text: str) -> str:
    said = f"{title}: {text}" if text else title
    if said[0].isdigit():  # ConEmu's and Windows Terminal's progress begins with a number
        said = f"tui-inbox: {said}"
    return f"{_ESC}]9;{said}{BELL}"


def _osc777(title: str, text: str) -> str:
    # A semicolon would end the title; that of the text is the last field.
    return f"{_ESC}]777;notify;{title.replace(';', ',')};{text or 'tui-inbox'}{BELL}"


def _osc99(title: str, text: str) -> str:
    """In two parts, as base64, silent: `s` names the sound, the word for none in base64 too."""
    head = f"{_ESC}]99;i=tui-inbox:e=1:d={0 if text else 1}:p=title:s={_base64('silent')};{_base64(title)}{_ST}"
    return head + (f"{_ESC}]99;i=tui-inbox:e=1:d=1:p=body;{_base64(text)}{_ST}" if text else "")


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")


_SEQUENCES: dict[str, Callable[[str, str], str]] = {
    "osc9": _osc9,
    "osc777": _osc777,
    "osc99": _osc99,
}


class TerminalNotifier:
    """Shows bubbles by the terminal. Fulfils `core.ports.Notifier`.

    Args:
        write: writes to the terminal.
        way: one of the terminal's ways.
        tmux: whether tmux stands between.
        bell: whether the bell is rung as well, which is a sound or a mark in a tab.
    """

    def __init__(self, write: Callable[[str], None], way: str, *, tmux: bool, bell: bool) -> None:
        self._write = write
        self._way = way
        self._tmux = tmux
        self._bell = bell

    def show(self, title: str, text: str) -> None:
        """Show a quiet bubble."""
        self._write(sequence(self._way, title, text, tmux=self._tmux) + BELL * self._bell)
