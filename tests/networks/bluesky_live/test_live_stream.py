"""The public stream on a real AT Protocol network: everything that its people post is heard, replayed and withdrawn."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import aclosing
from typing import Any

import httpx
import pytest

from tui_inbox.clock import SystemClock
from tui_inbox.core.outside import StreamBatch
from tui_inbox.networks.bluesky.addresses import Web
from tui_inbox.networks.bluesky.jetstream import Jetstream
from tui_inbox.networks.bluesky.people import AppView

pytestmark = pytest.mark.bluesky_live

BYPASS = {"x-ratelimit-bypass": "bypass"}
MINUTES = 600
SECONDS = 20.0


class Alice:
    """Somebody who posts there."""

    def __init__(self, did: str, client: httpx.AsyncClient) -> None:
        self.did = did
        self._client = client

    async def post(self, text: str) -> str:
        """Post something; its address."""
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": at}
        said = {"repo": self.did, "collection": "app.bsky.feed.post", "record": record}
        told = await self._call("createRecord", said)
        return str(told["uri"])

    async def delete(self, uri: str) -> None:
        """Delete it."""
        key = uri.rpartition("/")[2]
        said = {"repo": self.did, "collection": "app.bsky.feed.post", "rkey": key}
        await self._call("deleteRecord", said)

    async def _call(self, method: str, said: Mapping[str, object]) -> dict[str, Any]:
        answer = await self._client.post(f"/xrpc/com.atproto.repo.{method}", json=said)
        answer.raise_for_status()
        return dict(answer.json())


@pytest.fixture
async def alice(live: Any) -> AsyncIterator[Alice]:
    known = live.people["alice.test"]
    async with httpx.AsyncClient(base_url=live.pds, trust_env=False, headers=BYPASS) as client:
        said = {"identifier": "alice.test", "password": known["password"]}
        told = await client.post("/xrpc/com.atproto.server.createSession", json=said)
        client.headers["Authorization"] = f"Bearer {told.json()['accessJwt']}"
        yield Alice(known["did"], client)


@pytest.fixture
async def stream(live: Any) -> AsyncIterator[Jetstream]:
    clock, web = SystemClock(), Web()
    appview = AppView(live.appview, clock, web)
    heard = Jetstream([live.jetstream], clock, web, appview)
    yield heard
    await heard.close()


async def hear(
    stream: Jetstream, cursor: str, until: Callable[[list[StreamBatch]], bool]
) -> list[StreamBatch]:
    heard: list[StreamBatch] = []

    async def take() -> None:
        async with aclosing(stream.listen(cursor, ())) as batches:
            async for batch in batches:
                heard.append(batch)
                if until(heard):
                    return

    await asyncio.wait_for(take(), SECONDS)
    return heard


def has_told(uri: str) -> Callable[[list[StreamBatch]], bool]:
    return lambda heard: any(post.ref.uri == uri for post in heard[-1].posts)


async def test_what_is_posted_is_heard_and_what_was_missed_is_heard_later(
    stream: Jetstream, alice: Alice
) -> None:
    uri = await alice.post("the kiln is warm")
    long_ago = str(round((time.time() - MINUTES) * 1_000_000))
    heard = await hear(stream, long_ago, has_told(uri))
    posts = [post for batch in heard for post in batch.posts]
    assert len(posts) > 100, "the seeds are replayed"
    for has in ("media", "quoted", "card", "mentions", "reply_to", "sensitive"):
        assert any(getattr(post, has) for post in posts), has

    await alice.delete(uri)
    later = await alice.post("while nobody listened")
    more = await hear(stream, heard[-1].cursor, has_told(later))
    assert uri in {ref.uri for batch in more for ref in batch.gone}


async def test_people_are_known_to_the_appview(stream: Jetstream, alice: Alice) -> None:
    assert await stream.whose("alice.test") == alice.did
    assert await stream.whose("nobody.test") is None
    (known,) = await stream.people([alice.did, "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"])
    assert known.handle == "alice.test"
