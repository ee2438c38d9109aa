"""When "later" is: the strip's choices and typed times."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.commands.later import Later, in_words, later_choices, parse_later
from tui_inbox.core.moment import HOUR, SECOND, Millis, to_datetime, to_millis

BERLIN = ZoneInfo("Europe/Berlin")
YEAR_2024 = to_millis(datetime(2024, 1, 1, tzinfo=UTC))
WEDNESDAY = to_millis(datetime(2025, 11, 26, 14, 30, tzinfo=BERLIN))


def wall(moment: Millis | None, zone: ZoneInfo = BERLIN) -> str:
    assert moment is not None
    return f"{to_datetime(moment).astimezone(zone):%a %d %b %Y %H:%M}"


def test_the_strip_offers_six_ways_to_come_back() -> None:
    choices = {choice.key: choice.later for choice in later_choices(WEDNESDAY, BERLIN)}
    assert wall(choices["z"].until) == "Thu 27 Nov 2025 08:00"
    assert choices["p"] == Later(on_post=True)
    assert choices["s"] == Later(on_start=True)
    assert choices["h"].until == WEDNESDAY + 3 * HOUR
    assert wall(choices["e"].until) == "Wed 26 Nov 2025 18:00"
    assert wall(choices["m"].until) == "Mon 01 Dec 2025 08:00"


def test_late_at_night_the_evening_is_tomorrows() -> None:
    night = to_millis(datetime(2025, 11, 26, 23, 50, tzinfo=BERLIN))
    evening = next(choice for choice in later_choices(night, BERLIN) if choice.key == "e")
    assert evening.words == "tomorrow evening 18:00"
    assert wall(evening.later.until) == "Thu 27 Nov 2025 18:00"


def test_on_a_monday_monday_is_the_next_one() -> None:
    monday = to_millis(datetime(2025, 11, 24, 7, 0, tzinfo=BERLIN))
    choices = {choice.key: choice.later for choice in later_choices(monday, BERLIN)}
    assert wall(choices["m"].until) == "Mon 01 Dec 2025 08:00"


def test_tomorrow_at_eight_is_eight_on_the_wall_when_the_clocks_change() -> None:
    before = to_millis(datetime(2026, 3, 28, 20, 0, tzinfo=BERLIN))
    assert wall(later_choices(before, BERLIN)[0].later.until) == "Sun 29 Mar 2026 08:00"


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("3h", "Wed 26 Nov 2025 17:30"),
        ("in 20 min", "Wed 26 Nov 2025 14:50"),
        ("2 d", "Fri 28 Nov 2025 14:30"),
        ("1w", "Wed 03 Dec 2025 14:30"),
        ("18:30", "Wed 26 Nov 2025 18:30"),
        ("9", "Thu 27 Nov 2025 09:00"),
        ("tomorrow", "Thu 27 Nov 2025 08:00"),
        ("Tomorrow 14:00", "Thu 27 Nov 2025 14:00"),
        ("fri 9:15", "Fri 28 Nov 2025 09:15"),
        ("wednesday", "Wed 03 Dec 2025 08:00"),
        ("28 nov", "Fri 28 Nov 2025 08:00"),
        ("28. November 9", "Fri 28 Nov 2025 09:00"),
        ("3 jan", "Sat 03 Jan 2026 08:00"),
        ("2025-12-24 16:00", "Wed 24 Dec 2025 16:00"),
    ],
)
def test_a_typed_time_is_understood(typed: str, means: str) -> None:
    assert wall(parse_later(typed, WEDNESDAY, BERLIN).until) == means


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("3h", "today 17:30"),
        ("tomorrow", "tomorrow 08:00"),
        ("fri 9:15", "on Friday 09:15"),
        ("2026-01-03", "on 3 Jan 2026 08:00"),
    ],
)
def test_a_time_is_said_as_it_was_meant(typed: str, words: str) -> None:
    assert in_words(parse_later(typed, WEDNESDAY, BERLIN), WEDNESDAY, BERLIN) == words


def test_two_ways_to_come_back_are_both_said() -> None:
    both = Later(on_post=True, on_start=True)
    assert in_words(both, WEDNESDAY) == "when they next post or at the next start"


@pytest.mark.parametrize("typed", ["", "soon", "25:00", "nov 28", "31 feb", "2025-13-01", "9:75"])
def test_what_is_no_time_is_refused_with_a_hint(typed: str) -> None:
    with pytest.raises(ValueError, match="is no time: try"):
        parse_later(typed, WEDNESDAY, BERLIN)


@pytest.mark.parametrize("typed", ["today 9:00", "2025-11-01", "0m"])
def test_the_past_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="already past"):
        parse_later(typed, WEDNESDAY, BERLIN)


@given(
    st.integers(0, 6 * 365 * 24 * 3600).map(lambda s: YEAR_2024 + s * SECOND),
    st.sampled_from(["Europe/Berlin", "America/St_Johns", "Pacific/Auckland", "Asia/Kathmandu"]),
)
def test_every_choice_lies_ahead_wherever_and_whenever(now: Millis, zone: str) -> None:
    for choice in later_choices(now, ZoneInfo(zone)):
        assert choice.later.until is None or choice.later.until > now


@given(st.text(max_size=20))
def test_no_typed_text_does_anything_but_give_a_time_ahead_or_a_sentence(typed: str) -> None:
    try:
        later = parse_later(typed, WEDNESDAY, BERLIN)
    except ValueError as refusal:
        assert "“" in str(refusal)  # noqa: PT017  # one of two outcomes is right, and either is checked
    else:
        assert later.until is not None
        assert later.until > WEDNESDAY
