"""The owner's keys in the settings file: what is written is theirs, everything else stays as it was."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tui_inbox import file_text
from tui_inbox.core.own_keys import KeysNotChanged
from tui_inbox.key_file import KeyLines

OWNERS = """\
# how I like it
[look]
density = "dense"   # small screen

[keys]
# mutt taught me this
"item.done" = "D"   # not e
item.later = "K"

[[rules]]
tag = "#acorn"
points = 1
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The settings file of somebody."""
    path = tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    path.write_text(OWNERS)
    return path


def test_a_line_more_stands_among_the_others_and_comments_stay(path: Path) -> None:
    told = KeyLines(path).change({"item.reply": "a", "item.done": "X"})
    assert told == {"item.done": "X", "item.later": "K", "item.reply": "a"}
    text = path.read_text()
    assert text == OWNERS.replace('"D"   # not e', '"X"   # not e').replace(
        'item.later = "K"\n', 'item.later = "K"\n"item.reply" = "a"\n'
    )


def test_a_line_is_taken_out_however_it_was_written(path: Path) -> None:
    assert KeyLines(path).change({"item.later": None}) == {"item.done": "D"}
    assert KeyLines(path).change({"item.done": None}) == {}
    assert "# mutt taught me this" in path.read_text()
    assert "#acorn" in path.read_text()


def test_the_table_is_made_where_there_is_none_and_the_file_is_for_its_owner_only(
    tmp_path: Path,
) -> None:
    path = tmp_path / "new" / "settings.toml"
    assert KeyLines(path).read() == {}
    assert KeyLines(path).change({"preset": "vim"}) == {"preset": "vim"}
    assert path.read_text() == '[keys]\npreset = "vim"\n'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_holds_already_is_not_written_again(path: Path) -> None:
    before = path.stat()
    KeyLines(path).change({"item.done": "D", "item.reply": None})
    assert path.stat() == before


def test_the_demos_lines_stand_above_the_owners(path: Path, tmp_path: Path) -> None:
    file = KeyLines(tmp_path / "demo-settings.toml", path)
    assert file.change({"item.done": "X"}) == {"item.done": "X", "item.later": "K"}
    assert file.lines() == {"item.done": "X"}
    assert path.read_text() == OWNERS


def test_a_file_with_a_mistake_is_left_alone_and_the_mistake_is_named(path: Path) -> None:
    path.write_text("[look]\ndensty = 1\n")
    with pytest.raises(KeysNotChanged, match=r"^Settings file, line 2, key look\.densty"):
        KeyLines(path).change({"item.done": "X"})
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(KeysNotChanged, match="no readable text"):
        KeyLines(path).change({"item.done": "X"})


def test_keys_that_are_written_in_another_manner_are_left_alone(path: Path) -> None:
    path.write_text('keys = { "item.done" = "D" }\n')
    file = KeyLines(path)
    assert file.change({"item.done": "X"}) == {"item.done": "X"}
    path.write_text('[keys.item]\ndone = "D"\n')
    assert file.change({"item.done": None}) == {}


def test_a_hand_that_saves_in_the_same_moment_is_not_lost(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = 0
    plain = file_text.read_text

    def text(path: Path) -> str:
        nonlocal looked
        looked += 1
        if looked == 1:  # between reading and replacing
            path.write_text(OWNERS.replace("dense", "normal"))
        return plain(path)

    monkeypatch.setattr(file_text, "read_text", text)
    assert KeyLines(path).change({"item.done": "X"})["item.done"] == "X"
    assert 'density = "normal"' in path.read_text()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    in_the_way = tmp_path / "config"
    in_the_way.write_text("no folder")
    with pytest.raises(KeysNotChanged, match=r"cannot be (read|written)"):
        KeyLines(in_the_way / "settings.toml").change({"item.done": "X"})
