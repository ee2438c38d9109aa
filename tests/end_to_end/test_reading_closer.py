"""Reading closer on a real server: a vote is counted, an edit is seen, a post is translated, all with keys."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from support.installed import Installed
from support.mastodon_mock_server import CONFIG, MockServer, running_mock

PATIENCE_SECONDS = 30.0


def _sign_in(program: Installed, server: MockServer) -> None:
    program.settings("[sending]\nhold_seconds = 1\n")
    done = program.run("login", "mastodon", server.url, "--token-stdin", stdin="alice-token\n")
    assert done.returncode == 0, done.stderr


def until(condition: Callable[[], bool]) -> None:
    """Wait for the server to have it."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it never reached the server"
        time.sleep(0.05)


def test_a_vote_is_counted_and_the_counts_come_back(alice: Installed, server: MockServer) -> None:
    poll = {"options": ["rye", "spelt"], "expires_in": 3600}
    status: dict[str, Any] = server.call(
        "POST", "/api/v1/statuses", "bob", json={"status": "Which loaf?", "poll": poll}
    )
    poll_id = status["poll"]["id"]
    server.call("POST", f"/api/v1/polls/{poll_id}/votes", "carol", json={"choices": ["0"]})
    with alice.open(columns=120, rows=30) as terminal:
        terminal.wait_for(r"Which loaf")
        terminal.press("2")
        terminal.wait_for(r"v votes")
        terminal.press("v")
        terminal.wait_for(r"vote for one")
        terminal.press("2")
        terminal.wait_for(r"2 \(x\) spelt")
        terminal.press("enter")
        terminal.wait_for(re.escape("spelt 0 % (your vote)"))
        until(lambda: _own_votes(server, poll_id) == [1])
        terminal.wait_for(re.escape("rye 50 % · spelt 50 % (your vote)"))


def _own_votes(server: MockServer, poll_id: str) -> list[int]:
    votes: list[int] = server.call("GET", f"/api/v1/polls/{poll_id}", "alice")["own_votes"]
    return votes


def test_what_was_changed_is_marked(alice: Installed, server: MockServer) -> None:
    status = server.post_as("bob", "Pier 2 is closed.")
    edit = {"status": "Pier 2 is open again."}
    server.call("PUT", f"/api/v1/statuses/{status['id']}", "bob", json=edit)
    with alice.open(columns=120, rows=30) as terminal:
        terminal.wait_for(r"Pier 2 is open again")
        terminal.press("2", "H")
        terminal.wait_for(re.escape("Pier 2 is [-closed-]{+open again+}."))


def test_where_nobody_translates_that_is_said(alice: Installed, server: MockServer) -> None:
    server.post_as("bob", "Das Boot ist hier.", language="de")
    with alice.open(columns=120, rows=30) as terminal:
        terminal.wait_for(r"Das Boot ist hier")
        terminal.press("2", "T")
        terminal.wait_for(r"does not translate\.")


def test_a_post_in_another_language_is_translated(program: Installed) -> None:
    with running_mock("translation_enabled = true\n" + CONFIG) as server:
        _sign_in(program, server)
        server.post_as("bob", "Das Boot ist hier.", language="de")
        with program.open(columns=120, rows=30) as terminal:
            terminal.wait_for(r"Das Boot ist hier")
            terminal.press("2", "T")
            terminal.wait_for(r"translated from English by mastodon_mock")
            terminal.press("T")
            terminal.wait_for(r"translated from", gone=True)
