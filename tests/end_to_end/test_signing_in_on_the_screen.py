"""The first run on real servers: from the welcome page to an Inbox, without leaving the program."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import httpx
from support.fake_bluesky.running import running_bluesky
from support.installed import Installed
from support.mastodon_mock_server import MockServer
from support.terminal import Terminal

NO_BROWSER = {"BROWSER": "true"}
OVER_SSH = {**NO_BROWSER, "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}


class _Fields(HTMLParser):
    """The fields of a form, as they are filled in."""

    def __init__(self) -> None:
        super().__init__()
        self.filled: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input":
            self.filled[given.get("name") or ""] = given.get("value") or ""


def says_yes(terminal: Terminal, server: MockServer, who: str) -> str:
    """Somebody's browser at the address on the screen; what it shows at last."""
    terminal.wait_for(r"code_challenge_method=S256")
    shown = "".join(line.strip() for line in terminal.lines)
    found = re.search(rf"{server.url}/oauth/authorize\S+?code_challenge_method=S256", shown)
    assert found is not None, terminal.text
    with httpx.Client(trust_env=False, follow_redirects=True, timeout=30) as client:
        fields = _Fields()
        fields.feed(client.get(found[0]).text)
        form = {**fields.filled, "username": who}
        return client.post(f"{server.url}/oauth/authorize", data=form).text


def names(terminal: Terminal, key: str, server: str) -> None:
    """Choose a way, and name a server or oneself."""
    terminal.wait_for(r"try the demo town")
    terminal.press(key)
    terminal.wait_for(r"your (server|handle)")
    terminal.type(server)
    terminal.press("enter")


def test_the_browser_signs_in_and_the_inbox_is_there(
    program: Installed, server: MockServer
) -> None:
    server.post_as("bob", "@alice are you coming on Saturday?")
    with program.open(columns=80, rows=24, environment=NO_BROWSER) as terminal:
        names(terminal, "m", server.url)
        assert says_yes(terminal, server, "alice").startswith("You can close this page")
        terminal.wait_for(r"Bob asks")
        terminal.wait_for(r"Everything is read")
        assert "Welcome" not in terminal.text


def test_over_ssh_the_code_is_pasted(program: Installed, server: MockServer) -> None:
    with program.open(columns=80, rows=24, environment=OVER_SSH) as terminal:
        names(terminal, "m", server.url)
        told = says_yes(terminal, server, "alice")
        code = told.partition("Authorization code: ")[2].partition("<")[0]
        terminal.press("enter")
        terminal.wait_for(r"the code that the page shows")
        terminal.type(code)
        terminal.press("enter")
        terminal.wait_for(r"Everything is read")
    assert "alice@" in program.run("accounts").stdout


def test_an_app_password_signs_in_and_stands_nowhere(program: Installed) -> None:
    with running_bluesky() as api:
        for name in ("alice", "bob"):
            api.world.join(name)
        with program.open(columns=80, rows=24, environment=NO_BROWSER) as terminal:
            names(terminal, "b", f"alice.test at {api.base}")
            terminal.wait_for(r"app password of alice\.test")
            terminal.type("wrong")
            terminal.press("enter")
            terminal.wait_for(r"The password is not the one of alice\.test")
            terminal.press("enter")
            terminal.wait_for(r"your handle.*alice\.test at")
            terminal.press("enter")
            terminal.wait_for(r"app password of alice\.test")
            terminal.type("pw-alice")
            terminal.press("enter")
            terminal.wait_for(r"Everything is read")
            assert b"pw-alice" not in bytes(terminal.output)
    for path in program.home.rglob("*"):
        if path.is_file():
            assert b"pw-alice" not in path.read_bytes(), path


def test_from_the_welcome_page_to_the_demo_town_and_back(town: Installed) -> None:
    with town.open(columns=80, rows=24) as terminal:
        terminal.wait_for(r"try the demo town")
        terminal.press("d")
        terminal.wait_for(r"People you talk with")
        terminal.press("q", "q")
        terminal.wait_for(r"Welcome to tui-inbox")
        terminal.press("q", "q")
        assert terminal.wait_for_end() == 0
