"""A Jetstream server on loopback: both forms of its stream, replays, and the ways in which it fails."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

POST = "app.bsky.feed.post"
NEWER = "/xrpc/network.bsky.jetstream."


class FakeJetstream:
    """What the server has to tell, and how it does.

    Attributes:
        events: everything, in the first form, oldest first; `at` of the next one is a millisecond later.
        asked: the query of each line, oldest first.
        zstd: the module to pack with, and its dictionary; without them it knows the first form alone.
        open: whether lines are opened at all. `silent`: whether nothing is told, though pings be answered.
    """

    def __init__(self, begins: int, *, zstd: Any = None, dictionary: bytes = b"") -> None:
        self.events: list[dict[str, Any]] = []
        self.asked: list[dict[str, list[str]]] = []
        self.zstd = zstd
        self.dictionary = dictionary
        self.open = True
        self.silent = False
        self.raw: list[str | bytes] = []
        self._at = begins * 1_000
        self._lines: set[ServerConnection] = set()
        self._news = asyncio.Event()
        self._server: Server | None = None

    @property
    def address(self) -> str:
        """Where it listens."""
        assert self._server is not None
        return f"ws://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    @property
    def lines(self) -> int:
        """How many listen at the moment."""
        return len(self._lines)

    def post(self, did: str, key: str, text: str = "Good morning", **more: Any) -> None:
        """Somebody posts."""
        self._commit(did, "create", key, {"text": text, **more})

    def edit(self, did: str, key: str, text: str) -> None:
        """Somebody writes a post over."""
        self._commit(did, "update", key, {"text": text})

    def delete(self, did: str, key: str) -> None:
        """Somebody deletes a post."""
        self._commit(did, "delete", key, None)

    def tell(self, kind: str, did: str) -> None:
        """Something happens that is nobody's post."""
        self._add({"did": did, "kind": kind, kind: {"did": did}})

    def say(self, *frames: str | bytes) -> None:
        """Send frames as they are to whoever listens, once."""
        self.raw += frames
        self._wake()

    def pass_time(self, seconds: float) -> None:
        """The next event happens so much later."""
        self._at += round(seconds * 1_000_000)

    async def hang_up(self) -> None:
        """Close all lines."""
        for line in list(self._lines):
            await line.close(1001)

    def _commit(self, did: str, operation: str, key: str, record: dict[str, Any] | None) -> None:
        commit = {"rev": key, "operation": operation, "collection": POST, "rkey": key}
        told: dict[str, Any] = dict(commit)
        if record is not None:
            at = _written(self._at)
            told["record"] = {"$type": POST, "createdAt": at, **record}
            told["cid"] = f"cid-{key}-{len(self.events)}"
        self._add({"did": did, "kind": "commit", "commit": told})

    def _add(self, event: dict[str, Any]) -> None:
        self._at += 1_000
        self.events.append({"time_us": self._at, **event})
        self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def _serve(self, line: ServerConnection) -> None:
        assert line.request is not None
        url = urlsplit(line.request.path)
        asked = parse_qs(url.query)
        self.asked.append(asked)
        self._lines.add(line)
        newer = url.path.startswith(NEWER)
        begins = int(asked["cursor"][0]) if "cursor" in asked else self._at + 1
        told = 0 if "cursor" in asked else len(self.events)
        said = len(self.raw)
        closed = asyncio.create_task(line.wait_closed())
        try:
            while True:
                news = self._news
                if not self.silent:
                    for event in self.events[told:]:
                        if event["time_us"] >= begins and _is_wanted(event, asked, newer):
                            await line.send(self._newer(event) if newer else json.dumps(event))
                    for frame in self.raw[said:]:
                        await line.send(frame)
                    told, said = len(self.events), len(self.raw)
                waiting = asyncio.create_task(news.wait())
                await asyncio.wait({waiting, closed}, return_when=asyncio.FIRST_COMPLETED)
                waiting.cancel()
                if closed.done():
                    return
        except ConnectionClosed:
            pass
        finally:
            self._lines.discard(line)
            closed.cancel()

    def _newer(self, event: dict[str, Any]) -> bytes:
        kind = event["kind"]
        payload: dict[str, Any] = {
            "$type": f"network.bsky.jetstream.subscribeEvents#{kind}",
            "seq": 1 + self.events.index(event),
            "did": event["did"],
            "time": _written(event["time_us"]),
        }
        payload |= event["commit"] if kind == "commit" else {kind: event[kind]}
        return self.packed(json.dumps({"$type": "message", "payload": payload}).encode())

    def packed(self, plain: bytes) -> bytes:
        """A message as it goes over the line in the newer form."""
        dictionary = self.zstd.ZstdDict(self.dictionary)
        packed: bytes = self.zstd.compress(plain, zstd_dict=dictionary)
        return packed

    def _answer(self, _: ServerConnection, request: Request) -> Response | None:
        path = urlsplit(request.path).path
        if not self.open:
            return Response(503, HTTPStatus(503).phrase, Headers(), b"")
        if path == f"{NEWER}getZstdDictionary":
            if self.zstd is None:
                return Response(404, HTTPStatus(404).phrase, Headers(), b"")
            return Response(
                200, "OK", Headers({"Content-Length": str(len(self.dictionary))}), self.dictionary
            )
        known = path == "/subscribe" or (self.zstd is not None and path.startswith(NEWER))
        return None if known else Response(404, HTTPStatus(404).phrase, Headers(), b"")


def _is_wanted(event: dict[str, Any], asked: dict[str, list[str]], newer: bool) -> bool:
    authors = asked.get("dids" if newer else "wantedDids", [])
    if authors and event["did"] not in authors:
        return False
    if newer and "kinds" in asked and event["kind"] not in asked["kinds"]:
        return False
    wanted = asked.get("collections" if newer else "wantedCollections", [])
    return event["kind"] != "commit" or event["commit"]["collection"] in wanted


def _written(micros: int) -> str:
    moment = datetime.fromtimestamp(micros / 1_000_000, tz=UTC)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


@asynccontextmanager
async def fake_jetstream(
    begins: int, *, zstd: Any = None, dictionary: bytes = b""
) -> AsyncIterator[FakeJetstream]:
    """A running server.

    Args:
        begins: the moment (milliseconds) of its first event.
    """
    fake = FakeJetstream(begins, zstd=zstd, dictionary=dictionary)
    async with serve(
        fake._serve,
        "127.0.0.1",
        0,
        process_request=fake._answer,
        select_subprotocol=lambda _, offered: offered[0] if offered else None,
        ping_interval=None,
    ) as server:
        fake._server = server
        yield fake
