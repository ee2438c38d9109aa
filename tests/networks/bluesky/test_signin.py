"""Signing in with an app password, and past everything that can go wrong."""

from __future__ import annotations

import httpx
import pytest
from networks.canned import answer, canned
from networks.clocks import SteppedClock
from support.fake_bluesky.api import Api, Fault

from tui_inbox.clock import SystemClock
from tui_inbox.core.ports import NetworkError, Refused, SignedOut, Throttled, Unreachable
from tui_inbox.networks.bluesky.grants import Grant
from tui_inbox.networks.bluesky.hosts import Hosts
from tui_inbox.networks.bluesky.identity import Directory, base_address, named, pds_in
from tui_inbox.networks.bluesky.signin import SignIn, sign_in

DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
CREATE = "com.atproto.server.createSession"


async def enter(api: Api, who: str = "alice.test", password: str = "pw-alice") -> SignIn:
    """Sign in at the server of the test."""
    return await sign_in(who, lambda whose: password, clock=SystemClock(), server=api.base)


@pytest.mark.parametrize("who", ["alice.test", "@Alice.test", "alice@mail.example", "did"])
async def test_one_signs_in_by_handle_did_or_mail(server: Api, who: str) -> None:
    did = server.world.named("alice").did
    done = await enter(server, did if who == "did" else who)
    assert done.identity.person.ref.uri == did
    assert done.identity.person.handle == "alice.test"
    assert done.identity.limits.characters == 300
    assert done.server == server.base
    kept = Grant.from_text(done.kept)
    assert kept is not None
    assert kept.pds == server.base
    assert "pw-alice" not in done.kept


async def test_a_password_is_asked_for_and_shown_nowhere(server: Api) -> None:
    asked: list[str] = []

    def ask(whose: str) -> str:
        asked.append(whose)
        return "pw-alice"

    done = await sign_in("alice.test", ask, clock=SystemClock(), server=server.base)
    assert asked == ["alice.test at 127.0.0.1"]
    assert "access." not in repr(done)
    assert "access." not in repr(Grant.from_text(done.kept))


@pytest.mark.parametrize("who", ["alice.test", "nobody.test"])
async def test_a_wrong_password_and_an_unknown_name_are_one_sentence(server: Api, who: str) -> None:
    with pytest.raises(Refused) as refused:
        await enter(server, who, "wrong")
    assert str(refused.value).startswith(f"The password is not the one of {who}, or 127.0.0.1")
    assert "wrong" not in str(refused.value)


async def test_without_a_password_nobody_is_asked(server: Api) -> None:
    with pytest.raises(Refused, match="No password was given"):
        await enter(server, password="")
    assert not server.methods(CREATE)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("takendown", "has taken this account down"), ("deactivated", "This account is deactivated")],
)
async def test_a_closed_account_says_why(server: Api, state: str, sentence: str) -> None:
    server.world.named("alice").state = state
    with pytest.raises(NetworkError, match=sentence):
        await enter(server)


async def test_too_many_tries_ask_for_a_pause(server: Api) -> None:
    server.faults[CREATE] = [
        Fault(429, "RateLimitExceeded", "Rate Limit Exceeded", {"Retry-After": "40"})
    ]
    with pytest.raises(Throttled, match="not even the right one") as throttled:
        await enter(server)
    assert throttled.value.until > SystemClock().now() + 30_000


async def test_a_code_by_mail_needs_an_app_password(server: Api) -> None:
    server.faults[CREATE] = [Fault(401, "AuthFactorTokenRequired", "A sign in code has been sent")]
    with pytest.raises(Refused, match="an app password, made in the settings"):
        await enter(server)


async def test_a_lost_answer_is_no_sign_in() -> None:
    async with canned(answer(500, "")) as served:
        with pytest.raises(Unreachable):
            await sign_in("alice.test", lambda whose: "x", clock=SystemClock(), server=served.url)


@pytest.mark.parametrize("typed", ["", "alice", "not a name", "https://a.example/x y", "@@"])
async def test_what_is_no_name_is_not_asked_for(typed: str) -> None:
    with pytest.raises(ValueError, match="is no handle"):
        named(typed)


@pytest.mark.parametrize("typed", ["http://elsewhere.example", "ftp://a.example", "a b"])
async def test_a_server_is_reached_over_https(typed: str) -> None:
    with pytest.raises(ValueError, match="is not the address of a server"):
        await sign_in("a.example", lambda whose: "x", clock=SystemClock(), server=typed)


def test_names_are_taken_as_people_write_them() -> None:
    for typed in ("Alice.Example", "@alice.example", "https://bsky.app/profile/alice.example/"):
        assert named(typed) == "alice.example"
    assert named(DID) == DID
    assert named("alice@mail.example") == "alice@mail.example"


# Where somebody is at home


class Names:
    """Hosts that tell who somebody is."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, object] = {}

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What the transport asks."""
        url = f"{request.url.host}{request.url.path}"
        self.asked.append(url)
        told = self.answers.get(url)
        if isinstance(told, str):
            return httpx.Response(200, text=told)
        if told is None:
            return httpx.Response(400, json={"error": "InvalidRequest", "message": "no"})
        return httpx.Response(200, json=told)

    def directory(self) -> Directory:
        """Asks these hosts."""
        hosts = Hosts("https://entry.example", "https://plc.example")
        return Directory(hosts, SteppedClock(), httpx.MockTransport(self.answer))


RESOLVE = "entry.example/xrpc/com.atproto.identity.resolveHandle"


def document(endpoint: str = "https://pds.example") -> dict[str, object]:
    """A document that names a server."""
    service = {"id": "#atproto_pds", "serviceEndpoint": endpoint}
    return {"id": DID, "service": [{"id": "#other", "serviceEndpoint": "x"}, service]}


async def test_a_handle_leads_to_the_server_that_its_document_names() -> None:
    names = Names()
    names.answers = {RESOLVE: {"did": DID}, f"plc.example/{DID}": document()}
    home = await names.directory().home_of("alice.example")
    assert (home.did, home.pds) == (DID, "https://pds.example")


async def test_a_handle_that_the_entryway_does_not_know_is_asked_for_at_its_own_host() -> None:
    names = Names()
    names.answers = {
        "alice.example/.well-known/atproto-did": f"{DID}\n",
        f"plc.example/{DID}": document(),
    }
    assert (await names.directory().home_of("alice.example")).did == DID


async def test_who_is_at_home_on_their_own_host_is_found_there() -> None:
    names = Names()
    names.answers = {"web.example/.well-known/did.json": document("https://own.example/")}
    home = await names.directory().home_of("did:web:web.example")
    assert home.pds == "https://own.example"


async def test_nobody_is_called_so() -> None:
    with pytest.raises(Refused, match=r"Nobody on Bluesky is called nobody\.example"):
        await Names().directory().home_of("nobody.example")


async def test_a_mail_address_is_asked_for_at_the_entryway_only() -> None:
    names = Names()
    assert (await names.directory().home_of("a@b.example")).pds == "https://entry.example"
    assert not names.asked


@pytest.mark.parametrize(
    "endpoint", ["http://pds.example", "file:///etc", "https://u:p@pds.example", "", "x"]
)
def test_a_document_may_name_no_server_that_is_not_safe_to_ask(endpoint: str) -> None:
    with pytest.raises(Refused, match="has no server"):
        pds_in(document(endpoint), "alice.example")


@pytest.mark.parametrize("told", [None, 7, {"service": "x"}, {"service": [None, {"id": 3}]}])
def test_a_document_of_another_form_names_no_server(told: object) -> None:
    with pytest.raises(Refused):
        pds_in(told, "alice.example")


def test_loopback_needs_no_certificate() -> None:
    assert base_address("http://localhost:2583/") == "http://localhost:2583"


async def test_an_unknown_kind_of_identity_is_said() -> None:
    with pytest.raises(Refused, match="is of a kind that is not known"):
        await Names().directory().home_of("did:key:abc")


async def test_a_token_that_is_none_signs_nobody_in(server: Api) -> None:
    server.faults["app.bsky.actor.getProfile"] = [Fault(400, "InvalidToken", "Bad token scope")]
    with pytest.raises(SignedOut):
        await enter(server)
