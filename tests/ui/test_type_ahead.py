"""Keys that come faster than the screen: they are meant for what the one before them opens."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import TextArea
from ui.stage import Stage, on_stage
from ui.town import usual_town

from tui_inbox.core.act import ActKind
from tui_inbox.ui.layout import Area


def pad_text(stage: Stage) -> str:
    """What stands in the composer."""
    return stage.app.composer.query_one(TextArea).text


def press_together(stage: Stage, keys: str) -> None:
    """Let keys arrive at once, as they do over a slow line."""
    for key in keys:
        stage.app.post_message(events.Key(key, key))


async def test_a_text_that_is_typed_right_behind_its_keys_is_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        press_together(stage, "nrHed")
        await stage.until(lambda: stage.app.composer.draft is not None)
        await stage.until(lambda: pad_text(stage).endswith("Hed"))
        assert "Thread · quillfox" in stage.text
        assert stage.called("items.done") == []
        assert "@quillfox" in pad_text(stage)


async def test_what_acts_on_a_row_acts_on_the_one_that_next_went_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.app.activate(Area.SEARCHES)
        press_together(stage, "nf")
        await stage.until(lambda: bool(stage.called("acts.toggle")))
        (call,) = stage.called("acts.toggle")
        assert call.args == (2, 201, ActKind.FAVOURITE)
        press_together(stage, "ne")
        await stage.until(lambda: bool(stage.called("items.done")))
        assert stage.called("items.done")[0].args == (2,)


async def test_where_nothing_opens_the_keys_behind_it_work_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    town.lanes.clear()
    async with on_stage(monkeypatch, town) as stage:
        press_together(stage, "n4")
        await stage.until(lambda: stage.app.shown.active is Area.PEOPLE)
        assert "Nobody waits for you." in stage.text
