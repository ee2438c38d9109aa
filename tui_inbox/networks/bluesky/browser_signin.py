"""Signing in by the browser: OAuth as the AT Protocol has it.

The owner says yes on a page of their own server, and no password comes near this program. It is known there by an
address that says all there is to know of it (`http://localhost?…`, a *loopback client*), so nobody has to register it
or keep a page for it. Source: atproto.com/specs/oauth; facts 3.1 and 4.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import urlencode

import httpx
from msgspec import Struct

from tui_inbox.core.ports import Clock, Refused
from tui_inbox.networks.bluesky import authorization, signing
from tui_inbox.networks.bluesky.authorization import SCOPE, Line, Metadata
from tui_inbox.networks.bluesky.grants import Bound, Grant
from tui_inbox.networks.bluesky.hosts import PUBLIC, Hosts
from tui_inbox.networks.bluesky.identity import Directory, is_email, named
from tui_inbox.networks.bluesky.signin import SignIn, enter, typed_address
from tui_inbox.networks.browser_answer import code_in, pasted
from tui_inbox.networks.deadline import within
from tui_inbox.networks.loopback import BROWSER_TIME, PATH, listen_on_loopback

OpenBrowser: TypeAlias = Callable[[str], None]
AskAddress: TypeAlias = Callable[[], str]

NO_MAIL = "In the browser one signs in by handle or DID, not by e-mail address."
_ELSEWHERE = f"http://127.0.0.1{PATH}"
"""Where a browser ends that runs on another machine: nowhere, but its address bar has the answer."""


class _Request(Struct, frozen=True):
    """What has to be remembered between asking the owner and exchanging the code."""

    metadata: Metadata
    who: str
    redirect: str
    state: str
    verifier: str

    def __repr__(self) -> str:
        return f"_Request({self.metadata.issuer!r}, …)"

    @property
    def client_id(self) -> str:
        """The address that says what this program is."""
        return f"http://localhost?{urlencode({'redirect_uri': self.redirect, 'scope': SCOPE})}"


async def sign_in(
    who: str,
    *,
    clock: Clock,
    open_browser: OpenBrowser,
    ask_address: AskAddress | None = None,
    server: str | None = None,
    hosts: Hosts = PUBLIC,
    transport: httpx.AsyncBaseTransport | None = None,
) -> SignIn:
    """Sign in on a page of the account's own server. The callbacks run in a thread of their own and may block.

    Args:
        who: a handle or a DID, as the owner typed it.
        open_browser: shows the server's page to the owner, in full, and opens it.
        ask_address: if given, the browser is on another machine, and this asks for the address where it ended. If
            not, the browser comes back to a listener on this machine.
        server: the address of the account's own server, where it cannot be found by asking.
        hosts: who is asked where the account is.
        transport: replaces the network in tests.

    Raises:
        NetworkError: `Refused` if the owner or the server said no, or the browser did not come back in time;
            `Unsupported` where the server knows no such sign-in; `SignedOut` where a package is missing; others if
            there is no line.
        ValueError: the name or the address is none; the words say why.
    """
    name = named(who)
    if is_email(name):
        raise ValueError(NO_MAIL)
    key = signing.new_key()
    directory = Directory(hosts, clock, transport)
    if server is None:
        home = await directory.home_of(name)
    else:
        home = await directory.home_at(typed_address(server), name)
    line = Line(signing.proofs_with(key, clock), clock, transport)
    metadata = await authorization.discover(home.pds, line)
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    if ask_address is None:
        async with listen_on_loopback(state) as loopback:
            request = _Request(metadata, name, loopback.redirect_uri, state, verifier)
            await asyncio.to_thread(open_browser, await _page(request, line))
            try:
                answer = await within(clock, BROWSER_TIME, loopback.answer())
            except TimeoutError:
                raise Refused("The browser did not come back in time.") from None
    else:
        request = _Request(metadata, name, _ELSEWHERE, state, verifier)
        await asyncio.to_thread(open_browser, await _page(request, line))
        answer = pasted(await asyncio.to_thread(ask_address))
    code = code_in(answer, request.state, request.metadata.host, request.metadata.issuer)
    form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("code_verifier", verifier),
        ("redirect_uri", request.redirect),
        ("client_id", request.client_id),
    ]
    access, refresh = await authorization.redeem(metadata, form, line, home.did)
    grant = Grant(home.pds, access, refresh, Bound(metadata.tokens, request.client_id, key))
    return await enter(home.did, grant, clock=clock, transport=transport)


async def _page(request: _Request, line: Line) -> str:
    """Put the request down; the address of the page where the owner says yes."""
    digest = hashlib.sha256(request.verifier.encode()).digest()
    form = [
        ("client_id", request.client_id),
        ("response_type", "code"),
        ("redirect_uri", request.redirect),
        ("scope", SCOPE),
        ("state", request.state),
        ("code_challenge", _base64url(digest)),
        ("code_challenge_method", "S256"),
        ("login_hint", request.who),
    ]
    address = await authorization.push(request.metadata, form, line)
    page = request.metadata.page
    joint = "&" if "?" in page else "?"
    return f"{page}{joint}{urlencode({'client_id': request.client_id, 'request_uri': address})}"


def _base64url(digest: bytes) -> str:
    from tui_inbox.networks.bluesky.dpop import base64url

    return base64url(digest)
