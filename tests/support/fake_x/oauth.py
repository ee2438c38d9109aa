"""OAuth 2.0 with PKCE: a page that says yes by itself, codes of half a minute, refresh tokens that are good once."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from aiohttp import web
from support.fake_x.world import World

CODE_LASTS = 30_000
ACCESS_LASTS = 7_200_000


@dataclass
class _Code:
    client: str
    redirect: str
    challenge: str
    user: str
    scope: str
    made_at: int


@dataclass
class OAuth:
    """The apps that are known, and what was given out.

    Attributes:
        redirects: by client id, the addresses that it may come back to, to the letter.
        app_secrets: of confidential clients.
        says_yes: who sits before the page; None for somebody who says no.
        access: by token, whose it is and until when.
        refresh: by token that can still be used, its family; `used` are those that cannot.
        exchanges: how often tokens were exchanged.
        drop: how many exchanges are done without an answer.
        deaf: how many are not even heard.
    """

    world: World
    now: Callable[[], int]
    redirects: dict[str, list[str]] = field(default_factory=dict)
    app_secrets: dict[str, str] = field(default_factory=dict)
    says_yes: str | None = "alice"
    access: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    refresh: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    exchanges: int = 0
    drop: int = 0
    deaf: int = 0
    _codes: dict[str, _Code] = field(default_factory=dict)
    _made: int = 0

    def grant(self, username: str, client: str = "app") -> tuple[str, str]:
        """Tokens of a sign-in that was done before."""
        self._made += 1
        return self._pair(self.world.named(username).id, client, self._made)

    def expire(self) -> None:
        """All access tokens have run out."""
        self.access = {token: (who, 0, family) for token, (who, _, family) in self.access.items()}

    def who(self, token: str) -> str | None:
        """Whose an access token is, while it is good."""
        user, until, _ = self.access.get(token, ("", 0, 0))
        return user if until > self.now() else None

    async def authorize(self, request: web.Request) -> web.Response:
        """The page. Its owner has said yes before it is shown."""
        query = request.query
        client, redirect = query.get("client_id", ""), query.get("redirect_uri", "")
        if redirect not in self.redirects.get(client, []):
            return web.Response(status=400, text="Something went wrong")  # never back to a stranger
        said = {"state": query.get("state", "")}
        if self.says_yes is None:
            said["error"] = "access_denied"
        else:
            assert query["code_challenge_method"] == "S256"
            code = f"code{len(self._codes)}"
            self._codes[code] = _Code(
                client,
                redirect,
                query["code_challenge"],
                self.world.named(self.says_yes).id,
                query["scope"],
                self.now(),
            )
            said["code"] = code
        raise web.HTTPFound(f"{redirect}?{urlencode(said)}")

    async def token(self, request: web.Request) -> web.Response:
        """Exchange a code or a refresh token."""
        if self.deaf:
            self.deaf -= 1
            assert request.transport is not None
            request.transport.abort()
            raise ConnectionResetError
        form = await request.post()
        said = {name: str(value) for name, value in form.items()}
        client = self._client(request, said)
        if client is None:
            return _no("unauthorized_client", "Missing valid authorization header", 401)
        if said.get("grant_type") == "refresh_token":
            return self._renewed(said.get("refresh_token", ""), client, request)
        code = self._codes.pop(said.get("code", ""), None)
        digest = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            code is None
            or (code.client, code.redirect) != (client, said.get("redirect_uri"))
            or code.challenge != challenge
            or self.now() - code.made_at > CODE_LASTS
        ):
            return _no("invalid_request", "Value passed for the authorization code was invalid.")
        self._made += 1
        return self._told(self._pair(code.user, client, self._made), code.scope)

    def _renewed(self, token: str, client: str, request: web.Request) -> web.Response:
        self.exchanges += 1
        if token in self.used:  # played again: the whole family is void
            family = self.used[token]
            self.refresh = {one: of for one, of in self.refresh.items() if of[2] != family}
            self.access = {one: of for one, of in self.access.items() if of[2] != family}
        known = self.refresh.pop(token, None)
        if known is None or known[1] != client:
            return _no("invalid_request", "Value passed for the token was invalid.")
        user, _, family = known
        self.used[token] = family
        pair = self._pair(user, client, family)
        if self.drop:
            self.drop -= 1
            assert request.transport is not None
            request.transport.abort()
        return self._told(pair, "tweet.read")

    def _client(self, request: web.Request, said: dict[str, str]) -> str | None:
        scheme, _, value = request.headers.get("Authorization", "").partition(" ")
        if scheme == "Basic":
            client, _, secret = base64.b64decode(value).decode().partition(":")
            return client if self.app_secrets.get(client) == secret else None
        client = said.get("client_id", "")
        return None if client in self.app_secrets else client

    def _pair(self, user: str, client: str, family: int) -> tuple[str, str]:
        number = len(self.access) + len(self.used) + len(self.refresh)
        access, refresh = f"access.{user}.{number}", f"refresh.{user}.{number}"
        self.access[access] = (user, self.now() + ACCESS_LASTS, family)
        self.refresh[refresh] = (user, client, family)
        return access, refresh

    def _told(self, pair: tuple[str, str], scope: str) -> web.Response:
        said = {
            "token_type": "bearer",
            "expires_in": ACCESS_LASTS // 1000,
            "access_token": pair[0],
            "scope": scope,
            "refresh_token": pair[1],
        }
        return web.json_response(said)


def _no(error: str, words: str, status: int = 400) -> web.Response:
    return web.json_response({"error": error, "error_description": words}, status=status)
