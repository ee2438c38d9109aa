"""Hostile text: no byte that steers a terminal gets through, and no text costs more than its size."""

import random
import time
import unicodedata
from collections.abc import Callable
from typing import cast

import pyte
import pytest
from support.effort import tries

from tui_inbox.core.text import clean, clean_line, is_clean, safe_url

DANGEROUS = [
    # Terminal control: introducers, ends, single functions, what may stand between.
    *("\x1b", "\x1b[", "\x1b]", "\x1bP", "\x1b_", "\x1b^", "\x1bX", "\x1b\\", "\x1b(", "\x1bc"),
    *"\x9b\x9d\x90\x9f\x9e\x98\x9c\x84\x85\x8d\x8f\x07\x00\x08\r\n\t\x0b\x0e\x18\x1a\x7f",
    *("31m", "2J", "?1049h", "6n", "0;", "52;c;WA==", "8;;https://evil.example", "q#0", "tmux;"),
    # Reading direction, invisible characters, no characters.
    *"\u202e\u2066\u2069\u200e\u061c\u200b\u2060\ufeff\xad\u2028\u2029\u3164\u115f",
    *"\ud83d\ude00\ufffe\U0001ffff\ufff9",
    # Marks, joiners, selectors, tags, and what they need.
    *"\u0301\u0344\u0489\u20dd\u0e47\u094d\u0653\u0338\u034f\u200c\u200d\ufe0f\ufe0e\u20e3\u180b",
    *"\U000e0067\U000e007f\U0001f1e9\U0001f469\U0001f3fd\U0001f3f4\u2764\u2194\u1100\u1161\u11a8",
    *"1#ae कمก日é…\u2800\xa0",
    # Markup.
    *("[bold]", "[/]", "<b>", "&#27;"),
]


class _Terminal:
    """Notes what a terminal is asked to do, other than to write text."""

    def __init__(self) -> None:
        self.commands: list[str] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_args, **_kwargs: self.commands.append(name)

    def draw(self, _data: str) -> None:
        """Text is welcome."""


def commands(text: str) -> list[str]:
    """What a terminal emulator makes of the text, besides text."""
    terminal = _Terminal()
    pyte.Stream(cast(pyte.Screen, terminal), strict=False).feed(text)
    return terminal.commands


def test_the_terminal_of_these_tests_would_notice() -> None:
    assert commands("a\x1b[2Jb") == ["erase_in_display"]
    assert commands("a\x1b]0;PWNED\x07b") == ["set_icon_name", "set_title"]
    assert commands("a\x9b1;1Hb") == ["cursor_position"]


def test_hostile_texts_come_out_as_text() -> None:
    dice = random.Random(20261121)
    lines = []
    for _ in range(tries(200_000)):
        text = clean("".join(dice.choices(DANGEROUS, k=dice.randint(1, 16))))
        assert is_clean(text)
        lines.append(text)
    assert set(commands("".join(lines))) <= {"linefeed"}
    kinds = {unicodedata.category(character) for character in set("".join(lines)) - {"\n"}}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}


def test_hostile_texts_do_not_change_any_more_once_they_are_clean() -> None:
    dice = random.Random(7)
    for _ in range(tries(50_000)):
        dirty = "".join(dice.choices(DANGEROUS, k=dice.randint(1, 16)))
        limit = dice.choice((1, 5, 20, 500))
        assert clean(clean(dirty, limit=limit), limit=limit) == clean(dirty, limit=limit)
        assert clean_line(clean_line(dirty, limit=limit), limit=limit) == clean_line(
            dirty, limit=limit
        )
        assert "\n" not in clean_line(dirty)


def test_hostile_links_come_out_in_ascii_or_not_at_all() -> None:
    dice = random.Random(11)
    pieces = [*DANGEROUS, "https://", "http://", "evil.example", "@", "\\", "/", "?", ":", "[", "]"]
    for _ in range(tries(50_000)):
        safe = safe_url("https://" + "".join(dice.choices(pieces, k=dice.randint(1, 8))))
        assert safe is None or (safe.isascii() and safe.isprintable() and " " not in safe)


@pytest.mark.parametrize(
    "piece",
    [
        *("\x1b]", "\x1b[", "\x1b[1", "\x1bP\n", "\x9d", "\x9d0;", "\x9d0", "\u3164", "\ud800"),
        *("a\u200d", "\u200d", "👩\u200d", "1\ufe0f", "🏴\U000e0067", "ᄀ", "क\u094d", "“"),
        *("\u0301", "\u0323\u0301\u0301", "\u0344", " ", " \n", "\n", "\r"),
    ],
)
def test_the_time_grows_with_the_size_not_with_its_square(piece: str) -> None:
    small = piece * (5_000 // len(piece))
    # Sixteen times the text: linear is 16, quadratic is 256.
    assert _cost(small * 16) < 64 * max(_cost(small), 0.000_1)


def _cost(text: str) -> float:
    """Processor time in seconds, the best of three."""
    costs = []
    for _ in range(3):
        start = time.process_time()
        clean(text, limit=len(text))
        costs.append(time.process_time() - start)
    return min(costs)
