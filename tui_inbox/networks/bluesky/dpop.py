"""Proofs that whoever sends a token holds the key that it was given to (RFC 9449, DPoP).

The only place that knows the package `cryptography`, which is loaded by those alone who signed in by the browser. The
key is on the curve P-256, because every server of the network takes its signatures (`ES256`, atproto.com/specs/oauth).
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Generator

import httpx
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

from tui_inbox.core.moment import SECOND
from tui_inbox.core.ports import Clock
from tui_inbox.networks.http import Token, origin

_BYTES = 32
"""Length of the key's number, of its coordinates and of each half of a signature."""
_LONGEST_NONCE = 512


def new_key() -> str:
    """A private key as it is kept: its number, in base64url. It is as secret as a token."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return base64url(number.to_bytes(_BYTES, "big"))


def base64url(data: bytes) -> str:
    """Without padding, as all that is signed here is written (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Proofs:
    """Makes proofs with one key, and remembers what each server wants to see in the next one.

    Args:
        key: as `new_key` gives it.
        clock: the wall clock, for when a proof was made.

    Raises:
        ValueError: the key is none.
    """

    def __init__(self, key: str, clock: Clock) -> None:
        number = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
        if len(number) != _BYTES:
            raise ValueError("This is not a key.")
        self._key = ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1())
        self._clock = clock
        self._nonces: dict[tuple[str, str, int], str] = {}
        public = self._key.public_key().public_numbers()
        self._public = {
            "kty": "EC",
            "crv": "P-256",
            "x": base64url(public.x.to_bytes(_BYTES, "big")),
            "y": base64url(public.y.to_bytes(_BYTES, "big")),
        }

    def proof(self, method: str, url: httpx.URL, access: str | None = None) -> str:
        """A proof for one request; each one is made anew, because servers take none twice.

        Args:
            url: where it goes; query and fragment are no part of a proof.
            access: the token that goes with it.
        """
        claims: dict[str, object] = {
            "jti": secrets.token_urlsafe(16),
            "htm": method,
            "htu": f"{url.scheme}://{url.netloc.decode('ascii')}{url.raw_path.partition(b'?')[0].decode('ascii')}",
            "iat": self._clock.now() // SECOND,
        }
        if nonce := self._nonces.get(origin(url)):
            claims["nonce"] = nonce
        if access is not None:
            claims["ath"] = base64url(hashlib.sha256(access.encode()).digest())
        header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": self._public}
        said = ".".join(base64url(json.dumps(part).encode()) for part in (header, claims))
        signature = self._key.sign(said.encode(), ec.ECDSA(SHA256()))
        halves = utils.decode_dss_signature(signature)
        return f"{said}.{base64url(b''.join(half.to_bytes(_BYTES, 'big') for half in halves))}"

    def flow(
        self, request: httpx.Request, token: Token | None = None
    ) -> Generator[httpx.Request, httpx.Response, None]:
        """Send a request with a proof, and learn what its server wants to see in the next one."""
        access = None if token is None else token.reveal()
        request.headers["DPoP"] = self.proof(request.method, request.url, access)
        if access is not None:
            request.headers["Authorization"] = f"DPoP {access}"
        response = yield request
        nonce = response.headers.get("DPoP-Nonce", "")
        if nonce and len(nonce) <= _LONGEST_NONCE and nonce.isascii() and nonce.isprintable():
            self._nonces[origin(request.url)] = nonce


class Proving(httpx.Auth):
    """Sends a proof without a token: to those who are still to give one."""

    def __init__(self, proofs: Proofs) -> None:
        self._proofs = proofs

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """See `Proofs.flow`."""
        yield from self._proofs.flow(request)
