"""The owner changes the settings while the screen is open."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.app import App
from textual.color import Color
from ui.stage import Stage, on_stage

from tui_inbox.core.bubbles import Wishes
from tui_inbox.ui import settings_news
from tui_inbox.ui.acts import settings as settings_acts
from tui_inbox.ui.bubbles import Bubbles
from tui_inbox.ui.colours import DARK, LIGHT
from tui_inbox.ui.screens.compose_head import ComposeHead
from tui_inbox.ui.services import Look, Services, Taken


@dataclass
class OwnFile:
    """A settings file that is changed by the test."""

    taken: list[Taken] = field(default_factory=list)
    path: Path = Path("settings.toml")

    def has_changed(self) -> bool:
        return bool(self.taken)

    def begun(self) -> Path:
        return self.path

    def take(self) -> Taken:
        return self.taken.pop()


async def changed(stage: Stage, services: Services, sentence: str = "Read again.") -> None:
    """The file changes, and the screen has looked at it."""
    file = OwnFile([Taken(sentence, services)])
    every: list[object] = []
    news = settings_news.SettingsNews(stage.app, file, lambda _, look: every.append(look))
    assert every == [news.look]
    news.look()
    news.look()  # while it is read, nobody reads it again
    await stage.until(lambda: sentence in stage.text)
    await stage.settle()


async def test_another_look_and_other_keys_hold_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, look=Look(theme="inbox-dark")) as stage:
        before = stage.app.services
        assert "●" in stage.text
        assert "e done" in stage.lines()[-1]
        rows = len([line for line in stage.lines() if line.startswith((" ●", "▌●"))])
        look = Look(
            theme="inbox-light",
            dense=True,
            plain=True,
            keymap=(("item.done", "D"), ("later.post", "w")),
        )
        await changed(stage, replace(before, look=look))
        assert stage.app.theme == "inbox-light"
        assert "●" not in stage.text
        assert len([line for line in stage.lines() if line[1:2] == "*"]) >= rows
        assert "D done" in stage.lines()[-1]
        await stage.press("D")
        assert len(stage.called("items.done")) == 1
        await stage.press("z", "w")
        assert stage.called("items.later")[0].args[1].on_post
        await changed(stage, before, "As before.")
        assert "●" in stage.text
        assert "e done" in stage.lines()[-1]
        await stage.press("e")
        assert len(stage.called("items.done")) == 2


async def test_what_is_being_written_takes_the_new_colours_and_a_question_survives_another_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(80, 24)) as stage:
        await stage.press("enter", "r")
        head = stage.app.composer.query_one(ComposeHead)
        assert head.styles.background == Color.parse(DARK.accounts[1])
        await changed(stage, replace(stage.app.services, look=Look(theme=LIGHT.name)))
        assert head.styles.background == Color.parse(LIGHT.accounts[1])
        await stage.press("escape", "i", "h", "a", "t")
        await stage.pilot.resize_terminal(110, 32)
        await stage.settle()
        assert "note on quillfox hat" in " ".join(stage.lines()[-2].split())


async def test_an_open_page_shows_the_new_keys_and_a_tried_theme_gives_way_to_the_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("question_mark")
        look = stage.app.services.look
        lines = (("item.done", "K"),)
        await changed(stage, replace(stage.app.services, look=replace(look, keymap=lines)))
        assert "K  " in next(line for line in stage.lines() if "off my plate" in line)
        await stage.press("q")
        stage.app.act("look.theme")
        await stage.until(lambda: "tokyo-night" in stage.text)
        look = replace(stage.app.services.look, theme="inbox-light")
        await changed(stage, replace(stage.app.services, look=look), "Another theme.")
        await stage.press("escape")
        await stage.settle()
        assert stage.app.services.look.theme == "inbox-light"
        look = replace(look, theme="nrod")
        await changed(
            stage, replace(stage.app.services, look=look), "There is no theme called nrod"
        )


async def test_the_file_is_opened_from_the_palette(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    edited: list[tuple[Path, int]] = []
    monkeypatch.setattr(settings_acts, "edit_file", lambda path, line: edited.append((path, line)))
    monkeypatch.setattr(App, "suspend", lambda app: nullcontext())
    async with on_stage(monkeypatch) as stage:
        stage.app.act("settings.edit")
        await stage.until(lambda: settings_acts.NO_FILE in stage.text)
        own = OwnFile(path=tmp_path / "settings.toml")
        stage.app.take(replace(stage.app.services, settings=own))
        await stage.press("colon", *"settings", "enter")
        await stage.until(lambda: edited == [(own.path, 1)])


async def test_other_notifications_hold_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, bubbles=Wishes(way="osc9")) as stage:
        shown = stage.app._bubbles
        assert isinstance(shown, Bubbles)
        assert shown.way == "osc9"
        await changed(stage, replace(stage.app.services, bubbles=lambda: Wishes(way="none")))
        assert shown.way == "none"
        assert "Notifications are off" in shown.try_it()


async def test_a_mistake_is_said_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        before = stage.app.services
        news = settings_news.SettingsNews(
            stage.app, OwnFile([Taken("The old settings stay: line 2.")]), lambda *_: None
        )
        news.look()
        await stage.until(lambda: "The old settings stay: line 2." in stage.text)
        assert stage.app.services is before
