"""The mouse does what keys do, in the strips at the bottom of the screen."""

from __future__ import annotations

import pytest
from textual.widget import Widget
from ui.stage import Stage, on_stage
from ui.town import TAGS, usual_town

from tui_inbox.core.act import ActKind
from tui_inbox.core.conversation import Lane
from tui_inbox.ui.widgets.choice_line import ChoiceLine


async def click(stage: Stage, strip: Widget, words: str) -> None:
    """Click into the middle of some words of a strip, on whichever of its lines they stand."""
    region = strip.region
    lines = stage.lines()[region.y : region.bottom]
    y, x = next((y, line.index(words)) for y, line in enumerate(lines) if words in line)
    offset = (x + len(words) // 2 - region.x, y)
    await stage.pilot.click(strip, offset=offset)
    await stage.settle()


def choice(stage: Stage) -> ChoiceLine:
    """The strip that asks to choose."""
    assert stage.app.main.choice_line is not None
    return stage.app.main.choice_line


@pytest.mark.parametrize("size", [(160, 45), (80, 24), (40, 20)])
async def test_a_choice_and_its_answer_can_be_clicked(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with on_stage(monkeypatch, size=size) as stage:
        await stage.press("A", "f")
        await click(stage, choice(stage), "mi mira")
        assert "1 (x) mi mira" in stage.text
        await click(stage, choice(stage), "tidewater")
        assert "1 ( ) mi mira" in stage.text
        await click(stage, choice(stage), "Enter does it")
        assert stage.called("acts.toggle")[0].args == (3, TAGS.id, ActKind.FAVOURITE)
        assert not choice(stage).is_open


async def test_the_way_out_can_be_clicked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("A", "f")
        await click(stage, choice(stage), "Enter does it")
        assert choice(stage).is_open, "nothing is chosen yet"
        await click(stage, choice(stage), "favourite as")
        assert choice(stage).is_open, "the question is no answer"
        await click(stage, choice(stage), "Esc leaves")
        assert not choice(stage).is_open
        assert stage.called("acts.toggle") == []


@pytest.mark.parametrize("words", ["when they post", "p when"])
async def test_what_follows_a_prefix_can_be_clicked(
    monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.pilot.press("z")
        await stage.until(lambda: "when they post" in stage.text)
        await click(stage, stage.app.main.which_key, words)
        assert stage.called("items.later")[0].args[1].on_post
        assert "when they post" not in stage.text
        first = usual_town().lanes[Lane.TALK][0]
        assert stage.called("items.later")[0].args[0] == first.id
        await stage.press("e")  # the prefix waits no more
        assert stage.called("items.done")[0].args == (first.id,)


async def test_what_can_be_undone_is_undone_by_a_click_on_the_words_that_say_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.app.say("Gone; u brings it back.")
        await stage.settle()
        await click(stage, stage.app.main.status_line, "Gone")
        assert stage.called("undo.undo") == []
        await click(stage, stage.app.main.status_line, "brings it back")
        assert len(stage.called("undo.undo")) == 1
