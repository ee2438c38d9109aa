"""Whatever others put into names, profiles and texts: on the terminal it is text, and the settings stay whole."""

from __future__ import annotations

import re
import time
import tomllib

from support.installed import Installed
from support.mastodon_mock_server import MockServer
from support.terminal import Terminal

HOSTILE = (
    "\x1b]0;PWNED\x07\x1b]9;PWNED\x07\x1b[2J\x9b31m\x9d52;c;UFdORUQ=\x9c\u202etold\u200b "
    "[red]x[/] \"'\\\n[[rules]]\npoints = 9 ;"
)
SETTINGS = """\
# mine
[notifications]
way = "osc9"   # as my terminal likes it
when = "always"
"""
PATIENCE_SECONDS = 60.0


def calls_themselves(server: MockServer, who: str) -> None:
    """Somebody puts all of it into their profile."""
    profile = {"display_name": f"{who}\x1b]9;PWNED\x07[red]x[/]", "note": HOSTILE}
    profile |= {"fields_attributes[0][name]": HOSTILE, "fields_attributes[0][value]": HOSTILE}
    server.call("PATCH", "/api/v1/accounts/update_credentials", who, data=profile)


def commands(terminal: Terminal) -> list[str]:
    """What the terminal was told to do beside painting: titles, bubbles, clipboards."""
    found = re.findall(rb"\x1b\]([^\x07\x1b]*)", bytes(terminal.output))
    return [one.decode() for one in found]


def bubble(terminal: Terminal) -> str:
    """The first bubble, waited for."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not (found := [one for one in commands(terminal) if one.startswith("9;")]):
        assert time.monotonic() < until, terminal.text
        terminal.watch(0.2)
    return found[0]


def test_hostile_words_are_words_in_every_new_place(alice: Installed, server: MockServer) -> None:
    alice.settings(SETTINGS)
    for who in ("bob", "carol"):
        calls_themselves(server, who)
    asked = server.post_as("bob", f"@alice {HOSTILE} is it open?", spoiler_text=HOSTILE)
    server.post_as("alice", "@bob yes", in_reply_to_id=asked["id"])
    server.post_as("bob", f"@alice {HOSTILE} and on Sunday?")
    server.post_as("carol", f"@alice {HOSTILE} who are you?")
    with alice.open(columns=160, rows=50) as terminal:
        terminal.wait_for(r"live")
        terminal.wait_for(r"Strangers · 1")
        terminal.press("1", "g", "g", "w")
        terminal.wait_for(r"Why bob\[red\]x\[/\] is")
        terminal.press("+")
        terminal.wait_for(r"your rule: @bob")
        terminal.press("q", "p")
        terminal.wait_for(r"What passed between you")
        terminal.press("q", "g", "f")
        terminal.wait_for(r"CAN’T TELL")
        terminal.press("1")
        terminal.wait_for(r"to you: ")
        server.post_as("bob", f"@alice {HOSTILE} or on Monday?")
        assert "bob[red]x[/]" in bubble(terminal)
        assert b"\xe2\x80\xae" not in terminal.output
        told = commands(terminal)
    allowed = re.compile(
        r"2;(\d+ waits? · )?tui-inbox|9;[^\x00-\x1f]*bob\[red\]x\[/\][^\x00-\x1f]*|22;.*"
    )
    assert [one for one in told if not allowed.fullmatch(one)] == []
    text = (alice.home / "config" / "settings.toml").read_text()
    assert text.startswith(SETTINGS)
    (rule,) = tomllib.loads(text)["rules"]
    assert rule == {"person": f"@bob@{server.domain}", "points": 0.5}
