"""The streaming API: the same events to every open WebSocket and every open line of server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from aiohttp import WSMsgType, web

HEARTBEAT_SECONDS = 15.0
USER = "user"


@dataclass(frozen=True, slots=True)
class Event:
    """One event in both forms that it is sent in."""

    frame: str
    lines: bytes

    @classmethod
    def of(cls, name: str, payload: str) -> Event:
        """An event of the user's stream; the payload is JSON, or a bare id."""
        frame = json.dumps({"stream": [USER], "event": name, "payload": payload})
        return cls(frame, f"event: {name}\ndata: {payload}\n\n".encode())


class Streams:
    """All open lines.

    Args:
        speed: how fast the server's clock runs, and so the sign of life in server-sent events.
    """

    def __init__(self, speed: float = 1.0) -> None:
        self._thump = HEARTBEAT_SECONDS / speed
        self._open: set[asyncio.Queue[Event]] = set()
        self._frozen: set[asyncio.Queue[Event]] = set()

    @property
    def count(self) -> int:
        """How many lines are open."""
        return len(self._open)

    def send(self, event: Event) -> None:
        """Send an event to whoever listens."""
        for line in self._open - self._frozen:
            line.put_nowait(event)

    def freeze(self) -> None:
        """Send nothing more on the lines that are open."""
        self._frozen |= self._open

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Open a line in the form that was asked for."""
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await self._websocket(request)
        return await self._server_sent(request)

    async def _websocket(self, request: web.Request) -> web.WebSocketResponse:
        protocol = request.headers.get("Sec-WebSocket-Protocol")  # some clients put the token there
        socket = web.WebSocketResponse(
            heartbeat=HEARTBEAT_SECONDS, protocols=(protocol,) if protocol else ()
        )
        await socket.prepare(request)
        try:
            async with asyncio.TaskGroup() as line:
                sending = line.create_task(self._send_frames(socket))
                async for message in socket:
                    if message.type is WSMsgType.ERROR:
                        break
                sending.cancel()
        except* ConnectionError:
            pass  # the other end is gone
        return socket

    async def _send_frames(self, socket: web.WebSocketResponse) -> None:
        with self._line() as line:
            while True:
                await socket.send_str((await line.get()).frame)

    async def _server_sent(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        with self._line() as line, suppress(ConnectionError):  # until the other end is gone
            await response.write(b":)\n\n")
            while True:
                try:
                    async with asyncio.timeout(self._thump):
                        event = await line.get()
                except TimeoutError:
                    await response.write(b":thump\n\n")
                else:
                    await response.write(event.lines)
        return response

    @contextmanager
    def _line(self) -> Iterator[asyncio.Queue[Event]]:
        line: asyncio.Queue[Event] = asyncio.Queue()
        self._open.add(line)
        try:
            yield line
        finally:
            self._open.discard(line)
            self._frozen.discard(line)
