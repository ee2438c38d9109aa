"""The palette lets a search listen to a feed as well, and leave it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from ui.page_stage import pages_on_stage
from ui.page_town import page_town
from ui.stage import Stage

from tui_inbox.queries.rows import SourceRow
from tui_inbox.ui.acts.listening import NOTHING_HEARD

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
"""What a standing search listens to outside its account, by the palette."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.town_builder import Town
from ui.page_stage import typed
from ui.stage import Stage
from ui.test_page_store import on_the_store

from tui_inbox.commands import searches
from tui_inbox.core.outside import SourceKind
from tui_inbox.store import outside
from tui_inbox.ui.acts.listening import COST


def heard(town: Town) -> list[str]:
    return [source.address for source in town.ask(outside.sources, SourceKind.STREAM)]


async def chosen(stage: Stage, words: str) -> None:
    """Something is chosen in the palette."""
    await stage.press("colon")
    await typed(stage, words)
    await stage.pilot.pause(0.4)  # Textual gathers what it found for a quarter of a second
    await stage.press("enter")


async def test_all_of_bluesky_is_listened_to_once_its_cost_was_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, town):
        searches.save(town.context, 1, "kiln").result()
        await stage.press("3")
        await stage.until(lambda: "kiln" in stage.text)
        await chosen(stage, "hear all of Bluesky")
        await stage.until(lambda: COST in stage.text)
        assert heard(town) == []
        await stage.press("2", "enter")
        await stage.until(lambda: COST not in stage.text)
        assert heard(town) == []
        await chosen(stage, "hear all of Bluesky")
        await stage.until(lambda: COST in stage.text)
        await stage.press("1", "enter")
        await stage.until(lambda: "it listens to all of Bluesky as well" in stage.text)
        assert heard(town) == ["bluesky"]
        await stage.until(lambda: "Bluesky, about to be heard" in stage.text)
        await chosen(stage, "all of Bluesky, no more")
        await stage.until(lambda: "does not listen to all of Bluesky any more" in stage.text)
        assert heard(town) == []
        await stage.press("u")
        await stage.until(lambda: heard(town) == ["bluesky"])
