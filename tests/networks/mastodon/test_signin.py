"""Signing in, through a real OAuth form on loopback and past everything that can go wrong."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import socket
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from networks.canned import answer, canned
from networks.clocks import SteppedClock
from networks.conftest import Connect
from networks.mastodon.entities import account
from networks.memory_state import MemoryState
from support.mastodon_mock_server import MockServer

from tui_inbox.clock import SystemClock
from tui_inbox.core.moment import HOUR
from tui_inbox.core.ports import NetworkError, Refused, SignedOut, Unreachable, Unsupported
from tui_inbox.networks.loopback import BROWSER_TIME, PATH, listen_on_loopback
from tui_inbox.networks.mastodon.client import MastodonNetwork
from tui_inbox.networks.mastodon.signin import (
    OUT_OF_BAND,
    SignIn,
    server_address,
    sign_in,
    sign_out,
)


class Form(HTMLParser):
    """The hidden fields of a page's form."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input":
            self.fields[given.get("name") or ""] = given.get("value") or ""


class Browser:
    """Somebody at the server's page who says yes as one of its people."""

    def __init__(self, username: str = "alice") -> None:
        self.username = username
        self.pages: list[str] = []
        self.last_words = ""

    def open(self, url: str) -> None:
        self.pages.append(url)
        with httpx.Client(trust_env=False, follow_redirects=True, timeout=30) as client:
            page = client.get(url)
            form = Form()
            form.feed(page.text)
            action = f"{url.partition('/oauth')[0]}/oauth/authorize"
            yes = client.post(action, data={**form.fields, "username": self.username})
            self.last_words = yes.text

    @property
    def asked(self) -> dict[str, str]:
        """The parameters of the page that was opened."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.pages[0]).query).items()}


async def sign_in_with(browser: Browser, server: str, *, read_only: bool = False) -> SignIn:
    return await sign_in(
        server, clock=SystemClock(), open_browser=browser.open, read_only=read_only
    )


async def test_the_browser_comes_back_and_somebody_is_signed_in(mock: MockServer) -> None:
    browser = Browser("bob")
    signed_in = await sign_in_with(browser, mock.url)
    assert signed_in.identity.person.handle == f"bob@{mock.domain}"
    assert signed_in.server == mock.url
    assert signed_in.expires_at is None
    network = MastodonNetwork(
        signed_in.server, signed_in.token, clock=SystemClock(), state=MemoryState()
    )
    assert (await network.identify()).person.name == "Bob"
    await network.close()
    assert browser.last_words.startswith("You can close this page")


async def test_the_page_is_asked_for_with_everything_that_keeps_others_out(
    mock: MockServer,
) -> None:
    browser = Browser()
    await sign_in_with(browser, mock.url)
    asked = browser.asked
    redirect = urlsplit(asked["redirect_uri"])
    assert (redirect.scheme, redirect.hostname, redirect.path) == ("http", "127.0.0.1", PATH)
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert len(asked["state"]) >= 40
    assert "write:statuses" in asked["scope"]
    assert "push" not in asked["scope"]
    assert "admin" not in asked["scope"]


async def test_a_code_can_be_pasted_instead(mock: MockServer) -> None:
    browser = Browser("carol")

    def ask_code() -> str:
        code = browser.last_words.partition("Authorization code: ")[2].partition("<")[0]
        return f"  {code}\n"

    signed_in = await sign_in(
        mock.url, clock=SystemClock(), open_browser=browser.open, ask_code=ask_code
    )
    assert signed_in.identity.person.handle == f"carol@{mock.domain}"
    assert browser.asked["redirect_uri"] == OUT_OF_BAND


@pytest.mark.parametrize(("code", "words"), [("", "No code"), ("mockcode_nobody", "invalid_grant")])
async def test_a_wrong_code_signs_nobody_in(mock: MockServer, code: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        await sign_in(
            mock.url, clock=SystemClock(), open_browser=Browser().open, ask_code=lambda: code
        )


async def test_a_token_one_already_has_is_enough(mock: MockServer) -> None:
    signed_in = await sign_in(
        mock.url, clock=SystemClock(), open_browser=never, token=" alice-token\n"
    )
    assert signed_in.identity.person.name == "Alice"
    assert (signed_in.token, signed_in.client_id) == ("alice-token", "")


def never(_: str) -> None:
    raise AssertionError("no browser is needed")


async def test_a_token_that_is_not_accepted_signs_nobody_in(mock: MockServer) -> None:
    with pytest.raises(SignedOut):
        await sign_in(mock.url, clock=SystemClock(), open_browser=never, token="never-given")


async def test_reading_alone_can_be_asked_for(mock: MockServer) -> None:
    browser = Browser()
    await sign_in_with(browser, mock.url, read_only=True)
    assert browser.asked["scope"] == "read"


async def test_signing_out_takes_the_token_back(mock: MockServer, connect: Connect) -> None:
    signed_in = await sign_in_with(Browser(), mock.url)
    for _ in range(2):
        await sign_out(
            signed_in.server,
            signed_in.token,
            client_id=signed_in.client_id,
            client_secret=signed_in.client_secret,
            clock=SystemClock(),
        )
    with pytest.raises(SignedOut):
        await connect("alice", token=signed_in.token).identify()


async def test_no_secret_shows_in_a_repr(mock: MockServer) -> None:
    signed_in = await sign_in_with(Browser(), mock.url)
    assert signed_in.token not in repr(signed_in)
    assert signed_in.client_secret not in repr(signed_in)


async def test_an_older_server_is_signed_in_to_without_a_challenge(mock: MockServer) -> None:
    mock.fault("/.well-known/oauth-authorization-server", "status", status=404)
    browser = Browser()
    await sign_in_with(browser, mock.url)
    assert "code_challenge" not in browser.asked


APPLICATION = {"client_id": "id-1", "client_secret": "secret-1"}


async def test_fine_scopes_that_a_server_does_not_know_are_asked_for_coarsely() -> None:
    async with canned(
        answer(422, {"error": "invalid_scope"}), answer(200, APPLICATION), answer(404)
    ) as server:
        pages: list[str] = []
        with pytest.raises(Refused, match="No code"):
            await sign_in(
                server.url, clock=SystemClock(), open_browser=pages.append, ask_code=lambda: ""
            )
    assert "write%3Astatuses" in server.requests[0].body
    assert "scopes=read+write+follow" in server.requests[1].body
    assert "scope=read+write+follow" in pages[0]


async def test_the_code_is_exchanged_with_the_verifier_of_its_challenge() -> None:
    async with canned(
        answer(200, APPLICATION),
        answer(200, {"code_challenge_methods_supported": ["plain", "S256"]}),
        answer(200, {"access_token": "token-1", "expires_in": 7200}),
        answer(200, account()),
        answer(200, {"version": "4.5.0"}),
        answer(200, {"posting:default:visibility": "unlisted"}),
    ) as server:
        pages: list[str] = []
        clock = SteppedClock()
        signed_in = await sign_in(
            server.url, clock=clock, open_browser=pages.append, ask_code=lambda: "code-1"
        )
    sent = {name: values[0] for name, values in parse_qs(server.requests[2].body).items()}
    challenge = parse_qs(urlsplit(pages[0]).query)["code_challenge"][0]
    digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
    assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == challenge
    assert (sent["code"], sent["client_secret"]) == ("code-1", "secret-1")
    assert server.requests[3].headers["authorization"] == "Bearer token-1"
    assert signed_in.expires_at == clock.now() + 2 * HOUR
    assert signed_in.identity.usual_audience == "unlisted"


async def test_a_code_that_is_answered_with_401_is_a_wrong_code_not_a_lost_sign_in() -> None:
    async with canned(
        answer(200, APPLICATION), answer(404), answer(401, {"error": "invalid_client"})
    ) as server:
        with pytest.raises(Refused, match="did not accept the code"):
            await sign_in(
                server.url, clock=SystemClock(), open_browser=ignore, ask_code=lambda: "x"
            )


def ignore(_: str) -> None:
    """Look at no page."""


@pytest.mark.parametrize("status", [200, 404, 405, 403])
@pytest.mark.parametrize("token", [None, "some-token"])
async def test_a_server_of_another_kind_is_told_in_one_sentence(
    status: int, token: str | None
) -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(
            status=status, text="<!doctype html><h1>Bread</h1>", content_type="text/html"
        )

    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", page)
    async with TestServer(app) as server:
        with pytest.raises(Unsupported, match="is not a server that speaks Mastodon's language"):
            await sign_in(
                str(server.make_url("/")), clock=SystemClock(), open_browser=ignore, token=token
            )


async def test_a_server_in_trouble_is_not_taken_for_one_of_another_kind() -> None:
    async with canned(answer(502, "<html>", content_type="text/html")) as server:
        with pytest.raises(Unreachable, match="trouble"):
            await sign_in(server.url, clock=SystemClock(), open_browser=ignore)


async def test_a_mastodon_server_that_refuses_to_register_is_quoted(mock: MockServer) -> None:
    body = {"error": "Closed for the day"}
    mock.fault("/api/v1/apps", "status", methods=("POST",), status=403, body=body)
    with pytest.raises(Refused, match="Closed for the day"):
        await sign_in_with(Browser(), mock.url)


async def test_no_line_is_no_sign_in() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(NetworkError, match="cannot be reached"):
            await sign_in(url, clock=SystemClock(), open_browser=ignore)


def visit(
    change: Callable[[str, str], list[str]],
) -> tuple[list[httpx.Response], Callable[[str], None]]:
    """A browser that comes back with addresses made from redirect and state, one after another."""
    answers: list[httpx.Response] = []

    def open_browser(url: str) -> None:
        query = parse_qs(urlsplit(url).query)
        for address in change(query["redirect_uri"][0], query["state"][0]):
            answers.append(httpx.get(address, trust_env=False))

    return answers, open_browser


async def test_an_owner_who_says_no_is_told_so(mock: MockServer) -> None:
    _, browser = visit(lambda to, state: [f"{to}?error=access_denied&state={state}"])
    with pytest.raises(Refused, match="refused the sign-in: access_denied"):
        await sign_in(mock.url, clock=SystemClock(), open_browser=browser)


async def test_what_the_browser_brings_back_is_clean_when_shown(mock: MockServer) -> None:
    said = "%1b%5d0%3bowned%07%1b%5b31mno"
    _, browser = visit(lambda to, state: [f"{to}?error_description={said}&state={state}"])
    with pytest.raises(Refused, match=r"refused the sign-in: no\.$"):
        await sign_in(mock.url, clock=SystemClock(), open_browser=browser)


async def test_only_the_right_call_on_the_right_path_counts(mock: MockServer) -> None:
    def calls(to: str, state: str) -> list[str]:
        root = to.removesuffix(PATH)
        return [
            f"{root}/favicon.ico",
            f"{root}{PATH}x?code=mockcode_bob&state={state}",
            f"{to}?code=mockcode_bob",
            f"{to}?code=mockcode_bob&state=guessed",
            f"{to}?code=mockcode_alice&state={state}",
            f"{to}?code=mockcode_bob&state={state}",
        ]

    answers, browser = visit(calls)
    signed_in = await sign_in(mock.url, clock=SystemClock(), open_browser=browser)
    assert signed_in.identity.person.name == "Alice"
    assert [each.status_code for each in answers] == [404, 404, 400, 400, 200, 200]
    assert all("bob" not in each.text + str(each.headers) for each in answers)
    assert all(each.headers["cache-control"] == "no-store" for each in answers)


async def test_a_browser_that_does_not_come_back_is_not_waited_for_for_ever(
    mock: MockServer,
) -> None:
    clock = SteppedClock()
    opened = asyncio.Event()
    loop = asyncio.get_running_loop()

    def look_away(_: str) -> None:
        loop.call_soon_threadsafe(opened.set)

    signing_in = asyncio.create_task(
        sign_in(
            mock.url,
            clock=clock,
            open_browser=look_away,
        )
    )
    await opened.wait()
    while not signing_in.done():
        await clock.advance(BROWSER_TIME / 10, step=BROWSER_TIME / 10)
        await asyncio.wait({signing_in}, timeout=0.01)
    with pytest.raises(Refused, match="did not come back in time"):
        await signing_in


async def test_connections_that_say_nothing_or_too_much_do_no_harm() -> None:
    async with listen_on_loopback("right") as loopback:
        port = urlsplit(loopback.redirect_uri).port
        assert port is not None
        for words in (b"", b"GET", b"GET " + b"x" * 100_000 + b"\r\n\r\n", b"\x00\xff\r\n\r\n"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(words)
            writer.write_eof()
            await reader.read()
            writer.close()
        async with httpx.AsyncClient(trust_env=False) as client:
            await client.get(f"{loopback.redirect_uri}?code=a%26b&state=right")
        assert (await loopback.answer())["code"] == "a&b"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("town.example", "https://town.example"),
        (" https://Town.Example/ ", "https://town.example"),
        ("https://town.example:8443/@mira", "https://town.example:8443"),
        ("@mira@town.example", "https://town.example"),
        ("mira@town.example", "https://town.example"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://localhost:3000/", "http://localhost:3000"),
        ("bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_a_server_is_found_in_whatever_is_typed(typed: str, address: str) -> None:
    assert server_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "town", "http://town.example", "ftp://town.example", "two words.example", "@mira@",
     "https://", "file:///etc/passwd", "a\x1b[2J.example"],
)  # fmt: skip
def test_what_is_no_server_is_told(typed: str) -> None:
    with pytest.raises(ValueError, match=r"not the name of a server|over https") as error:
        server_address(typed)
    assert "\x1b" not in str(error.value)
