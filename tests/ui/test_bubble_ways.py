"""The ways to a bubble: which terminal takes which, and that nobody else's words control it."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.ui.bubble_ways import BELL, WORDS, TerminalNotifier, sequence, way_of

TERMINAL_WAYS = ("osc9", "osc777", "osc99")


@pytest.mark.parametrize(
    ("environment", "way"),
    [
        ({"TERM": "xterm-kitty"}, "osc99"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "osc9"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "osc9"),
        ({"TERM": "xterm-ghostty"}, "osc9"),
        ({"TERM": "foot-extra"}, "osc777"),
        ({"TERM": "rxvt-unicode-256color"}, "osc777"),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, "osc777"),
        ({"TERM": "xterm-256color", "WT_SESSION": "x"}, "osc9"),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "KITTY_WINDOW_ID": "1"}, "osc99"),
        ({"TERM": "xterm-256color"}, "osc9"),
        ({"TERM": "linux"}, "none"),
        ({}, "none"),
    ],
)
def test_the_terminal_is_known_by_its_variables(environment: dict[str, str], way: str) -> None:
    assert way_of("auto", environment, desktop=False) == way


def test_the_desktop_is_taken_where_the_terminal_is_unknown_and_near() -> None:
    plain = {"TERM": "xterm-256color"}
    assert way_of("auto", plain, desktop=True) == "desktop"
    assert way_of("auto", {**plain, "SSH_CONNECTION": "1 2 3 4"}, desktop=True) == "osc9"
    assert way_of("auto", {"TERM": "foot"}, desktop=True) == "osc777"
    assert way_of("osc99", {"TERM": "foot"}, desktop=True) == "osc99"


def test_what_is_written() -> None:
    assert sequence("osc9", "quillfox asks", "Why?", tmux=False) == "\x1b]9;quillfox asks: Why?\x07"
    assert sequence("osc9", "quillfox asks", "", tmux=False) == "\x1b]9;quillfox asks\x07"
    assert sequence("osc777", "a; b", "c; d", tmux=False) == "\x1b]777;notify;a, b;c; d\x07"
    kitty = sequence("osc99", "quillfox asks", "Why?", tmux=False)
    head, body, rest = kitty.split("\x1b\\")
    assert base64.b64decode(head.rpartition(";")[2]).decode() == "quillfox asks"
    assert base64.b64decode(body.rpartition(";")[2]).decode() == "Why?"
    assert ":d=0:" in head
    assert ":d=1:" in body
    assert rest == ""


def test_a_name_that_is_a_number_is_no_progress_bar() -> None:
    assert sequence("osc9", "4;1;50", "", tmux=False) == "\x1b]9;tui-inbox: 4;1;50\x07"


def test_tmux_is_asked_to_let_it_through() -> None:
    through = sequence("osc9", "quillfox asks", "", tmux=True)
    assert through == "\x1bPtmux;\x1b\x1b]9;quillfox asks\x07\x1b\\"


def test_ways_that_are_no_terminals_write_nothing() -> None:
    assert sequence("desktop", "a", "b", tmux=False) == sequence("none", "a", "b", tmux=True) == ""
    assert set(WORDS) == {*TERMINAL_WAYS, "desktop", "none"}


@given(title=st.text(), text=st.text(), way=st.sampled_from(TERMINAL_WAYS))
def test_whatever_somebody_is_called_or_writes_ends_no_sequence(
    title: str, text: str, way: str
) -> None:
    written = sequence(way, title, text, tmux=False)
    inside = written
    for own in ("\x1b]9;", "\x1b]777;", "\x1b]99;", "\x1b\\"):
        inside = inside.replace(own, "")
    inside = inside.removesuffix(BELL)
    assert not [sign for sign in inside if ord(sign) < 32 or 127 <= ord(sign) < 160]
    assert len(written) < 2000


def test_the_bell_is_rung_only_where_it_is_wanted() -> None:
    written: list[str] = []
    TerminalNotifier(written.append, "osc9", tmux=False, bell=False).show("a", "")
    TerminalNotifier(written.append, "osc9", tmux=False, bell=True).show("a", "")
    assert written == ["\x1b]9;a\x07", "\x1b]9;a\x07\x07"]
