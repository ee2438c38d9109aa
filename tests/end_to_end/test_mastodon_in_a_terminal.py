"""The main job on a real server: a mention arrives, it is answered with keys, and the server has the answer."""

from __future__ import annotations

import json
import time

from support.installed import Installed
from support.mastodon_mock_server import MockServer

PATIENCE_SECONDS = 30.0


def answers(server: MockServer) -> list[str]:
    """What alice has posted, as the server has it."""
    statuses = server.call("GET", f"/api/v1/accounts/{server.id_of('alice')}/statuses", "alice")
    return [status["content"] for status in statuses]


def wait_until_answered(server: MockServer) -> list[str]:
    until = time.monotonic() + PATIENCE_SECONDS
    while not (found := answers(server)):
        assert time.monotonic() < until, "the answer never reached the server"
    return found


def test_a_mention_arrives_and_is_answered_with_keys(alice: Installed, server: MockServer) -> None:
    with alice.open(columns=80, rows=24) as terminal:
        terminal.wait_for(r"live")
        asked = server.post_as("bob", "@alice are you coming on Saturday?")
        terminal.wait_for(r"Bob asks")
        terminal.press("n")
        terminal.wait_for(r"hread · Bob")
        terminal.press("r")
        terminal.wait_for(r"to Bob")
        terminal.type("Yes, at noon.")
        terminal.press("ctrl+s")
        (answer,) = wait_until_answered(server)
        assert "Yes, at noon." in answer
        thread = server.call("GET", f"/api/v1/statuses/{asked['id']}/context", "alice")
        assert len(thread["descendants"]) == 1


def test_verbs_read_and_answer_without_a_terminal(alice: Installed, server: MockServer) -> None:
    server.post_as("bob", "@alice are you coming on Saturday?")
    inbox = alice.run("inbox", "--sync", "--json")
    assert inbox.returncode == 0, inbox.stderr
    (lane,) = json.loads(inbox.stdout)["lanes"]
    post = str(lane["rows"][0]["post"]["id"])
    sent = alice.run("reply", post, "Yes, at noon.")
    assert (sent.returncode, sent.stdout) == (0, "Sent.\n"), sent.stderr
    assert len(answers(server)) == 1


def test_a_post_from_the_command_line_goes_through_the_running_program(
    alice: Installed, server: MockServer
) -> None:
    with alice.open() as terminal:
        terminal.wait_for(r"live")
        sent = alice.run("post", "From the side.")
        assert (sent.returncode, sent.stdout) == (0, "Sent.\n"), sent.stderr
    assert len(answers(server)) == 1


def test_what_is_written_without_a_line_waits_and_leaves_once(
    alice: Installed, server: MockServer
) -> None:
    server.fault("/api/v1/statuses", "status", methods=("POST",), status=503)
    queued = alice.run("post", "Patience.")
    assert queued.returncode == 3, queued.stdout + queued.stderr
    server.call("DELETE", "/api/v1/_mock/faults")
    with alice.open() as terminal:
        terminal.wait_for(r"live")
        (answer,) = wait_until_answered(server)
    assert "Patience." in answer


def test_a_refused_token_is_one_sentence(program: Installed, server: MockServer) -> None:
    done = program.run("login", "mastodon", server.url, "--token-stdin", stdin="wrong\n")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "wrong" not in done.stderr


def test_the_token_is_nowhere_but_with_the_secrets(alice: Installed) -> None:
    alice.run("inbox", "--sync")
    for path in alice.home.rglob("*"):
        if path.is_file() and path.name != "secrets.json":
            assert b"alice-token" not in path.read_bytes(), path
