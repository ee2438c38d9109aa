"""`tui-inbox config`: checked, changed from the command line, edited in the owner's editor."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.installed import Installed

RULE = '[[rules]]\ntag = "#acorn"\npoints = 1\n'


@pytest.fixture
def settings(program: Installed) -> Path:
    return program.home / "config" / "settings.toml"


def editor(program: Installed, *steps: str) -> dict[str, str]:
    """An editor that does one thing to the file each time it is opened, and then the next."""
    program.home.mkdir(exist_ok=True)
    path = program.home / "editor"
    cases = "\n".join(f"{number}) {step};;" for number, step in enumerate(steps, 1))
    path.write_text(
        f'#!/bin/sh\nn=$(($(cat "$0.n" 2>/dev/null || echo 0)+1)); echo $n >"$0.n"\n'
        f"echo opened $n times\ncase $n in\n{cases}\nesac\n"
    )
    path.chmod(0o700)
    return {"VISUAL": str(path)}


def test_settings_are_set_read_and_checked(program: Installed, settings: Path) -> None:
    assert "all is default" in program.run("config", "check").stdout
    assert program.run("config", "set", "reading.languages", "en", "de").returncode == 0
    assert program.run("config", "get", "reading.languages").stdout == '["en", "de"]\n'
    refused = program.run("config", "set", "keys.item.done", "r")
    assert refused.returncode == 1
    assert refused.stderr == (
        "keys.item.done: r would do item.reply and item.done in the inbox. Nothing was changed.\n"
    )
    refused = program.run("config", "set", "look.theme", "gruvbix")
    assert refused.returncode == 1
    assert refused.stderr == (
        "look.theme: there is no theme of that name (is gruvbox meant?). Nothing was changed.\n"
    )
    assert settings.read_text() == '[reading]\nlanguages = ["en", "de"]\n'
    assert program.run("config", "unset", "reading.languages").returncode == 0
    assert program.run("config", "get", "reading.languages").stdout == "[]\n"
    assert program.run("config", "set", "reading.langages", "en").returncode == 2


def test_every_mistake_is_named_and_a_rule_that_does_nothing_is_told(
    program: Installed, settings: Path
) -> None:
    program.settings('[look]\nthme = 3\n[sending]\nhold_seconds = "x"\n[keys]\n"item.done" = "r"\n')
    found = program.run("config", "check")
    assert found.returncode == 1
    places = ("line 2, key look.thme", "line 4, key sending.hold", "line 6, key keys.item.done")
    for sentence, place in zip(found.stderr.splitlines(), places, strict=True):
        assert place in sentence
    program.settings(f"{RULE}until = 2020-12-07\n")
    well = program.run("config", "check")
    assert well.returncode == 0
    assert "Rule 1, tag #acorn: its last day has passed" in well.stdout


def test_a_mistake_is_named_and_the_editor_opened_again_while_the_old_file_holds(
    program: Installed, settings: Path
) -> None:
    program.settings("# mine\n")
    own = editor(
        program,
        'printf "[look]\\nthme = 1\\n" >>"$1"',
        f'cat "{settings}" >"$0.held"; sed -i "s/thme = 1/density = \\"dense\\"/" "$1"',
    )
    with program.open("config", "edit", columns=200, environment=own) as terminal:
        terminal.wait_for(r"line 3, key look\.thme: there is no setting of that name \(is theme")
        terminal.wait_for("Edit again")
        terminal.press("enter")
        terminal.wait_for("opened 2 times[^$]*Saved to")
    assert (program.home / "editor.held").read_text() == "# mine\n"
    assert settings.read_text() == '# mine\n[look]\ndensity = "dense"\n'
    assert [one.name for one in settings.parent.iterdir()] == ["settings.toml"]


def test_who_gives_up_keeps_the_old_settings_and_what_was_written(
    program: Installed, settings: Path
) -> None:
    own = editor(program, 'echo "[lok]" >>"$1"')
    with program.open("config", "edit", columns=200, environment=own) as terminal:
        terminal.wait_for("is look meant")
        terminal.wait_for("Edit again")
        terminal.type("n\n")
        terminal.wait_for("what you wrote is kept in")
    assert not settings.exists()
    draft = settings.with_name("settings-edit.toml").read_text()
    assert draft.startswith("# The settings of tui-inbox.")
    assert draft.endswith("[lok]\n")


def test_a_rule_that_is_made_while_the_editor_is_open_is_not_lost(
    program: Installed, settings: Path
) -> None:
    program.settings(RULE)
    own = editor(
        program,
        f'sed -i "s/points = 1/points = 2/" "{settings}"; '
        f'printf "\\n[[rules]]\\ntag = \\"#kiln\\"\\npoints = 1\\n" >>"{settings}"; '
        'printf "\\n[look]\\ndensity = \\"dense\\"\\n" >>"$1"',
    )
    with program.open("config", "edit", columns=200, environment=own) as terminal:
        terminal.wait_for("Saved to")
    text = settings.read_text()
    assert [line for line in text.splitlines() if "=" in line] == [
        'tag = "#acorn"',
        "points = 2",
        'tag = "#kiln"',
        "points = 1",
        'density = "dense"',
    ]


def test_what_is_saved_while_the_screen_is_open_holds_at_once(town: Installed) -> None:
    with town.open("demo", columns=110, rows=32) as terminal:
        terminal.wait_for("e done  z later")
        assert town.run("config", "set", "keys.item.done", "D").returncode == 0
        terminal.wait_for("Settings read again: keys")
        terminal.wait_for("D done  z later")
        town.settings("[look]\nthme = 3\n")
        terminal.wait_for(r"The old settings stay: line 2, key look\.thme: there is no setting")
        assert "D done  z later" in terminal.text
        town.settings("[look]\nplain_glyphs = true\n")
        terminal.wait_for("e done  z later")
        terminal.wait_for("●", gone=True)
