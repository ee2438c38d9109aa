"""Why something stands where it stands."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from ui.page_stage import here, opened, pages_on_stage, selected
from ui.page_town import HISTORY, TAGS_TRACE, page_town
from ui.stage import Stage
from ui.town import CHOIR, TAGS

from tui_inbox.core.changes import Change, Topic
from tui_inbox.queries.rows import Trace
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.screens.why import WhyPage


async def why(stage: Stage) -> WhyPage:
    """Why the first conversation of the Inbox is first."""
    return await opened(stage, WhyPage, "w")


async def test_the_trace_adds_up_line_by_line_as_in_the_sketch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch, size=(80, 24)) as stage:
        await why(stage)
        lines = stage.lines()
        start = next(n for n, line in enumerate(lines) if "Why quillfox is first of 3" in line)
        assert lines[start + 2 : start + 12] == [
            "          somebody you have written to",
            "▌ +4.100  you two talk: 14 exchanges in 30 days, the last 5 h ago",
            "  +1.200  it is your turn, since 09:12 today",
            '  +0.800  it is a question ("Does the export keep the tags?")',
            "  −0.206  two other people have spoken in this thread since",
            "  +0.500  your rule: tag #acorn, until 28 Nov",
            " ───────",
            "   6.394  next is odile fenn with 6.100: not a question, shorter wait",
            "",
            " Behind it: you two talk: 14 exchanges in 30 days, the last 5 h ago",
        ]
        assert sum(reason.points for reason in TAGS_TRACE.reasons) == TAGS_TRACE.total


async def test_another_reason_shows_other_events(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await why(stage)
        assert "the altos are gone" in stage.text
        await stage.press("j", "j", "j")
        assert selected(page) == "reason:3"
        assert "the altos are gone" not in stage.text
        assert "papercrane wrote" in stage.text


async def test_enter_goes_to_the_events_and_from_there_to_a_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await why(stage)
        await stage.press("j", "j", "j", "enter")
        assert selected(page) == "event:3:0"
        await stage.press("enter")
        thread = stage.app.here
        assert isinstance(thread, ThreadPage)
        assert (thread.account, thread.post) == (2, CHOIR.id)
        await stage.press("q")
        assert stage.app.here is page


@pytest.mark.parametrize("back", ["h", "k"])
async def test_from_the_events_one_comes_back_to_their_reason(
    monkeypatch: pytest.MonkeyPatch, back: str
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await why(stage)
        await stage.press("j", "l")
        assert selected(page) == "event:1:0"
        await stage.press(back)
        assert selected(page) == "reason:1"
        await stage.press("j")
        assert selected(page) == "reason:2"


async def test_h_on_a_reason_goes_to_the_pane_on_the_left(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await why(stage)
        await stage.press("h")
        assert here(stage) is stage.app.main.inbox
        await stage.press("l")
        assert here(stage) is page


async def test_a_reason_of_its_own_has_no_events(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await why(stage)
        assert page.rows.select_key("reason:4")
        await stage.settle()
        assert "a rule of yours in the settings file, E shows all of them" in stage.text
        await stage.press("enter")
        assert selected(page) == "reason:4"
        assert "No event stands behind it alone." in stage.text


async def test_an_event_that_is_not_stored_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await why(stage)
        assert page.rows.select_key(f"event:0:{len(HISTORY) - 1}")
        await stage.press("enter")
        assert stage.app.here is page
        assert "The text of this is not stored here." in stage.text


async def test_a_post_is_explained_by_its_author_and_a_person_by_the_circle(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    async with pages_on_stage(monkeypatch, town) as stage:
        await stage.press("2")
        await why(stage)
        await stage.press("q", "4")
        stage.app.main.people.rows.select_key("person:1:4")
        await why(stage)
        asked = [name for name in town.asked if name.startswith("trace_")]
        assert asked == ["trace_of_post", "trace_of_person"]


async def test_without_points_only_the_order_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    town.traces["item 1"] = Trace(
        "Why quillfox is third", (), 0, "what is done stands newest first"
    )
    async with pages_on_stage(monkeypatch, town) as stage:
        await why(stage)
        assert "what is done stands newest first" in stage.text
        assert "0.000" not in stage.text


async def test_what_stands_in_no_order_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    town.traces.clear()
    async with pages_on_stage(monkeypatch, town) as stage:
        await why(stage)
        assert "It stands in no order of rank" in stage.text


async def test_the_trace_follows_what_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    async with pages_on_stage(monkeypatch, town) as stage:
        page = await why(stage)
        await stage.press("j", "j", "j", "j")
        fewer = TAGS_TRACE.reasons[:2]
        town.traces["item 1"] = replace(TAGS_TRACE, reasons=fewer, total=5300)
        await stage.tell(Change(Topic.INBOX, 1))
        assert "6.394" in stage.text
        stage.wait(1)
        await stage.tell(Change(Topic.INBOX, TAGS.account))
        assert "5.300" in stage.text
        assert selected(page) == "reason:1"


async def test_the_first_line_is_seen_on_the_smallest_screen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch, size=(40, 20)) as stage:
        await why(stage)
        assert "somebody you have written to" in stage.text
