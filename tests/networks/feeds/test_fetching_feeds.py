"""Feeds over HTTP, from a server on loopback that answers with any bytes a story wants."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import suppress

import httpx
import pytest
from networks.canned import CLOSE, answer, canned
from networks.clocks import SteppedClock
from networks.feeds.test_reading_feeds import rss

from tui_inbox.core.moment import MINUTE
from tui_inbox.core.ports import NetworkError, Refused, Throttled, Unreachable
from tui_inbox.core.text import is_clean
from tui_inbox.networks.feeds.client import LARGEST_FEED, SHORTEST_PAUSE, FeedClient

FEED = rss("<title>Rye is back</title><guid>1</guid>")
NONE = ("", "")


def xml(body: bytes = FEED, **headers: str) -> bytes:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(body=body, headers=told, content_type="application/rss+xml")


@pytest.fixture
async def feeds() -> AsyncIterator[FeedClient]:
    client = FeedClient(SteppedClock())
    yield client
    await client.close()


async def test_only_what_has_changed_is_sent_again(feeds: FeedClient) -> None:
    async with canned(
        xml(ETag='"7"', Last_Modified="Mon, 03 Aug 2026 10:00:00 GMT"), answer(304, b"")
    ) as server:
        first = await feeds.fetch(f"{server.url}/news.xml", NONE)
        assert [post.text for post in first.posts] == ["Rye is back"]
        again = await feeds.fetch(f"{server.url}/news.xml", first.validators)
    assert again.unchanged
    assert again.validators == first.validators
    assert server.requests[1].headers["if-none-match"] == '"7"'
    assert server.requests[1].headers["if-modified-since"] == "Mon, 03 Aug 2026 10:00:00 GMT"


async def test_of_a_page_the_feed_that_it_names_is_read(feeds: FeedClient) -> None:
    page = b'<html><link rel="alternate" type="application/rss+xml" href="/news.xml"></html>'
    async with canned(answer(body=page, content_type="text/html"), xml()) as server:
        found = await feeds.fetch(f"{server.url}/", NONE)
    assert found.address == f"{server.url}/news.xml"
    assert len(found.posts) == 1


async def test_redirects_are_followed_and_end(feeds: FeedClient) -> None:
    async with canned(answer(301, b"", {"Location": "/new.xml"}), xml()) as server:
        assert len((await feeds.fetch(f"{server.url}/old.xml", NONE)).posts) == 1
    async with canned(answer(302, b"", {"Location": "/again"})) as server:
        with pytest.raises(Refused, match="without end"):
            await feeds.fetch(f"{server.url}/again", NONE)


@pytest.mark.parametrize("target", ["http://far.example/x", "file:///etc/passwd", "http://[bad"])
async def test_a_redirect_to_where_nothing_is_fetched_from_is_refused(
    feeds: FeedClient, target: str
) -> None:
    async with canned(answer(302, b"", {"Location": target})) as server:
        with pytest.raises(NetworkError, match=r"^(127\.0\.0\.1|far\.example) "):
            await feeds.fetch(f"{server.url}/x", NONE)
        assert len(server.requests) == 1


async def test_the_world_outside_leads_nobody_to_this_machine() -> None:
    def far(request: httpx.Request) -> httpx.Response:
        assert request.url.host == "far.example"
        return httpx.Response(302, headers={"Location": "http://127.0.0.1:8080/secrets"})

    feeds = FeedClient(SteppedClock(), transport=httpx.MockTransport(far))
    with pytest.raises(Refused, match="this machine"):
        await feeds.fetch("https://far.example/feed", NONE)
    await feeds.close()


async def test_plain_http_is_for_this_machine_only(feeds: FeedClient) -> None:
    with pytest.raises(Refused, match="over https"):
        await feeds.fetch("http://far.example/feed", NONE)


async def test_no_cookie_is_kept(feeds: FeedClient) -> None:
    async with canned(xml(Set_Cookie="who=me"), xml()) as server:
        for _ in range(2):
            await feeds.fetch(f"{server.url}/news.xml", NONE)
    assert "cookie" not in server.requests[1].headers


async def test_a_server_that_asks_for_a_pause_gets_one(feeds: FeedClient) -> None:
    clock = SteppedClock()
    async with canned(
        answer(429, b"", {"Retry-After": "3600"}), answer(503, b"", {"Retry-After": "1"})
    ) as server:
        with pytest.raises(Throttled) as long:
            await feeds.fetch(f"{server.url}/news.xml", NONE)
        with pytest.raises(Throttled) as short:
            await feeds.fetch(f"{server.url}/news.xml", NONE)
    assert long.value.until == clock.now() + 60 * MINUTE
    assert short.value.until == clock.now() + SHORTEST_PAUSE


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (answer(404), Refused),
        (answer(410), Refused),
        (answer(401), Refused),
        (answer(403), Refused),
        (answer(500), Unreachable),
        (CLOSE, Unreachable),
        (answer(body=b"<html>no feed here</html>", content_type="text/html"), Refused),
        (answer(body=b"x" * (LARGEST_FEED + 1)), Refused),
        (
            answer(
                body=gzip.compress(b"x" * (LARGEST_FEED + 1)), headers={"Content-Encoding": "gzip"}
            ),
            Refused,
        ),
        (answer(body=b"x", headers={"Content-Encoding": "br"}), Refused),
    ],
)
async def test_what_goes_wrong_is_one_sentence(
    feeds: FeedClient, said: bytes, error: type[NetworkError]
) -> None:
    async with canned(said) as server:
        with pytest.raises(error) as told:
            await feeds.fetch(f"{server.url}/news.xml", NONE)
    sentence = str(told.value)
    assert sentence.endswith(".")
    assert is_clean(sentence)
    assert "127.0.0.1" in sentence


async def test_what_is_gone_for_ever_is_said_so(feeds: FeedClient) -> None:
    async with canned(answer(410)) as server:
        with pytest.raises(Refused) as told:
            await feeds.fetch(f"{server.url}/news.xml", NONE)
    assert told.value.gone


async def test_an_answer_that_trickles_without_end_is_given_up() -> None:
    """Each byte comes in time, and the feed never ends: all other feeds would wait for it."""

    hung_up = asyncio.Event()

    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss>")
        with suppress(ConnectionError):
            while not reader.at_eof():
                writer.write(b" ")
                await writer.drain()
                with suppress(TimeoutError):
                    await asyncio.wait_for(reader.read(), 0.02)
        writer.close()
        hung_up.set()

    server = await asyncio.start_server(trickle, "127.0.0.1", 0)
    client = FeedClient(SteppedClock(), patience=0.2)
    async with server:
        with pytest.raises(Unreachable, match="did not answer in time"):
            await client.fetch(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", NONE)
        await client.close()
        await hung_up.wait()
