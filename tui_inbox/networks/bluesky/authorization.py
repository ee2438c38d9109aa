"""What is asked of an authorization server: where it is, a page for the owner, tokens and newer ones.

Source: atproto.com/specs/oauth, RFC 9126 (pushed requests), RFC 9207 (`iss`), RFC 9449 (proofs); facts 3.1 and 4. One
refresh token is good for one exchange. Used again it ends the whole sign-in, whoever used it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import httpx
from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.moment import Millis
from tui_inbox.core.ports import (
    AnswerLost,
    Clock,
    NetworkError,
    Refused,
    SignedOut,
    Unreachable,
    Unsupported,
)
from tui_inbox.core.text import clean_line
from tui_inbox.networks import failures
from tui_inbox.networks.bluesky import xrpc
from tui_inbox.networks.bluesky.grants import Bound, Grant
from tui_inbox.networks.bluesky.identity import base_address
from tui_inbox.networks.http import Http, Pairs, Token
from tui_inbox.networks.limits import BLUESKY, Budget, Urgency

if TYPE_CHECKING:
    from tui_inbox.networks.bluesky.dpop import Proofs

SCOPE = "atproto transition:generic transition:chat.bsky"
"""What an app password may do, private conversations aside."""

_RESOURCE = "/.well-known/oauth-protected-resource"
_SERVER = "/.well-known/oauth-authorization-server"
_CANNOT = "{host} has no sign-in by the browser that this program knows; an app password will do."
_LONGEST_WORDS = 200


class Declined(Refused):
    """The authorization server said no, for a reason that the standard has a name for."""


class Metadata(Struct, frozen=True):
    """An authorization server.

    Attributes:
        issuer: its base address, which all its answers carry.
        pushed: where a request is put down before the owner is asked.
        page: where the owner is asked.
        tokens: where tokens are given.
    """

    issuer: str
    pushed: str
    page: str
    tokens: str

    @property
    def host(self) -> str:
        """For sentences."""
        return httpx.URL(self.issuer).netloc.decode("ascii")


class Line(Struct, frozen=True):
    """What it takes to ask.

    Attributes:
        proofs: made for every request to the authorization server.
        transport: replaces the network in tests.
    """

    proofs: Proofs
    clock: Clock
    transport: httpx.AsyncBaseTransport | None = None


async def discover(pds: str, line: Line) -> Metadata:
    """The authorization server to which a personal data server sends its people.

    Raises:
        Unsupported: there is none, or it cannot do what is needed here.
        NetworkError: it could not be asked.
    """
    host = httpx.URL(pds).host
    named = (await _read(pds, _RESOURCE, line)).get("authorization_servers")
    issuer = named[0] if isinstance(named, list) and len(named) == 1 else None
    if not isinstance(issuer, str) or base_address(issuer) != issuer:
        raise Unsupported(_CANNOT.format(host=host))
    told = await _read(issuer, _SERVER, line)
    metadata = Metadata(
        issuer,
        _address(told.get("pushed_authorization_request_endpoint")),
        _address(told.get("authorization_endpoint")),
        _address(told.get("token_endpoint")),
    )
    fits = (
        told.get("issuer") == issuer,
        "ES256" in _many(told.get("dpop_signing_alg_values_supported")),
        "S256" in _many(told.get("code_challenge_methods_supported")),
        told.get("authorization_response_iss_parameter_supported") is True,
        metadata.pushed and metadata.page and metadata.tokens,
    )
    if not all(fits):
        raise Unsupported(_CANNOT.format(host=metadata.host))
    return metadata


async def push(metadata: Metadata, form: Pairs, line: Line) -> str:
    """Put a request down; what the owner's page is told instead of it.

    Raises:
        NetworkError: the server does not take it.
    """
    address = (await _post(metadata.pushed, form, line)).get("request_uri")
    if not isinstance(address, str) or not address:
        raise Refused(f"{metadata.host} does not say where to go on.")
    return address


async def redeem(metadata: Metadata, form: Pairs, line: Line, did: str) -> tuple[str, str]:
    """Exchange a code for the two tokens.

    Args:
        did: who is to be signed in.

    Raises:
        Refused: the code is none, or somebody else was signed in.
        NetworkError: the server could not be asked.
    """
    try:
        told = await _post(metadata.tokens, form, line)
    except Declined:
        raise Refused(f"{metadata.host} did not accept the code.") from None
    if told.get("sub") != did:
        raise Refused(f"{metadata.host} signed in somebody else than who was named.")
    return _pair(told, metadata.host)


async def renew(grant: Grant, bound: Bound, did: str, line: Line) -> Grant:
    """Exchange the tokens for newer ones. Where its answer is lost it may be tried once more: then it ends well or not.

    Raises:
        SignedOut: the sign-in has ended.
        NetworkError: the server could not be asked.
    """
    form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", grant.refresh),
        ("client_id", bound.client_id),
    ]
    host = httpx.URL(bound.tokens).netloc.decode("ascii")
    try:
        told = await _post(bound.tokens, form, line)
    except (Refused, Unsupported):
        raise SignedOut(f"{host} has ended this sign-in by the browser.") from None
    if told.get("sub") != did:
        raise SignedOut(f"{host} gave tokens of somebody else.")
    try:
        access, refresh = _pair(told, host)
    except Refused as refused:
        raise SignedOut(str(refused)) from None
    return replace(grant, access=access, refresh=refresh)


def _pair(told: Mapping[str, Any], host: str) -> tuple[str, str]:
    """The two tokens of an answer.

    Raises:
        Refused: it holds none that are bound to a key and may do anything.
    """
    access, refresh = told.get("access_token"), told.get("refresh_token")
    is_bound = str(told.get("token_type", "")).lower() == "dpop"
    is_enough = "atproto" in str(told.get("scope", "")).split()
    if not (isinstance(access, str) and isinstance(refresh, str) and is_bound and is_enough):
        raise Refused(f"{host} gave no tokens of the kind that was asked for.")
    try:
        Token(access), Token(refresh)
    except ValueError:
        raise Refused(f"{host} gave tokens that are none.") from None
    return access, refresh


async def _read(server: str, path: str, line: Line) -> dict[str, Any]:
    http = _http(server, line)
    try:
        data = (await http.get(path, urgency=Urgency.WAITING)).data
    except (Refused, Unsupported):
        raise Unsupported(_CANNOT.format(host=http.host)) from None
    finally:
        await http.close()
    return data if isinstance(data, dict) else {}


async def _post(endpoint: str, form: Pairs, line: Line) -> dict[str, Any]:
    """Ask for something; once more where the server names what it wants to see in the proof.

    Raises:
        Declined: the server said no.
        Unreachable: it could not be asked, or its answer was lost.
        NetworkError: it asks for a pause, or cannot do this.
    """
    from tui_inbox.networks.bluesky.dpop import Proving

    url = httpx.URL(endpoint)
    http = _http(f"{url.scheme}://{url.netloc.decode('ascii')}", line, Proving(line.proofs))
    path = url.raw_path.decode("ascii")
    try:
        try:
            answer = await http.send("POST", path, form, urgency=Urgency.WAITING)
        except xrpc.NonceAsked:
            answer = await http.send("POST", path, form, urgency=Urgency.WAITING)
    except AnswerLost as lost:  # nothing of the owner's was to be changed by it
        raise Unreachable(str(lost)) from None
    finally:
        await http.close()
    return answer.data if isinstance(answer.data, dict) else {}


def _http(server: str, line: Line, auth: httpx.Auth | None = None) -> Http:
    return Http(
        server,
        clock=line.clock,
        auth=auth,
        budget=Budget(httpx.URL(server).host, line.clock, rules=BLUESKY),
        explains=_explained,
        transport=line.transport,
    )


def _explained(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    host: str,
    *,
    until: Millis,
    changes: bool,
) -> NetworkError:
    """What an authorization server says when it does not do what was asked (RFC 6749, section 5.2)."""
    name = xrpc.told(body)[0]
    if proving := xrpc.about_proof(name, host):
        return proving
    if name and status in (400, 401, 403):
        words = clean_line(failures.server_words(headers, body), limit=_LONGEST_WORDS)
        return Declined(f"{host} refused the sign-in: {words}")
    return failures.refusal(status, headers, body, host, until=until, changes=changes)


def _address(told: object) -> str:
    """An endpoint that may be asked; empty where it is none."""
    if not isinstance(told, str) or not told.isascii() or "#" in told:
        return ""
    return told if base_address(told) is not None else ""


def _many(told: object) -> list[Any]:
    return told if isinstance(told, list) else []
