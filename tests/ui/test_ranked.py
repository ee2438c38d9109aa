"""Ranked panes in use: what comes back, what is unfolded, and what a heading says to keys."""

from __future__ import annotations

import pytest
from ui.stage import Stage, on_stage

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import Lane


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
        await stage.press("enter")
        on_screen = [row.key for row, _ in rows.rows_on_screen()]
        assert on_screen[on_screen.index("lane:STRANGERS") + 1 :][:2] == ["6", "7"]
        assert stage.text.count("deal rocket 77") >= 2


async def test_the_front_door_selects_the_first_stranger(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, size=(80, 24)) as stage:
        await stage.press("g", "f")
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
        assert "That is a heading; Enter unfolds it." in stage.text
        await stage.press("enter", key)
        assert "That is a heading; j goes to what stands below it." in stage.text


async def test_a_hole_says_what_to_do_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("2")
        stage.app.main.timeline.rows.select_key("gap:7")
        await stage.press("f")
        assert "That is a hole; Enter fills it." in stage.text
