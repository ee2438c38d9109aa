"""An authorization server, as the reference implementation was seen to be one (facts 3.1 and 4; RFC 9126, 9207, 9449).

It takes no request without a proof that holds what it named last, no proof twice, and no refresh token twice: who sends
one again has ended the sign-in.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from aiohttp import web
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from support.fake_bluesky.world import Json, World

PAGE_ROUTE = "/oauth/authorize"


class Declined(Exception):
    """An error as OAuth has it."""

    def __init__(self, name: str, words: str, status: int = 400) -> None:
        super().__init__(name)
        self.name, self.words, self.status = name, words, status


def from_base64url(text: str) -> bytes:
    """What was written without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def to_base64url(data: bytes) -> str:
    """Without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def checked_proof(proof: str) -> tuple[Json, Json]:
    """Header and claims of a proof that its own key has signed.

    Raises:
        Declined: it is none.
    """
    head, claims, signature = proof.split(".")
    header = json.loads(from_base64url(head))
    jwk, halves = header["jwk"], from_base64url(signature)
    if header["typ"] != "dpop+jwt" or header["alg"] != "ES256" or len(halves) != 64 or "d" in jwk:
        raise Declined("invalid_dpop_proof", "DPoP proof of a wrong form")
    x, y = (int.from_bytes(from_base64url(jwk[name]), "big") for name in ("x", "y"))
    key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    numbers = (int.from_bytes(half, "big") for half in (halves[:32], halves[32:]))
    try:
        der = utils.encode_dss_signature(*numbers)
        key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    except InvalidSignature:
        raise Declined("invalid_dpop_proof", "signature verification failed") from None
    return header, json.loads(from_base64url(claims))


def thumbprint(jwk: Json) -> str:
    """By which a key is known (RFC 7638)."""
    told = json.dumps({name: jwk[name] for name in ("crv", "kty", "x", "y")}, separators=(",", ":"))
    return to_base64url(hashlib.sha256(told.encode()).digest())


@dataclass
class Desk:
    """What takes proofs: the authorization server and the personal data server are one each, with nonces of their own.

    Attributes:
        nonce: what a proof must hold; each answer names it.
        seen: the numbers of proofs, none of which is taken twice.
    """

    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(8))
    seen: set[str] = field(default_factory=set)

    def turn(self) -> None:
        """From now on another nonce is wanted."""
        self.nonce = secrets.token_urlsafe(8)

    def check(self, request: web.Request, base: str, access: str | None = None) -> str:
        """The thumbprint of the key that signed this request.

        Raises:
            Declined: it carries no proof for it.
        """
        proof = request.headers.get("DPoP")
        if proof is None:
            raise Declined("invalid_dpop_proof", "DPoP proof required")
        header, claims = checked_proof(proof)
        if claims.get("nonce") != self.nonce:
            raise Declined("use_dpop_nonce", "Server requires nonce in DPoP proof")
        wanted = (request.method, f"{base}{request.path}")
        is_fresh = abs(claims["iat"] - time.time()) < 60 and claims["jti"] not in self.seen
        if (claims["htm"], claims["htu"]) != wanted or not is_fresh:
            raise Declined("invalid_dpop_proof", "DPoP proof of another request")
        self.seen.add(claims["jti"])
        digest = None if access is None else to_base64url(hashlib.sha256(access.encode()).digest())
        if claims.get("ath") != digest:
            raise Declined("invalid_dpop_proof", "DPoP ath mismatch")
        return thumbprint(header["jwk"])


@dataclass
class Session:
    """A sign-in: whose, by which key, and which tokens are good."""

    did: str
    key: str
    client_id: str
    number: int = 0
    is_ended: bool = False


@dataclass
class OAuth:
    """The server.

    Attributes:
        pushed: by `request_uri`, what was put down.
        says_no: whether the owner says no on the page.
        issuer: with what its pages sign their answers, where that is not who it is.
        metadata: what it says of itself besides.
        signs_in: who is signed in whatever was asked, by the first part of their handle.
        lost: how many answers about tokens are cut off after all is done.
        asked: the grant types for which it was asked for tokens.
        faults: what comes instead of tokens.
        before_answer: called when tokens have been exchanged and nobody has been told yet.
    """

    world: World
    desk: Desk = field(default_factory=Desk)
    resources: Desk = field(default_factory=Desk)
    pushed: dict[str, dict[str, str]] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    says_no: bool = False
    issuer: str = ""
    metadata: Json = field(default_factory=dict)
    signs_in: str = ""
    lost: int = 0
    asked: list[str] = field(default_factory=list)
    faults: list[Declined] = field(default_factory=list)
    before_answer: Callable[[], object] = lambda: None
    expired: set[str] = field(default_factory=set)
    base: str = ""

    def routes(self, app: web.Application) -> None:
        """Serve it."""
        app.router.add_get("/.well-known/oauth-protected-resource", self._resource)
        app.router.add_get("/.well-known/oauth-authorization-server", self._server)
        app.router.add_post("/oauth/par", self._push)
        app.router.add_get(PAGE_ROUTE, self._page)
        app.router.add_post("/oauth/token", self._tokens)

    def expire(self) -> None:
        """Let all access tokens run out that were given so far."""
        self.expired |= {f"oauth.{name}.{one.number}" for name, one in self.sessions.items()}

    def whose(self, request: web.Request, access: str) -> str:
        """The DID of whoever sent an access token with a proof.

        Raises:
            Declined: the token or the proof is not good.
        """
        key = self.resources.check(request, self.base, access)
        session = self.sessions.get(access.removeprefix("oauth.").rpartition(".")[0])
        if session is None or session.is_ended or session.key != key or access in self.expired:
            raise Declined("invalid_token", '"exp" claim timestamp check failed', 401)
        return session.did

    async def _resource(self, request: web.Request) -> web.Response:
        return web.json_response(
            {"resource": self.base, "authorization_servers": [self.base]} | self.metadata
        )

    async def _server(self, request: web.Request) -> web.Response:
        told: Json = {
            "issuer": self.base,
            "authorization_endpoint": f"{self.base}{PAGE_ROUTE}",
            "token_endpoint": f"{self.base}/oauth/token",
            "pushed_authorization_request_endpoint": f"{self.base}/oauth/par",
            "dpop_signing_alg_values_supported": ["RS256", "ES256"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
            "require_pushed_authorization_requests": True,
        }
        return web.json_response(told | self.metadata)

    async def _push(self, request: web.Request) -> web.Response:
        try:
            key = self.desk.check(request, self.base)
            form = {name: str(value) for name, value in (await request.post()).items()}
            told = {
                name: one[0] for name, one in parse_qs(urlsplit(form["client_id"]).query).items()
            }
            is_loopback = form["client_id"].startswith("http://localhost?")
            if not is_loopback or told["redirect_uri"] != form["redirect_uri"]:
                raise Declined("invalid_client_metadata", "Invalid redirect_uri")
            if told["scope"] != form["scope"] or form["code_challenge_method"] != "S256":
                raise Declined("invalid_request", "Invalid request")
        except Declined as declined:
            return self._declined(declined)
        address = f"urn:ietf:params:oauth:request_uri:{secrets.token_urlsafe(8)}"
        self.pushed[address] = {**form, "key": key}
        return self._answer({"request_uri": address, "expires_in": 299}, 201)

    async def _page(self, request: web.Request) -> web.Response:
        """The owner's answer, for whom no more is to be done here than to follow it."""
        asked = self.pushed[request.query["request_uri"]]
        answer = {"iss": self.issuer or self.base, "state": asked["state"]}
        if self.says_no:
            answer |= {
                "error": "access_denied",
                "error_description": "The user rejected the request.",
            }
        else:
            asked["code"] = f"cod-{secrets.token_urlsafe(8)}"
            answer["code"] = asked["code"]
        raise web.HTTPFound(f"{asked['redirect_uri']}?{urlencode(answer)}")

    async def _tokens(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        try:
            key = self.desk.check(request, self.base)
            self.asked.append(form["grant_type"])
            if self.faults:
                raise self.faults.pop(0)
            is_code = form["grant_type"] == "authorization_code"
            name = self._redeemed(form, key) if is_code else self._renewed(form, key)
        except Declined as declined:
            return self._declined(declined)
        self.before_answer()
        if self.lost:
            self.lost -= 1
            assert request.transport is not None
            request.transport.abort()
            raise ConnectionResetError
        session = self.sessions[name]
        return self._answer(
            {
                "access_token": f"oauth.{name}.{session.number}",
                "refresh_token": f"ref.{name}.{session.number}",
                "token_type": "DPoP",
                "expires_in": 3599,
                "scope": "atproto transition:generic transition:chat.bsky",
                "sub": session.did,
            }
        )

    def _redeemed(self, form: dict[str, str], key: str) -> str:
        asked = next((one for one in self.pushed.values() if one.get("code") == form["code"]), None)
        if asked is None or any(
            asked[name] != form[name] for name in ("client_id", "redirect_uri")
        ):
            raise Declined("invalid_grant", "Invalid code")
        digest = to_base64url(hashlib.sha256(form["code_verifier"].encode()).digest())
        if digest != asked["code_challenge"] or key != asked["key"]:
            raise Declined("invalid_grant", "Invalid code_verifier")
        del asked["code"]
        who = asked["login_hint"]
        people = self.world.people.values()
        person = next(one for one in people if who in (one.handle, one.did))
        if self.signs_in:
            person = self.world.named(self.signs_in)
        name = secrets.token_urlsafe(6)
        self.sessions[name] = Session(person.did, key, form["client_id"])
        return name

    def _renewed(self, form: dict[str, str], key: str) -> str:
        _, name, number = form["refresh_token"].split(".")
        session = self.sessions[name]
        if session.is_ended or (session.key, session.client_id) != (key, form["client_id"]):
            raise Declined("invalid_grant", "Invalid refresh token")
        if int(number) != session.number:
            session.is_ended = True
            raise Declined("invalid_grant", "Refresh token replayed")
        session.number += 1
        return name

    def _declined(self, declined: Declined) -> web.Response:
        said = {"error": declined.name, "error_description": declined.words}
        return self._answer(said, declined.status)

    def _answer(self, told: Json, status: int = 200) -> web.Response:
        return web.json_response(told, status=status, headers={"DPoP-Nonce": self.desk.nonce})
