"""The tour of the demo town: it goes on when something was done, and nobody has to take it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from ui.stage import Stage, on_stage
from ui.town import usual_town

from tui_inbox.ui import keys
from tui_inbox.ui.keymap import own_keys
from tui_inbox.ui.screens.page import Page
from tui_inbox.ui.services import Look
from tui_inbox.ui.tour import END, STEPS, Progress
from tui_inbox.ui.widgets.tour_strip import _KEY, TourStrip


def strip(stage: Stage) -> TourStrip:
    """The strip of the tour that is on."""
    assert stage.app.tour is not None
    return stage.app.tour


def test_a_tour_has_five_steps_and_an_end() -> None:
    progress, seen = Progress(), []
    while progress.to_do is not None:
        seen.append((progress.step, progress.part))
        progress = progress.done()
    assert len({step for step, _ in seen}) == 5
    assert len(seen) == sum(len(step.parts) for step in STEPS)
    assert progress.skipped() == progress


def test_back_goes_to_the_beginning_of_a_step_and_then_to_the_step_before() -> None:
    assert Progress(2, 3).back() == Progress(2)
    assert Progress(2).back() == Progress(1)
    assert Progress().back() == Progress()
    assert Progress(len(STEPS)).back() == Progress(len(STEPS) - 1)


def test_the_words_name_keys_that_there_are() -> None:
    words = [END, *(part.words for step in STEPS for part in step.parts)]
    for id_ in (id_ for sentence in words for id_ in _KEY.findall(sentence)):
        assert keys.key_named(id_)
    for part in (part for step in STEPS for part in step.parts):
        assert all(keys.key_named(id_) for id_ in part.ids)


async def test_a_step_is_done_when_its_key_has_led_there(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, size=(80, 24), tour=True) as stage:
        await stage.until(lambda: stage.app.tour is not None)
        await stage.settle()
        assert "Tour, 1 of 5: who waits" in stage.text
        assert "3 wait" in stage.app.title
        await stage.press("j")
        assert "1 of 5" in stage.text
        await stage.press("n")
        await stage.until(lambda: "2 of 5: why" in stage.text)
        assert isinstance(stage.app.here, Page)
        await stage.press("ctrl+n")
        assert "3 of 5: answer" in stage.text
        await stage.press("r")
        await stage.until(lambda: "ctrl+s sends them" in stage.text)
        await stage.press("ctrl+r")
        assert "Press r to answer" in stage.text, "keys of the tour work where one writes"
        await stage.press("ctrl+l")
        assert "Tour" not in stage.text


async def test_it_is_skipped_step_by_step_to_its_end_and_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(80, 24), tour=True) as stage:
        await stage.until(lambda: stage.app.tour is not None)
        await stage.press(*["ctrl+n"] * 5)
        assert "The tour is over" in stage.text
        await stage.press("ctrl+n")
        assert stage.app.tour is None
        await stage.press("ctrl+n")
        assert "No tour is on" in stage.text


async def test_it_shows_the_keys_in_force_and_asks_for_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    look = Look(keymap=tuple(own_keys({"next.needs": "ctrl+y", "tour.end": "f9"}).items()))
    async with on_stage(monkeypatch, size=(80, 24), look=look, tour=True) as stage:
        await stage.until(lambda: stage.app.tour is not None)
        await stage.settle()
        assert "Press ctrl+y: it goes to the next person" in stage.text
        stage.app.take_keys({"tour.end": "f9"})
        await stage.settle()
        assert "Press n: it goes to the next person" in stage.text
        await stage.pilot.resize_terminal(40, 20)
        await stage.settle()
        assert "The tour needs more room" in stage.text
        await stage.press("f9")
        assert stage.app.tour is None


async def test_it_covers_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, size=(80, 24)) as stage:
        stage.app.act("tour.begin")
        await stage.settle()
        region = strip(stage).region
        assert region.height in (2, 3)
        assert stage.app.main.body.region.bottom <= region.y


async def test_outside_of_the_demo_town_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.accounts = (replace(town.accounts[0], network="mastodon"),)
    async with on_stage(monkeypatch, town) as stage:
        stage.app.act("tour.begin")
        await stage.settle()
        assert "tui-inbox demo --tour" in stage.text
        assert stage.app.tour is None
