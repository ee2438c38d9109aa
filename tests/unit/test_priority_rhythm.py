"""Going quiet: a silence is measured against the tie's own rhythm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.moment import DAY, HOUR, Millis
from tui_inbox.priority.rhythm import Verdict, rhythm

NOW: Millis = 20_000 * DAY


def every(days: float, silence: float, *, times: int = 10) -> list[Millis]:
    """Moments of exchange: one each so many days, the last one so many days ago."""
    return [round(NOW - (silence + days * n) * DAY) for n in range(times)]


@pytest.mark.parametrize(
    ("gap", "silence", "verdict"),
    [
        (6, 10, Verdict.STEADY),
        (6, 24, Verdict.QUIET),
        (10, 20, Verdict.STEADY),
        (10, 21, Verdict.QUIET),
        (10, 80, Verdict.QUIET),
        (10, 81, Verdict.ENDED),
        (1, 13, Verdict.STEADY),
        (1, 14, Verdict.STEADY),
        (1, 15, Verdict.QUIET),
        (1, 56, Verdict.QUIET),
        (1, 57, Verdict.ENDED),
        (60, 100, Verdict.STEADY),
    ],
)
def test_silence_is_judged_by_the_usual_gap(gap: float, silence: float, verdict: Verdict) -> None:
    assert rhythm(every(gap, silence), NOW).verdict is verdict


def test_the_reason_names_both_times() -> None:
    assert rhythm(every(6, 24), NOW).words == "usually 6 d, now 24 d"


def test_many_texts_of_one_day_are_one_exchange_day() -> None:
    busy = [moment + n * HOUR // 10 for moment in every(6, 24) for n in range(6)]
    assert rhythm(busy, NOW).usual_gap == rhythm(every(6, 24), NOW).usual_gap


def test_meeting_elsewhere_begins_the_silence_anew_and_leaves_the_gap_alone() -> None:
    met = rhythm(every(6, 24), NOW, met=NOW - 3 * DAY)
    assert (met.verdict, met.words) == (Verdict.STEADY, "usually 6 d, now 3 d")
    assert met.usual_gap == rhythm(every(6, 24), NOW).usual_gap
    long_ago = rhythm(every(6, 24), NOW, met=NOW - 90 * DAY)
    assert long_ago == rhythm(every(6, 24), NOW)


def test_with_few_days_of_exchange_there_is_no_rhythm() -> None:
    found = rhythm(every(6, 40, times=3), NOW)
    assert (found.verdict, found.usual_gap, found.words) == (Verdict.UNKNOWN, None, "")
    assert found.silence == 40 * DAY


def test_without_any_exchange_nothing_is_said() -> None:
    assert rhythm([], NOW).verdict is Verdict.UNKNOWN


@given(st.lists(st.integers(NOW - 900 * DAY, NOW), max_size=60), st.integers(0, 400))
def test_nobody_goes_quiet_within_a_fortnight_and_silence_never_mends_by_itself(
    moments: list[Millis], later: int
) -> None:
    order = [Verdict.UNKNOWN, Verdict.STEADY, Verdict.QUIET, Verdict.ENDED]
    now, then = rhythm(moments, NOW), rhythm(moments, NOW + later * DAY)
    assert order.index(then.verdict) >= order.index(now.verdict)
    if now.silence <= 14 * DAY:
        assert now.verdict in (Verdict.UNKNOWN, Verdict.STEADY)
