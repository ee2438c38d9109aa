"""OAuth 2.0 with an app of the owner's own: the page where they say yes, tokens, and newer ones.

Source: docs.x.com, fundamentals/authentication/oauth-2-0; RFC 7636 (PKCE). A code lives for 30 seconds. A refresh token
is good for one exchange; played again it may end the whole sign-in (facts/x.md section 2).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Generator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

import httpx
from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.moment import SECOND, Millis
from tui_inbox.core.ports import (
    AnswerLost,
    Clock,
    NetworkError,
    Refused,
    SignedOut,
    Throttled,
    Unreachable,
)
from tui_inbox.core.text import clean_line
from tui_inbox.networks import failures
from tui_inbox.networks.http import Http, Pairs, Token
from tui_inbox.networks.limits import Budget, Rule, Rules, Urgency
from tui_inbox.networks.x.grants import App, Grant

API = "https://api.x.com"
PAGE = "https://x.com/i/oauth2/authorize"
"""Where the owner says yes."""

SERVER = "https://x.com"
"""Under which an account of X is stored."""

SCOPES = (
    "tweet.read",
    "tweet.write",
    "users.read",
    "offline.access",
    "bookmark.read",
    "bookmark.write",
    "mute.read",
    "mute.write",
    "media.write",
)
"""What is asked for. Favourites and follows are not sold to apps of this kind, so they are not asked for."""

RULES = Rules(Rule(900, 15 * 60 * SECOND))
"""More than is ever asked. Each address has a limit of its own, of which X tells when it is spent."""

_TOKENS = "/2/oauth2/token"
_USUAL_LIFE = 7_200
"""Seconds an access token lives where X does not say."""


class Line(Struct, frozen=True):
    """What it takes to ask.

    Attributes:
        base: address of the API.
        page: address of the page where the owner says yes.
        transport: replaces the network in tests.
    """

    clock: Clock
    base: str = API
    page: str = PAGE
    transport: httpx.AsyncBaseTransport | None = None

    @property
    def host(self) -> str:
        """For sentences."""
        return httpx.URL(self.base).netloc.decode("ascii")


def line_to(server: str, clock: Clock, transport: httpx.AsyncBaseTransport | None = None) -> Line:
    """The way to X, or to a server that speaks its API.

    Args:
        server: as an account keeps it.

    Raises:
        ValueError: it is no address that may be asked.
    """
    if server == SERVER:
        return Line(clock, transport=transport)
    url = httpx.URL(server)
    if not url.host or url.raw_path not in (b"", b"/"):
        raise ValueError(f"{clean_line(server, limit=100)} is not the address of a server.")
    base = server.rstrip("/")
    return Line(clock, base, f"{base}/i/oauth2/authorize", transport)


class Declined(Refused):
    """The authorization server said no."""


def page_address(line: Line, app: App, redirect: str, state: str, verifier: str) -> str:
    """The address of the page where the owner says yes to their own app."""
    digest = hashlib.sha256(verifier.encode()).digest()
    query = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": redirect,
        "scope": " ".join(SCOPES),
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{line.page}?{urlencode(query, quote_via=quote)}"


async def redeem(line: Line, app: App, code: str, verifier: str, redirect: str) -> Grant:
    """Exchange a code for tokens.

    Raises:
        Refused: the code is none, or too old.
        NetworkError: X could not be asked.
    """
    form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", redirect),
        ("code_verifier", verifier),
    ]
    try:
        told = await _ask(line, app, form)
    except Declined as declined:
        raise Refused(f"{declined} A code is good for 30 seconds.") from None
    except AnswerLost as lost:  # nothing of the owner's was to be changed by it
        raise Unreachable(str(lost)) from None
    return _grant(Grant(app, "", "", 0), told, line)


async def renew(line: Line, grant: Grant) -> Grant:
    """Exchange tokens for newer ones. Where the answer is lost it is tried once more, with the same ones.

    Raises:
        SignedOut: the sign-in has ended.
        NetworkError: X could not be asked; the old tokens may be good still.
    """
    if not grant.refresh:
        raise SignedOut("X gave no token that lasts with this sign-in; sign in again.")
    form = [("grant_type", "refresh_token"), ("refresh_token", grant.refresh)]
    try:
        try:
            told = await _ask(line, grant.app, form)
        except AnswerLost:
            told = await _ask(line, grant.app, form)
    except Declined:
        raise SignedOut("X has ended this sign-in; sign in again.") from None
    except AnswerLost as lost:
        raise Unreachable(str(lost)) from None
    try:
        return _grant(grant, told, line)
    except Refused as refused:
        raise SignedOut(str(refused)) from None


def _grant(before: Grant, told: Mapping[str, Any], line: Line) -> Grant:
    """The tokens of an answer.

    Raises:
        Refused: it holds none.
    """
    access, refresh = told.get("access_token"), told.get("refresh_token", "")
    lasts = told.get("expires_in")
    if not isinstance(access, str) or not isinstance(refresh, str):
        raise Refused(f"{line.host} gave no tokens.")
    try:
        Token(access)
        if refresh:
            Token(refresh)
    except ValueError:
        raise Refused(f"{line.host} gave tokens that are none.") from None
    seconds = lasts if isinstance(lasts, int) and 0 < lasts < 10_000_000 else _USUAL_LIFE
    until: Millis = line.clock.now() + seconds * SECOND
    return replace(before, access=access, refresh=refresh, expires_at=until)


class _Basic(httpx.Auth):
    """Shows who a confidential app is. Public ones name themselves in the form."""

    def __init__(self, app: App) -> None:
        pair = f"{quote(app.client_id, safe='')}:{quote(app.client_secret, safe='')}"
        self._header = f"Basic {base64.b64encode(pair.encode()).decode()}"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = self._header
        yield request


async def _ask(line: Line, app: App, form: Pairs) -> dict[str, Any]:
    """Ask for tokens.

    Raises:
        Declined: X said no.
        AnswerLost: whether the tokens were exchanged is not known.
        NetworkError: X could not be asked.
    """
    http = Http(
        line.base,
        clock=line.clock,
        auth=_Basic(app) if app.client_secret else None,
        budget=Budget(line.host, line.clock, rules=RULES),
        explains=_explained,
        transport=line.transport,
    )
    named = form if app.client_secret else [*form, ("client_id", app.client_id)]
    try:
        answer = await http.send("POST", _TOKENS, named, urgency=Urgency.SEND)
    finally:
        await http.close()
    return answer.data if isinstance(answer.data, dict) else {}


def _explained(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    host: str,
    *,
    until: Millis,
    changes: bool,
) -> NetworkError:
    """What is said when no tokens are given (RFC 6749, section 5.2)."""
    if status in (400, 401, 403):
        words = clean_line(failures.server_words(headers, body), limit=200)
        return Declined(f"{host} refused the sign-in: {words or 'it gave no reason.'}")
    if status == 429:
        return Throttled(f"{host} asks for a pause.", until=until)
    return failures.refusal(status, headers, body, host, until=until, changes=changes)
