"""The inbox line by line: as a script, in a terminal, and on a dumb one; and what shells complete."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from support.installed import Installed
from support.mastodon_mock_server import MockServer

AT_THE_PROMPT = r"inbox>\s*\Z"
PAST_THE_PROMPT = rf"(.*\n)?{AT_THE_PROMPT}"


def test_a_script_reads_answers_and_ends(town: Installed) -> None:
    commands = "n\nr\nYes, do.\n.preview\n.keep\ninbox people\n1\nq\nnot heard\n"
    done = town.run("linear", "--demo", stdin=commands)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "people you talk with wait for you." in lines[0]
    assert lines[2].startswith("1 of ")
    assert "Not looked at." in lines[2]
    assert "> " not in done.stdout  # nobody is there to be prompted
    assert "The text is kept: drafts lists it." in lines
    kept = json.loads(town.run("drafts", "--demo", "--json").stdout)
    assert [row["draft"]["text"].split(" ", 1)[1] for row in kept] == ["Yes, do."]


@pytest.mark.parametrize("kind", ["xterm-256color", "dumb"])
def test_a_terminal_is_told_lines_and_nothing_else(town: Installed, kind: str) -> None:
    with town.open("linear", "--demo", columns=80, rows=40, environment={"TERM": kind}) as terminal:
        terminal.wait_for(AT_THE_PROMPT)
        terminal.type("n\r")
        terminal.wait_for(rf"1 of[\s\S]*{AT_THE_PROMPT}")
        terminal.type("r\r")
        terminal.wait_for(r"text>\s*\Z")
        terminal.type("Yes, do.\r")
        terminal.wait_for(r"text> Yes, do\.\s+text>")
        beside = town.run("linear", "--demo")
        assert beside.returncode == 1
        assert "is already running on this store" in beside.stderr
        assert not {byte for byte in terminal.output if byte < 32} - set(b"\r\n\t")
        terminal.kill()  # as a power cut would
    kept = json.loads(town.run("drafts", "--demo", "--json").stdout)
    assert [row["draft"]["text"].split(" ", 1)[1] for row in kept] == ["Yes, do."]


def test_a_line_is_given_up_and_completed_and_ctrl_d_ends(town: Installed) -> None:
    with town.open("linear", "--demo", columns=80, rows=40) as terminal:
        terminal.wait_for(AT_THE_PROMPT)
        terminal.type("accounts\r")
        terminal.wait_for(rf"mira@town\.example: [\s\S]*{AT_THE_PROMPT}")
        terminal.type("not this")
        terminal.wait_for("not this")
        os.kill(terminal.process.pid, signal.SIGINT)
        terminal.wait_for(rf"inbox> not this\n{AT_THE_PROMPT}")
        terminal.type("drafts\x15outb")
        terminal.press("tab")
        terminal.wait_for(r"inbox> outbox")
        terminal.press("enter")
        terminal.wait_for(rf"Everything has left\.\n{AT_THE_PROMPT}")
        terminal.press("up", "enter")
        terminal.wait_for(rf"left\.\ninbox> outbox\nEverything has left\.\n{AT_THE_PROMPT}")
        terminal.press("ctrl+d")
        assert terminal.wait_for_end() == 0


def test_a_text_leaves_while_it_is_open_and_the_next_prompt_says_so(
    alice: Installed, server: MockServer
) -> None:
    with alice.open("linear", columns=80, rows=40) as terminal:
        terminal.wait_for(AT_THE_PROMPT)
        terminal.type("write\r")
        terminal.wait_for(r"text>\s*\Z")
        terminal.type("The kettle is on.\r.\r")
        terminal.wait_for(rf"leaves in 1 second, U stops it\.\n{AT_THE_PROMPT}")
        for _ in range(100):  # nothing is said by itself: each command is another look
            terminal.type("more\r")
            if "Sent: post." in terminal.wait_for(rf"That was all of it\.\n{PAST_THE_PROMPT}"):
                break
            terminal.watch(0.2)
        assert "Sent: post." in terminal.text
    assert "Everything has left." in alice.run("outbox").stdout
    assert "The kettle is on." in alice.run("timeline", "--source", "mine", "--sync").stdout


def test_the_screen_gives_way_on_a_dumb_terminal_and_where_that_is_wished(town: Installed) -> None:
    with town.open("demo", environment={"TERM": "dumb"}) as terminal:
        terminal.wait_for(AT_THE_PROMPT)
        terminal.type("quit\r")
        assert terminal.wait_for_end() == 0
    with town.open("demo", environment={"ACCESSIBLE": "1"}) as terminal:
        terminal.wait_for(AT_THE_PROMPT)
    assert town.run("demo", stdin="q\n").returncode == 1
    town.settings("[linear]\nalways = true\n")
    done = town.run("demo", stdin="q\n")
    assert done.stdout.endswith("help lists the commands, quit ends.\n")


# What shells complete

BASH = """
source "$1"
shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
_shtab_tui_inbox tui-inbox "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


def completed(shell: str, script: Path, *words: str) -> list[str]:
    """What a shell offers for the last word of a call; nothing of it is run."""
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} here")
    if shell == "bash":
        call = ["bash", "-c", BASH, "bash", str(script), "tui-inbox", *words]
    else:
        line = " ".join(("tui-inbox", *words))
        call = ["fish", "--no-config", "-c", f"source {script}; complete -C '{line}'"]
    done = subprocess.run(call, cwd=script.parent, capture_output=True, text=True, check=True)
    return [line.partition("\t")[0] for line in done.stdout.splitlines()]


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_a_shell_completes_verbs_options_choices_and_files(
    program: Installed, tmp_path: Path, shell: str
) -> None:
    done = program.run("completions", shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert not program.home.exists()  # packages make it while they are built
    script = tmp_path / "script"
    script.write_text(done.stdout, "utf-8")
    (tmp_path / "lamp.png").touch()
    assert completed(shell, script, "li") == ["linear"]
    assert completed(shell, script, "search", "--b") == ["--by"]
    assert {"public", "followers"} <= set(completed(shell, script, "post", "--audience", ""))
    assert completed(shell, script, "post", "--attach", "la") == ["lamp.png"]
    assert {"list", "send"} <= set(completed(shell, script, "drafts", ""))


def test_the_script_for_zsh_can_be_read(program: Installed, tmp_path: Path) -> None:
    made = program.run("completions", "zsh").stdout
    assert made.startswith("#compdef tui-inbox\n")
    assert "linear" in made
    if shutil.which("zsh") is None:
        pytest.skip("there is no zsh here")
    script = tmp_path / "_tui-inbox"
    script.write_text(made, "utf-8")
    subprocess.run(["zsh", "-n", script], check=True)
