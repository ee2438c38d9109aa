"""A server that goes away and comes back, and a sign-in that is taken back, while the program is on the screen."""

from __future__ import annotations

import time

from support.fake_mastodon.running import FakeServer, running_fake
from support.installed import Installed
from support.mastodon_mock_server import MockServer

PATIENCE_SECONDS = 60.0


def sign_in(program: Installed, url: str, token: str) -> None:
    done = program.run("login", "mastodon", url, "--token-stdin", stdin=f"{token}\n")
    assert done.returncode == 0, done.stderr


def wait_until_posted(server: FakeServer) -> list[str]:
    """The texts that the server got, once there are some."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not (posted := server.stats()["posted"]):
        assert time.monotonic() < until, "the reply never reached the server"
        time.sleep(0.1)
    return [form["status"] for form in posted]


def test_while_the_server_is_gone_that_is_said_and_a_reply_waits_and_leaves_once(
    program: Installed,
) -> None:
    program.settings("[sending]\nhold_seconds = 1\n")
    with running_fake(60) as server:
        sign_in(program, server.url, "token")
        newest = server.home()[0]
        with program.open() as terminal:
            terminal.wait_for(newest)
            terminal.wait_for(r"\blive\b")
            server.down()
            terminal.wait_for(r"offline since \d\d:\d\d, next try in \d+ s")
            assert newest in terminal.text
            terminal.press("r")
            terminal.wait_for(r"BENCH .* · to ")
            terminal.type("Until you are back.")
            terminal.press("ctrl+s")
            terminal.wait_for(r"1 waits")
            terminal.press("q")
            terminal.wait_for(newest)
            (late,) = server.emit()
            server.up()
            terminal.wait_for(late.marker)
            terminal.wait_for(r"\blive\b")
            (text,) = wait_until_posted(server)
            assert text.endswith("Until you are back.")
            terminal.wait_for(r"1 waits", gone=True)
        with program.open() as terminal:
            terminal.wait_for(r"\blive\b")
            assert len(server.stats()["posted"]) == 1


def test_a_sign_in_that_was_taken_back_stops_its_own_account_and_offers_another(
    program: Installed, mock_server: MockServer
) -> None:
    mock_server.reset()
    for name in ("alice", "bob"):
        sign_in(program, mock_server.url, f"{name}-token")
    mock_server.call("POST", "/oauth/revoke", data={"token": "alice-token"})
    with program.open() as terminal:
        terminal.wait_for(r"\blive\b")
        terminal.press("@")
        terminal.wait_for(r"signed out: .* does not accept this sign-in")
        terminal.wait_for(r"s signs it in again")
        terminal.press("esc")
        terminal.wait_for(r"live.* · al: signed out, @ says how to sign in")
        mock_server.post_as("carol", "@bob are you still there?")  # whom bob does not follow
        terminal.wait_for(r"Strangers · 1")
