"""An account on Mastodon and one on Bluesky, open together: one inbox, one text for both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from support.fake_bluesky.api import Api
from support.fake_bluesky.running import running_bluesky
from support.installed import Installed
from support.mastodon_mock_server import MockServer


@pytest.fixture
def bluesky() -> Iterator[Api]:
    """A server with mira and bob on it."""
    with running_bluesky() as api:
        for name in ("mira", "bob"):
            api.world.join(name)
        api.world.act_as("mira", "app.bsky.graph.follow", api.world.named("bob").did)
        yield api


@pytest.fixture
def both(alice: Installed, bluesky: Api) -> Installed:
    """The program, signed in as alice on a Mastodon server and as mira on Bluesky."""
    call = ("login", "bluesky", "mira.test", "--at", bluesky.base, "--password-stdin")
    done = alice.run(*call, stdin="pw-mira\n")
    assert done.returncode == 0, done.stderr
    return alice


def printed(program: Installed, *call: str) -> Any:
    """What a verb prints as JSON."""
    done = program.run(*call, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def posted(server: MockServer) -> list[Any]:
    """What alice has posted."""
    found = server.call("GET", f"/api/v1/accounts/{server.id_of('alice')}/statuses", "alice")
    return list(found)


def test_both_stand_in_one_inbox_and_each_is_answered_where_it_came_from(
    both: Installed, server: MockServer, bluesky: Api
) -> None:
    server.post_as("bob", "@alice are you coming on Saturday?")
    word, facet = bluesky.world.mention("mira")
    asked = bluesky.world.post_as("bob", f"{word} and you?", facets=[facet])
    lanes = printed(both, "inbox", "--sync")["lanes"]
    rows = {row["post"]["text"]: row["post"]["id"] for lane in lanes for row in lane["rows"]}
    assert set(rows) == {"@alice are you coming on Saturday?", "@mira.test and you?"}
    for text in rows:
        sent = both.run("reply", str(rows[text]), "At noon.")
        assert sent.returncode == 0, sent.stderr
    (answer,) = bluesky.world.of("app.bsky.feed.post", bluesky.world.named("mira").did)
    assert answer.value["reply"]["parent"]["uri"] == asked.uri
    assert answer.value["text"] == "At noon."
    assert len(posted(server)) == 1
    lanes = printed(both, "inbox", "--sync")["lanes"]
    assert [(lane["lane"], len(lane["rows"])) for lane in lanes] == [("Done today", 2)]


def test_one_text_goes_out_from_both(both: Installed, server: MockServer, bluesky: Api) -> None:
    letters = [row["letters"] for row in printed(both, "accounts")]
    call = [part for one in letters for part in ("--account", one)]
    sent = both.run("post", *call, "Rye today. https://example.com/rye")
    assert sent.returncode == 0, sent.stdout + sent.stderr
    (post,) = bluesky.world.of("app.bsky.feed.post", bluesky.world.named("mira").did)
    assert post.value["facets"][0]["features"][0]["uri"] == "https://example.com/rye"
    assert "Rye today." in posted(server)[0]["content"]


def test_what_one_network_lacks_is_said_for_it_alone(both: Installed, bluesky: Api) -> None:
    done = both.run("post", "--account", "mi", "--audience", "followers", "For friends.")
    assert done.returncode != 0
    assert "Everybody can read what is posted there" in done.stdout + done.stderr
    assert not bluesky.world.of("app.bsky.feed.post")


def test_one_person_on_both_is_one_line_once_they_are_linked(
    both: Installed, server: MockServer, bluesky: Api
) -> None:
    def people() -> list[str]:
        return [row["handle"] for row in printed(both, "people")]

    word, facet = bluesky.world.mention("mira")
    bluesky.world.post_as("bob", f"{word} tea?", facets=[facet])
    server.post_as("bob", "@alice are you coming on Saturday?")
    lanes = printed(both, "inbox", "--sync")["lanes"]
    for post in [row["post"]["id"] for lane in lanes for row in lane["rows"]]:
        assert both.run("reply", str(post), "At noon.").returncode == 0
    server.post_as("bob", "@alice and on Sunday?")
    printed(both, "inbox", "--sync")
    before = people()
    assert len([one for one in before if one.startswith("bob")]) == 2
    with both.open(columns=110, rows=32) as terminal:
        terminal.wait_for(r"and on Sunday")
        terminal.press("n")
        terminal.wait_for(r"hread · ")
        terminal.press("p")
        terminal.wait_for(r"Bob +@bob")
        terminal.press("L")
        terminal.wait_for(r"is also")
        terminal.type("bob.test")
        terminal.press("enter")
        terminal.wait_for(r"one person now")
    assert len([one for one in people() if one.startswith("bob")]) == 1
