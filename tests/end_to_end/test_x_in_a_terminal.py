"""An account on X as its owner has it: signed in in the browser, read for cents, answered from, and its bill told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from support.fake_x.api import Api
from support.fake_x.running import running_x
from support.installed import Installed
from support.terminal import Terminal

NO_BROWSER = {"BROWSER": "true"}
REDIRECT = "http://127.0.0.1:8732/callback"


@pytest.fixture
def x() -> Iterator[Api]:
    """A server with three people, and an app of alice's with a secret; alice follows bob."""
    with running_x() as api:
        for name in ("alice", "bob", "carla"):
            api.world.join(name)
        api.world.named("alice").follows.add(api.world.named("bob").id)
        api.oauth.redirects["my-app"] = [REDIRECT]
        api.oauth.app_secrets["my-app"] = "s3cret"
        yield api


def ended(terminal: Terminal) -> str:
    """Where the owner's browser ends that is told to open the page on the screen."""
    terminal.wait_for(r"The address:")
    screen = bytes(terminal.output).decode()
    found = re.search(r"http://\S+/i/oauth2/authorize\?\S+", screen)
    assert found is not None
    return httpx.get(found[0], trust_env=False).headers["Location"]


@pytest.fixture
def alice(program: Installed, x: Api) -> Installed:
    """The program, signed in there as alice, from afar and with a secret that nobody sees."""
    call = ("login", "x", "my-app", "--at", x.base, "--confidential", "--paste")
    with program.open(*call, environment=NO_BROWSER, columns=600) as terminal:
        terminal.wait_for(r"Client secret of the app my-app")
        terminal.type("s3cret")
        terminal.press("enter")
        terminal.type(ended(terminal))
        terminal.press("enter")
        terminal.wait_for(r"Signed in as alice")
        assert b"s3cret" not in bytes(terminal.output)
    return program


def printed(program: Installed, *call: str) -> Any:
    """What a verb prints as JSON."""
    done = program.run(*call, "--json")
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_who_writes_is_answered_and_what_it_cost_is_told(alice: Installed, x: Api) -> None:
    x.world.post_as("carla", "@alice are you coming on Saturday?")
    x.world.post_as("bob", "To nobody in particular.")
    (lane,) = printed(alice, "inbox", "--sync")["lanes"]
    (row,) = lane["rows"]
    assert row["person"]["handle"] == "carla"
    sent = alice.run("reply", str(row["post"]["id"]), "At noon.")
    assert sent.returncode == 0, sent.stderr
    (answer,) = (one for one in x.world.posts.values() if one.text == "At noon.")
    assert x.world.posts[answer.ref("replied_to") or ""].text.startswith("@alice")
    bill = x.bill(x.world.named("alice").id).total
    (account,) = printed(alice, "doctor")["checkup"]["accounts"]
    assert account["spent"]["today"] == bill
    assert f"${bill / 1_000_000:.3f} of $0.50 spent today" in alice.run("doctor").stdout


def test_what_x_takes_from_browsers_only_and_what_is_dear_is_said_and_not_sent(
    alice: Installed, x: Api
) -> None:
    other = x.world.post_as("bob", "To nobody in particular.")
    (entry,) = printed(alice, "timeline", "--sync")["rows"]
    refused = alice.run("reply", str(entry["post"]["id"]), "But me.")
    assert refused.returncode == 1
    assert f"https://x.com/intent/tweet?in_reply_to={other.id}" in refused.stderr
    dear = alice.run("post", "See https://quayside.org/tides")
    assert dear.returncode == 1
    assert "with an address in it this costs $0.20; --anyway sends it" in dear.stderr
    assert [one.text for one in x.world.posts.values()] == ["To nobody in particular."]


def test_a_day_that_may_cost_nothing_costs_nothing(alice: Installed, x: Api) -> None:
    alice.settings("[x]\ndollars_a_day = 0\n")
    x.world.post_as("carla", "@alice are you coming on Saturday?")
    told = alice.run("inbox", "--sync")
    assert "dollars_a_day" in told.stderr
    assert x.paths("/mentions") == []


def test_options_of_other_networks_are_not_for_x(program: Installed, x: Api) -> None:
    told = program.run("login", "x", "my-app", "--browser")
    assert (told.returncode, "Nothing was changed" in told.stderr) == (1, True)
    told = program.run("login", "mastodon", "https://your.server", "--port", "9000")
    assert "are for X" in told.stderr
