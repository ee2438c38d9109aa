"""Keys are written into the settings file, and taken back as far as the file allows."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from support.town_builder import Town

from tui_inbox.commands import own_keys as commands
from tui_inbox.commands import undo
from tui_inbox.commands.context import NotPossible
from tui_inbox.key_file import KeyLines


@pytest.fixture
def path(town: Town, tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    town.context = replace(town.context, keys=KeyLines(path))
    return path


def test_what_is_written_holds_and_undo_brings_back_what_stood_there(
    town: Town, path: Path
) -> None:
    path.write_text('[keys]\n"item.done" = "D"\n')
    lines = commands.change(town.context, {"item.done": "r", "item.reply": "e"}, "r for “done”")
    assert lines.result() == {"item.done": "r", "item.reply": "e"}
    commands.change(town.context, {"item.reply": None}, "the usual key for “reply”").result()
    assert commands.read(town.context).result() == {"item.done": "r"}
    told = undo.undo(town.context).result()
    assert (told.sentence, told.keys) == ("undone: the usual key for “reply”", True)
    undo.undo(town.context).result()
    assert path.read_text() == '[keys]\n"item.done" = "D"\n'


def test_keys_that_were_changed_by_hand_since_are_not_taken_back(town: Town, path: Path) -> None:
    commands.change(town.context, {"item.done": "X"}, "X for “done”").result()
    path.write_text('[keys]\n"item.done" = "K"\n')
    told = undo.undo(town.context).result()
    assert told.sentence == "not undone: X for “done”; the settings file has other keys since"
    assert path.read_text() == '[keys]\n"item.done" = "K"\n'


def test_a_file_that_cannot_be_used_changes_nothing(town: Town, path: Path) -> None:
    path.write_text("[look\n")
    with pytest.raises(NotPossible, match="not valid TOML"):
        commands.change(town.context, {"item.done": "X"}, "X for “done”").result()
    with pytest.raises(NotPossible, match="no settings file here"):
        commands.read(replace(town.context, keys=None)).result()
