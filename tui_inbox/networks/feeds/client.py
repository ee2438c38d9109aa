"""Reads feeds over HTTP: only what has changed, never from where nobody sent it, and never more than it can hold."""

from __future__ import annotations

import asyncio

import httpx

from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.core.outside import FetchedFeed
from tui_inbox.core.ports import Clock, Refused, SignedOut, Unreachable
from tui_inbox.core.text import clean_line
from tui_inbox.networks.anonymous import AnonymousClients, led
from tui_inbox.networks.bodies import TooLarge, read_body
from tui_inbox.networks.failures import explain, refusal
from tui_inbox.networks.feeds.discover import feed_named_in
from tui_inbox.networks.http import is_loopback
from tui_inbox.networks.limits import read_pause

LARGEST_FEED = 2 * 1024 * 1024
"""Bytes of a feed. The parser reads what is malformed too: 6 s for 20,000 items of this size, 15 s for the worst, in a
thread of its own, and as seldom as a feed is read."""
SHORTEST_PAUSE: Millis = 15 * MINUTE
"""How long a server that asks for a pause and does not say how long is left alone."""
PATIENCE = 60.0
"""Seconds for one answer as a whole: one that trickles without end would keep all other feeds waiting."""
_REDIRECTS = 5
_ACCEPTED = (
    "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)


class FeedClient:
    """Fulfils `core.outside.Feeds`. Nobody is signed in anywhere: no cookies, no tokens.

    Args:
        clock: for items without a time, and pauses.
        transport: replaces the network in tests.
        patience: see `PATIENCE`.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._clock = clock
        self._patience = patience
        self._clients = AnonymousClients(accepted=_ACCEPTED, encoding="gzip", transport=transport)

    async def fetch(self, address: str, validators: tuple[str, str]) -> FetchedFeed:
        """See `core.outside.Feeds.fetch`. Of a web page the feed that it names is read."""
        found = await self._read(address, validators)
        if isinstance(found, FetchedFeed):
            return found
        if found is None:
            raise Refused(f"At {_host(address)} there is no feed under this address.")
        feed = await self._read(found, ("", ""))
        if not isinstance(feed, FetchedFeed):
            raise Refused(f"The feed that the page at {_host(address)} names is none.")
        return FetchedFeed(feed.title, feed.posts, feed.validators, address=found)

    async def _read(self, address: str, validators: tuple[str, str]) -> FetchedFeed | str | None:
        """A feed; of a web page the address of the feed that it names, None where it names none."""
        response, body = await self._get(address, validators)
        if response.status_code == 304:
            return FetchedFeed(validators=validators, unchanged=True)
        # The parser is loaded by those who listen to a feed: 66 ms and 12 MiB.
        from tui_inbox.networks.feeds.convert import NoFeed, read_feed

        at = str(response.url)
        try:
            # In a thread: a large feed takes tenths of a second, and the lines of accounts do not wait for it.
            title, posts = await asyncio.to_thread(read_feed, body, address, self._clock.now())
        except NoFeed:
            return feed_named_in(body, at)
        told = response.headers
        kept = (_header(told.get("etag")), _header(told.get("last-modified")))
        return FetchedFeed(title, posts, kept)

    async def _get(self, address: str, validators: tuple[str, str]) -> tuple[httpx.Response, bytes]:
        url = httpx.URL(address)
        asked = dict(zip(("If-None-Match", "If-Modified-Since"), validators, strict=True))
        headers = {name: value for name, value in asked.items() if value}
        for _ in range(_REDIRECTS):
            response, body = await self._exchange(url, headers)
            target = response.headers.get("location")
            if not response.is_redirect or target is None:
                return self._checked(response, body)
            url = _next(url, target)
        raise Refused(f"{_host(address)} sends from one place to the next without end.")

    async def _exchange(
        self, url: httpx.URL, headers: dict[str, str]
    ) -> tuple[httpx.Response, bytes]:
        if url.scheme != "https" and not is_loopback(url):
            raise Refused(f"{url.host} has to be reached over https.")
        client = self._clients.to(url)
        try:
            async with asyncio.timeout(self._patience):
                response = await client.send(
                    client.build_request("GET", url, headers=headers), stream=True
                )
                try:
                    return response, await read_body(response, largest=LARGEST_FEED)
                finally:
                    await response.aclose()
        except TimeoutError:
            raise Unreachable(f"{url.host} did not answer in time.") from None
        except httpx.HTTPError as error:
            raise explain(error, url.host, changes=False) from None
        except TooLarge:
            raise Refused(f"What {url.host} sends is too large for a feed.") from None

    def _checked(self, response: httpx.Response, body: bytes) -> tuple[httpx.Response, bytes]:
        status = response.status_code
        if response.is_success or status == 304:
            return response, body
        now = self._clock.now()
        until = max(read_pause(response.headers, now), now + SHORTEST_PAUSE)
        host = response.url.host
        error = refusal(status, response.headers, b"", host, until=until, changes=False)
        if isinstance(error, SignedOut):
            raise Refused(f"{host} shows this feed only to those who have signed in there.")
        raise error

    async def close(self) -> None:
        """Let go of all connections."""
        await self._clients.close()


def _next(url: httpx.URL, target: str) -> httpx.URL:
    """Where a redirect leads. From the world outside nothing leads to this machine.

    Raises:
        Refused: nowhere that is followed.
    """
    address = led(url, target)
    if is_loopback(address) and not is_loopback(url):
        raise Refused(f"{url.host} sends the request to this machine; that is not followed.")
    return address


def _host(address: str) -> str:
    return httpx.URL(address).host


def _header(value: str | None) -> str:
    """What is told back to the server in a header: one line of ASCII."""
    return clean_line(value or "", limit=500).encode("ascii", "ignore").decode()
