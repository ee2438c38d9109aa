"""Speaks to anybody's host without saying who asks: no cookie is kept, no token sent, no redirect followed unseen."""

from __future__ import annotations

from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urljoin

import httpx

from tui_inbox.core.ports import Refused
from tui_inbox.networks.http import USER_AGENT, is_loopback
from tui_inbox.networks.tls import tls_context


class AnonymousClients:
    """Connections to hosts where nobody is signed in: one client for this machine, one for the world outside.

    What is on this machine is asked without a proxy and without certificates.

    Args:
        accepted: which media types are asked for, as in the header `Accept`.
        encoding: how answers may be packed, as in the header `Accept-Encoding`.
        transport: replaces the network in tests.
    """

    def __init__(
        self, *, accepted: str, encoding: str, transport: httpx.AsyncBaseTransport | None
    ) -> None:
        self._headers = {
            "User-Agent": USER_AGENT,
            "Accept": accepted,
            "Accept-Encoding": encoding,
        }
        self._transport = transport
        self._clients: dict[bool, httpx.AsyncClient] = {}

    def to(self, url: httpx.URL) -> httpx.AsyncClient:
        """The client that asks for an address."""
        here = is_loopback(url)
        if here not in self._clients:
            client = httpx.AsyncClient(
                headers=self._headers,
                timeout=httpx.Timeout(30, connect=10),
                follow_redirects=False,
                verify=tls_context("http" if here else "https"),
                trust_env=not here,
                transport=self._transport,
            )
            client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            self._clients[here] = client
        return self._clients[here]

    async def close(self) -> None:
        """Let go of all connections."""
        for client in self._clients.values():
            await client.aclose()


def led(url: httpx.URL, target: str) -> httpx.URL:
    """Where a redirect leads; whether one goes there is for the caller to say.

    Args:
        url: what was asked for.
        target: the header `Location` of the answer.

    Raises:
        Refused: to nothing that can be asked for.
    """
    try:
        address = httpx.URL(urljoin(str(url), target))
    except (httpx.InvalidURL, ValueError):
        raise Refused(f"{url.host} sends the request to no address.") from None
    if address.scheme not in ("http", "https") or not address.host:
        raise Refused(f"{url.host} sends the request to no address of the web.")
    return address
