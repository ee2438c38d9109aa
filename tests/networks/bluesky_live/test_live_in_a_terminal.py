"""The whole way on the real network: a mention arrives, it is answered with keys, and the other one is shown it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from networks.bluesky_live.conftest import Connect
from networks.contract import outgoing
from support.bluesky_network.running import BlueskyNetwork
from support.installed import Installed

from tui_inbox.clock import SystemClock
from tui_inbox.core.ports import PageOf

pytestmark = pytest.mark.bluesky_live

PATIENCE_SECONDS = 60.0


async def test_a_mention_arrives_and_its_answer_is_shown_to_who_asked(
    live: BlueskyNetwork, connect: Connect, tmp_path: Path
) -> None:
    program = Installed(tmp_path / "home")
    program.settings("[sending]\nhold_seconds = 1\n")
    password = live.people["grace.test"]["password"]
    call = ("login", "bluesky", "grace.test", "--at", live.pds, "--password-stdin")
    done = program.run(*call, stdin=f"{password}\n")
    assert done.returncode == 0, done.stderr
    alice = await connect("alice")
    with program.open(columns=80, rows=24) as terminal:
        terminal.wait_for(r"asking now and then")
        text = "@grace.test are you coming on Saturday?"
        asked = await alice.publish(outgoing(text, created_at=SystemClock().now()))
        terminal.wait_for(r"Alice .* asks")  # at the next look, within 45 seconds
        terminal.press("n")
        terminal.wait_for(r"hread · Alice")
        terminal.press("r")
        terminal.wait_for(r"to Alice")
        terminal.type("Yes, at noon.")
        terminal.press("ctrl+s")
        terminal.wait_for(r"sent to Alice")
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        live.settle()
        told = (await alice.notices(PageOf(limit=5))).notices
        seen = [one.seen.post for one in told if one.seen is not None]
        if seen and seen[0].text == "Yes, at noon.":
            break
        assert time.monotonic() < until, "the answer never arrived"
    assert seen[0].reply_to is not None
    assert seen[0].reply_to.uri == asked.view.server_id
