"""Half an hour of a simulated day in a few seconds, and what the gauges make of growth."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.day import MORNING, Day, Story
from support.gauges import Reading, complaints, counts_grown

from tui_inbox.core.moment import HOUR, MINUTE

LIVELY = Story(begins=MORNING + 2 * HOUR, length=30 * MINUTE, every=3 * MINUTE, posts_a_day=5_000)


@pytest.mark.long
def test_half_an_hour_leaves_no_task_file_or_widget_behind(tmp_path: Path) -> None:
    day = Day(tmp_path, LIVELY, lambda number, reading: None)
    readings = day.run()
    assert len(readings) == 10
    assert day.server.happened > 230
    assert readings[-1].sizes["timeline rows"] > 60
    # Memory is that of all tests in this process, so only what is counted is judged.
    assert counts_grown(readings[2:5], readings[-5:]) == []


def test_what_grows_by_one_at_each_look_is_told() -> None:
    leaking = [reading(tasks=40 + number) for number in range(24)]
    assert complaints(leaking) == ["There are 58 tasks at least, where there were 51 at most."]


def test_memory_that_grows_by_half_a_percent_an_hour_is_told() -> None:
    growing = [reading(memory=70.0 * 1.005**number) for number in range(24)]
    assert complaints(growing) == ["Memory has grown from 73.0 to 77.5 MiB."]


def test_what_is_large_at_first_or_only_for_a_moment_is_no_growth() -> None:
    readings = [reading(memory=60.0), *(reading(memory=72.0) for _ in range(22))]
    assert complaints([*readings, reading(memory=90.0, tasks=90)]) == []


def test_three_readings_say_nothing() -> None:
    with pytest.raises(ValueError, match="four readings"):
        complaints([reading()] * 3)


def reading(*, memory: float = 70.0, tasks: int = 40) -> Reading:
    return Reading(memory, {"tasks": tasks, "fds": 12}, {})
