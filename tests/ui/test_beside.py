"""The thread beside a list: it follows what is selected there, as in a mail client, and disturbs nothing."""

from __future__ import annotations

import pytest
from ui.stage import Stage, on_stage
from ui.town import BRIDGE, DRAFT_FRIDAY, TAGS

from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes import beside, gaze
from tui_inbox.ui.screens import thread
from tui_inbox.ui.screens.thread import ThreadPage


async def with_thread_beside(stage: Stage) -> ThreadPage:
    """Open the thread of the first conversation, and come back to the Inbox."""
    await stage.press("enter")
    page = stage.app.here
    assert isinstance(page, ThreadPage)
    await stage.press("1")
    return page


async def test_it_follows_the_selected_conversation_and_the_hand_stays_in_the_inbox(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gaze, "LOOK", 3600.0)
    async with on_stage(monkeypatch) as stage:
        page = await with_thread_beside(stage)
        assert "Thread · quillfox and you" in stage.text
        await stage.press("j")
        await stage.until(lambda: "Thread · odile fenn" in stage.text)
        assert stage.app.main.reading.pages == (page,), "it is the same page, nothing is stacked"
        assert stage.app.here is stage.app.main.inbox
        assert stage.app.focused is stage.app.main.inbox.rows
        assert stage.called("items.looked_at") == [], "that it is shown marks nothing"
        await stage.press("2")
        assert "Thread" not in stage.text


async def test_what_is_done_from_the_thread_is_done_to_what_it_shows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        page = await with_thread_beside(stage)
        await stage.press("j")
        await stage.until(lambda: page.shows(1, BRIDGE.id))
        await stage.until(lambda: "Thread · odile fenn" in stage.text)
        stage.app.activate(Area.READING)
        stage.wait(1)
        await stage.press("e")
        assert [call.args for call in stage.called("items.done")] == [(2,)]


async def test_a_hand_that_goes_on_opens_nothing_on_its_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(thread, "ASK_AFTER", 0.05)
    async with on_stage(monkeypatch) as stage:
        page = await with_thread_beside(stage)
        stage.town.asked.clear()
        monkeypatch.setattr(beside, "REST", 3600.0)
        await stage.press("j")
        monkeypatch.setattr(beside, "REST", 0.05)
        await stage.press("j")
        await stage.until(lambda: page.shows(1, DRAFT_FRIDAY.id))
        await stage.until(lambda: ("thread", 1, DRAFT_FRIDAY.id) in stage.fetcher.asked)
        await stage.settle()
        assert ("thread", 1, BRIDGE.id) not in stage.fetcher.asked
        assert stage.town.asked.count("thread_view") == 2, "what is stored, and again with the rest"


async def test_the_server_is_asked_only_for_what_the_owner_stays_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(beside, "REST", 0.01)
    async with on_stage(monkeypatch) as stage:
        page = await with_thread_beside(stage)
        monkeypatch.setattr(thread, "ASK_AFTER", 3600.0)
        await stage.press("j")
        await stage.until(lambda: page.shows(1, BRIDGE.id))
        monkeypatch.setattr(thread, "ASK_AFTER", 0.01)
        await stage.press("k")
        await stage.until(lambda: stage.fetcher.asked.count(("thread", 2, TAGS.id)) == 2)
        assert ("thread", 1, BRIDGE.id) not in stage.fetcher.asked


async def test_a_thread_under_which_something_is_written_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(beside, "REST", 0.01)
    async with on_stage(monkeypatch) as stage:
        await stage.press("r", "Y", "e", "s")
        stage.app.activate(Area.INBOX)
        stage.app.set_focus(stage.app.main.inbox.rows)
        await stage.press("j")
        await stage.pilot.pause(0.1)
        page = stage.app.pane_of(Area.READING)
        assert isinstance(page, ThreadPage)
        assert page.shows(2, TAGS.id)
        assert stage.app.composer.is_open


async def test_a_thread_that_was_opened_elsewhere_belongs_to_the_conversation_one_rests_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(beside, "REST", 0.01)
    async with on_stage(monkeypatch) as stage:
        await stage.press("j")
        page = ThreadPage(2, TAGS.id)
        stage.app.open_page(page)
        await stage.settle()
        await stage.press("1", "k")
        await stage.until(lambda: page.item is not None)
        assert page.item == stage.app.main.inbox.rows.rows[1].data
        assert stage.fetcher.asked.count(("thread", 2, TAGS.id)) == 1


async def test_a_heading_and_a_person_leave_it_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "REST", 0.01)
    async with on_stage(monkeypatch) as stage:
        page = await with_thread_beside(stage)
        await stage.press("G")
        assert stage.app.main.inbox.target() is None
        await stage.press("4", "j", "j", "j")
        await stage.pilot.pause(0.1)
        assert page.shows(2, TAGS.id)


async def test_hits_are_read_beside_their_search_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "REST", 0.01)
    async with on_stage(monkeypatch) as stage:
        page = await with_thread_beside(stage)
        await stage.press("3", "j", "j")
        target = stage.app.main.searches.target()
        assert target is not None
        hit = target.hit
        assert hit is not None
        await stage.until(lambda: page.shows(target.account, hit.post.id))
        assert (page.item, page.hit) == (None, hit)


async def test_where_only_one_pane_is_seen_nothing_follows_and_enter_opens_in_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(beside, "REST", 0.01)
    async with on_stage(monkeypatch, size=(80, 24)) as stage:
        page = await with_thread_beside(stage)
        await stage.press("j")
        await stage.pilot.pause(0.1)
        assert page.shows(2, TAGS.id)
        stage.wait(1)
        await stage.press("enter")
        (top,) = stage.app.main.reading.pages
        assert isinstance(top, ThreadPage)
        assert top.shows(1, BRIDGE.id)
        await stage.press("q")
        assert stage.app.here is stage.app.main.inbox


async def test_enter_goes_into_the_thread_that_stands_there_already(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        page = await with_thread_beside(stage)
        await stage.press("enter")
        assert stage.app.here is page
        assert stage.app.main.reading.pages == (page,)
