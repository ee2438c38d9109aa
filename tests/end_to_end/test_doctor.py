"""The verb that says whether all is well, beside a running program and when something is wrong."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from support.installed import Installed

PAGE = 4096


def report(program: Installed, code: int) -> dict[str, Any]:
    """What it says as JSON, with the exit code that is expected."""
    done = program.run("doctor", "--demo", "--json")
    assert (done.returncode, done.stderr) == (code, ""), done.stdout
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def store_of(program: Installed) -> Path:
    return program.home / "data" / "demo.db"


def test_a_sound_town_is_well(town: Installed) -> None:
    done = town.run("doctor", "--demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert "mira@town.example" in done.stdout
    assert "sound" in done.stdout
    assert str(store_of(town)) in done.stdout
    assert done.stdout.endswith("All is well.\n")
    found = report(town, 0)
    assert found["wrong"] == []
    assert found["checkup"]["accounts"][0]["history"]["done"] is True
    assert found["installation"]["holder"] is None


def test_beside_a_running_program_it_names_it_and_its_line(town: Installed) -> None:
    with town.open("demo") as terminal:
        terminal.wait_for(r"live")
        found = report(town, 0)
        assert found["installation"]["holder"] == terminal.process.pid
    (mira,) = found["checkup"]["accounts"]
    assert (mira["line"]["state"], mira["line"]["kind"]) == ("live", "demo town")
    assert mira["line"]["last_word"] is not None


def test_with_no_account_it_says_how_to_begin(program: Installed) -> None:
    done = program.run("doctor")
    assert done.returncode == 2
    assert "--demo" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "inbox.db" in done.stdout


def test_a_mistake_in_the_settings_is_named_and_the_rest_still_looked_at(town: Installed) -> None:
    town.settings('[look]\ndensty = "dense"\n')
    (unknown,) = report(town, 1)["wrong"]
    assert "line 2, key look.densty" in unknown
    town.settings('[keys]\n"item.done" = "r"\n')
    done = town.run("doctor", "--demo")
    assert done.returncode == 1
    assert "! The settings file" in done.stdout
    assert "key keys.item.done: r would do" in done.stdout
    assert "mira@town.example" in done.stdout


def test_damage_in_the_store_is_found_and_said_with_what_to_do(town: Installed) -> None:
    path = store_of(town)
    with closing(sqlite3.connect(path)) as db:
        (root,) = db.execute(
            "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'interactions'"
        ).fetchone()
    content = bytearray(path.read_bytes())
    content[(root - 1) * PAGE : root * PAGE] = bytes(PAGE)
    path.write_bytes(content)
    (sentence,) = report(town, 1)["wrong"]
    assert sentence.startswith("The store is damaged")
    assert "move " in sentence


def test_a_store_that_cannot_be_opened_is_one_sentence(town: Installed) -> None:
    store_of(town).write_bytes(b"no database at all " * 500)
    done = town.run("doctor", "--demo")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "no store of tui-inbox" in done.stderr
