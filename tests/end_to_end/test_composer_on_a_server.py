"""Everything the composer has, against a server that goes away: each text arrives once, with all that belongs to it."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from support.fake_mastodon.running import FakeServer, running_fake
from support.installed import Installed

PATIENCE_SECONDS = 60.0
ALT = "a table with an empty column"
ATTACHED = rf"1 picture table.png · “{ALT}”"


def written(server: FakeServer, count: int) -> list[dict[str, Any]]:
    """What the server was given, once it is so much."""
    until = time.monotonic() + PATIENCE_SECONDS
    while len(given := server.written()) < count:
        assert time.monotonic() < until, "it never reached the server"
        time.sleep(0.1)
    return given


def test_an_answer_with_everything_is_taken_back_waits_for_the_server_and_arrives_once(
    program: Installed, tmp_path: Path
) -> None:
    picture = tmp_path / "table.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    program.settings("[sending]\nhold_seconds = 4\n")
    with running_fake(60) as server:
        done = program.run("login", "mastodon", server.url, "--token-stdin", stdin="token\n")
        assert done.returncode == 0, done.stderr
        with program.open() as terminal:
            terminal.wait_for(server.home()[0])
            terminal.wait_for(r"\blive\b")
            terminal.press("r")
            terminal.wait_for(r"BENCH .* · to ")
            terminal.type("See for yourself.")
            terminal.press("ctrl+o", "w")
            terminal.wait_for(r"warning in front of it")
            terminal.type("tables")
            terminal.press("enter")
            terminal.wait_for(r"warning: tables")
            terminal.press("ctrl+o", "m")
            terminal.wait_for(r"file to attach")
            terminal.type(str(picture))
            terminal.press("enter")
            terminal.wait_for(r"what can be seen in table.png")
            terminal.type(ALT)
            terminal.press("enter")
            terminal.wait_for(ATTACHED)

            terminal.press("ctrl+s")
            terminal.wait_for(r"leaves in")
            terminal.press("U")
            terminal.wait_for(ATTACHED)
            terminal.wait_for(r"warning: tables")
            terminal.wait_for(r"See for yourself\.")
            assert server.written() == []

            server.down()
            terminal.wait_for(r"offline since \d\d:\d\d")
            terminal.press("ctrl+s")
            terminal.wait_for(r"1 waits")
            server.up()
            (answer,) = written(server, 1)
            terminal.wait_for(r"1 waits", gone=True)

            terminal.press("c")
            terminal.wait_for(r"BENCH .* · a new post")
            terminal.type("Which bread?")
            terminal.press("ctrl+o", "p")
            terminal.wait_for(r"lasts 1d")
            terminal.type("rye")
            terminal.press("enter")
            terminal.wait_for(r"▌ +2")
            terminal.type("spelt")
            terminal.wait_for(r"▌ +2 spelt")
            terminal.press("esc")
            terminal.wait_for(r"poll, 1d: rye · spelt")
            terminal.press("ctrl+s")
            terminal.wait_for(r"leaves in")
            answered, poll = written(server, 2)

        assert answered == answer
        assert answer["parent"] is not None
        assert answer["form"]["status"].endswith("See for yourself.")
        assert answer["status"]["spoiler_text"] == "tables"
        assert [one["description"] for one in answer["status"]["media_attachments"]] == [ALT]
        assert poll["parent"] is None
        assert json.loads(poll["form"]["poll"])["options"] == ["rye", "spelt"]
