"""A settings file of one's own: begun with everything explained, and changed setting by setting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tui_inbox.settings import Settings
from tui_inbox.settings_change import (
    NoSuchSetting,
    keys,
    place_of,
    value_in,
    value_meant,
    with_value,
    without,
)
from tui_inbox.settings_lines import as_toml
from tui_inbox.settings_origin import lines_by_setting
from tui_inbox.settings_reading import SettingsError, read_settings
from tui_inbox.settings_template import explained

PATH = Path("settings.toml")
OWNERS = '# mine\n[look]\ntheme = "inbox-light"   # the sun\n\n[keys]\nitem.done = "D"\n'


def test_a_new_file_sets_nothing_and_names_every_setting_with_what_holds_without_it() -> None:
    text = explained()
    assert read_settings(PATH, text) == Settings()
    assert lines_by_setting(text) == {}
    named = re.sub(r"^# (?=[a-z_]+ = |\]|    [\"'])", "", text, flags=re.MULTILINE)
    assert read_settings(PATH, named) == Settings()
    assert set(keys()) == lines_by_setting(named).keys()
    assert max(map(len, text.splitlines())) < 120


@pytest.mark.parametrize("key", list(keys()))
@pytest.mark.parametrize("text", ["", explained()], ids=["no file", "a new file"])
def test_each_setting_can_be_set_and_taken_out_again(key: str, text: str) -> None:
    place = place_of(key)
    value = value_meant(place, [as_toml(value_in(Settings(), place))])
    changed = with_value(PATH, text, place, value)
    assert lines_by_setting(changed).keys() == {key}
    assert read_settings(PATH, changed) == Settings()
    assert lines_by_setting(without(PATH, changed, place)) == {}


def test_what_is_set_stands_below_the_line_that_explains_it() -> None:
    changed = with_value(PATH, explained(), place_of("look.theme"), "inbox-16")
    assert '# theme = "inbox-dark"\ntheme = "inbox-16"\n' in changed
    changed = with_value(PATH, explained(), place_of("keys.item.done"), "D")
    assert '"item.done" = "D ctrl+e"\n"item.done" = "D"\n' in changed


@pytest.mark.parametrize(
    ("key", "words", "value"),
    [
        ("look.theme", ["inbox-16"], "inbox-16"),
        ("sending.hold_seconds", ["20"], 20),
        ("reading.languages", ["en", "de"], ["en", "de"]),
        ("reading.languages", ['["en"]'], ["en"]),
        ("keys.item.done", ["D", "ctrl+e"], "D ctrl+e"),
        ("notifications.quiet", ["22:00-07:00"], "22:00-07:00"),
        ("mix.show", ["true"], True),
    ],
)
def test_a_value_is_said_as_it_is_meant(key: str, words: list[str], value: object) -> None:
    assert value_meant(place_of(key), words) == value


def test_comments_and_the_manner_of_writing_stay() -> None:
    changed = with_value(PATH, OWNERS, place_of("look.theme"), "inbox-16")
    assert changed == OWNERS.replace("inbox-light", "inbox-16")
    assert without(PATH, changed, place_of("look.theme")).startswith("# mine\n[look]\n")


def test_what_cannot_be_changed_in_its_manner_is_left_alone() -> None:
    for key in ("keys.item.done",):
        with pytest.raises(NoSuchSetting, match="config edit opens the file"):
            without(PATH, OWNERS, place_of(key))


@pytest.mark.parametrize(
    ("key", "said"),
    [("look.thme", "is look.theme meant"), ("rules", "rules add"), ("keys", "no setting")],
)
def test_a_setting_that_is_none_is_named_with_what_was_meant(key: str, said: str) -> None:
    with pytest.raises(NoSuchSetting, match=said):
        place_of(key)


def test_a_value_that_does_not_fit_and_a_file_that_is_broken_are_named() -> None:
    with pytest.raises(SettingsError, match="one of normal, dense"):
        with_value(PATH, "", place_of("look.density"), "purple")
    with pytest.raises(SettingsError, match="not valid TOML"):
        with_value(PATH, "[look\n", place_of("look.theme"), "inbox-16")
