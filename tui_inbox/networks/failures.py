"""What goes wrong between here and a server, as the port's errors with a sentence for the owner."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Mapping

import httpx

from tui_inbox.core.moment import Millis
from tui_inbox.core.ports import (
    AnswerLost,
    NetworkError,
    Refused,
    SignedOut,
    Throttled,
    Unreachable,
    Unsupported,
)
from tui_inbox.core.text import clean_line

_LONGEST_WORDS = 200
_UNCLEAR = frozenset({408, 409, 425})
"""The request may be at work still: timed out, in conflict with its own first try, too early."""


def explain(error: httpx.HTTPError, host: str, *, changes: bool) -> NetworkError:
    """The port's error for a request that got no answer.

    Args:
        error: what httpx raised.
        host: whom it was sent to.
        changes: whether the request was to change something.
    """
    if isinstance(
        error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.ProxyError
    ):
        return Unreachable(unreachable_sentence(error, host))
    kind = AnswerLost if changes else Unreachable
    if isinstance(error, httpx.TimeoutException):
        return kind(f"{host} did not answer in time.")
    if isinstance(error, httpx.DecodingError):
        return kind(f"{host} sent an answer that cannot be unpacked.")
    return kind(f"{host} broke off without an answer.")


def unreachable_sentence(error: BaseException, host: str) -> str:
    """Why no connection could be made, as far as an error and its causes tell."""
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return f"{host} cannot be found; there may be no line."
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return f"{host} shows a certificate that cannot be trusted."
    if any(isinstance(cause, TimeoutError | httpx.TimeoutException) for cause in causes):
        return f"{host} did not pick up in time."
    return f"{host} cannot be reached."


def refusal(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    host: str,
    *,
    until: Millis,
    changes: bool,
) -> NetworkError:
    """The port's error for an answer that is no success.

    Args:
        status: HTTP status; anything but 200 to 299.
        headers: looked up in lower case.
        body: as far as it was read.
        host: whose answer it is.
        until: what the budget learnt of it: when the next request may be sent.
        changes: whether the request was to change something, so that its fate matters.
    """
    words = server_words(headers, body)
    said = f": {words}" if words else f" ({status})."
    match status:
        case 401:
            return SignedOut(f"{host} does not accept this sign-in.")
        case 404 | 410:
            return Refused(f"{host} does not have this, or not any more ({status}).", gone=True)
        case 405 | 501:
            return Unsupported(f"{host} cannot do this ({status}).")
        case 429:
            return Throttled(f"{host} asks for a pause.", until=until)
        case 503 if not changes and "retry-after" in headers:
            return Throttled(f"{host} asks for a pause.", until=until)
    if status >= 500 or status in _UNCLEAR:
        sentence = f"{host} has trouble at the moment{said}"
        return AnswerLost(sentence, conflict=status == 409) if changes else Unreachable(sentence)
    if 300 <= status < 400:
        return Refused(f"{host} sends the request elsewhere ({status}); that is not followed.")
    return Refused(f"{host} refused{said}")


def server_words(headers: Mapping[str, str], body: bytes) -> str:
    """What a server says about its refusal: one clean line that ends a sentence, or nothing.

    Mastodon sends `{"error": …, "error_description": …}`, others nest or name it differently;
    proxies send whole pages, which say nothing.
    """
    content = headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        text = body.decode("utf-8")
        words = text if content == "text/plain" else _from_json(json.loads(text))
    except (ValueError, RecursionError):
        return ""
    line = clean_line(words, limit=_LONGEST_WORDS)
    return line if not line or line[-1] in ".!?…" else line + "."


def _from_json(data: object) -> str:
    if isinstance(data, str):
        return data
    if isinstance(data, dict):
        for name in ("error_description", "error", "message"):
            if words := _from_json(data.get(name)):
                return words
    return ""
