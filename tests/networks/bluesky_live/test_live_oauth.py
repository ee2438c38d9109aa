"""Signing in by the browser on the real network, whose pages are answered as a browser does it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from networks.bluesky.secrets_in_memory import InMemory
from networks.contract import HOME, OWN, outgoing
from networks.memory_state import MemoryState
from support.bluesky_network.running import BlueskyNetwork

from tui_inbox.clock import SystemClock
from tui_inbox.core.ports import PageOf, Refused, SignedOut
from tui_inbox.networks.bluesky.browser_signin import sign_in
from tui_inbox.networks.bluesky.client import BlueskyNetwork as Account
from tui_inbox.networks.bluesky.grants import Grant, Grants
from tui_inbox.networks.bluesky.signin import SignIn

pytestmark = pytest.mark.bluesky_live

NAVIGATING = {
    "accept": "text/html",
    "sec-fetch-site": "none",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
}


class Browser:
    """Somebody at the server's page with their password, who says yes or no there.

    Attributes:
        ended: the address at which it ended.
    """

    def __init__(self, live: BlueskyNetwork, handle: str, *, says: str = "consent") -> None:
        self._live = live
        self._handle = handle
        self._says = says
        self.ended = ""
        self._cookies: dict[str, str] = {}

    def open(self, url: str) -> None:
        """Sign in and answer."""
        site = f"http://{urlsplit(url).netloc}"
        assert self._ask("GET", url, NAVIGATING).status_code == 200
        here = {
            "origin": site,
            "referer": url,
            "sec-fetch-site": "same-origin",
            "sec-fetch-mode": "same-origin",
            "sec-fetch-dest": "empty",
            "x-csrf-token": self._cookies["csrf-token"],
        }

        def said(what: str, words: dict[str, Any], **more: str) -> dict[str, Any]:
            address = f"{site}/@atproto/oauth-provider/~api/{what}"
            answer = self._ask("POST", address, {**here, **more}, words)
            assert answer.is_success, answer.text
            return dict(answer.json())

        password = self._live.people[self._handle]["password"]
        name = {"locale": "en", "username": self._handle, "password": password}
        signed = said("sign-in", {**name, "remember": False})
        token = signed.get("ephemeralToken")
        bearer = {"authorization": f"Bearer {token}"} if token else {}
        did = {} if self._says == "reject" else {"did": signed["account"]["did"]}
        target = said(self._says, did, **bearer)["url"]
        same = {**NAVIGATING, "sec-fetch-site": "same-origin", "referer": url}
        while target.startswith(site):
            target = self._ask("GET", target, same).headers["location"]
        self.ended = target
        if urlsplit(target).port is not None:
            assert httpx.get(target, trust_env=False).text.startswith("You can close this page")

    def _ask(
        self, method: str, url: str, headers: dict[str, str], said: dict[str, Any] | None = None
    ) -> httpx.Response:
        """One request; cookies that want https are sent as browsers send them to this machine itself."""
        own = {
            "user-agent": "Mozilla/5.0",
            "cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        }
        with httpx.Client(trust_env=False, timeout=30) as web:
            answer = web.request(method, url, json=said, headers={**own, **headers})
        for cookie in answer.headers.get_list("set-cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer


async def enter(live: BlueskyNetwork, browser: Browser, handle: str, **options: Any) -> SignIn:
    """Sign in at the server of the network."""
    return await sign_in(
        handle, clock=SystemClock(), open_browser=browser.open, server=live.pds, **options
    )


@pytest.fixture
async def erin(live: BlueskyNetwork) -> AsyncIterator[tuple[Account, InMemory]]:
    """Erin's account, signed in by the browser, and her secrets."""
    secrets = InMemory()
    secrets.kept["erin"] = (await enter(live, Browser(live, "erin.test"), "erin.test")).kept
    account = open_account(live, secrets)
    yield account, secrets
    await account.close()


def open_account(live: BlueskyNetwork, secrets: InMemory) -> Account:
    """Her account, as a process of the program opens it."""
    return Account(
        live.people["erin.test"]["did"],
        live.pds,
        Grants(secrets, "erin"),
        clock=SystemClock(),
        state=MemoryState(),
    )


def with_spoilt_token(secrets: InMemory) -> Grant:
    """Let the kept access token be none; what is kept then."""
    grant = Grants(secrets, "erin").read()
    assert grant is not None
    spoilt = Grant(grant.pds, f"{grant.access[:-4]}AAAA", grant.refresh, grant.bound)
    Grants(secrets, "erin").keep(spoilt)
    return spoilt


async def test_who_signed_in_by_the_browser_reads_and_writes(
    live: BlueskyNetwork, erin: tuple[Account, InMemory]
) -> None:
    account, _ = erin
    assert (await account.identify()).person.handle == "erin.test"
    await account.feed(HOME, PageOf())
    await account.notices(PageOf())
    sent = await account.publish(outgoing("By the browser.", created_at=SystemClock().now()))
    live.settle()
    own = await account.feed(OWN, PageOf())
    assert sent.post.ref in [entry.seen.post.ref for entry in own.entries]


async def test_tokens_are_exchanged_once_and_a_replay_ends_the_sign_in(
    live: BlueskyNetwork, erin: tuple[Account, InMemory]
) -> None:
    _, secrets = erin
    old = InMemory()
    before = with_spoilt_token(secrets)
    old.kept.update(secrets.kept)
    account, thief = open_account(live, secrets), open_account(live, old)
    await account.feed(HOME, PageOf())
    after = Grants(secrets, "erin").read()
    assert after is not None
    assert after.refresh != before.refresh
    with pytest.raises(SignedOut, match="has ended this sign-in"):
        await thief.feed(HOME, PageOf())
    with pytest.raises(SignedOut, match="has ended this sign-in"):
        await account.feed(HOME, PageOf())
    await account.close()
    await thief.close()


async def test_an_address_is_pasted_from_another_machine(live: BlueskyNetwork) -> None:
    browser = Browser(live, "erin.test")
    done = await enter(live, browser, "erin.test", ask_address=lambda: browser.ended)
    assert done.identity.person.handle == "erin.test"
    assert set(parse_qs(urlsplit(browser.ended).query)) == {"iss", "state", "code"}


async def test_who_says_no_is_not_signed_in(live: BlueskyNetwork) -> None:
    with pytest.raises(Refused, match="refused the sign-in"):
        await enter(live, Browser(live, "erin.test", says="reject"), "erin.test")
