"""Proofs: they say what is asked of whom, are signed by the key that they show, and never show its secret."""

from __future__ import annotations

import hashlib
import re

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networks.clocks import SteppedClock
from support.fake_bluesky.oauth import checked_proof, to_base64url

from tui_inbox.core.ports import SignedOut
from tui_inbox.networks.bluesky.dpop import Proofs, new_key
from tui_inbox.networks.bluesky.signing import proofs_with
from tui_inbox.networks.http import Token

KEYS = [new_key() for _ in range(8)]

words = st.from_regex(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,20}", fullmatch=True)
tokens = st.none() | words
hosts = st.sampled_from(["https://pds.example", "http://127.0.0.1:2583", "http://localhost:9"])
nonces = st.text("abcXYZ019-_.~", min_size=1, max_size=60)


def answered(proofs: Proofs, url: str, headers: dict[str, str], token: str | None = None) -> str:
    """The proof with which a request left, after the server's answer to it has been looked at."""
    flow = proofs.flow(httpx.Request("POST", url), Token(token) if token else None)
    request = next(flow)
    with pytest.raises(StopIteration):
        flow.send(httpx.Response(400, headers=headers))
    return request.headers["DPoP"]


@given(st.sampled_from(KEYS), st.sampled_from(["GET", "POST"]), hosts, words, words, tokens, nonces)
def test_a_proof_says_what_is_asked_and_is_signed_by_the_key_it_shows(
    key: str, method: str, host: str, path: str, query: str, token: str | None, nonce: str
) -> None:
    clock = SteppedClock()
    proofs = Proofs(key, clock)
    answered(proofs, f"{host}/x", {"DPoP-Nonce": nonce})
    url = httpx.URL(f"{host}/xrpc/{path}?q={query}#{query}")
    proof = proofs.proof(method, url, token)
    header, claims = checked_proof(proof)
    assert set(header["jwk"]) == {"kty", "crv", "x", "y"}
    assert claims["htm"] == method
    assert claims["htu"] == f"{host}/xrpc/{path}"
    assert claims["iat"] == clock.now() // 1000
    assert claims["nonce"] == nonce
    digest = token and to_base64url(hashlib.sha256(token.encode()).digest())
    assert claims.get("ath") == digest
    assert key not in proof


@given(st.integers(2, 20))
def test_no_proof_is_made_twice(count: int) -> None:
    proofs = Proofs(KEYS[0], SteppedClock())
    url = httpx.URL("https://pds.example/xrpc/a")
    numbers = {checked_proof(proofs.proof("GET", url))[1]["jti"] for _ in range(count)}
    assert len(numbers) == count


def test_each_server_has_a_nonce_of_its_own() -> None:
    proofs = Proofs(KEYS[0], SteppedClock())
    answered(proofs, "https://one.example/x", {"DPoP-Nonce": "of-one"})
    answered(proofs, "https://two.example/x", {"DPoP-Nonce": "of-two"})
    for name in ("one", "two"):
        url = httpx.URL(f"https://{name}.example/y")
        assert checked_proof(proofs.proof("GET", url))[1]["nonce"] == f"of-{name}"
    three = httpx.URL("https://three.example/y")
    assert "nonce" not in checked_proof(proofs.proof("GET", three))[1]


@pytest.mark.parametrize("odd", ["", "x" * 600, "ä"])
def test_an_odd_nonce_is_not_repeated(odd: str) -> None:
    proofs = Proofs(KEYS[0], SteppedClock())
    answered(proofs, "https://one.example/x", {"DPoP-Nonce": "good"})
    flow = proofs.flow(httpx.Request("GET", "https://one.example/x"))
    next(flow)
    with pytest.raises(StopIteration):
        flow.send(httpx.Response(200, headers=[(b"DPoP-Nonce", odd.encode())]))
    claims = checked_proof(proofs.proof("GET", httpx.URL("https://one.example/y")))[1]
    assert claims["nonce"] == "good"


def test_keys_are_new_and_of_one_length() -> None:
    assert len(set(KEYS)) == len(KEYS)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", key) for key in KEYS)


@pytest.mark.parametrize("key", ["", "?", "AAAA", "_" * 43])
def test_what_is_no_key_is_a_sign_in_that_has_ended(key: str) -> None:
    with pytest.raises(SignedOut, match="cannot be read"):
        proofs_with(key, SteppedClock())
