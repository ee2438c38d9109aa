"""Signing in by the browser, and past everything that can go wrong on the way."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from networks.bluesky.browsers import Browser, enter, enter_from_afar
from networks.clocks import SteppedClock
from support.fake_bluesky.api import Api
from support.fake_bluesky.oauth import Declined

from tui_inbox.clock import SystemClock
from tui_inbox.core.ports import NetworkError, Refused, SignedOut, Unreachable, Unsupported
from tui_inbox.networks.bluesky.browser_signin import sign_in
from tui_inbox.networks.bluesky.grants import Grant
from tui_inbox.networks.bluesky.hosts import Hosts
from tui_inbox.networks.loopback import BROWSER_TIME


async def test_the_browser_comes_back_and_somebody_is_signed_in(server: Api) -> None:
    browser = Browser()
    done = await enter(server.base, browser)
    assert done.identity.person.handle == "alice.test"
    assert done.server == server.base
    assert browser.words.startswith("You can close this page")
    kept = Grant.from_text(done.kept)
    assert kept is not None
    assert kept.bound is not None
    assert kept.bound.tokens == f"{server.base}/oauth/token"
    assert not server.methods("createSession")


async def test_secrets_are_shown_nowhere(server: Api) -> None:
    done = await enter(server.base, Browser())
    kept = Grant.from_text(done.kept)
    assert kept is not None
    assert kept.bound is not None
    for shown in (repr(done), repr(kept), repr(kept.bound)):
        assert kept.bound.key not in shown
        assert kept.access not in shown


async def test_the_page_tells_nothing_but_who_asks_and_what_was_put_down(server: Api) -> None:
    browser = Browser()
    await enter(server.base, browser)
    shown = parse_qs(urlsplit(browser.page).query)
    assert set(shown) == {"client_id", "request_uri"}
    asked = server.oauth.pushed[shown["request_uri"][0]]
    assert asked["scope"] == "atproto transition:generic transition:chat.bsky"
    assert asked["login_hint"] == "alice.test"
    assert len(asked["state"]) >= 40
    assert asked["redirect_uri"].startswith("http://127.0.0.1:")
    client = parse_qs(urlsplit(shown["client_id"][0]).query)
    assert client["redirect_uri"] == [asked["redirect_uri"]]


@pytest.mark.parametrize("is_did", [True, False])
async def test_a_server_is_found_by_asking(server: Api, is_did: bool) -> None:
    did = server.world.named("bob").did
    done = await sign_in(
        did if is_did else "@bob.test",
        clock=SystemClock(),
        open_browser=Browser().open,
        hosts=Hosts(server.base, server.base),
    )
    assert done.identity.person.ref.uri == did


async def test_from_another_machine_the_address_is_pasted(server: Api) -> None:
    browser = Browser()
    done = await enter_from_afar(server.base, browser)
    assert done.identity.person.handle == "alice.test"
    assert browser.ended.startswith("http://127.0.0.1/callback?")


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        ({"state": "of-another"}, "This is not the sign-in that was begun"),
        ({"iss": "https://evil.example"}, "The answer did not come from 127.0.0.1:.*not used"),
        ({"code": "cod-other"}, "did not accept the code"),
        ({"code": ""}, "it gave no reason"),
    ],
)
async def test_an_answer_that_is_not_of_this_sign_in_signs_nobody_in(
    server: Api, spoilt: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        await enter_from_afar(server.base, Browser(**spoilt))
    assert not server.oauth.sessions


async def test_a_server_that_signs_as_another_is_not_believed_on_this_machine_either(
    server: Api,
) -> None:
    server.oauth.issuer = "https://evil.example"
    with pytest.raises(Refused, match="did not come from"):
        await enter(server.base, Browser())
    assert not server.oauth.asked


async def test_a_browser_with_another_state_is_not_heard(server: Api) -> None:
    clock = SteppedClock(SystemClock().now())
    browser, opened = Browser(state="of-another"), asyncio.Event()
    loop = asyncio.get_running_loop()

    def open_it(url: str) -> None:
        browser.open(url)
        loop.call_soon_threadsafe(opened.set)

    signing_in = asyncio.ensure_future(
        sign_in("alice.test", clock=clock, open_browser=open_it, server=server.base)
    )
    await asyncio.wait_for(opened.wait(), 30)
    assert browser.words.startswith("This is not the sign-in")
    while not signing_in.done():
        await clock.advance(BROWSER_TIME / 10, step=BROWSER_TIME / 10)
        await asyncio.wait({signing_in}, timeout=0.01)
    with pytest.raises(Refused, match="did not come back in time"):
        await signing_in


@pytest.mark.parametrize("way", [enter, enter_from_afar])
async def test_who_says_no_is_not_signed_in(server: Api, way: Callable[..., object]) -> None:
    server.oauth.says_no = True
    with pytest.raises(Refused, match=r"refused the sign-in: The user rejected the request\.$"):
        await way(server.base, Browser())  # type: ignore[misc] # both are coroutines
    assert not server.oauth.asked


@pytest.mark.parametrize("pasted", ["", "  ", "nonsense", "http://[", "http://127.0.0.1/callback"])
async def test_what_is_no_address_signs_nobody_in(server: Api, pasted: str) -> None:
    with pytest.raises(Refused, match="No address of that page"):
        await sign_in(
            "alice.test",
            clock=SystemClock(),
            open_browser=lambda url: None,
            ask_address=lambda: pasted,
            server=server.base,
        )


async def test_somebody_else_at_the_page_is_not_signed_in_instead(server: Api) -> None:
    server.oauth.signs_in = "bob"
    with pytest.raises(Refused, match="somebody else than who was named"):
        await enter(server.base, Browser())


@pytest.mark.parametrize(
    "told",
    [
        {"authorization_servers": []},
        {"authorization_servers": ["https://a.example", "https://b.example"]},
        {"authorization_servers": ["http://a.example"]},
        {"authorization_servers": "x"},
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"pushed_authorization_request_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"dpop_signing_alg_values_supported": ["RS256"]},
        {"code_challenge_methods_supported": "plain"},
        {"authorization_response_iss_parameter_supported": False},
    ],
)
async def test_a_server_that_does_not_fit_is_not_asked(
    server: Api, told: dict[str, object]
) -> None:
    server.oauth.metadata = told
    with pytest.raises(Unsupported, match="has no sign-in by the browser"):
        await enter(server.base, Browser())
    assert not server.oauth.pushed


async def test_a_mail_address_is_not_enough(server: Api) -> None:
    with pytest.raises(ValueError, match="by handle or DID"):
        await enter(server.base, Browser(), "alice@mail.example")


async def test_nobody_is_called_so(server: Api) -> None:
    with pytest.raises(Refused, match=r"knows nobody who is called nobody\.example"):
        await enter(server.base, Browser(), "nobody.example")


async def test_a_server_that_says_somebody_else_is_not_believed(server: Api) -> None:
    bob = server.world.named("bob")
    server.faults["com.atproto.repo.describeRepo"] = [{"did": bob.did}, {"did": "x"}, {}]
    for _ in range(3):
        with pytest.raises(Refused, match="does not say who"):
            await enter(server.base, Browser(), server.world.named("alice").did)


async def test_a_wrong_clock_is_said(server: Api) -> None:
    server.oauth.faults = [Declined("invalid_dpop_proof", "iat check failed")]
    with pytest.raises(Unreachable, match="is the clock right"):
        await enter(server.base, Browser())


async def test_a_lost_answer_is_no_sign_in(server: Api) -> None:
    server.oauth.lost = 1
    with pytest.raises(Unreachable):
        await enter(server.base, Browser())


async def test_without_the_package_one_sentence_says_what_to_install(
    server: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tui_inbox.networks.bluesky.dpop", None)
    monkeypatch.delattr("tui_inbox.networks.bluesky.dpop", raising=False)
    with pytest.raises(SignedOut, match=r"install tui-inbox\[oauth\]"):
        await enter(server.base, Browser())
    assert not server.oauth.pushed


async def test_every_sentence_ends_and_tells_no_secret(server: Api) -> None:
    server.oauth.faults = [Declined("invalid_grant", "Invalid code")]
    with pytest.raises(NetworkError) as told:
        await enter(server.base, Browser())
    assert str(told.value).endswith(".")
    assert "cod-" not in str(told.value)
