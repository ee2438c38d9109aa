"""The palette lets a search listen to a feed as well, and leave it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from ui.page_stage import pages_on_stage
from ui.page_town import page_town
from ui.stage import Stage

from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.queries.rows import SourceRow
from tui_inbox.queries.timeline import TimelineSource
from tui_inbox.ui.acts.listening import NO_TIMELINE, NOT_ANSWERED, NOTHING_HEARD

MILL = SourceRow(4, "Mill news", "https://mill.example/news.atom")
TIDES = SourceRow(7, "Tides", "https://tides.example/rss")


async def do(stage: Stage, id_: str) -> None:
    """What the palette does with the selected search."""
    await stage.press("3")
    stage.app.act(id_)
    await stage.settle()


async def test_a_search_listens_to_a_feed_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await do(stage, "search.listen")
        assert "address of a feed, or of a page that has one https://" in stage.text
        await stage.press(*"mill", "full_stop", *"example", "enter")
        search = stage.town.searches[0].id
        heard = [call.args for call in stage.called("outside.listen_to_feed")]
        assert heard == [(search, "https://mill.example")]


async def test_nothing_typed_is_nothing_done(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await do(stage, "search.listen")
        await stage.press("enter")
        assert stage.called("outside.listen_to_feed") == []


async def test_the_only_feed_is_left_at_once_and_of_several_the_chosen_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    first, *others = town.searches
    town.searches = (replace(first, sources=(MILL,)), *others)
    async with pages_on_stage(monkeypatch, town) as stage:
        await do(stage, "search.leave")
        assert [call.args for call in stage.called("outside.stop_listening")] == [(first.id, 4)]
    town.searches = (replace(first, sources=(MILL, TIDES)), *others)
    async with pages_on_stage(monkeypatch, town) as stage:
        await do(stage, "search.leave")
        assert "Mill news" in stage.text
        await stage.press("2", "enter")
        assert stage.called("outside.stop_listening")[-1].args == (first.id, 7)


async def test_where_nothing_is_listened_to_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await do(stage, "search.leave")
        assert NOTHING_HEARD in stage.text


async def test_a_list_is_chosen_among_those_of_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    friends = TimelineSource(Feed(FeedKind.LIST, "7"), 1, "list Friends")
    here = TimelineSource(Feed(FeedKind.LOCAL), title="this server")
    town = page_town()
    town.readable = (friends, here)
    async with pages_on_stage(monkeypatch, town) as stage:
        await do(stage, "search.timeline")
        assert "list Friends" in stage.text
        await stage.press("2", "enter")
        search = stage.town.searches[0].id
        looked = [call.args for call in stage.called("outside.look_in_timeline")]
        assert looked == [(search, here.feed, "this server")]


@pytest.mark.parametrize(("offered", "said"), [((), NO_TIMELINE), (None, NOT_ANSWERED)])
async def test_where_there_is_no_list_or_nothing_is_known_of_any_that_is_said(
    monkeypatch: pytest.MonkeyPatch, offered: tuple[()] | None, said: str
) -> None:
    town = page_town()
    town.readable = offered
    async with pages_on_stage(monkeypatch, town) as stage:
        await do(stage, "search.timeline")
        assert said in stage.text
