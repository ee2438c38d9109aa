"""Signing in: OAuth by the browser, by a code to paste, or with a token one already has.

One recipe for all servers: the program registers anew for every sign-in with exactly one redirect
address (many servers compare it as text), so that signing out here signs out nothing else. PKCE is
used where the server says it knows S256; `state` always.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias
from urllib.parse import urlencode

import httpx

from tui_inbox.core.moment import SECOND, Millis
from tui_inbox.core.ports import (
    AnswerLost,
    Clock,
    Identity,
    Refused,
    SignedOut,
    Unreachable,
    Unsupported,
)
from tui_inbox.core.text import clean_line, safe_url
from tui_inbox.networks.deadline import within
from tui_inbox.networks.http import Http, Token, is_loopback
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.loopback import BROWSER_TIME, listen_on_loopback
from tui_inbox.networks.mastodon import wire_server
from tui_inbox.networks.mastodon.client import MastodonNetwork
from tui_inbox.networks.mastodon.instance import is_known, read_instance
from tui_inbox.networks.wire_base import decode

CLIENT_NAME = "tui-inbox"
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
"""The redirect "address" with which a server shows the code for pasting."""

_FULL = (
    "read write:statuses write:media write:favourites write:bookmarks write:conversations"
    " write:notifications write:follows write:filters write:lists write:mutes write:blocks"
    " write:accounts write:reports"
)
_FULL_COARSE = "read write follow"  # for servers that do not know the finer scopes
_READ_ONLY = "read"

NOT_MASTODON = "{host} is not a server that speaks Mastodon's language."

OpenBrowser: TypeAlias = Callable[[str], None]
AskCode: TypeAlias = Callable[[], str]


@dataclass(frozen=True, slots=True)
class SignIn:
    """A finished sign-in. The secrets are to be kept in `Secrets`, the rest in the store.

    Attributes:
        client_id, client_secret: of the registration, for signing out; empty for a given token.
        expires_at: when the token ends, on the few servers whose tokens do.
    """

    server: str
    token: str = field(repr=False)
    client_id: str
    client_secret: str = field(repr=False)
    identity: Identity
    expires_at: Millis | None = None


@dataclass(frozen=True, slots=True)
class _Request:
    """What has to be remembered between asking for a code and exchanging it."""

    application: wire_server.Application = field(repr=False)
    redirect_uri: str
    scopes: str
    state: str = field(repr=False)
    verifier: str | None = field(repr=False)


class _Forgetful:
    """An `AccountState` for an account that is not stored yet."""

    async def get(self, name: str) -> str | None:
        """Nothing is known."""
        return None

    async def put(self, name: str, value: str) -> None:
        """Nothing is kept: what it is for is asked again once the account is stored."""


def server_address(text: str) -> str:
    """The server's base address, from what somebody types: a host, an address, or a handle.

    Raises:
        ValueError: it is no host, or not reached over https; the words say which.
    """
    typed = text.strip()
    scheme, separator, rest = typed.partition("://")
    if not separator:
        scheme, rest = "https", typed
    host = rest.partition("/")[0].rpartition("@")[2]
    safe = safe_url(f"{scheme}://{host}")
    url = httpx.URL(safe or "")
    if safe is None or ("." not in url.host and not is_loopback(url)):
        raise ValueError(f"{clean_line(typed, limit=100)} is not the name of a server.")
    if url.scheme != "https" and not is_loopback(url):
        raise ValueError(f"{url.host} has to be reached over https.")
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


async def sign_in(
    server: str,
    *,
    clock: Clock,
    open_browser: OpenBrowser,
    ask_code: AskCode | None = None,
    token: str | None = None,
    read_only: bool = False,
    transport: httpx.AsyncBaseTransport | None = None,
) -> SignIn:
    """Sign in, in the way that the arguments tell.

    The callbacks run in a thread of their own and may block.

    Args:
        server: what the owner typed, see `server_address`.
        clock: for the time the owner has.
        open_browser: shows the server's page to the owner, in full, and opens it.
        ask_code: if given, the page shows a code, and this asks for it: for SSH and the like.
            If not, the browser comes back to a listener on this machine.
        token: one made elsewhere, such as in the server's own settings; nothing is opened then.
        read_only: ask for reading alone.
        transport: replaces the network in tests.

    Raises:
        NetworkError: `Unsupported` if it is no server of Mastodon's kind; `Refused` if the owner or
            the server said no, or the browser did not come back in time; `SignedOut` if a given
            token is not accepted; others if there is no line.
        ValueError: the server or the token is none; the words say why.
    """
    async with _Door(server_address(server), clock, transport) as door:
        if token is not None:
            return await door.enter(Token(token.strip()))
        if ask_code is not None:
            return await _by_code(door, open_browser, ask_code, read_only=read_only)
        return await _by_browser(door, clock, open_browser, read_only=read_only)


async def sign_out(
    server: str,
    token: str,
    *,
    client_id: str,
    client_secret: str,
    clock: Clock,
    transport: httpx.AsyncBaseTransport | None = None,
) -> None:
    """Take a token back at its server. Repeating it changes nothing.

    Raises:
        NetworkError: the server could not be told.
    """
    async with _Door(server, clock, transport) as door:
        form = [("client_id", client_id), ("client_secret", client_secret), ("token", token)]
        await door.http.send("POST", "/oauth/revoke", form)


async def _by_browser(
    door: _Door, clock: Clock, open_browser: OpenBrowser, *, read_only: bool
) -> SignIn:
    state = secrets.token_urlsafe(32)
    async with listen_on_loopback(state) as loopback:
        request = await door.register(loopback.redirect_uri, state, read_only=read_only)
        await asyncio.to_thread(open_browser, door.page(request))
        try:
            answer = await within(clock, BROWSER_TIME, loopback.answer())
        except TimeoutError:
            raise Refused("The browser did not come back in time.") from None
    if "code" not in answer:
        said = clean_line(answer.get("error_description") or answer.get("error", ""), limit=200)
        raise Refused(f"{door.http.host} refused the sign-in: {said or 'it gave no reason'}.")
    return await door.exchange(request, answer["code"])


async def _by_code(
    door: _Door, open_browser: OpenBrowser, ask_code: AskCode, *, read_only: bool
) -> SignIn:
    state = secrets.token_urlsafe(32)
    request = await door.register(OUT_OF_BAND, state, read_only=read_only)
    await asyncio.to_thread(open_browser, door.page(request))
    code = "".join((await asyncio.to_thread(ask_code)).split())
    if not code:
        raise Refused("No code was given, so nobody was signed in.")
    return await door.exchange(request, code)


class _Door:
    """The part of a server where nobody is signed in yet."""

    def __init__(
        self, server: str, clock: Clock, transport: httpx.AsyncBaseTransport | None
    ) -> None:
        self._server = server
        self._clock = clock
        self._transport = transport
        self.http = Http(server, clock=clock, transport=transport)

    async def __aenter__(self) -> _Door:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.close()

    async def register(self, redirect_uri: str, state: str, *, read_only: bool) -> _Request:
        """Make this program known to the server, for one sign-in."""
        scopes = _READ_ONLY if read_only else _FULL
        try:
            try:
                application = await self._register(redirect_uri, scopes)
            except Refused as refused:
                if refused.gone or read_only:
                    raise
                scopes = _FULL_COARSE
                application = await self._register(redirect_uri, scopes)
        except (AnswerLost, Refused, SignedOut, Unsupported):
            if not is_known(await read_instance(self.http)):
                raise Unsupported(NOT_MASTODON.format(host=self.http.host)) from None
            raise
        verifier = secrets.token_urlsafe(64) if await self._knows_pkce() else None
        return _Request(application, redirect_uri, scopes, state, verifier)

    def page(self, request: _Request) -> str:
        """The address of the server's page where the owner says yes."""
        query = {
            "response_type": "code",
            "client_id": request.application.client_id,
            "redirect_uri": request.redirect_uri,
            "scope": request.scopes,
            "state": request.state,
        }
        if request.verifier is not None:
            digest = hashlib.sha256(request.verifier.encode()).digest()
            query["code_challenge"] = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            query["code_challenge_method"] = "S256"
        return f"{self._server}/oauth/authorize?{urlencode(query)}"

    async def exchange(self, request: _Request, code: str) -> SignIn:
        """Turn the code into a token, and see who it belongs to."""
        application = request.application
        form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("client_id", application.client_id),
            ("client_secret", application.client_secret),
            ("redirect_uri", request.redirect_uri),
        ]
        if request.verifier is not None:
            form.append(("code_verifier", request.verifier))
        try:
            answer = await self.http.send("POST", "/oauth/token", form, urgency=Urgency.WAITING)
        except SignedOut:  # RFC 6749 also answers 401 to a wrong code or client
            raise Refused(f"{self.http.host} did not accept the code.") from None
        grant = decode(wire_server.Grant, answer.data)
        if grant is None:
            raise Refused(f"{self.http.host} gave no token for the code.")
        signed_in = await self.enter(Token(grant.access_token), application)
        if grant.expires_in is None:
            return signed_in
        return replace(signed_in, expires_at=self._clock.now() + max(0, grant.expires_in) * SECOND)

    async def enter(
        self, token: Token, application: wire_server.Application | None = None
    ) -> SignIn:
        """See who a token belongs to."""
        network = MastodonNetwork(
            self._server,
            token.reveal(),
            clock=self._clock,
            state=_Forgetful(),
            transport=self._transport,
        )
        try:
            identity = await network.identify()
        except (Refused, Unsupported):
            if not is_known(await read_instance(self.http)):
                raise Unsupported(NOT_MASTODON.format(host=self.http.host)) from None
            raise
        finally:
            await network.close()
        return SignIn(
            server=self._server,
            token=token.reveal(),
            client_id=application.client_id if application else "",
            client_secret=application.client_secret if application else "",
            identity=identity,
        )

    async def _register(self, redirect_uri: str, scopes: str) -> wire_server.Application:
        form = [
            ("client_name", CLIENT_NAME),
            ("redirect_uris", redirect_uri),
            ("scopes", scopes),
        ]
        answer = await self.http.send("POST", "/api/v1/apps", form, urgency=Urgency.WAITING)
        application = decode(wire_server.Application, answer.data)
        if application is None:
            raise AnswerLost(f"{self.http.host} sent an answer that makes no sense.")
        return application

    async def _knows_pkce(self) -> bool:
        path = "/.well-known/oauth-authorization-server"
        try:
            answer = await self.http.get(path, urgency=Urgency.WAITING)
        except (Refused, SignedOut, Unreachable, Unsupported):
            return False
        discovery = decode(wire_server.Discovery, answer.data)
        return discovery is not None and "S256" in discovery.code_challenge_methods_supported
