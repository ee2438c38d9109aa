"""Moments, spans and lists in words."""

from __future__ import annotations

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND, Millis, to_millis
from tui_inbox.queries import words

BERLIN = ZoneInfo("Europe/Berlin")


def at(*moment: int) -> Millis:
    year, month, day, hour, minute = moment
    return to_millis(datetime(year, month, day, hour, minute, tzinfo=BERLIN))


NOW = at(2025, 11, 26, 14, 30)


@pytest.mark.parametrize(
    ("moment", "word"),
    [
        (at(2025, 11, 26, 0, 5), "today 00:05"),
        (at(2025, 11, 25, 23, 55), "yesterday 23:55"),
        (at(2025, 11, 24, 9, 0), "Monday"),
        (at(2025, 11, 20, 9, 0), "Thursday"),
        (at(2025, 11, 19, 9, 0), "19 Nov"),
        (at(2025, 1, 3, 9, 0), "3 Jan"),
        (at(2023, 3, 1, 9, 0), "1 Mar 2023"),
    ],
)
def test_a_moment_is_said_as_exactly_as_it_still_matters(moment: Millis, word: str) -> None:
    assert words.moment(moment, NOW, BERLIN) == word


def test_last_december_needs_no_year_in_january() -> None:
    assert words.day(at(2025, 12, 30, 9, 0), at(2026, 1, 20, 9, 0), BERLIN) == "30 Dec"


@pytest.mark.parametrize(
    ("moment", "word"),
    [
        (at(2025, 11, 26, 18, 0), "18:00"),
        (at(2025, 11, 27, 8, 0), "tomorrow"),
        (at(2025, 11, 28, 8, 0), "fri"),
        (at(2025, 12, 3, 8, 0), "3 Dec"),
        (at(2026, 8, 3, 8, 0), "3 Aug 2026"),
    ],
)
def test_a_coming_moment_is_short(moment: Millis, word: str) -> None:
    assert words.coming(moment, NOW, BERLIN) == word


def test_the_day_begins_at_local_midnight() -> None:
    assert words.midnight(NOW, BERLIN) == at(2025, 11, 26, 0, 0)


@pytest.mark.parametrize(
    ("duration", "word"),
    [
        (40 * SECOND, "40 s"),
        (12 * MINUTE, "12 min"),
        (5 * HOUR, "5 h"),
        (30 * HOUR, "30 h"),
        (6 * DAY, "6 d"),
        (-5, "0 s"),
    ],
)
def test_a_span_has_one_unit(duration: Millis, word: str) -> None:
    assert words.span(duration) == word


def test_a_long_list_ends_in_an_ellipsis() -> None:
    assert words.listed(["ann", "ben"]) == "ann, ben"
    assert words.listed(["ann", "ben", "cat", "dan"]) == "ann, ben, cat, …"


def test_a_text_is_cut_between_words() -> None:
    assert words.clip("shout if the altos\nvanish again", 40) == "shout if the altos vanish again"
    assert words.clip("shout if the altos vanish again", 21) == "shout if the altos…"


def test_the_zone_of_the_machine_is_that_of_its_clock() -> None:
    zone = words.local_zone(NOW)
    assert f"{words.local(NOW, zone):%H:%M}" == time.strftime("%H:%M", time.localtime(NOW / 1000))


@given(st.text(), st.integers(2, 60))
def test_a_clipped_text_is_one_line_and_fits(text: str, length: int) -> None:
    clipped = words.clip(text, length)
    assert len(clipped) <= length
    assert "\n" not in clipped
