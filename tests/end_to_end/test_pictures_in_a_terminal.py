"""Pictures in a real terminal: no key is lost while they are loaded, and nothing of them stays behind."""

from __future__ import annotations

import re

from support.installed import Installed
from support.mastodon_mock_server import MockServer
from support.pictures import png
from support.terminal import Terminal

KITTY = {"TERM": "xterm-kitty", "COLORTERM": "truecolor"}
MAP = r"a hand-drawn map of a harbour, two boats"
SENT = rb"\x1b_Ga=t,f=100,t=d,i=(\d+),q=2,m=[01];iVBORw0KGgo"
PLACED = rb"\x1b_Ga=p,U=1,i=%s,c=\d+,r=\d+,q=2\x1b\\"
GONE = rb"\x1b_Ga=d,d=I,i=%s,q=2\x1b\\"


def at_the_map(terminal: Terminal) -> None:
    """Find the post with the map."""
    terminal.wait_for(r"live, last word")
    terminal.press("/")
    terminal.wait_for(r"Search")
    terminal.type("hand-drawn map")
    terminal.wait_for(r"Search · 1 found")
    terminal.press("enter")
    terminal.wait_for(r"v pictures")


def sent_ids(terminal: Terminal) -> list[bytes]:
    return re.findall(SENT, bytes(terminal.output))


def test_half_blocks_stand_where_nothing_else_is_known(town: Installed) -> None:
    with town.open("demo", columns=110, rows=36) as terminal:
        at_the_map(terminal)
        terminal.press("v", "q")  # the second key comes while the library is loaded
        terminal.wait_for(r"Search · 1 found")
        terminal.press("v")
        terminal.wait_for(r"▀{40}")
        terminal.wait_for(r"picture · 360 × 240 · from town\.example")
        inbox = [line[:46].rstrip() for line in terminal.lines]
        assert not any("▀" in line for line in inbox), "the column beside it is free of it"
        assert b"\x1b_G" not in terminal.output
        terminal.press("q")
        terminal.wait_for("▀", gone=True)


def test_kitty_gets_pictures_and_is_told_when_they_are_gone(town: Installed) -> None:
    town.settings('[reading]\npictures = "always"\n')
    with town.open("demo", columns=110, rows=36, environment=KITTY) as terminal:
        at_the_map(terminal)
        assert sent_ids(terminal) == []
        terminal.press("enter")
        terminal.wait_for(r"\U0010eeee")
        terminal.press("q")
        terminal.wait_for(r"\U0010eeee", gone=True)
        terminal.press("v")
        terminal.wait_for(r"picture · 360 × 240")
        terminal.wait_for(r"\U0010eeee")
        in_thread, alone = sent_ids(terminal)
        assert re.search(GONE % in_thread, bytes(terminal.output))
        assert re.search(PLACED % alone, bytes(terminal.output))
        assert not re.search(GONE % alone, bytes(terminal.output))
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        assert re.search(GONE % alone, bytes(terminal.output)), "nothing stays in the terminal"


def test_a_picture_of_a_real_server_is_shown_and_a_drawing_is_not(
    alice: Installed, server: MockServer
) -> None:
    media = server.call(
        "POST",
        "/api/v2/media",
        "bob",
        files={"file": ("rye.png", png(64, 64), "image/png")},
        data={"description": "a loaf, cut open"},
    )
    form = {"status": "Rye, at last.", "visibility": "public", "media_ids[]": media["id"]}
    server.call("POST", "/api/v1/statuses", "bob", data=form)
    with alice.open(columns=110, rows=36) as terminal:
        terminal.wait_for(r"\[picture: a loaf, cut open\]")
        terminal.press("2")
        terminal.wait_for(r"v pictures")
        terminal.press("v")
        terminal.wait_for(r"▀{20}")
        terminal.wait_for(r"picture · 64 × 64 · from 127\.0\.0\.1")
        terminal.press("q", "p")
        terminal.wait_for(r"v picture")
        terminal.press("v")  # this server draws people's pictures as SVG
        terminal.wait_for(r"is no picture, film or sound")
    kept = list((alice.home / "cache" / "media").iterdir())
    assert [file.read_bytes() for file in kept] == [png(64, 64)]
