"""Lines that stay open, against real WebSocket and event-stream servers on loopback."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
from networks.canned import CLOSE, answer, canned
from networks.clocks import SteppedClock
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import Event

from tui_inbox.clock import SystemClock
from tui_inbox.core.ports import (
    Clock,
    NetworkError,
    SignedOut,
    Throttled,
    Unreachable,
    Unsupported,
)
from tui_inbox.networks.http import USER_AGENT, Http
from tui_inbox.networks.streams import (
    LARGEST_FRAME,
    PING_EVERY,
    WEBSOCKET_SILENCE,
    Alive,
    Elsewhere,
    Heard,
    Opened,
    RawEvent,
    read_events,
    read_websocket,
)
from tui_inbox.networks.watch import TICK, Watch

Handler = Callable[[ServerConnection], Awaitable[None]]


class Answering(ServerConnection):
    """The server's end of a line; knows how many pings it has answered."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.pings = 0
        self.pinged = asyncio.Event()

    def process_event(self, event: Event) -> None:
        super().process_event(event)
        if isinstance(event, Frame) and event.opcode is Opcode.PING:
            self.pings += 1
            self.pinged.set()


@asynccontextmanager
async def websocket_server(handler: Handler, *, answer_first: bool = True) -> AsyncIterator[str]:
    """A server whose handler runs once the client's first ping was answered."""

    async def answering(connection: ServerConnection) -> None:
        assert isinstance(connection, Answering)
        if answer_first:
            await connection.pinged.wait()
        await handler(connection)

    options: Any = {"ping_interval": None, "create_connection": Answering}
    async with serve(answering, "127.0.0.1", 0, **options) as server:
        yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/streaming"


@asynccontextmanager
async def refusing_server(status: int, headers: dict[str, str]) -> AsyncIterator[str]:
    def refuse(_: ServerConnection, __: Request) -> Response:
        return Response(status, HTTPStatus(status).phrase, Headers(headers), b"")

    async def handler(_: ServerConnection) -> None:
        raise AssertionError("nobody gets here")

    async with serve(handler, "127.0.0.1", 0, process_request=refuse) as server:
        yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/streaming"


async def loss_of(line: AsyncIterator[Heard], heard: list[Heard]) -> NetworkError:
    """Listen until the line is lost."""
    try:
        async for one in line:
            heard.append(one)
    except NetworkError as lost:
        return lost
    raise AssertionError("a line never ends without an error")


async def hear(url: str, clock: Clock | None = None) -> tuple[list[Heard], NetworkError]:
    """All that is heard until the line is lost, and how it was lost."""
    heard: list[Heard] = []
    async with aclosing(read_websocket(url, clock=clock or SystemClock())) as line:
        return heard, await loss_of(line, heard)


def envelope(event: str, payload: object, stream: object = ("user",)) -> str:
    return json.dumps({"stream": stream, "event": event, "payload": payload})


async def test_events_come_after_the_line_has_opened() -> None:
    async def handler(connection: ServerConnection) -> None:
        assert connection.request is not None
        assert connection.request.headers["User-Agent"] == USER_AGENT
        await connection.send(envelope("update", '{"id": "1"}'))
        await connection.send(envelope("delete", "5", ["list", "7"]))
        await connection.send(envelope("filters_changed", None, None))

    async with websocket_server(handler) as url:
        heard, lost = await hear(url)
    assert heard == [
        Opened(),
        RawEvent("update", '{"id": "1"}', ("user",)),
        RawEvent("delete", "5", ("list", "7")),
        RawEvent("filters_changed", None),
    ]
    assert isinstance(lost, Unreachable)
    assert "closed the line" in str(lost)


async def test_header_and_subprotocol_reach_the_server() -> None:
    seen: list[tuple[str | None, str | None]] = []

    async def handler(connection: ServerConnection) -> None:
        assert connection.request is not None
        headers = connection.request.headers
        seen.append((headers.get("Authorization"), headers.get("Sec-WebSocket-Protocol")))

    async with websocket_server(handler) as url:
        for headers, subprotocol in (({"Authorization": "Bearer x"}, None), ({}, "token")):
            line = read_websocket(
                url, clock=SystemClock(), headers=headers, subprotocol=subprotocol
            )
            async with aclosing(line):
                assert await anext(line) == Opened()
    assert seen == [("Bearer x", None), (None, "token")]


@pytest.mark.parametrize(
    "frame", ["not json", "[]", "7", "null", '{"event": 5}', "[" * 100_000, b"\x00\xff", "{}"]
)
async def test_a_frame_that_makes_no_sense_does_not_lose_the_line(frame: str | bytes) -> None:
    async def handler(connection: ServerConnection) -> None:
        await connection.send(frame)
        await connection.send(envelope("update", "{}"))

    async with websocket_server(handler) as url:
        heard, _ = await hear(url)
    assert heard == [Opened(), Alive(), RawEvent("update", "{}", ("user",))]


async def test_a_server_that_refuses_to_send_is_not_taken_for_a_quiet_one() -> None:
    async def handler(connection: ServerConnection) -> None:
        await connection.send('{"error": "Unknown stream", "status": 400}')
        await connection.wait_closed()

    async with websocket_server(handler) as url:
        _, lost = await hear(url)
    assert "refused" in str(lost)


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        (400, {}, Unsupported),
        (401, {}, SignedOut),
        (403, {}, Unsupported),
        (404, {}, Unsupported),
        (405, {}, Unsupported),
        (426, {}, Unsupported),
        (429, {"Retry-After": "20"}, Throttled),
        (500, {}, Unreachable),
        (503, {}, Unreachable),
        (200, {}, Unsupported),
        (302, {"Location": "ws://127.0.0.1:9/elsewhere"}, Elsewhere),
    ],
)
async def test_every_refusal_to_open_has_its_meaning(
    status: int, headers: dict[str, str], expected: type[NetworkError]
) -> None:
    async with refusing_server(status, headers) as url:
        heard, lost = await hear(url)
    assert heard == []
    assert type(lost) is expected


async def test_what_is_no_websocket_server_does_not_open_one() -> None:
    async with canned(answer(200, "<html>", content_type="text/html")) as server:
        heard, lost = await hear(server.url.replace("http", "ws"))
        assert heard == []
        assert isinstance(lost, Unsupported)


async def test_nobody_at_home_is_unreachable() -> None:
    async with canned(CLOSE) as server:
        url = server.url.replace("http", "ws")
    _, lost = await hear(url)
    assert isinstance(lost, Unreachable)
    assert "cannot be reached" in str(lost)


async def test_a_frame_that_is_too_large_loses_the_line() -> None:
    async def handler(connection: ServerConnection) -> None:
        await connection.send("x" * (LARGEST_FRAME + 1))
        await connection.wait_closed()

    async with websocket_server(handler) as url:
        _, lost = await hear(url)
    assert "too much" in str(lost)


async def test_the_token_is_not_written_to_any_log(caplog: pytest.LogCaptureFixture) -> None:
    async def handler(connection: ServerConnection) -> None:
        await connection.send(envelope("update", "{}"))

    caplog.set_level(logging.DEBUG)
    logging.getLogger("websockets").setLevel(logging.INFO)  # the server's side of this process
    async with websocket_server(handler) as url:
        line = read_websocket(
            f"{url}?access_token=s3cr3t",
            clock=SystemClock(),
            headers={"Authorization": "Bearer s3cr3t"},
            subprotocol="s3cr3t",
        )
        async with aclosing(line):
            assert await anext(line) == Opened()
    assert "s3cr3t" not in caplog.text


class Mute:
    """A WebSocket server that opens the line and sends half a frame, and then nothing, ever."""

    def __init__(self) -> None:
        self.half_sent = asyncio.Event()
        self.over = asyncio.Event()

    async def __call__(self, connection: ServerConnection) -> None:
        connection.transport.write(b"\x81\x7e\x01\x00half")
        connection.transport.pause_reading()
        self.half_sent.set()
        await self.over.wait()
        connection.transport.abort()


async def test_half_a_frame_and_then_silence_is_a_dead_line() -> None:
    clock = SteppedClock()
    mute = Mute()
    async with websocket_server(mute, answer_first=False) as url:
        hearing = asyncio.create_task(hear(url, clock))
        await mute.half_sent.wait()
        await pass_until_done(clock, hearing)
        heard, lost = await hearing
        mute.over.set()
    assert heard[0] == Opened()
    assert "Nothing was heard" in str(lost)


async def test_a_line_that_is_given_up_while_it_closes_is_let_go_of_at_any_step() -> None:
    """A server that hangs does not answer the closing of the line, and whoever closes it may be stopped meanwhile."""
    hanging: list[ServerConnection] = []

    async def hang(connection: ServerConnection) -> None:
        hanging.append(connection)
        connection.transport.pause_reading()
        await connection.wait_closed()

    async with websocket_server(hang) as url:
        for steps in range(1, 20):
            line = read_websocket(url, clock=SystemClock())
            assert await anext(line) == Opened()
            closing = asyncio.create_task(_close(line))
            for _ in range(steps):
                await asyncio.sleep(0)
            closing.cancel()
            await asyncio.wait({closing})
            await asyncio.sleep(
                0
            )  # a transport lets go of its socket in the next round of the loop
            assert lines_to(url) == 0, f"given up after {steps} steps"
        for connection in hanging:
            connection.transport.abort()


async def _close(line: AsyncGenerator[Heard, None]) -> None:
    await line.aclose()


def lines_to(url: str) -> int:
    """How many sockets of this process are connected to an address."""
    port = urlsplit(url).port
    connected = psutil.Process().net_connections("tcp")
    return sum(bool(one.raddr) and one.raddr.port == port for one in connected)


async def pass_until_done(
    clock: SteppedClock, task: asyncio.Task[tuple[list[Heard], NetworkError]]
) -> None:
    """Move the clock until the task is done; real bytes get their time at every step."""
    while not task.done():
        assert clock.monotonic() < 600
        await clock.advance(TICK, step=TICK)
        await asyncio.wait({task}, timeout=0.02)


async def test_a_line_that_is_closed_at_once_was_not_open() -> None:
    async def handler(connection: ServerConnection) -> None:
        await connection.close(1008, "no token")

    async with websocket_server(handler, answer_first=False) as url:
        heard, lost = await hear(url)
    assert heard == []
    assert isinstance(lost, Unsupported)


async def test_answered_pings_keep_a_quiet_line_alive() -> None:
    clock = SteppedClock()
    lines: list[ServerConnection] = []

    async def handler(connection: ServerConnection) -> None:
        lines.append(connection)
        await connection.wait_closed()

    async with websocket_server(handler) as url, aclosing(read_websocket(url, clock=clock)) as line:
        assert await anext(line) == Opened()
        for _ in range(6):
            next_sign = asyncio.ensure_future(anext(line))
            while not next_sign.done():
                await clock.advance(TICK, step=TICK)
                await asyncio.wait({next_sign}, timeout=0.02)
            assert next_sign.result() == Alive()
    assert clock.monotonic() > WEBSOCKET_SILENCE
    assert isinstance(lines[0], Answering)
    assert lines[0].pings >= clock.monotonic() // PING_EVERY


async def test_a_machine_that_was_asleep_drops_the_line_at_once() -> None:
    clock = SteppedClock()

    async def handler(connection: ServerConnection) -> None:
        await connection.wait_closed()

    async with websocket_server(handler) as url:
        line = read_websocket(url, clock=clock)
        async with aclosing(line):
            assert await anext(line) == Opened()
            waiting = asyncio.ensure_future(anext(line))
            await clock.advance(2)
            clock.fall_asleep(3600)
            await clock.advance(TICK)
            with pytest.raises(Unreachable, match="asleep"):
                await waiting


async def test_a_consumer_that_is_busy_for_long_does_not_kill_the_line() -> None:
    clock = SteppedClock()

    async def handler(connection: ServerConnection) -> None:
        for number in range(100):
            await connection.send(envelope("update", str(number)))
        await connection.wait_closed()

    async with websocket_server(handler) as url:
        line = read_websocket(url, clock=clock)
        async with aclosing(line):
            assert await anext(line) == Opened()
            got: list[object] = []
            while len(got) < 100:
                await clock.advance(2 * WEBSOCKET_SILENCE, step=TICK)  # the work of the consumer
                one = await anext(line)
                if isinstance(one, RawEvent):
                    got.append(one.payload)
    assert got == [str(number) for number in range(100)]


def test_silence_is_death_only_after_the_whole_time() -> None:
    beats = 0
    watch = Watch(WEBSOCKET_SILENCE, lambda: beats)
    for _ in range(int(WEBSOCKET_SILENCE / TICK) - 1):
        assert watch.look(5000, "town.example") is False
    beats += 1
    assert watch.look(5000, "town.example") is True
    for _ in range(int(WEBSOCKET_SILENCE / TICK) - 1):
        watch.look(5000, "town.example")
    with pytest.raises(Unreachable, match=r"town\.example"):
        watch.look(5000, "town.example")


STREAM = "text/event-stream; charset=utf-8"
OPEN = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def chunk(text: str) -> bytes:
    data = text.encode()
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


async def hear_events(url: str, clock: Clock | None = None) -> tuple[list[Heard], NetworkError]:
    clock = clock or SystemClock()
    http = Http(url, clock=clock)
    heard: list[Heard] = []
    headers = {"Authorization": "Bearer x"}
    async with aclosing(read_events(http, f"{url}/user", clock=clock, headers=headers)) as line:
        lost = await loss_of(line, heard)
    await http.close()
    return heard, lost


async def test_server_sent_events_are_read_through_comments_and_split_chunks() -> None:
    parts = [":)\n\n", "event: update\nda", 'ta: {"id":\ndata: "1"}\n\n:thump\n', "\nevent: delete"]
    body = b"".join(chunk(part) for part in [*parts, "\ndata: 5\n\nevent: half"]) + b"0\r\n\r\n"
    async with canned(OPEN.encode() + body) as server:
        heard, lost = await hear_events(server.url)
        request = server.requests[0]
    assert heard == [
        Opened(),
        RawEvent("update", '{"id":\n"1"}'),
        RawEvent("delete", "5"),
    ]
    assert "closed the line" in str(lost)
    assert request.headers["accept"] == "text/event-stream"
    assert request.headers["authorization"] == "Bearer x"


async def test_a_stream_that_breaks_off_is_lost() -> None:
    async with canned(OPEN.encode() + chunk(":)\n\n") + b"Connection: close") as server:
        heard, lost = await hear_events(server.url)
    assert heard == [Opened()]
    assert isinstance(lost, Unreachable)


@pytest.mark.parametrize(
    ("served", "expected"),
    [
        (answer(401), SignedOut),
        (answer(404), Unsupported),
        (answer(403), Unsupported),
        (answer(501), Unsupported),
        (answer(302, headers={"Location": "/"}), Elsewhere),
        (answer(200, "<html>", content_type="text/html"), Unsupported),
        (answer(200, "", {"Content-Encoding": "gzip"}, content_type=STREAM), Unsupported),
        (answer(429), Throttled),
        (answer(502), Unreachable),
        (CLOSE, Unreachable),
    ],
)
async def test_what_is_no_stream_of_events_is_none(
    served: bytes, expected: type[NetworkError]
) -> None:
    async with canned(served) as server:
        heard, lost = await hear_events(server.url)
    assert heard == []
    assert type(lost) is expected


@pytest.mark.parametrize("part", ["data: " + "x" * 4000, "data: " + "x" * 4000 + "\n"])
async def test_an_event_without_end_loses_the_line(part: str) -> None:
    endless = chunk(part) * (LARGEST_FRAME // 4000 + 2)
    async with canned(OPEN.encode() + endless + b"Connection: close") as server:
        heard, lost = await hear_events(server.url)
    assert heard == [Opened()]
    assert "too much" in str(lost)


async def test_many_small_events_are_not_too_much() -> None:
    events = chunk("data: " + "x" * 100_000 + "\n\n") * 50
    async with canned(OPEN.encode() + events + b"0\r\n\r\n") as server:
        heard, _ = await hear_events(server.url)
    assert len(heard) == 51


async def test_three_missed_thumps_are_a_dead_line() -> None:
    clock = SteppedClock()
    async with canned(OPEN.encode() + chunk(":)\n\n")) as server:
        hearing = asyncio.create_task(hear_events(server.url, clock))
        await pass_until_done(clock, hearing)
        heard, lost = await hearing
    assert heard == [Opened(), Alive()]
    assert "45 seconds" in str(lost)
