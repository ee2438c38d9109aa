"""The settings file changes while the program runs: who is told of what, and what a mistake leaves alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.clock import SystemClock
from tui_inbox.core.own_rules import OwnRule, RuleChange
from tui_inbox.file_mark import mark_of
from tui_inbox.paths import find_paths
from tui_inbox.program import DemoTown, Inbox
from tui_inbox.settings import Settings
from tui_inbox.settings_file import LATELY_SECONDS, SettingsFile
from tui_inbox.settings_watch import BY_THE_SCREEN, SettingsWatch, changed_tables, said_of
from tui_inbox.store import own_rules as rule_store
from tui_inbox.store.ask_rules import ask_rules
from tui_inbox.ui.services import Services

KILN = OwnRule(tag="kiln", points=1_000)
LINES = '[look]\ndensity = "dense"\n'


class Home(Struct):
    """A program that runs, its settings file, and what was asked of others."""

    program: Inbox
    watch: SettingsWatch
    asked: list[str]

    @property
    def path(self) -> Path:
        return self.program.paths.settings

    def save(self, text: str) -> str:
        """Somebody saves the file. Returns what is said of it."""
        self.path.write_text(text)
        return self.taken()

    def taken(self) -> str:
        assert self.watch.has_changed()
        taken = self.watch.take()
        self.asked += ["screen"] if taken.services is not None else []
        assert not self.watch.has_changed()
        return taken.sentence


class Hub:
    def __init__(self, asked: list[str]) -> None:
        self._asked = asked

    def hear_anew(self) -> None:
        self._asked.append("hub")


def start(folder: Path, demo: DemoTown | None = None) -> Home:
    paths = find_paths({"TUI_INBOX_HOME": str(folder)})
    paths.make()
    program = Inbox(paths, Settings(), demo)
    asked: list[str] = []

    def services() -> Services:
        nobody = cast(Any, None)
        ctx = program.context
        return Services(nobody, ctx, nobody, nobody, SystemClock().now)

    home = Home(program, SettingsWatch(program, cast(Any, Hub(asked)), services), asked)
    assert home.taken() == ""
    return home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = start(tmp_path)
    yield home
    home.program.store.close()


def test_what_changes_is_said_and_told_to_those_whom_it_concerns(home: Home) -> None:
    assert home.save(LINES) == "Settings read again: look."
    assert home.asked == ["screen"]
    assert home.save(f'{LINES}[listening]\njetstream = ["a.example"]\n') == (
        "Settings read again: listening."
    )
    assert home.asked == ["screen", "hub", "screen"]
    assert home.save(f"# nothing but a remark\n{home.path.read_text()}") == ""
    assert home.program.settings.look.density == "dense"


def test_each_table_has_somebody_who_takes_it_over(home: Home) -> None:
    # Whether lines are printed is decided before there is a screen; what X may cost, when its line is made.
    from_the_next_start = {"linear", "x"}
    taken = BY_THE_SCREEN | home.watch.told
    assert set(Settings.__struct_fields__) == taken | from_the_next_start


def test_what_nobody_takes_over_is_said_to_hold_from_the_next_start() -> None:
    assert said_of(("look", "doors", "rules"), {"rules": None}) == (
        "Settings read again: look, rules. From the next start: doors."
    )


def test_the_store_knows_what_queries_go_by(home: Home) -> None:
    home.save(
        '[reading]\nexpand_warnings_with = ["food"]\n[priority]\nlearn = false\n'
        '[asks]\nnever = ["#job"]\n[[rules]]\ntag = "kiln"\npoints = 1\n'
    )
    store = home.program.store
    assert store.read(rule_store.own_rules).result() == (KILN,)
    assert store.read(ask_rules).result().never == ("#job",)


def test_a_mistake_leaves_everything_as_it_was_until_it_is_mended(home: Home) -> None:
    home.save(LINES)
    said = home.save('[look]\ndensity = "dens"\ntheme = 3\n')
    assert said == (
        "The old settings stay: line 2, key look.density: this must be one of normal, dense. 1 more."
    )
    said = home.save("[look\n")
    assert said.startswith("The old settings stay: the file is not valid TOML: ")
    assert "(at line 1, column 6)" in said
    assert home.program.settings.look.density == "dense"
    assert home.asked == ["screen"]
    assert home.save("") == "Settings read again: look."


def test_keys_that_clash_leave_the_rest_of_the_file_in_force(home: Home) -> None:
    assert home.save(f'{LINES}[keys]\n"item.done" = "r"\n') == "Settings read again: look, keys."
    assert home.program.settings.look.density == "dense"


def test_a_file_that_is_opened_is_begun_and_one_that_is_there_is_left_alone(home: Home) -> None:
    assert home.watch.begun() == home.path
    assert home.path.read_text().startswith("# The settings of tui-inbox.")
    assert home.taken() == ""
    home.save(LINES)
    assert home.watch.begun().read_text() == LINES


def test_what_the_program_writes_itself_is_no_news(home: Home) -> None:
    home.path.write_bytes(LINES.replace("\n", "\r\n").encode())
    assert home.taken() == "Settings read again: look."
    home.program.rules.change([RuleChange(None, KILN)])
    assert home.taken() == ""
    assert [rule.tag for rule in home.program.settings.rules] == ["#kiln"]


def test_what_the_program_is_about_to_write_is_no_news_either(home: Home) -> None:
    home.program.keep_look("density", "dense")
    assert home.taken() == ""
    home.program.keep_look("density", "normal")
    home.program.keep_look("density", "dense")  # so that the look says what it said before
    assert home.save(f"{home.path.read_text()}[sending]\nhold_seconds = 5\n") == (
        "Settings read again: sending."
    )
    home.program.keep_look("density", "normal")
    assert home.taken() == ""


def test_the_file_is_read_again_only_if_it_is_not_what_the_start_has_read(tmp_path: Path) -> None:
    paths = find_paths({"TUI_INBOX_HOME": str(tmp_path)})
    paths.make()
    paths.settings.write_text(LINES)
    program = Inbox(paths, Settings(), None, (mark_of(paths.settings),))
    watch = SettingsWatch(program, cast(Any, Hub([])), cast(Any, None))
    assert not watch.has_changed()
    paths.settings.write_text(f"{LINES}\n")
    assert watch.has_changed()
    program.store.close()


def test_a_rule_that_an_editor_saves_over_is_written_again_once(home: Home) -> None:
    home.save(LINES)
    home.program.rules.change([RuleChange(None, KILN)])
    home.taken()
    said = home.save(LINES.replace("dense", "normal"))
    assert said == "An editor saved over the rule tag #kiln; it was written again."
    assert home.program.rules.read() == (KILN,)
    assert home.program.settings.look.density == "normal"
    # Whoever takes it out again means it.
    assert home.save(LINES) == "Settings read again: look, rules."
    assert home.program.rules.read() == ()


def test_a_rule_that_was_deleted_by_hand_long_after_stays_deleted(tmp_path: Path) -> None:
    seconds = [0.0]
    file = SettingsFile(tmp_path / "settings.toml", now=lambda: seconds[0])
    file.change([RuleChange(None, KILN)])
    seconds[0] += LATELY_SECONDS + 1
    assert file.overwritten("") == ()
    file.change([RuleChange(KILN, replace(KILN, points=2_000))])
    assert file.overwritten('[[rules]]\ntag = "other"\npoints = 1\n') == ()


def test_in_the_demo_rules_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    home = start(tmp_path, DemoTown())
    home.program.paths.demo_settings.write_text('[[rules]]\ntag = "kiln"\npoints = 1\n')
    assert home.taken() == "Settings read again: rules."
    assert home.save('[[rules]]\ntag = "other"\npoints = 1\n') == ""
    assert home.program.store.read(rule_store.own_rules).result() == (KILN,)
    home.program.store.close()


def test_tables_are_compared_as_they_stand_in_the_model() -> None:
    settings = Settings()
    other = replace(settings, keys={"zoom": "Z"}, mix=replace(settings.mix, show=True))
    assert changed_tables(settings, settings) == ()
    assert changed_tables(settings, other) == ("mix", "keys")
