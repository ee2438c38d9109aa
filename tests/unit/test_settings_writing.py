"""One setting written into a file that is the owner's: everything else in it stays as it was."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tui_inbox.core.not_kept import NotKept
from tui_inbox.settings_reading import load_settings
from tui_inbox.settings_writing import with_setting, write_setting

MINE = """\
# mine
[look]
# at night
theme = "nord"  # blue

[[rules]]
tag = "#acorn"
points = 0.5
"""


def test_a_value_is_changed_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(MINE)
    write_setting(path, "look", "theme", "dracula")
    assert path.read_text() == MINE.replace('"nord"', '"dracula"')
    assert load_settings(path).look.theme == "dracula"


def test_where_there_is_no_file_one_is_made_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.toml"
    write_setting(path, "look", "density", "dense")
    assert load_settings(path).look.density == "dense"
    assert path.stat().st_mode & 0o077 == 0


def test_what_stands_there_already_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(MINE)
    before = path.stat().st_ino
    write_setting(path, "look", "theme", "nord")
    assert path.stat().st_ino == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        MINE,
        'look = { theme = "nord" }\n',
        'look.theme = "nord"\n[timeline]\nfold_floods = true\n',
        "[timeline]\r\nfold_floods = true\r\n",
        "[look]",
        '[[rules]]\ntag = "#a"\npoints = 1.0',
    ],
)
def test_in_whatever_manner_the_file_is_written_only_the_one_setting_changes(text: str) -> None:
    before = tomllib.loads(text)
    after = tomllib.loads(with_setting(text, "look", "reduced_motion", True))
    assert after.pop("look") == {**before.pop("look", {}), "reduced_motion": True}
    assert after == before


@pytest.mark.parametrize("text", ["[look", 'look = "dark"\n', "[[look]]\n"])
def test_a_file_with_a_mistake_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    with pytest.raises(NotKept, match="It holds until the end"):
        write_setting(path, "look", "theme", "nord")
    assert path.read_text() == text


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "no-folder").write_text("")
    with pytest.raises(NotKept, match="cannot be written"):
        write_setting(tmp_path / "no-folder" / "settings.toml", "look", "theme", "nord")
