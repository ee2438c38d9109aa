"""Somebody at the page of an authorization server, on this machine or on another one."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from tui_inbox.clock import SystemClock
from tui_inbox.networks.bluesky.browser_signin import sign_in
from tui_inbox.networks.bluesky.signin import SignIn
from tui_inbox.networks.loopback import PATH


class Browser:
    """Goes where it is sent.

    Attributes:
        ended: the address at which it ended on a machine that cannot show it.
        spoilt: parameters of that address that are others than they were.
        words: what it showed last.
    """

    def __init__(self, **spoilt: str) -> None:
        self.spoilt = spoilt
        self.page = ""
        self.ended = ""
        self.words = ""

    def open(self, url: str) -> None:
        """Follow the owner's answer up to where it leads."""
        self.page = url
        with httpx.Client(trust_env=False, timeout=30) as client:
            target = client.get(url).headers["Location"]
            query = {name: one[0] for name, one in parse_qs(urlsplit(target).query).items()}
            self.ended = f"{target.partition('?')[0]}?{urlencode(query | self.spoilt)}"
            if not self.ended.startswith(f"http://127.0.0.1{PATH}"):
                self.words = client.get(self.ended).text

    def paste(self) -> str:
        """The address as terminals give it: in two lines."""
        return f" {self.ended[:60]}\n{self.ended[60:]} "


async def enter(base: str, browser: Browser, who: str = "alice.test") -> SignIn:
    """Sign in at a server; the browser is on this machine."""
    return await sign_in(who, clock=SystemClock(), open_browser=browser.open, server=base)


async def enter_from_afar(base: str, browser: Browser, who: str = "alice.test") -> SignIn:
    """Sign in at a server; the browser is on another machine."""
    return await sign_in(
        who,
        clock=SystemClock(),
        open_browser=browser.open,
        ask_address=browser.paste,
        server=base,
    )
