"""What the settings file says of notifications, of floods and of the mix."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_inbox.core.bubbles import About, Quiet
from tui_inbox.program import bubble_wishes
from tui_inbox.settings import NotificationSettings
from tui_inbox.settings_lines import lines_of
from tui_inbox.settings_reading import SettingsError, load_settings


def written(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, "utf-8")
    return path


def test_by_default_only_talk_and_marked_searches_are_told_and_no_sound_is_made() -> None:
    wishes = bubble_wishes(NotificationSettings())
    assert wishes.rules.about == {About.TALK}
    assert wishes.rules.searches == "marked"
    assert not wishes.bell
    assert not wishes.rules.always
    assert not wishes.rules.groups
    assert wishes.rules.quiet == Quiet()


def test_what_is_written_holds(tmp_path: Path) -> None:
    settings = load_settings(
        written(
            tmp_path,
            "[notifications]\ntalk = false\nstrangers = true\nquiet = '22:30-07:00'\n"
            "groups = ['Choir']\naccounts = ['@mira@town.example', 'AC']\ntext = 'none'\nbell = true\n"
            "[timeline]\nfold_floods = false\n"
            "[mix]\nshow = true\ntarget = { broadcast = 30, chat = 50, engage = 20 }\n",
        )
    )
    wishes = bubble_wishes(settings.notifications)
    assert wishes.rules.about == {About.STRANGER}
    assert wishes.rules.quiet == Quiet(22 * 60 + 30, 7 * 60)
    assert wishes.rules.groups == ("choir",)
    assert wishes.rules.accounts == ("mira@town.example", "ac")
    assert wishes.bell
    assert not wishes.rules.texts
    assert not settings.timeline.fold_floods
    assert settings.mix.target.chat == 50
    assert "target = { broadcast = 30, chat = 50, engage = 20 }" in list(lines_of(settings))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "quiet = 'at night'",
            "line 2, key notifications.quiet: this must be empty, or as 22:00-07:00",
        ),
        ("quiet = '25:00-07:00'", "this must be empty, or as 22:00-07:00"),
        ("way = 'pigeon'", "this must be one of auto, osc9"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(SettingsError) as told:
        load_settings(written(tmp_path, f"[notifications]\n{line}\n"))
    assert said in str(told.value)


def test_a_share_is_a_percentage(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as told:
        load_settings(written(tmp_path, "[mix]\ntarget = { chat = 101 }\n"))
    assert "key mix.target.chat: this must be from 0 to 100" in str(told.value)
