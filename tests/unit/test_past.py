"""Times that have been, as one types them: days, months, lengths back from now."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.moment import DAY, HOUR, to_millis
from tui_inbox.core.past import parse_past

NOW = to_millis(datetime(2026, 11, 30, 14, 5, tzinfo=UTC))  # a Monday
EAST = timezone(timedelta(hours=11))


def moment(text: str) -> int:
    return to_millis(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("typed", "begins", "ends"),
    [
        ("2026-11-30", "2026-11-30", "2026-12-01"),
        ("2026-2-9", "2026-02-09", "2026-02-10"),
        ("2026-11", "2026-11-01", "2026-12-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2024", "2024-01-01", "2025-01-01"),
        ("today", "2026-11-30", "2026-12-01"),
        ("Yesterday", "2026-11-29", "2026-11-30"),
        ("monday", "2026-11-30", "2026-12-01"),
        ("tue", "2026-11-24", "2026-11-25"),
        ("SUNDAY", "2026-11-29", "2026-11-30"),
    ],
)
def test_days_months_and_years_are_spans(typed: str, begins: str, ends: str) -> None:
    past = parse_past(typed)
    assert (past.begins(NOW, UTC), past.ends(NOW, UTC)) == (moment(begins), moment(ends))


@pytest.mark.parametrize(("typed", "back"), [("3h", 3 * HOUR), ("3d", 3 * DAY), ("2w", 14 * DAY)])
def test_a_length_back_from_now_is_a_moment(typed: str, back: int) -> None:
    past = parse_past(typed)
    assert past.begins(NOW, UTC) == past.ends(NOW, UTC) == NOW - back


def test_days_begin_where_the_owner_lives() -> None:
    assert parse_past("today").begins(NOW, EAST) == moment("2026-12-01T00:00+11:00")
    assert parse_past("2026-11-30").ends(NOW, EAST) == moment("2026-12-01T00:00+11:00")


@pytest.mark.parametrize(
    "typed", ["", "soon", "2026-13", "2026-02-30", "1969", "99999", "3", "d", "30.11.2026", "-3d"]
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="a time such as"):
        parse_past(typed)


@given(st.dates(min_value=date(1970, 1, 2), max_value=date(9997, 1, 1)))
def test_a_day_lasts_a_day_and_begins_inside_its_month_and_year(day: date) -> None:
    year, month, _ = str(day).split("-")
    own, its_month, its_year = (parse_past(one) for one in (str(day), f"{year}-{month}", year))
    assert own.ends(NOW, UTC) - own.begins(NOW, UTC) == DAY
    for longer in (its_month, its_year):
        assert longer.begins(NOW, UTC) <= own.begins(NOW, UTC)
        assert own.ends(NOW, UTC) <= longer.ends(NOW, UTC)
