"""Fetches pictures, films and sounds that posts point to: from anybody's host, with nothing that says who asks.

No token, no cookie and no referrer go there, and no proxy of another scheme is used. What a host learns is the
address of this machine and that somebody looks: so it is asked only when the owner wants that (docs/pictures.md).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx

from tui_inbox.core.ports import Refused, Unreachable
from tui_inbox.networks.anonymous import AnonymousClients, led
from tui_inbox.networks.failures import explain
from tui_inbox.networks.http import is_loopback, origin
from tui_inbox.networks.public_hosts import see_that_public

PATIENCE = 120.0
"""Seconds for one file as a whole, so that a host that trickles keeps no place in the queue for ever."""
_REDIRECTS = 4
_ACCEPTED = "image/*, video/*, audio/*"


class MediaClient:
    """Fulfils `core.media_file.MediaSource` over HTTP.

    Args:
        transport: replaces the network in tests; then no name is looked up.
        patience: see `PATIENCE`.
        accepted: which media types are asked for.
    """

    def __init__(
        self,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        patience: float = PATIENCE,
        accepted: str = _ACCEPTED,
    ) -> None:
        self._transport = transport
        self._patience = patience
        # Pictures are packed already; asked for as they are, nothing can unfold while it is read.
        self._clients = AnonymousClients(
            accepted=accepted, encoding="identity", transport=transport
        )

    async def fetch(
        self, address: str, take: Callable[[bytes], None], *, own_server: str = ""
    ) -> None:
        """See `MediaSource.fetch`."""
        try:
            url = httpx.URL(address)
        except httpx.InvalidURL:
            raise Refused("That is no address that can be fetched from.") from None
        try:
            async with asyncio.timeout(self._patience):
                for _ in range(_REDIRECTS):
                    await self._see_that_allowed(url, own_server)
                    target = await self._exchange(url, take)
                    if target is None:
                        return
                    url = led(url, target)
        except TimeoutError:
            raise Unreachable(f"{url.host} took too long over it; nothing was kept.") from None
        raise Refused(f"{url.host} sends from one place to the next without end.")

    async def _see_that_allowed(self, url: httpx.URL, own_server: str) -> None:
        """The account's own server is trusted already, and may lie in the owner's network, or on this machine."""
        is_own = bool(own_server) and origin(url) == origin(httpx.URL(own_server))
        if url.scheme != "https" and not (is_own and is_loopback(url)):
            raise Refused(f"{url.host or 'This'} has to be reached over https.")
        if not is_own and self._transport is None:
            await see_that_public(url)
        elif not is_own and is_loopback(url):
            raise Refused(
                f"{url.host} is this machine; what a post points to there is not fetched."
            )

    async def _exchange(self, url: httpx.URL, take: Callable[[bytes], None]) -> str | None:
        """Where the host sends the request; None when the bytes were handed over."""
        client = self._clients.to(url)
        try:
            async with client.stream("GET", url) as response:
                target = response.headers.get("location")
                if response.is_redirect and target:
                    return str(target)
                _check(response)
                async for piece in response.aiter_raw():
                    take(piece)
        except httpx.HTTPError as error:
            raise explain(error, url.host, changes=False) from None
        return None

    async def close(self) -> None:
        """Let go of all connections."""
        await self._clients.close()


def _check(response: httpx.Response) -> None:
    """See that an answer is a file as it is.

    Raises:
        Refused: it is none, or packed: then a few bytes may unfold to gigabytes.
        Unreachable: the host has trouble.
    """
    host, status = response.url.host, response.status_code
    if status >= 500:
        raise Unreachable(f"{host} has trouble at the moment ({status}).")
    if status in (404, 410):
        raise Refused(f"{host} does not have this, or not any more ({status}).", gone=True)
    if not response.is_success:
        raise Refused(f"{host} does not hand it out ({status}).")
    if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Refused(f"{host} sends it packed, which is not unpacked.")
