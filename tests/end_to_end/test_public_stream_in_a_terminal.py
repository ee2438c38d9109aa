"""All of Bluesky as the source of a search, from the palette to the hit, on the installed program."""

from __future__ import annotations

import json

from support.installed import Installed
from support.jetstream.kills import replay_server
from support.jetstream.replay import SOUGHT


def test_a_search_hears_all_of_bluesky_and_doctor_says_so(alice: Installed) -> None:
    with replay_server(rate=500, seconds=600) as (address, _):
        alice.settings(
            f'[sending]\nhold_seconds = 1\n[listening]\njetstream = ["{address}"]\nappview = ""\n'
        )
        assert alice.run("searches", "add", SOUGHT).returncode == 0
        with alice.open(columns=80, rows=24) as terminal:
            terminal.wait_for(r"live")
            terminal.press("3")
            terminal.wait_for(SOUGHT)
            terminal.press(":")
            terminal.type("hear all of Bluesky")
            terminal.wait_for(r"every public post")
            terminal.press("enter")
            terminal.wait_for(r"about 1 GB a day")
            terminal.press("1", "enter")
            terminal.wait_for(rf"{SOUGHT} n\d+")
            terminal.wait_for(r"a day at this rate")
            checked = json.loads(alice.run("doctor", "--json").stdout)
    (stream,) = checked["checkup"]["streams"]
    assert stream["live"]
    assert stream["host"] == address.removeprefix("ws://")
    assert stream["events_a_second"] > 100
