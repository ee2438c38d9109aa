"""Rules are written into the file and into the store in one go, and taken back as far as the file allows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.town_builder import Town

from tui_inbox.commands import own_rules as commands
from tui_inbox.commands import undo
from tui_inbox.commands.context import NotPossible
from tui_inbox.core.own_rules import OwnRule
from tui_inbox.settings_file import SettingsFile
from tui_inbox.store.own_rules import own_rules

ACORN = OwnRule(tag="acorn")
KETTLE = OwnRule(word="kettle")


@pytest.fixture
def file(town: Town, tmp_path: Path) -> SettingsFile:
    file = SettingsFile(tmp_path / "settings.toml")
    town.context = replace(town.context, rules=file)
    return file


def kept(town: Town) -> tuple[OwnRule, ...]:
    return town.ask(own_rules)


def test_file_and_store_say_the_same_after_every_change(town: Town, file: SettingsFile) -> None:
    commands.move(town.context, ACORN, 500).result()
    commands.move(town.context, ACORN, 500).result()
    done = commands.silence(town.context, KETTLE).result()
    assert done.sentence == "words kettle not at all"
    assert (
        file.read()
        == kept(town)
        == (
            replace(ACORN, points=1_000),
            replace(KETTLE, not_at_all=True),
        )
    )
    commands.remove(town.context, replace(ACORN, points=1_000)).result()
    assert undo.undo(town.context).result().sentence == "undone: deleting the rule tag #acorn"
    assert file.read() == kept(town)
    assert [rule.tag for rule in kept(town)] == ["acorn", ""]


def test_a_rule_that_was_changed_by_hand_since_is_not_taken_back(
    town: Town, file: SettingsFile
) -> None:
    commands.move(town.context, ACORN, 500).result()
    Path(file.path).write_text('[[rules]]\ntag = "#acorn"\npoints = 7\n')
    told = undo.undo(town.context).result().sentence
    assert told.startswith("not undone: the rule tag #acorn +0.5")
    assert "changed in the settings file meanwhile" in told
    assert file.read() == (replace(ACORN, points=7_000),)


def test_while_the_file_cannot_be_read_a_rule_stays_the_next_thing_to_be_undone(
    town: Town, file: SettingsFile
) -> None:
    commands.move(town.context, KETTLE, 500).result()
    commands.move(town.context, ACORN, 500).result()
    sound = Path(file.path).read_text()
    Path(file.path).write_text(f"{sound}[broken = \n")
    told = undo.undo(town.context).result().sentence
    assert told.startswith("not undone: the rule tag #acorn +0.5; Settings file is not valid TOML")
    Path(file.path).write_text(sound)
    assert undo.undo(town.context).result().sentence == "undone: the rule tag #acorn +0.5"
    assert file.read() == (replace(KETTLE, points=500),)


def test_what_a_hand_has_written_counts_when_it_is_read_again(
    town: Town, file: SettingsFile
) -> None:
    Path(file.path).write_text('[[rules]]\ntag = "#acorn"\npoints = 7\n')
    assert commands.reread(town.context).result() == ""
    assert kept(town) == (replace(ACORN, points=7_000),)
    Path(file.path).write_text('[[rules]]\ntag = "#acorn"\npoints = "7"\n')
    assert "line 3, key rules[1].points" in commands.reread(town.context).result()
    assert kept(town) == (replace(ACORN, points=7_000),)
    with pytest.raises(NotPossible, match="line 3"):
        commands.move(town.context, ACORN, 500).result()


def test_a_rule_that_is_added_takes_the_place_of_the_one_about_the_same(
    town: Town, file: SettingsFile
) -> None:
    commands.move(town.context, ACORN, 500).result()
    until = date(2030, 1, 1)
    commands.add(town.context, replace(ACORN, points=-250, until=until)).result()
    assert file.read() == (replace(ACORN, points=-250, until=until),)
    done = commands.move(town.context, ACORN, 250).result()
    assert done.sentence == "no rule any more about tag #acorn"
    assert kept(town) == ()


def test_a_week_is_counted_from_today_and_asked_for_once(town: Town, file: SettingsFile) -> None:
    change = commands.silence(town.context, ACORN).result().change
    assert change is not None
    done = commands.last_a_week(town.context, change).result()
    assert done.sentence == "tag #acorn until 3 Dec only"
    assert done.change is not None
    assert file.read() == (replace(ACORN, not_at_all=True, until=date(2025, 12, 3)),)
    again = commands.last_a_week(town.context, done.change).result()
    assert again.sentence == "It lasts until 3 Dec already."
    gone = commands.remove(town.context, file.read()[0]).result().change
    assert gone is not None
    assert commands.last_a_week(town.context, gone).result().action is None
