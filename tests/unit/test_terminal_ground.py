"""Whether a terminal is dark: by its environment, or asked on a real pty."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

from tui_inbox.terminal_ground import QUESTION, Ground, Question, by_environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no ptys")

AN_END = b"\x1b[?62;22c"
XTERM = {"TERM": "xterm-256color"}


@pytest.fixture
def pty() -> Iterator[tuple[int, int]]:
    """Both ends of a terminal: the program's, and the one on which the terminal is played."""
    outer, inner = os.openpty()
    yield inner, outer
    os.close(inner)
    os.close(outer)


@pytest.mark.parametrize(
    ("said", "dark"),
    [("15;0", True), ("0;15", False), ("12;default;8", True), ("0;7", False)],
)
def test_some_terminals_say_it_in_their_environment(said: str, dark: bool) -> None:
    assert by_environment({"COLORFGBG": said}) is dark


@pytest.mark.parametrize("said", ["", "15;default", "0;99", "x"])
def test_what_says_nothing_is_not_believed(said: str) -> None:
    assert by_environment({"COLORFGBG": said}) is None


@pytest.mark.parametrize(
    ("answer", "dark"),
    [
        (b"\x1b]11;rgb:1515/1717/1c1c\x1b\\", True),
        (b"\x1b]11;rgb:fb/fa/f7\x07", False),
        (b"\x1b]11;rgba:ffff/ffff/ffff/ffff\x1b\\", False),
        (b"\x1b]11;rgb:nonsense\x1b\\", None),
        (b"", None),
    ],
)
def test_a_terminal_is_asked_and_answers(
    pty: tuple[int, int], answer: bytes, dark: bool | None
) -> None:
    inner, outer = pty
    question = Question(inner, inner, XTERM)
    assert os.read(outer, 100) == QUESTION
    os.write(outer, answer + AN_END)
    assert question.answer(5).dark is dark


def test_what_was_typed_meanwhile_is_not_lost(pty: tuple[int, int]) -> None:
    inner, outer = pty
    question = Question(inner, inner, XTERM)
    os.write(outer, b"j" + b"\x1b]11;rgb:ff/ff/ff\x1b\\" + b"\x1b[B" + AN_END + b"n")
    assert question.answer(5) == Ground(dark=False, typed="j\x1b[Bn")


def test_a_terminal_that_never_answers_is_taken_for_what_it_usually_is(
    pty: tuple[int, int],
) -> None:
    inner, _ = pty
    assert Question(inner, inner, XTERM).answer(0) == Ground()


@pytest.mark.parametrize("environment", [{"TERM": "linux"}, {**XTERM, "COLORFGBG": "0;15"}])
def test_who_would_not_understand_or_has_said_it_is_not_asked(
    pty: tuple[int, int], environment: dict[str, str]
) -> None:
    inner, outer = pty
    question = Question(inner, inner, environment)
    os.set_blocking(outer, False)
    with pytest.raises(BlockingIOError):
        os.read(outer, 1)
    assert question.answer(0).dark is by_environment(environment)


def test_the_terminal_is_left_as_it_was(pty: tuple[int, int]) -> None:
    import termios

    inner, _ = pty
    before = termios.tcgetattr(inner)
    question = Question(inner, inner, XTERM)
    assert termios.tcgetattr(inner) != before
    question.close()
    assert termios.tcgetattr(inner) == before
