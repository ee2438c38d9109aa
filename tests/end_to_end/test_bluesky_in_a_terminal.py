"""An account on Bluesky as its owner has it: signed in with a password that nobody sees, read, and answered from."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from support.fake_bluesky.api import DROP, Api
from support.fake_bluesky.running import running_bluesky
from support.fake_bluesky.world import Kept
from support.installed import Installed
from support.terminal import Terminal

PATIENCE_SECONDS = 30.0
NO_BROWSER = {"BROWSER": "true"}
PUT = "com.atproto.repo.putRecord"


@pytest.fixture
def bluesky() -> Iterator[Api]:
    """A server with three people; alice follows bob."""
    with running_bluesky() as api:
        for name in ("alice", "bob", "carla"):
            api.world.join(name)
        api.world.act_as("alice", "app.bsky.graph.follow", api.world.named("bob").did)
        yield api


def sign_in(program: Installed, api: Api, password: str = "pw-alice") -> str:
    """Sign in as alice without a terminal; what was said of it."""
    call = ("login", "bluesky", "alice.test", "--at", api.base, "--password-stdin")
    done = program.run(*call, stdin=f"{password}\n")
    return done.stdout + done.stderr


@pytest.fixture
def alice(program: Installed, bluesky: Api) -> Installed:
    """The program, signed in there as alice; what she sends is held for a second."""
    program.settings("[sending]\nhold_seconds = 1\n")
    assert "Signed in as alice.test" in sign_in(program, bluesky)
    return program


def answers(api: Api) -> list[Kept]:
    """What alice has posted."""
    return api.world.of("app.bsky.feed.post", api.world.named("alice").did)


def wait_for_answer(api: Api) -> Kept:
    """Her newest post, once there is one."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not (found := answers(api)):
        assert time.monotonic() < until, "the answer never reached the server"
        time.sleep(0.05)
    return found[0]


def asked_by_bob(api: Api) -> Kept:
    """Bob asks something of alice."""
    word, facet = api.world.mention("alice")
    return api.world.post_as("bob", f"{word} are you coming on Saturday?", facets=[facet])


def test_the_password_is_asked_for_and_not_shown(program: Installed, bluesky: Api) -> None:
    with program.open("login", "bluesky", "alice.test", "--at", bluesky.base) as terminal:
        terminal.wait_for(r"App password of alice\.test at 127\.0\.0\.1")
        terminal.type("pw-alice")
        terminal.press("enter")
        terminal.wait_for(r"Signed in as alice\.test")
        assert b"pw-alice" not in bytes(terminal.output)


def in_the_browser(terminal: Terminal) -> str:
    """What the owner's browser is told at the address on the screen: where to go."""
    terminal.wait_for(r"Say yes in your browser")
    terminal.wait_for(r"request_uri=urn\S+\s*\n\s*\n")
    found = re.search(r"http://127\.0\.0\.1:\d+/oauth/authorize\S+", terminal.text)
    assert found is not None, terminal.text
    return str(httpx.get(found[0], trust_env=False).headers["Location"])


def test_the_browser_signs_in_without_a_password(program: Installed, bluesky: Api) -> None:
    call = ("login", "bluesky", "alice.test", "--at", bluesky.base, "--browser")
    with program.open(*call, columns=400, environment=NO_BROWSER) as terminal:
        told = httpx.get(in_the_browser(terminal), trust_env=False).text
        assert told.startswith("You can close this page")
        terminal.wait_for(r"Signed in as alice\.test")
    asked_by_bob(bluesky)
    bluesky.oauth.expire()
    inbox = program.run("inbox", "--sync", "--json")
    assert inbox.returncode == 0, inbox.stderr
    assert "Saturday?" in inbox.stdout
    assert bluesky.oauth.asked == ["authorization_code", "refresh_token"]
    (secrets,) = program.home.rglob("secrets.json")
    assert secrets.stat().st_mode & 0o077 == 0
    (kept,) = json.loads(secrets.read_text()).values()
    grant = json.loads(kept)
    for path in program.home.rglob("*"):
        if path.is_file() and path != secrets:
            for secret in (grant["bound"]["key"], grant["access"], grant["refresh"]):
                assert secret.encode() not in path.read_bytes(), path


def test_over_ssh_the_address_is_pasted(program: Installed, bluesky: Api) -> None:
    call = ("login", "bluesky", "alice.test", "--at", bluesky.base, "--browser")
    there = {**NO_BROWSER, "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}
    with program.open(*call, columns=400, environment=there) as terminal:
        ended = in_the_browser(terminal)
        terminal.wait_for(r"The address:")
        terminal.type(ended)
        terminal.press("enter")
        terminal.wait_for(r"Signed in as alice\.test")


def test_a_sign_in_that_its_server_has_ended_is_one_sentence(
    program: Installed, bluesky: Api
) -> None:
    call = ("login", "bluesky", "alice.test", "--at", bluesky.base, "--paste")
    with program.open(*call, columns=400, environment=NO_BROWSER) as terminal:
        terminal.type(in_the_browser(terminal))
        terminal.press("enter")
        terminal.wait_for(r"Signed in as alice\.test")
    assert program.run("inbox", "--sync").returncode == 0
    for session in bluesky.oauth.sessions.values():
        session.is_ended = True
    said = program.run("inbox", "--sync").stderr
    assert re.fullmatch(r"alice\.test: \S+ has ended this sign-in by the browser\.\n", said)
    with program.open() as terminal:
        terminal.wait_for(r"signed out")
        terminal.press("@")
        terminal.wait_for(r"s signs it in again")


def test_a_mention_is_read_and_answered_with_keys(alice: Installed, bluesky: Api) -> None:
    asked = asked_by_bob(bluesky)
    with alice.open(columns=80, rows=24) as terminal:
        terminal.wait_for(r"Bob asks")
        terminal.wait_for(r"asking now and then")
        terminal.press("n")
        terminal.wait_for(r"hread · Bob")
        terminal.press("r")
        terminal.wait_for(r"to Bob · everyone")
        terminal.type("Yes, at noon. #saturday")
        terminal.press("ctrl+s")
        answer = wait_for_answer(bluesky).value
        terminal.wait_for(r"sent to Bob")
    assert answer["text"] == "Yes, at noon. #saturday"
    parent = {"uri": asked.uri, "cid": asked.cid}
    assert answer["reply"] == {"root": parent, "parent": parent}
    (facet,) = answer["facets"]
    assert facet["features"][0]["tag"] == "saturday"


def test_a_private_message_waits_and_is_answered_in_private(alice: Installed, bluesky: Api) -> None:
    world, chat = bluesky.world, bluesky.chat
    convo = chat.between(world.named("bob").did, world.named("alice").did)
    chat.say(convo, world.named("bob").did, world.past(), "Can you keep a secret?")
    with alice.open(columns=100, rows=28) as terminal:
        terminal.wait_for(r"Can you keep a secret")
        terminal.press("n")
        terminal.wait_for(r"hread · Bob")
        terminal.press("r")
        terminal.wait_for(r"to Bob · only those named")
        terminal.type("Of course.")
        terminal.press("ctrl+s")
        terminal.wait_for(r"sent to Bob")
    assert [one["text"] for one in convo.messages] == ["Can you keep a secret?", "Of course."]
    assert not answers(bluesky)
    lanes = json.loads(alice.run("inbox", "--sync", "--json").stdout)["lanes"]
    assert [lane["lane"] for lane in lanes] == ["Done today"]
    assert re.search(r"private messages: yes", alice.run("doctor").stdout)


def test_a_lost_answer_is_no_second_post(alice: Installed, bluesky: Api) -> None:
    bluesky.faults[PUT] = [DROP, DROP]
    queued = alice.run("post", "Only once.")
    assert queued.returncode == 3, queued.stdout + queued.stderr
    with alice.open() as terminal:
        terminal.wait_for(r"asking now and then")
        until = time.monotonic() + PATIENCE_SECONDS
        while waiting(alice):
            assert time.monotonic() < until, "the outbox was never emptied"
    assert [one.value["text"] for one in answers(bluesky)] == ["Only once."]


def waiting(alice: Installed) -> list[Any]:
    """What stands in the outbox."""
    done = alice.run("outbox", "--json")
    return list(json.loads(done.stdout))


def test_an_expired_token_is_no_reason_to_sign_in_again(alice: Installed, bluesky: Api) -> None:
    asked_by_bob(bluesky)
    did = bluesky.world.named("alice").did
    bluesky.expired.add(f"access.{did}.0")
    inbox = alice.run("inbox", "--sync", "--json")
    assert inbox.returncode == 0, inbox.stderr
    (lane,) = json.loads(inbox.stdout)["lanes"]
    assert lane["rows"][0]["post"]["text"].endswith("Saturday?")


def test_who_was_signed_out_is_told_how_to_sign_in_again(alice: Installed, bluesky: Api) -> None:
    did = bluesky.world.named("alice").did
    numbers = range(9)
    bluesky.expired |= {f"{kind}.{did}.{n}" for kind in ("access", "refresh") for n in numbers}
    with alice.open() as terminal:
        terminal.wait_for(r"signed out")
        terminal.press("@")
        terminal.wait_for(r"s signs it in again")
        bluesky.expired.clear()
        assert "Signed in as alice.test" in sign_in(alice, bluesky)
        terminal.wait_for(r"asks its server now and then")


def test_wrong_calls_are_one_sentence(program: Installed, bluesky: Api) -> None:
    for said in (
        sign_in(program, bluesky, "wrong"),
        sign_in(program, bluesky, ""),
        program.run("login", "bluesky", "alice.test", "--token-stdin", stdin="x\n").stderr,
        program.run("login", "mastodon", bluesky.base, "--password-stdin", stdin="x\n").stderr,
        program.run("login", "mastodon", bluesky.base, "--browser").stderr,
        program.run("login", "bluesky", "a@b.example", "--browser").stderr,
        program.run("login", "bluesky", "what is this", "--password-stdin", stdin="x\n").stderr,
    ):
        assert len(said.splitlines()) == 1
        assert said.endswith("Nothing was changed.\n")


def test_neither_password_nor_tokens_are_anywhere_but_with_the_secrets(
    alice: Installed, bluesky: Api
) -> None:
    alice.run("inbox", "--sync")
    did = bluesky.world.named("alice").did
    for path in alice.home.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"pw-alice" not in data, path
            assert path.name == "secrets.json" or f"access.{did}".encode() not in data, path
