"""How the screen looks, changed while it is open: everything follows, and what is chosen is kept."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.events import Key
from ui.stage import Stage, on_stage
from ui.town import CAT, entry, post, usual_town

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.not_kept import NotKept
from tui_inbox.ui.colours import DARK, LIGHT
from tui_inbox.ui.render.glyphs import glyphs
from tui_inbox.ui.render.legend import meanings
from tui_inbox.ui.screens.compose_head import ComposeHead
from tui_inbox.ui.screens.theme_list import ThemesPage
from tui_inbox.ui.services import Look
from tui_inbox.ui.terminal import events_of
from tui_inbox.ui.themes import Themes


class Kept(dict[str, str | bool]):
    """What was written into the settings file."""

    def keep(self, key: str, value: str | bool) -> None:
        """As the composition root writes it."""
        self[key] = value

    def says(self, key: str, value: str | bool) -> bool:
        """Whether that was the last that was written of a setting."""
        return self.get(key) == value


def keep_in(stage: Stage, folder: Path | None = None) -> Kept:
    """Give the screen a settings file, and a folder of themes."""
    kept = Kept()
    app = stage.app
    app.services = replace(app.services, keep_look=kept.keep)
    if folder is not None:
        app.themes = Themes(folder)
    return kept


def ground_of(stage: Stage) -> str:
    """The colour behind the header line, as it is drawn."""
    return stage.app.screen.styles.background.hex.lower()


async def rest_on(stage: Stage, name: str) -> None:
    """Come to rest on a theme of the list."""
    page = stage.app.here
    assert isinstance(page, ThemesPage)
    page.rows.select_key(name)
    await stage.until(lambda: stage.app.services.look.theme == name)
    await stage.settle()


async def test_another_theme_draws_everything_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("r")
        head = stage.app.screen.query_one(ComposeHead)
        before = stage.app.palette, head.styles.background
        stage.app.look_changed(Look(theme=LIGHT.name))
        await stage.settle()
        assert stage.app.palette != before[0]
        assert head.styles.background != before[1]
        assert ground_of(stage) == LIGHT.ground
        assert "quillfox asks" in stage.text


async def test_a_theme_is_seen_while_it_is_selected_and_kept_by_enter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        kept = keep_in(stage)
        stage.app.act("look.theme")
        await stage.until(lambda: "tokyo-night" in stage.text)
        assert "inbox-dark · dark · kept" in stage.text
        await rest_on(stage, "inbox-light")
        assert ground_of(stage) == LIGHT.ground
        assert "somebody you talk with asks" in stage.text
        assert kept == {}
        await stage.press("enter")
        await stage.until(lambda: "Kept in the settings file." in stage.text)
        assert kept == {"theme": "inbox-light"}
        assert ground_of(stage) == LIGHT.ground
        assert not isinstance(stage.app.here, ThemesPage)


async def test_going_back_brings_the_old_theme_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        kept = keep_in(stage)
        stage.app.act("look.theme")
        await stage.until(lambda: "tokyo-night" in stage.text)
        await rest_on(stage, "nord")
        assert ground_of(stage) == "#2e3440"
        await stage.press("escape")
        await stage.settle()
        assert ground_of(stage) == DARK.ground
        assert kept == {}


async def test_a_theme_of_the_owner_stands_in_the_list_with_its_mistakes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "harbour.toml").write_text('ground = "#0f1a20"\ntext = "#c8d2d6"\n')
    (tmp_path / "broken.toml").write_text('ground = "#0f1a20"\n')
    async with on_stage(monkeypatch) as stage:
        kept = keep_in(stage, tmp_path)
        stage.app.act("look.theme")
        await stage.until(lambda: "tokyo-night" in stage.text)
        assert "harbour · yours · dark" in stage.text
        assert "key text: it is missing" in " ".join(stage.text.split())
        await rest_on(stage, "harbour")
        assert ground_of(stage) == "#0f1a20"
        (tmp_path / "harbour.toml").write_text('ground = "#200f1a"\ntext = "#c8d2d6"\n')
        stage.app.look_changed(replace(stage.app.services.look, theme="harbour", plain=True))
        await stage.settle()
        assert ground_of(stage) == "#200f1a"
        page = stage.app.here
        assert isinstance(page, ThemesPage)
        page.rows.select_key("broken")
        await stage.press("enter")
        assert "cannot be put on; nothing was changed" in stage.text
        assert kept == {}


async def test_a_theme_that_nobody_has_is_told_and_the_screen_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, look=Look(theme="nrod")) as stage:
        await stage.until(lambda: "There is no theme called nrod; inbox-dark is on." in stage.text)
        assert ground_of(stage) == DARK.ground


async def test_what_cannot_be_kept_holds_until_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(key: str, value: str | bool) -> None:
        raise NotKept("It holds until the end: the settings file cannot be written (no space).")

    async with on_stage(monkeypatch) as stage:
        stage.app.services = replace(stage.app.services, keep_look=refuse)
        stage.app.act("look.density")
        await stage.until(lambda: "Density dense. It holds until the end" in stage.text)
        assert stage.app.services.look.dense


@pytest.mark.parametrize(
    ("id_", "key", "values"),
    [
        ("look.density", "density", ["dense", "normal"]),
        ("look.plain", "plain_glyphs", [True, False]),
        ("look.emoji", "emoji", ["words", "none", "pictures"]),
        ("look.motion", "reduced_motion", [True, False]),
    ],
)
async def test_each_switch_turns_and_is_kept(
    monkeypatch: pytest.MonkeyPatch, id_: str, key: str, values: list[str | bool]
) -> None:
    async with on_stage(monkeypatch) as stage:
        kept = keep_in(stage)
        before = stage.app.services.look
        for value in values:
            stage.app.act(id_)
            await stage.until(partial(kept.says, key, value))
        await stage.settle()
        assert stage.app.services.look == before


async def test_dense_is_dense_in_every_pane(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        keep_in(stage)
        stage.app.act("look.density")
        await stage.settle()
        for pane in stage.app.main.panes[:4]:
            rows = pane.rows
            assert rows is not None
            lines = [rows.render_line(y).text.strip() for y in range(rows.size.height)]
            shown = "\n".join(lines).rstrip()
            assert shown
            assert "\n\n" not in shown, type(pane).__name__


async def test_marks_and_rules_are_plain_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        keep_in(stage)
        assert "●" in stage.text
        stage.app.act("look.plain")
        await stage.settle()
        for sign in "●○◆▌▏─┄":
            assert sign not in stage.text, sign


async def test_with_reduced_motion_the_head_is_not_followed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, usual_town(), look=Look(still=True)) as stage:
        await stage.press("2")
        stage.wait(60)
        newest = entry(post(901, CAT, 0, "A door opened by itself."), 901)
        stage.town.timeline.insert(0, newest)
        await stage.tell(Change(Topic.FEED, 1))
        await stage.settle()
        assert "A door opened by itself." not in stage.text
        assert "1 new above" in stage.text
        await stage.press("full_stop")
        assert "A door opened by itself." in stage.text


def test_keys_that_were_pressed_before_there_was_a_screen_are_keys() -> None:
    found = [event.key for event in events_of("j\x1b[Bn") if isinstance(event, Key)]
    assert found == ["j", "down", "n"]
    assert list(events_of("")) == []


@pytest.mark.parametrize("plain", [False, True])
def test_every_mark_is_told_in_words(plain: bool) -> None:
    signs = glyphs(plain)
    told = dict(meanings(signs))
    for mark in (signs.new, signs.open, signs.partner, signs.bar, signs.thin, signs.gap):
        assert len(told[mark].split()) > 2


async def test_the_page_of_keys_ends_with_what_the_marks_mean(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("question_mark", "G")
        assert "● " in stage.text
        assert "looked at, and still yours" in stage.text
