"""The demo town, as somebody meets it who has just installed the program."""

from __future__ import annotations

import json
import re

import pytest
from support.installed import Installed


def test_the_town_lives_and_answers(program: Installed) -> None:
    program.settings("[sending]\nhold_seconds = 1\n")
    with program.open("demo", "--speed", "20") as terminal:
        terminal.wait_for(r"Inbox · \d+ wait for you")
        terminal.wait_for(r"Regulars · \d+")
        terminal.wait_for(r"anyone know · \d+ new")
        terminal.press("n")
        terminal.wait_for(r"Thread · ")
        terminal.press("r")
        terminal.wait_for(r"MIRA · to ")
        terminal.type("It does, if the box is ticked.")
        terminal.wait_for("if the box is ticked")
        terminal.press("ctrl+s")
        terminal.wait_for(r"leaves in|live")
        terminal.wait_for(r"answers you · also|answers you|you: ")


def test_the_place_and_the_states_are_there_again(program: Installed) -> None:
    slow = ("demo", "--speed", "0.01")  # nobody writes between the two starts
    with program.open(*slow) as terminal:
        found = re.search(r"Inbox · (\d+) wait", terminal.wait_for(r"Inbox · \d+ wait for you"))
        assert found
        left = rf"Inbox · {int(found[1]) - 1} waits? for you"
        terminal.wait_for(r"Regulars · \d+")
        terminal.press("1", "j", "e")
        terminal.wait_for(r"Done today · 1")
        terminal.wait_for(left)
        selected = _selected(terminal.lines)
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    with program.open(*slow) as terminal:
        terminal.wait_for(r"Done today · 1")
        terminal.wait_for(left)
        assert _selected(terminal.lines) == selected


def _selected(lines: list[str]) -> str:
    """Who stands in the selected row of the Inbox, which is not the first one."""
    people = [line[:40] for line in lines if re.match(r"[▌ ][●○] ", line)]
    selected = next(line for line in people if line.startswith("▌"))
    assert selected != people[0], lines
    return selected[1:].split(maxsplit=2)[2]


def test_a_verb_beside_the_screen_takes_nothing_away_from_it(town: Installed) -> None:
    """The last process that closes a store folds its log away; a verb must not believe that it is the last."""
    with town.open("demo") as terminal:
        terminal.wait_for(r"Regulars · \d+")
        log = town.home / "data" / "demo.db-wal"
        assert log.exists()
        assert town.run("glance", "--demo").returncode == 0
        assert log.exists()
        terminal.press("c")
        terminal.wait_for(r"MIRA · ")
        terminal.type("Written after a glance")
        terminal.wait_for(r"saved")
        terminal.kill()
    with town.open("demo") as terminal:
        terminal.wait_for(r"Inbox · ")
        terminal.press("g", "d")
        terminal.wait_for(r"Written after a glance")


def test_a_text_survives_a_power_cut(town: Installed) -> None:
    with town.open("demo") as terminal:
        terminal.wait_for(r"Regulars · \d+")
        terminal.press("c")
        terminal.wait_for(r"MIRA · ")
        terminal.type("Half a thought")
        terminal.wait_for(r"Half a thought")
        terminal.wait_for(r"saved")
        terminal.kill()
    with town.open("demo") as terminal:
        terminal.wait_for(r"Inbox · ")
        terminal.press("c")
        terminal.wait_for(r"1 kept: ctrl\+o d")
        terminal.press("ctrl+o", "d")
        terminal.wait_for(r"Half a thought")


def test_the_digest_is_one_object(town: Installed) -> None:
    done = town.run("digest", "--demo", "--json")
    assert done.returncode == 0, done.stderr
    digest = json.loads(done.stdout)
    assert {"timeline", "inbox", "searches", "people"} <= digest.keys()
    assert digest["timeline"]["rows"]
    assert digest["inbox"]["lanes"][0]["lane"] == "People you talk with"
    assert digest["searches"][0]["hits"]
    assert digest["people"]["sections"]


@pytest.mark.parametrize("verb", ["inbox", "people", "timeline", "glance", "accounts"])
def test_every_reading_verb_speaks_words_and_json(town: Installed, verb: str) -> None:
    words = town.run(verb, "--demo")
    assert (words.returncode, words.stderr) == (0, "")
    assert words.stdout.strip()
    assert json.loads(town.run(verb, "--demo", "--json").stdout)


def test_searching_what_is_stored(town: Installed) -> None:
    found = town.run("search", "--demo", "anyone know")
    assert found.returncode == 0
    assert "know" in found.stdout
    broken = town.run("search", "--demo", "kiln OR")
    assert broken.returncode == 2
    assert "column 8" in broken.stderr


def test_a_reply_from_the_command_line_closes_what_waited(town: Installed) -> None:
    waiting = json.loads(town.run("inbox", "--demo", "--json").stdout)["lanes"][0]["rows"]
    post = str(waiting[0]["post"]["id"])
    dry = town.run("reply", "--demo", "--dry-run", post, "yes, do")
    assert dry.stdout.splitlines()[-1].endswith("yes, do")
    sent = town.run("reply", "--demo", post, stdin="yes, do")
    assert (sent.returncode, sent.stdout) == (0, "Sent.\n"), sent.stderr
    left = json.loads(town.run("inbox", "--demo", "--json").stdout)["lanes"][0]["rows"]
    assert waiting[0]["id"] not in [row["id"] for row in left]


@pytest.mark.parametrize(
    ("tmux", "begins"),
    [("", "\x1b]777;notify;tui-inbox;"), ("/tmp/tmux,1,0", "\x1bPtmux;\x1b\x1b]777;notify;")],
    ids=["plain", "tmux"],
)
def test_a_notification_is_tried(town: Installed, tmux: str, begins: str) -> None:
    town.settings('[notifications]\nway = "osc777"\n')
    with town.open("demo", "--speed", "0.01", environment={"TMUX": tmux}) as terminal:
        terminal.wait_for(r"Regulars · \d+")
        terminal.press(":")
        terminal.wait_for("what the key does")
        terminal.type("try a notif")
        terminal.wait_for("try a notification: show one now")
        terminal.press("enter")
        terminal.wait_for(r"Sent by the terminal \(OSC 777\)")
        assert begins.encode() in terminal.output
