"""All of Bluesky as a source of a search, by the palette."""

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
        await chosen(stage, "leave a feed")
        await stage.until(lambda: "does not listen to all of Bluesky any more" in stage.text)
        assert heard(town) == []
        await stage.press("u")
        await stage.until(lambda: heard(town) == ["bluesky"])
