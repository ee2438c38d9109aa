"""The Timeline when far more arrives at once than it reads in one go."""

from __future__ import annotations

import pytest
from ui.stage import Stage, on_stage
from ui.town import FERN, entry, post

from tui_inbox.core.changes import Change, Topic
from tui_inbox.ui.panes import arrivals
from tui_inbox.ui.panes.feed_window import MOST, PAGE


async def burst(stage: Stage, first: int, count: int) -> None:
    """So many posts arrive within one piece of news. The last one is the newest."""
    for number in range(first, first + count):
        row = entry(post(10_000 + number, FERN, -number * 1000, f"Burst {number}."), 5000 + number)
        stage.town.timeline.insert(0, row)
    await stage.tell(Change(Topic.FEED, 1))


async def test_who_follows_the_head_sees_the_newest_of_a_burst(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.wait(11)
        await burst(stage, 0, 3 * PAGE)
        await stage.until(lambda: f"Burst {3 * PAGE - 1}." in stage.text)
        await burst(stage, 3 * PAGE, 1)
        await stage.until(lambda: f"Burst {3 * PAGE}." in stage.text)
        await stage.until(lambda: "new above" not in stage.text)


async def test_a_burst_that_meets_a_busy_hand_is_followed_when_the_hand_rests(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(arrivals, "IDLE", 0.2)  # the stage's clock moves the hand, not the timers
    async with on_stage(monkeypatch) as stage:
        await stage.press("2")
        await burst(stage, 0, 3 * PAGE)
        await stage.until(lambda: f"{3 * PAGE} new above" in stage.text)
        stage.wait(1)
        await stage.until(lambda: f"Burst {3 * PAGE - 1}." in stage.text)
        await burst(stage, 3 * PAGE, 1)
        await stage.until(lambda: f"Burst {3 * PAGE}." in stage.text)


async def test_what_arrives_after_a_jump_to_the_newest_is_followed_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(arrivals, "IDLE", 2.0)  # all of it happens within one wait
    async with on_stage(monkeypatch) as stage:
        await stage.press("2")
        await burst(stage, 0, 3)
        await stage.until(lambda: "3 new above" in stage.text)
        await stage.press("full_stop")
        await stage.until(lambda: "Burst 2." in stage.text)
        await burst(stage, 3, 3)
        await stage.until(lambda: "3 new above" in stage.text)
        stage.wait(3)
        await stage.until(lambda: "Burst 5." in stage.text)


async def test_however_much_arrives_above_the_reader_stays_where_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("2")
        timeline = stage.app.main.timeline
        place, before = timeline.rows.position(), stage.lines()[3:12]
        for part in range(MOST // PAGE + 2):
            await burst(stage, part * PAGE, PAGE)
            await stage.until(lambda n=part + 1: f"{n * PAGE} new above" in stage.text)  # type: ignore[misc]  # bound now
        now = timeline.rows.position()
        assert place
        assert now
        assert (now.key, now.line_offset) == (place.key, place.line_offset)
        assert stage.lines()[3:12] == before
        await stage.press("full_stop")
        await stage.until(lambda: f"Burst {MOST + 2 * PAGE - 1}." in stage.text)


async def test_an_arrival_is_read_once_however_many_were_followed_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.wait(11)
        parts = MOST // PAGE + 2
        for part in range(parts):
            await burst(stage, part * PAGE, PAGE)
            await stage.until(lambda n=part + 1: f"Burst {n * PAGE - 1}." in stage.text)  # type: ignore[misc]  # bound now
        await stage.settle()
        stage.town.asked.clear()
        await burst(stage, parts * PAGE, 1)
        await stage.until(lambda: f"Burst {parts * PAGE}." in stage.text)
        await stage.settle()
        assert stage.town.asked.count("timeline_window") == 1
