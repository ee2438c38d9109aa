"""An HTTP server of a few lines that answers with exactly the bytes a test wants."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

CLOSE = b""
"""In place of an answer: the connection is closed."""

SILENCE = b"silence"
"""In place of an answer: nothing is said, and the connection stays open."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as the server read it."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: str


@dataclass(slots=True)
class Canned:
    """A running server: gives its answers one after the other, the last one for ever."""

    answers: list[bytes]
    url: str = ""
    requests: list[Request] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while True:
                self.requests.append(await _request(reader))
                answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
                if answer == SILENCE:
                    await reader.read()
                    return
                writer.write(answer)
                await writer.drain()
                if answer == CLOSE or b"Connection: close" in answer:
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has gone, as clients do
        finally:
            writer.close()


@asynccontextmanager
async def canned(*answers: bytes) -> AsyncIterator[Canned]:
    """Run a server on loopback until the block ends."""
    served = Canned(list(answers))
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0)
    served.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield served
    finally:
        server.close()


def answer(
    status: int = 200,
    body: bytes | str | object = b"{}",
    headers: Mapping[str, str] | None = None,
    *,
    content_type: str = "application/json",
) -> bytes:
    """The bytes of an answer. A body that is neither bytes nor text is sent as JSON."""
    if isinstance(body, str):
        body = body.encode()
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    fields = {
        "Content-Type": content_type,
        "Content-Length": str(len(content)),
        **(headers or {}),
    }
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


async def _request(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.strip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, target, headers, body.decode())
