"""Calls of the AT Protocol: their addresses, and what their errors mean.

Source: atproto.com/specs/xrpc. An error is a status and `{"error": name, "message": words}`; the name decides, because
an expired token comes as 400 (facts 4).
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from tui_inbox.core.moment import Millis
from tui_inbox.core.ports import (
    NetworkError,
    Refused,
    SignedOut,
    Throttled,
    Unreachable,
    Unsupported,
)
from tui_inbox.core.text import clean_line
from tui_inbox.networks import failures

_LONGEST_WORDS = 200

_GONE = frozenset({"NotFound", "RecordNotFound", "RepoNotFound", "ActorNotFound", "UnknownList"})
_GONE_WORDS = (
    "profile not found",
    "could not find",
    "post not found",
    "list not found",
    "not found:",
)
"""What an unknown person or post is called where the name of the error is only `InvalidRequest`."""
_REFUSED = {
    "BlobNotFound": "A picture of this text is not on the server any more; send it again.",
    "BlockedActor": "You block them, so nothing of theirs is shown.",
    "BlockedByActor": "They block you, so nothing of theirs is shown.",
}
_CLOSED = {
    "AccountTakedown": "{host} has taken this account down.",
    "AccountSuspended": "{host} has suspended this account.",
    "AccountDeactivated": "This account is deactivated; it can be activated again in another app.",
}
_EXPIRED = frozenset({"ExpiredToken", "invalid_token"})
"""The second is what is said of a token that is bound to a key, whatever is wrong with it (RFC 6750, section 3.1)."""
_TOKEN = frozenset({"InvalidToken", "AuthMissing", "AuthenticationRequired", "BadJwt"})

_SCOPE = frozenset({"ScopeMissingError", "InsufficientScope"})
_OTHER_METHODS = "Bad token method"
"""What an app password is told that is kept out of a method (facts 4, chat); the token itself is a good one."""


class TokenExpired(SignedOut):
    """The token has run out, and was not looked at otherwise: nothing was done."""


class NotAllowed(Unsupported):
    """The sign-in is a good one, and does not reach this: an app password, or a consent, without it."""


class NonceAsked(Unreachable):
    """The server names what it wants to see in the proof: nothing was done (RFC 9449, sections 8 and 9)."""


class Swapped(Refused):
    """A record with that key is there already, and says something else."""


def path_of(method: str) -> str:
    """Where a method is called, from the root."""
    return f"/xrpc/{method}"


def explained(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    host: str,
    *,
    until: Millis,
    changes: bool,
) -> NetworkError:
    """The port's error for an answer that is no success. Arguments as those of `failures.refusal`."""
    name, words = told(body)
    if name in _EXPIRED:
        return TokenExpired(f"{host} does not accept this sign-in any more.")
    if proving := about_proof(name, host):
        return proving
    if name in _CLOSED:
        sentence = _CLOSED[name].format(host=host)
        return Refused(sentence) if name == "AccountDeactivated" else SignedOut(sentence)
    if name in _SCOPE or (name == "InvalidToken" and words.startswith(_OTHER_METHODS)):
        return NotAllowed(f"This sign-in does not reach that at {host}.")
    if name in _TOKEN:
        return SignedOut(f"{host} does not accept this sign-in.")
    if name in _REFUSED:
        return Refused(_REFUSED[name])
    if name == "InvalidSwap":
        return Swapped(f"{host} has something else under this key.")
    if name == "RateLimitExceeded":
        return Throttled(f"{host} asks for a pause.", until=until)
    is_unknown = name == "InvalidRequest" and words.lower().startswith(_GONE_WORDS)
    if 400 <= status < 500 and (name in _GONE or is_unknown):
        return Refused(f"{host} does not have this, or not any more.", gone=True)
    return failures.refusal(
        status, headers, _as_sentence(words), host, until=until, changes=changes
    )


def about_proof(name: str, host: str) -> Unreachable | None:
    """The error for a proof that was not taken (RFC 9449); None where the name says something else."""
    if name == "use_dpop_nonce":
        return NonceAsked(f"{host} goes on asking for another proof of this sign-in.")
    if name == "invalid_dpop_proof":
        return Unreachable(f"{host} does not take the proof of this sign-in; is the clock right?")
    return None


def told(body: bytes) -> tuple[str, str]:
    """The name and the words of an error; both are empty where the body is something else."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return "", ""
    if not isinstance(data, dict):
        return "", ""
    name, words = data.get("error"), data.get("message")
    return (
        name if isinstance(name, str) else "",
        clean_line(words, limit=_LONGEST_WORDS) if isinstance(words, str) else "",
    )


def _as_sentence(words: str) -> bytes:
    """An error's words in the form in which `failures` reads them: what is no word of it stays out."""
    return json.dumps({"error": words}).encode()
