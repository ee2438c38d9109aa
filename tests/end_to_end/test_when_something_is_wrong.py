"""One clear sentence for each thing that can be wrong at the start, and nothing lost."""

from __future__ import annotations

import socket
import sqlite3
from pathlib import Path

import pytest
from support.installed import Installed


def sentence(stderr: str) -> str:
    """Standard error, which must be one line and no traceback."""
    assert len(stderr.splitlines()) == 1, stderr
    return stderr.strip()


@pytest.mark.parametrize("verb", ["inbox", "accounts", "glance", "searches"])
def test_without_an_account_verbs_say_how_to_begin(program: Installed, verb: str) -> None:
    done = program.run(verb)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--demo" in sentence(done.stderr)


def test_a_home_that_is_no_folder_is_one_sentence_for_verbs_and_screen(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    program = Installed(file)
    for verb in ("inbox", "doctor", "glance"):
        done = program.run(verb)
        assert done.returncode == 1
        assert sentence(done.stderr).startswith(f"{file} is no folder. Nothing was changed")
    with program.open() as terminal:
        terminal.wait_for("is no folder")
        assert terminal.wait_for_end() == 1


def test_a_store_that_is_none_is_one_sentence_for_verbs_and_screen(program: Installed) -> None:
    path = program.home / "data" / "inbox.db"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database at all " * 500)
    done = program.run("glance")
    assert done.returncode == 1
    assert "It was left as it is" in sentence(done.stderr)
    with program.open(columns=200) as terminal:
        terminal.wait_for("This file is no store of tui-inbox")
        assert terminal.wait_for_end() == 1
        assert "Traceback" not in "\n".join(terminal.lines)
    assert path.read_bytes() == b"no database at all " * 500


def test_without_an_account_the_screen_welcomes(program: Installed) -> None:
    with program.open(columns=80, rows=24) as terminal:
        terminal.wait_for("try the demo town")
        terminal.wait_for("sign in to Bluesky")
        terminal.press("q", "q")
        assert terminal.wait_for_end() == 0


@pytest.mark.parametrize(
    ("server", "words"),
    [
        ("http://127.0.0.1:{closed}", "cannot be reached"),
        ("http://not-loopback.example", "https"),
        ("ftp://x", "not the name of a server"),
    ],
)
def test_a_server_that_is_none(program: Installed, server: str, words: str) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = server.format(closed=probe.getsockname()[1])
        done = program.run("login", "mastodon", address, "--token-stdin", stdin="token\n")
    assert done.returncode == 1
    assert words in sentence(done.stderr)


def test_an_empty_token_changes_nothing(program: Installed) -> None:
    done = program.run("login", "mastodon", "https://x.example", "--token-stdin", stdin="\n")
    assert done.returncode == 1
    assert "Nothing was changed" in sentence(done.stderr)


def test_a_mistake_in_the_settings_is_named_with_line_and_key(program: Installed) -> None:
    program.settings('[look]\ndensty = "dense"\n')
    done = program.run("inbox", "--demo")
    assert done.returncode == 1
    assert "line 2, key look.densty" in sentence(done.stderr)


def test_every_mistake_in_the_settings_is_named_before_anything_starts(
    program: Installed,
) -> None:
    program.settings('[look]\ndensty = 1\n\n[keys]\n"item.done" = "r"\n"nothing" = "q"\n')
    with program.open("demo", columns=300) as terminal:
        terminal.wait_for(r"line 2, key look\.densty")
        terminal.wait_for(r"line 5, key keys\.item\.done: r would do ")
        terminal.wait_for(r"line 6, key keys\.nothing: nothing of that name")
        assert terminal.wait_for_end() == 1


def test_a_terminal_that_nobody_knows_is_told_that_it_can_show_no_screen(
    program: Installed,
) -> None:
    with program.open(columns=200, environment={"TERM": "unknown"}) as terminal:
        terminal.wait_for("it can show no screen")
        terminal.wait_for("or use tui-inbox linear")
        assert terminal.wait_for_end() == 1


def test_two_things_on_one_key_are_named_first_of_all_and_the_usual_key_holds(
    town: Installed,
) -> None:
    town.settings('[keys]\n"item.later" = "K"\n"item.done" = "r"\n"nothing" = "q"\n')
    with town.open("demo", columns=220) as terminal:
        terminal.wait_for(r"Settings file, line 3, key keys\.item\.done: r would do .* 1 more: ")
        terminal.wait_for(r"r reply  e done  K later")


def test_a_store_of_a_newer_version_is_refused_and_left_alone(town: Installed) -> None:
    path = town.home / "data" / "demo.db"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 999")
    db.close()
    before = path.read_bytes()
    done = town.run("inbox", "--demo")
    assert done.returncode == 1
    assert "newer" in sentence(done.stderr)
    assert path.read_bytes() == before


def test_a_second_one_on_the_same_store_says_who_is_first(town: Installed) -> None:
    with town.open("demo") as terminal:
        terminal.wait_for(r"Inbox · ")
        with town.open("demo") as second:
            second.wait_for(rf"already running on this store \(process {terminal.process.pid}\)")
            assert second.wait_for_end() == 1


def test_a_pipe_that_closes_early_is_no_error(town: Installed) -> None:
    with town.open("timeline", "--demo", "--json") as terminal:
        assert terminal.wait_for_end() == 0


def test_wrong_words_are_explained(program: Installed) -> None:
    done = program.run("inbx")
    assert done.returncode == 2
    assert "invalid choice" in done.stderr
