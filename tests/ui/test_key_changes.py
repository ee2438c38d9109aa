"""Changing keys by hand: what is pressed holds at once, what it did is named first, and the settings know."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

import pytest
from textual.events import Key
from ui.stage import Stage, on_stage

from tui_inbox.commands import own_keys
from tui_inbox.ui.screens.help import HelpPage
from tui_inbox.ui.services import Look
from tui_inbox.ui.widgets import RowList


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The table `[keys]`, in memory."""
    held: dict[str, str] = {}

    def done(answer: Mapping[str, str]) -> Future[Mapping[str, str]]:
        future: Future[Mapping[str, str]] = Future()
        future.set_result(dict(answer))
        return future

    def change(ctx: Any, changes: Mapping[str, str | None], what: str) -> Future[Mapping[str, str]]:
        for id_, keys in changes.items():
            held.pop(id_, None)
            if keys is not None:
                held[id_] = keys
        return done(held)

    monkeypatch.setattr(own_keys, "change", change)
    monkeypatch.setattr(own_keys, "read", lambda ctx: done(held))
    return held


def key_table(stage: Stage) -> RowList[Any]:
    """The rows of the help page."""
    assert isinstance(stage.app.here, HelpPage)
    assert stage.app.here.rows is not None
    return stage.app.here.rows


async def choose(stage: Stage, id_: str) -> None:
    """Go to a key on the help page."""
    assert key_table(stage).select_key(id_)


async def test_the_next_key_does_it_from_now_on(
    monkeypatch: pytest.MonkeyPatch, lines: dict[str, str]
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("question_mark")
        await choose(stage, "item.done")
        await stage.press("enter")
        assert "Press the new key for “off my plate”; now it is e." in stage.text
        assert "esc leaves" in stage.lines()[-1]
        await stage.press("ctrl+e")
        await stage.press("q")
        assert lines == {}  # ctrl+e moves by a line here, so it asks first
        await stage.press("escape", "enter", "K")
        assert lines == {"item.done": "K"}
        assert "Now K for “done”; it stands in the settings, u takes it back." in stage.text
        await stage.press("q", "e")
        assert stage.called("items.done") == []
        assert "K done" in stage.lines()[-1]
        await stage.press("K")
        assert len(stage.called("items.done")) == 1


async def test_a_key_that_comes_right_behind_the_question_answers_it(
    monkeypatch: pytest.MonkeyPatch, lines: dict[str, str]
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("question_mark")
        await choose(stage, "item.done")
        for key in ("enter", "K", "slash", "p", "l"):
            stage.app.post_message(Key(key, key if len(key) == 1 else None))
        await stage.until(lambda: lines == {"item.done": "K"})
        await stage.until(lambda: "keys with the word" in stage.text)
        assert isinstance(stage.app.here, HelpPage)


async def test_a_clash_is_named_and_the_two_can_be_swapped(
    monkeypatch: pytest.MonkeyPatch, lines: dict[str, str]
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("question_mark")
        await choose(stage, "item.done")
        await stage.press("enter", "r")
        assert "r is “reply”   1 (x) swap: “reply” gets e" in stage.text
        assert "take it: “reply” is left without a key" in stage.text
        await stage.press("enter")
        assert lines == {"item.done": "r", "item.reply": "e"}
        await stage.press("q", "r")
        assert len(stage.called("items.done")) == 1


async def test_the_usual_key_comes_back_and_takes_the_other_one_along(
    monkeypatch: pytest.MonkeyPatch, lines: dict[str, str]
) -> None:
    lines |= {"item.done": "r", "item.reply": "e", "zoom": "K"}
    async with on_stage(monkeypatch) as stage:
        stage.app.take_keys(lines)
        await stage.press("question_mark")
        await choose(stage, "item.done")
        await stage.press("d")
        assert "The usual key of “done” is “reply” now" in stage.text
        await stage.press("1", "enter")
        assert lines == {"zoom": "K"}
        await choose(stage, "item.boost")
        await stage.press("d")
        assert "It has its usual key." in stage.text


async def test_escape_leaves_every_key_as_it_was(
    monkeypatch: pytest.MonkeyPatch, lines: dict[str, str]
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("question_mark")
        await choose(stage, "item.done")
        await stage.press("enter", "escape")
        assert "No key was changed." in stage.text
        await stage.press("enter", "r", "escape")
        assert lines == {}
        assert isinstance(stage.app.here, HelpPage)


async def test_a_preset_holds_at_once_and_what_shows_keys_follows(
    monkeypatch: pytest.MonkeyPatch, lines: dict[str, str]
) -> None:
    lines |= {"item.copy_text": "Y"}
    async with on_stage(monkeypatch) as stage:
        stage.app.act("keys.preset")
        await stage.settle()
        await stage.press("2", "enter")
        assert lines["preset"] == "vim"
        assert "Z later" in stage.lines()[-1]
        assert "Your line item.copy_text is left out: Y would do" in stage.text
        await stage.press("question_mark")
        assert "Keys of this place · vim" in stage.text
        await stage.press("q", "Z")
        await stage.until(lambda: "when they post" in stage.text)


async def test_keys_can_be_looked_for_on_the_page(
    monkeypatch: pytest.MonkeyPatch, lines: dict[str, str]
) -> None:
    async with on_stage(monkeypatch, look=Look(keymap=(("item.done", "D"),))) as stage:
        await stage.press("question_mark", "slash", *"plate", "enter")
        assert [row.key for row in key_table(stage).rows if row.selectable] == ["item.done"]
        assert "with “plate”" in stage.text
        stage.wait(1)
        await stage.press("slash", *"xyz", "enter")
        assert "No key has “platexyz”" in stage.text


async def test_the_composer_shows_its_keys_over_what_is_written_and_the_palette_finds_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("r", *"hello", "f1")
        assert "Keys of the composer" in stage.text
        assert "ctrl+o a" in stage.text
        assert "Inbox · 3 wait for you" in stage.text  # never covered
        await stage.press("x")
        assert stage.app.composer.is_open
        assert "hello" in stage.text
        await stage.press("ctrl+p")
        await stage.until(lambda: "whom of the conversation it names" in stage.text)


async def test_where_keys_were_left_out_it_is_said_first_of_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, first_words="Settings file, line 3: left out.") as stage:
        assert "Settings file, line 3: left out." in stage.text
