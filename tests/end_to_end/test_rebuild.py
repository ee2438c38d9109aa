"""The verb that makes turns, ties and the index anew."""

from __future__ import annotations

import json

from support.installed import Installed


def test_a_sound_town_stays_as_it_is(town: Installed) -> None:
    before = town.run("inbox", "--demo", "--json").stdout, town.run("people", "--demo").stdout
    done = town.run("rebuild", "--demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 set right" in done.stdout
    assert "0 missing, added" in done.stdout
    again = json.loads(town.run("rebuild", "--demo", "--json").stdout)
    assert (again["items"], again["interactions"]) == (0, 0)
    assert again["people"] > 20
    assert before == (
        town.run("inbox", "--demo", "--json").stdout,
        town.run("people", "--demo").stdout,
    )


def test_beside_a_running_program_it_does_nothing_and_says_so(town: Installed) -> None:
    with town.open("demo") as terminal:
        terminal.wait_for(r"live")
        done = town.run("rebuild", "--demo")
    assert (done.returncode, done.stdout) == (1, "")
    assert "is running" in done.stderr
