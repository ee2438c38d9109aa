"""What a browser comes back with from a sign-in page, and whether it may be used (RFC 6749 4.1.2, RFC 9207)."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from tui_inbox.core.ports import Refused
from tui_inbox.core.text import clean_line


def pasted(address: str) -> dict[str, str]:
    """The parameters of an address that was pasted, in however many lines.

    Raises:
        Refused: there is none.
    """
    try:
        query = parse_qs(urlsplit("".join(address.split())).query)
    except ValueError:
        query = {}
    if not query:
        raise Refused("No address of that page was given, so nobody was signed in.")
    return {name: values[0] for name, values in query.items()}


def code_in(answer: Mapping[str, str], state: str, host: str, issuer: str | None = None) -> str:
    """The code that the browser came back with, once it is sure whose it is.

    Args:
        answer: the parameters of the address to which it came.
        state: the secret that was sent with it.
        host: who asked the owner, as in what is said of a refusal.
        issuer: who has to have answered, where servers name themselves.

    Raises:
        Refused: it is of another sign-in, of another server, or the answer is no.
    """
    if not hmac.compare_digest(answer.get("state", "").encode(), state.encode()):
        raise Refused("This is not the sign-in that was begun.")
    if issuer is not None and answer.get("iss") != issuer:
        raise Refused(f"The answer did not come from {host}, so it was not used.")
    if not answer.get("code"):
        said = clean_line(answer.get("error_description") or answer.get("error", ""), limit=200)
        raise Refused(f"{host} refused the sign-in: {said.rstrip('.') or 'it gave no reason'}.")
    return answer["code"]
