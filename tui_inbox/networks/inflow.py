"""WebSockets on which much comes: it is taken by the fraction of a second, and no faster than it is used."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from msgspec import Struct
from websockets.exceptions import ConnectionClosed

from tui_inbox.core.ports import Clock
from tui_inbox.networks.deadline import end
from tui_inbox.networks.streams import (
    LARGEST_FRAME,
    WEBSOCKET_SILENCE,
    Alive,
    open_line,
    watched,
)
from tui_inbox.networks.watch import Watch

MOST_FRAMES = 1_000
"""So many messages are held at most until they are taken."""

GATHERED_FOR = 0.25
"""Seconds for which more messages are waited for when one has come."""


class Frames(Struct, frozen=True):
    """What came within a moment: whole messages, not decoded, and how many `bytes` came over the line for them.

    There is none when the line has just been opened, and where it has shown that it lives.
    """

    messages: list[bytes]
    bytes: int


async def read_frames(
    url: str,
    *,
    clock: Clock,
    silence: float | None = None,
    subprotocol: str | None = None,
    deflates: bool = True,
) -> AsyncGenerator[Frames, None]:
    """Open a WebSocket on which much comes, and read what it brings by the fraction of a second.

    One task for each frame would cost more than all else that is done with it. What is not taken waits with the
    server: no more than `MOST_FRAMES` are held here.

    Args:
        url: `wss://…`; plain `ws://` only to this machine.
        clock: for the watch.
        silence: seconds without a message after which the line is dead, though pings be answered; None where
            there may be nothing to say.
        subprotocol: offered to the server.
        deflates: whether messages may come packed (RFC 7692).

    Raises:
        Unsupported: no WebSocket is to be had there in this way.
        Throttled: 429.
        Unreachable: no line, or the line was lost; always raised in the end.
    """
    async with open_line(url, clock, subprotocol=subprotocol, deflates=deflates) as line:
        inflow = _Inflow(lambda: line.connection.recv(decode=False), clock)
        flowing = asyncio.create_task(inflow.flow())
        beats = (lambda: line.pulse.beats) if silence is None else (lambda: inflow.count)
        watch = Watch(silence or WEBSOCKET_SILENCE, beats)
        taken = watched(inflow.take, watch, clock, line.host, ping=line.connection.ping)
        before = 0
        try:
            yield Frames([], 0)
            async with aclosing(taken):
                async for messages in taken:
                    size, before = line.pulse.bytes - before, line.pulse.bytes
                    yield Frames([] if isinstance(messages, Alive) else messages, size)
        finally:
            await end(flowing)


class _Inflow:
    """Messages as they come, held until they are taken."""

    def __init__(self, read: Callable[[], Awaitable[bytes]], clock: Clock) -> None:
        self.count = 0
        self._read = read
        self._clock = clock
        self._held: list[bytes] = []
        self._size = 0
        self._lost: ConnectionClosed | None = None
        self._some = asyncio.Event()
        self._room = asyncio.Event()

    async def flow(self) -> None:
        """Read until the line is lost; while too much is held, nothing."""
        try:
            while True:
                message = await self._read()
                self.count += 1
                self._held.append(message)
                self._size += len(message)
                self._some.set()
                if self._is_full:
                    self._room.clear()
                    await self._room.wait()
        except ConnectionClosed as lost:
            self._lost = lost
            self._some.set()

    async def take(self) -> list[bytes]:
        """What has come, once there is any, and what comes in the moment after.

        Raises:
            ConnectionClosed: the line is lost, and everything that came was taken.
        """
        await self._some.wait()
        if self._lost is None and not self._is_full:
            await self._clock.sleep(GATHERED_FOR)
        taken, self._held, self._size = self._held, [], 0
        self._room.set()
        if self._lost is None:
            self._some.clear()
        elif not taken:
            raise self._lost
        return taken

    @property
    def _is_full(self) -> bool:
        return len(self._held) >= MOST_FRAMES or self._size >= LARGEST_FRAME
