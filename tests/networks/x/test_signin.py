"""Signing in to X with an app of one's own: the browser comes back to one address, to the letter."""

from __future__ import annotations

import asyncio
import socket
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from networks.x.browsers import Browser
from support.fake_x.api import Api
from support.fake_x.oauth import CODE_LASTS

from tui_inbox.clock import SystemClock
from tui_inbox.core.ports import Refused
from tui_inbox.networks.x.authorization import SCOPES, line_to
from tui_inbox.networks.x.grants import App, Grant
from tui_inbox.networks.x.signin import SignIn, sign_in

APP = App("my-app")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def enter(server: Api, browser: Browser, app: App = APP, port: int | None = None) -> SignIn:
    port = port or free_port()
    server.oauth.redirects[app.client_id] = [f"http://127.0.0.1:{port}/callback"]
    line = line_to(server.base, SystemClock())
    ask = browser.paste if browser.stays_away else None
    return await sign_in(app, line, open_browser=browser.open, ask_address=ask, port=port)


async def test_the_browser_comes_back_and_the_owner_is_known(server: Api) -> None:
    browser = Browser()
    done = await enter(server, browser)
    assert (done.identity.person.handle, done.identity.limits.software) == ("alice", "X")
    assert "go back to tui-inbox" in browser.words
    asked = parse_qs(urlsplit(browser.page).query)
    assert asked["scope"] == [" ".join(SCOPES)]
    assert "like.write" not in asked["scope"][0]
    grant = msgspec.json.decode(done.kept, type=Grant)
    assert server.oauth.who(grant.access) == done.identity.person.ref.uri
    assert grant.access not in repr(done)


async def test_the_address_of_a_browser_on_another_machine_is_pasted(server: Api) -> None:
    done = await enter(server, Browser(stays_away=True))
    assert done.identity.person.handle == "alice"


async def test_an_app_with_a_secret_shows_it_and_no_other_will_do(server: Api) -> None:
    server.oauth.app_secrets["my-app"] = "s3cret"
    done = await enter(server, Browser(), App("my-app", "s3cret"))
    assert done.identity.person.handle == "alice"
    with pytest.raises(Refused, match="refused the sign-in"):
        await enter(server, Browser(), App("my-app", "guessed"))


async def test_what_goes_wrong_on_the_page_is_said_in_a_sentence(server: Api) -> None:
    server.oauth.says_yes = None
    with pytest.raises(Refused, match="access_denied"):
        await enter(server, Browser())
    server.oauth.says_yes = "alice"
    stranger = Browser(stays_away=True)
    stranger.paste = lambda: "http://127.0.0.1/callback?state=other&code=code0"  # type: ignore[method-assign]  # stands in
    with pytest.raises(Refused, match="not the sign-in that was begun"):
        await enter(server, stranger)
    with pytest.raises(ValueError, match="no client id"):
        await enter(server, Browser(), App(""))


async def test_a_port_that_is_taken_is_named(server: Api) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Refused, match="of this machine is taken"):
            await enter(server, Browser(), port=int(other.getsockname()[1]))


async def test_a_code_is_good_for_half_a_minute(server: Api) -> None:
    slow = Browser(stays_away=True)
    pasted = slow.paste

    def paste_late() -> str:
        server.oauth.now = lambda: server.world.now() + CODE_LASTS + 1
        return pasted()

    slow.paste = paste_late  # type: ignore[method-assign]  # stands in
    with pytest.raises(Refused, match="30 seconds"):
        await enter(server, slow)


async def test_who_asks_for_another_port_than_the_app_names_is_left_on_the_page(
    server: Api,
) -> None:
    server.oauth.redirects["my-app"] = ["http://127.0.0.1:8732/callback"]
    browser = Browser(stays_away=True)
    with pytest.raises(Refused, match="No address"):
        await asyncio.wait_for(
            sign_in(
                APP,
                line_to(server.base, SystemClock()),
                open_browser=browser.open,
                ask_address=browser.paste,
                port=free_port(),
            ),
            30,
        )
    assert browser.words == "Something went wrong"
