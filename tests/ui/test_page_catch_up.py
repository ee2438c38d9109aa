"""Catch-up: what happened while the owner was away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ui.page_stage import here, opened, pages_on_stage, selected
from ui.page_town import PageTown, page_town
from ui.stage import Stage
from ui.town import NOW

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import HOUR, MINUTE
from tui_inbox.queries.overviews import CatchUpLine
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes import gaze
from tui_inbox.ui.panes.inbox import item_key
from tui_inbox.ui.panes.searches import search_key
from tui_inbox.ui.screens.catch_up import AGAIN_AFTER, CatchUpPage, say_briefly
from tui_inbox.ui.screens.door import DoorPage
from tui_inbox.ui.screens.outbox import OutboxPage


async def caught_up(stage: Stage) -> CatchUpPage:
    """The page after sixteen hours."""
    stage.app.away_since = NOW - 16 * HOUR
    return await opened(stage, CatchUpPage, "g", "c")


async def test_the_page_counts_what_came_in(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, size=(80, 24)) as stage:
        page = await caught_up(stage)
        assert page.heading.words == "While you were away, 16 h · Enter opens a line"
        text = stage.text
        assert "▌   3  people you talk with wait for you      quillfox, odile fenn" in text
        assert "  374  posts from the rest                    your place is kept" in text


async def test_on_a_narrow_column_names_stand_below_their_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch, size=(160, 45)) as stage:
        await caught_up(stage)
        lines = stage.lines()
        at = next(n for n, line in enumerate(lines) if "2  newcomers" in line)
        assert lines[at].index("newcomers") == lines[at + 1].index("mossygate, papercrane")


async def test_opening_it_marks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gaze, "LOOK", 3600.0)  # the Inbox below it is looked at after a second
    async with pages_on_stage(monkeypatch) as stage:
        await caught_up(stage)
        kept = ("places.", "people.remind")  # where the hand is, and whom the People pane has shown
        assert [call for call in stage.done if not call.name.startswith(kept)] == []


@pytest.mark.parametrize(
    ("row", "area", "key"),
    [
        ("0:inbox", Area.INBOX, item_key(1)),
        ("1:newcomers", Area.INBOX, item_key(4)),
        ("3:search:3", Area.SEARCHES, search_key(3)),
        ("5:gap:7", Area.READING, "gap:7"),
    ],
)
async def test_enter_leads_to_what_a_line_counts(
    monkeypatch: pytest.MonkeyPatch, row: str, area: Area, key: str
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await caught_up(stage)
        assert page.rows.select_key(row)
        await stage.press("enter")
        pane = stage.app.here
        assert pane is stage.app.pane_of(area)
        assert not isinstance(pane, CatchUpPage)
        assert pane.rows is not None
        assert pane.rows.selected is not None
        assert pane.rows.selected.key == key


async def test_enter_on_the_strangers_opens_the_front_door(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await caught_up(stage)
        assert page.rows.select_key("2:strangers")
        await stage.press("enter")
        assert isinstance(stage.app.here, DoorPage)
        assert selected(stage.app.here) == "item:6"


async def test_posts_lead_to_the_timeline_and_failed_sends_to_the_outbox(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await caught_up(stage)
        assert page.rows.select_key("4:timeline")
        await stage.press("enter")
        assert here(stage) is stage.app.main.timeline
        page = await caught_up(stage)
        assert page.rows.select_key("7:outbox")
        await stage.press("enter")
        assert isinstance(here(stage), OutboxPage)
        await stage.press("q")
        assert here(stage) is page


async def test_a_hole_that_is_not_in_memory_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    town.away = (CatchUpLine(1, "hole left in the timeline", "", "gap:99"),)
    async with pages_on_stage(monkeypatch, town) as stage:
        await caught_up(stage)
        await stage.press("enter")
        assert here(stage) is stage.app.main.timeline
        assert "The hole lies further down." in stage.text


async def test_it_counts_again_while_things_arrive_but_not_at_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    async with pages_on_stage(monkeypatch, town) as stage:
        page = await caught_up(stage)
        assert selected(page) == "0:inbox"
        counted = town.asked.count("catch_up_since")
        timers: list[Callable[[], None]] = []

        def set_timer(seconds: float, callback: Callable[[], None]) -> object:
            assert seconds == AGAIN_AFTER
            timers.append(callback)
            return callback

        monkeypatch.setattr(page, "set_timer", set_timer)
        town.away = (CatchUpLine(4, "people you talk with wait for you", "", "inbox"),)
        for _ in range(5):
            await stage.tell(Change(Topic.INBOX, 1))
        assert town.asked.count("catch_up_since") == counted
        (count_again,) = timers
        count_again()
        await stage.settle()
        assert town.asked.count("catch_up_since") == counted + 1
        assert "▌   4  people you talk with" in stage.text


async def test_when_nothing_came_in_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, PageTown(away=())) as stage:
        await caught_up(stage)
        assert "Nothing has come in since." in stage.text


async def test_a_short_absence_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await say_briefly(stage.app, NOW - 40 * MINUTE)
        assert (
            "away 40 min: 3 people you talk with wait for you, 2 newcomers, 6 strangers wrote · g c"
        ) in stage.text


async def test_a_short_absence_without_news_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, PageTown(away=())) as stage:
        await say_briefly(stage.app, NOW - 40 * MINUTE)
        assert "away" not in stage.text


async def test_who_was_never_away_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await stage.press("g", "c")
        assert "It is not known since when you were away." in stage.text
