"""Ranked panes in use: what comes back, what is unfolded, and what a heading says to keys."""

from __future__ import annotations

from concurrent.futures import Future

import pytest
from msgspec.structs import replace
from ui.stage import Stage, on_stage
from ui.town import usual_town

from tui_inbox.commands.context import Outcome
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import Lane
from tui_inbox.queries.rows import GapRow


def inbox_keys(stage: Stage) -> list[str]:
    """Keys of the conversations in the first lane."""
    keys = [row.key for row in stage.app.main.inbox.rows.rows]
    return keys[1 : keys.index("lane:NEWCOMERS")]


async def test_undo_brings_a_conversation_back_to_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("j")
        talk = stage.town.lanes[Lane.TALK]
        taken = talk.pop(1)
        await stage.tell(Change(Topic.INBOX, 1))
        assert inbox_keys(stage) == ["1", "3"]
        talk.append(taken)
        stage.wait(1)
        await stage.tell(Change(Topic.INBOX, 1))
        assert inbox_keys(stage) == ["1", "2", "3"]


def undone(monkeypatch: pytest.MonkeyPatch, outcome: Outcome) -> None:
    """Let the next undo answer so; the store tells of it when the test does."""
    answer: Future[Outcome] = Future()
    answer.set_result(outcome)
    monkeypatch.setattr("tui_inbox.commands.undo.undo", lambda ctx: answer)


async def test_undo_selects_the_conversation_that_comes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        talk, rows = stage.town.lanes[Lane.TALK], stage.app.main.inbox.rows
        taken = talk.pop(0)
        await stage.tell(Change(Topic.INBOX, 1))
        await stage.press("j")
        undone(monkeypatch, Outcome("undone: later for quillfox", 9, item=1))
        await stage.press("u")
        assert "undone: later for quillfox" in stage.text
        assert rows.selected is not None
        assert rows.selected.key != "1"
        talk.insert(0, taken)
        stage.wait(1)
        await stage.tell(Change(Topic.INBOX, 1))
        assert rows.selected is not None
        assert rows.selected.key == "1"
        assert "●  5h ac quillfox asks" in stage.text, "it comes back as it was"


async def test_what_comes_back_too_late_takes_the_hand_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        talk, rows = stage.town.lanes[Lane.TALK], stage.app.main.inbox.rows
        taken = talk.pop(0)
        await stage.tell(Change(Topic.INBOX, 1))
        undone(monkeypatch, Outcome("undone: later for quillfox", 9, item=1))
        await stage.press("u")
        stage.wait(3)
        talk.insert(0, taken)
        await stage.tell(Change(Topic.INBOX, 1))
        assert rows.selected is not None
        assert rows.selected.key == "2"


async def test_undo_selects_the_hit_that_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        first = stage.town.searches[0]
        hit = first.hits[1]
        undone(monkeypatch, Outcome("undone: done with a hit", 9, hit=(1, hit.post.id)))
        await stage.press("u")
        selected = stage.app.main.searches.rows.selected
        assert selected is not None
        assert selected.data == hit


async def test_unfolding_the_last_line_of_the_screen_shows_what_is_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(80, 18)) as stage:
        rows = stage.app.main.inbox.rows
        rows.select_key("lane:STRANGERS")
        while rows.rows_on_screen()[-1][0].key != "lane:STRANGERS":
            rows.scroll_lines(-1)
        assert rows.selected is not None
        assert rows.selected.key == "lane:STRANGERS"
        await stage.press("l")
        on_screen = [row.key for row, _ in rows.rows_on_screen()]
        assert on_screen[on_screen.index("lane:STRANGERS") + 1 :][:2] == ["6", "7"]
        assert stage.text.count("deal rocket 77") >= 2


async def test_strangers_can_be_dealt_with_in_the_inbox_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(80, 24)) as stage:
        stage.app.main.inbox.rows.select_key("lane:STRANGERS")
        await stage.press("l", "j")
        selected = stage.app.main.inbox.rows.selected
        assert selected is not None
        assert selected.key == "6"
        await stage.press("exclamation_mark")
        assert stage.called("items.junk")[0].args == (6,)
        await stage.press("h")
        selected = stage.app.main.inbox.rows.selected
        assert selected is not None
        assert selected.key == "lane:STRANGERS"
        assert "deal rocket 77" not in stage.text


@pytest.mark.parametrize("key", ["x", "exclamation_mark", "a", "t", "w", "e", "r", "p"])
async def test_a_heading_says_what_to_do_with_it(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.app.main.inbox.rows.select_key("lane:STRANGERS")
        await stage.press(key)
        assert "That is a heading; Enter opens the door, l unfolds it." in stage.text
        await stage.press("l", key)
        assert "That is a heading; j goes to what stands below it." in stage.text


async def test_a_hole_says_what_to_do_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("2")
        stage.app.main.timeline.rows.select_key("gap:7")
        await stage.press("f")
        assert "That is a hole; Enter fills it." in stage.text


async def test_a_hole_the_server_has_forgotten_says_so_and_nothing_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    gap = town.timeline[-1]
    assert isinstance(gap, GapRow)
    town.timeline[-1] = replace(gap, lost=True)
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2")
        stage.app.main.timeline.rows.select_key("gap:7")
        await stage.settle()
        assert "Enter fills it" not in stage.text
        for key in ("enter", "f"):
            await stage.press(key)
            assert stage.text.count("The server no longer keeps what was here.") == 1
        assert ("gap", 7) not in stage.fetcher.asked
