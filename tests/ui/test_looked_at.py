"""What the owner is looking at is told to the hub, which asks about what may have changed unheard."""

from __future__ import annotations

import pytest
from ui.stage import Stage, on_stage
from ui.town import HARBOUR

from tui_inbox.queries.rows import EntryRow
from tui_inbox.ui.screens.thread import ThreadPage


def minute(stage: Stage) -> dict[int, tuple[int, ...]]:
    """A minute passes; which posts are said to stand on the screen, by account."""
    stage.fetcher.stood.clear()
    stage.app._minute_passed()
    told = dict(stage.fetcher.stood)
    assert len(told) == len(stage.fetcher.stood), "each account is told of once"
    return told


async def test_each_minute_the_posts_between_the_edges_of_the_timeline_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(100, 24)) as stage:
        await stage.press("2")
        rows = stage.app.main.timeline.rows
        seen = [row.data.entry for row, _ in rows.rows_on_screen()]
        shown = {(one.post.account, one.post.id) for one in seen if isinstance(one, EntryRow)}
        told = minute(stage)
        assert {(account, post) for account, posts in told.items() for post in posts} == shown
        assert 0 < len(shown) < len(rows.rows), "not all of it is on the screen"


async def test_of_an_open_thread_its_own_posts_are_told_and_not_what_it_lies_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(100, 24)) as stage:
        await stage.press("2")
        stage.app.open_page(ThreadPage(1, HARBOUR.id))
        await stage.settle()
        page = stage.app.here
        assert page.rows is not None
        on_screen = [row.data.post.post.id for row, _ in page.rows.rows_on_screen()]
        assert minute(stage) == {1: tuple(on_screen)}


async def test_nothing_is_told_while_another_window_has_the_focus(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(100, 24)) as stage:
        await stage.press("2")
        stage.app.app_focus = False
        assert minute(stage) == {}


async def test_nothing_is_told_where_the_inbox_has_the_whole_screen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(80, 24)) as stage:
        await stage.press("1")
        assert minute(stage) == {}
