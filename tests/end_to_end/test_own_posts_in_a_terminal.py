"""Own posts on a real server, with keys: edited from what was typed, deleted and written anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from support.installed import Installed
from support.mastodon_mock_server import MockServer

PATIENCE_SECONDS = 30.0


def until(condition: Callable[[], bool]) -> None:
    """Wait for the server to have it."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it never reached the server"
        time.sleep(0.05)


def by_alice(server: MockServer) -> list[dict[str, Any]]:
    path = f"/api/v1/accounts/{server.id_of('alice')}/statuses"
    statuses: list[dict[str, Any]] = server.call("GET", path, "alice")
    return statuses


def test_a_post_is_edited_and_then_written_anew(alice: Installed, server: MockServer) -> None:
    first = server.post_as("alice", "The kettle is on.")
    with alice.open(columns=120, rows=30) as terminal:
        terminal.wait_for(r"The kettle is on")
        terminal.press("2", "E")
        terminal.wait_for(r"saved|left")
        terminal.type(" Come in.")
        terminal.press("ctrl+s")
        terminal.wait_for(r"The kettle is on\. Come in\.")
        until(lambda: "Come in." in by_alice(server)[0]["content"])
        assert by_alice(server)[0]["id"] == first["id"]
        terminal.press("q")
        terminal.press("2", "d", "r")
        terminal.wait_for(r"· deleted")
        terminal.type(" There is cake.")
        terminal.press("ctrl+s")
        until(lambda: "There is cake." in str([one["content"] for one in by_alice(server)]))
        (only,) = by_alice(server)
        assert only["id"] != first["id"]
        assert "The kettle is on. Come in. There is cake." in only["content"]
