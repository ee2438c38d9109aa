"""Lines that stay open: WebSocket and server-sent events. `watch` notices when one has died."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import aclosing, asynccontextmanager
from typing import Any, TypeAlias, TypeVar

import httpx
from httpx_sse import EventSource
from msgspec import Struct
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException
from websockets.protocol import Event
from websockets.typing import Subprotocol

from tui_inbox.core.moment import Millis
from tui_inbox.core.ports import Clock, NetworkError, Refused, Unreachable, Unsupported
from tui_inbox.networks.deadline import end, within
from tui_inbox.networks.failures import refusal, unreachable_sentence
from tui_inbox.networks.http import USER_AGENT, Http, is_loopback
from tui_inbox.networks.json_text import from_json
from tui_inbox.networks.limits import read_pause
from tui_inbox.networks.tls import tls_context
from tui_inbox.networks.watch import TICK, Pulse, Watch

WEBSOCKET_SILENCE = 75.0
"""Seconds without any frame after which a WebSocket is dead: Mastodon pings every 30 s."""

EVENTS_SILENCE = 45.0
"""Seconds without a byte after which a stream of events is dead: three of Mastodon's thumps."""

PING_EVERY = 25.0
"""Seconds between two pings of ours, for servers that send none."""

LARGEST_FRAME = 2 * 1024 * 1024
"""Bytes of one event."""

_FIRST_ANSWER = 10.0
_QUIET = logging.getLogger("tui_inbox.networks.websocket")
_QUIET.setLevel(logging.INFO)  # at DEBUG the library writes down headers, and so the token


class Opened(Struct, frozen=True):
    """The line is open and the server is ready to send."""


class Alive(Struct, frozen=True):
    """Something was heard that is no event: a ping, a comment, something unreadable."""


class RawEvent(Struct, frozen=True):
    """One event as the server sent it.

    Attributes:
        name: which event.
        payload: text (often JSON, sometimes a bare id) or what the frame held in its place.
        stream: which of several streams on the line it belongs to.
    """

    name: str
    payload: object
    stream: tuple[str, ...] = ()


Heard: TypeAlias = Opened | Alive | RawEvent


class Line(Struct, frozen=True):
    """An open WebSocket, whose other end it is, and what it has shown of life."""

    host: str
    connection: ClientConnection
    pulse: Pulse


class Elsewhere(Unsupported):
    """The line is said to be at another `address`. Nothing went there: the token is for those trusted."""

    def __init__(self, sentence: str, address: str) -> None:
        super().__init__(sentence)
        self.address = address


class BrokenOff(Unsupported):
    """The opening request got no answer: no line in this way, and no refusal of it either."""


T = TypeVar("T")


async def read_websocket(
    url: str,
    *,
    clock: Clock,
    headers: Mapping[str, str] | None = None,
    subprotocol: str | None = None,
) -> AsyncGenerator[Heard, None]:
    """Open a WebSocket and read Mastodon's envelopes `{stream, event, payload}` from it.

    `Opened` comes first, once the server has answered a ping: it has then read all that was sent
    with the request for the line.

    Args:
        url: `wss://…`; plain `ws://` only to this machine.
        clock: for the watch.
        headers: additional headers of the opening request.
        subprotocol: offered to the server; some servers take the token there.

    Raises:
        SignedOut: 401.
        Unsupported: no WebSocket is to be had there in this way.
        Throttled: 429.
        Unreachable: no line, or the line was lost; always raised in the end.
    """
    async with open_line(url, clock, headers=headers, subprotocol=subprotocol) as line:
        await _be_answered(line.connection, clock, line.host)
        yield Opened()
        watch = Watch(WEBSOCKET_SILENCE, lambda: line.pulse.beats)
        messages = watched(line.connection.recv, watch, clock, line.host, ping=line.connection.ping)
        async with aclosing(messages):
            async for message in messages:
                yield message if isinstance(message, Alive) else _from_envelope(message, line.host)


@asynccontextmanager
async def open_line(
    url: str,
    clock: Clock,
    *,
    headers: Mapping[str, str] | None = None,
    subprotocol: str | None = None,
    deflates: bool = True,
) -> AsyncIterator[Line]:
    """An open WebSocket; its loss is told as `Unreachable`."""
    host = httpx.URL(url).netloc.decode("ascii")
    pulse = Pulse()
    connection = await _open_websocket(url, host, pulse, clock, headers, subprotocol, deflates)
    try:
        yield Line(host, connection, pulse)
    except ConnectionClosed as closed:
        reason = "sent too much at once" if _too_big(closed) else "closed the line"
        raise Unreachable(f"{host} {reason}.") from None
    finally:
        try:
            await connection.close()
        finally:
            # Closing takes up to a second where the server hangs. Whoever is stopped meanwhile would leave the
            # socket open until it is collected.
            connection.transport.abort()


async def read_events(
    http: Http, url: str, *, clock: Clock, headers: Mapping[str, str]
) -> AsyncGenerator[Heard, None]:
    """Open a stream of server-sent events and read it. `Opened` comes first.

    Args:
        http: the account's client.
        url: complete.
        clock: for the watch.
        headers: additional headers, the token among them.

    Raises:
        SignedOut: 401.
        Unsupported: no stream of events is to be had there.
        Throttled: 429.
        Unreachable: no line, or the line was lost; always raised in the end.
    """
    host = httpx.URL(url).netloc.decode("ascii")
    asked = {**headers, "Accept": "text/event-stream", "Accept-Encoding": "identity"}
    async with http.open(url, asked) as response:
        if response.status_code != 200 or not _is_event_stream(response):
            raise _no_line(response.status_code, response.headers, host, clock)
        pulse = Pulse()
        response.stream = _Counted(response.stream, pulse)
        events = EventSource(response).aiter_sse()

        async def read() -> RawEvent:
            async for event in events:
                return RawEvent(event.event, event.data)
            raise Unreachable(f"{host} closed the line.")

        yield Opened()
        watch = Watch(EVENTS_SILENCE, lambda: pulse.beats)
        try:
            async with aclosing(events), aclosing(watched(read, watch, clock, host)) as heard:
                async for event in heard:
                    yield event
        except _FrameTooLarge:
            raise Unreachable(f"{host} sent too much at once.") from None
        except httpx.HTTPError:
            raise Unreachable(f"{host} closed the line.") from None


async def watched(
    read: Callable[[], Coroutine[Any, Any, T]],
    watch: Watch,
    clock: Clock,
    host: str,
    ping: Callable[[], Awaitable[object]] | None = None,
) -> AsyncGenerator[T | Alive, None]:
    """What `read` reads, one after the other, and `Alive` for signs of life between.

    The two tasks are owned by this generator and end with it. A `TaskGroup` cannot hold them: when
    one fails it cancels whatever task is running, and at a `yield` that is the consumer's.
    """
    reading: asyncio.Task[T] | None = None
    ticking: asyncio.Task[Millis] | None = None
    next_ping = clock.monotonic() + PING_EVERY
    try:
        while True:
            reading = reading or asyncio.create_task(read())
            ticking = ticking or asyncio.create_task(_tick(clock))
            await asyncio.wait({reading, ticking}, return_when=asyncio.FIRST_COMPLETED)
            if reading.done():
                watch.hear()
            if ticking.done():
                slept = ticking.result()
                ticking = None
                if watch.look(slept, host):
                    yield Alive()
                if ping is not None and clock.monotonic() >= next_ping:
                    next_ping = clock.monotonic() + PING_EVERY
                    await ping()
            if reading.done():
                item = reading.result()
                reading = None
                yield item
    finally:
        await end(reading, ticking)


async def _tick(clock: Clock) -> Millis:
    """Wait, and tell what the wall clock says it took."""
    before = clock.now()
    await clock.sleep(TICK)
    return clock.now() - before


class _Listening(ClientConnection):
    """A WebSocket that tells of every frame, the server's pings and pongs too, and counts bytes."""

    def __init__(self, pulse: Pulse, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pulse = pulse

    def process_event(self, event: Event) -> None:
        self._pulse.beats += 1
        super().process_event(event)

    def data_received(self, data: bytes) -> None:
        self._pulse.bytes += len(data)
        super().data_received(data)


class _Opening(connect):
    """An opening request that goes nowhere else: it carries the token."""

    def process_redirect(self, exc: Exception) -> Exception:
        return exc


async def _open_websocket(
    url: str,
    host: str,
    pulse: Pulse,
    clock: Clock,
    headers: Mapping[str, str] | None,
    subprotocol: str | None,
    deflates: bool,
) -> ClientConnection:
    def listening(*args: Any, **kwargs: Any) -> ClientConnection:
        return _Listening(pulse, *args, **kwargs)

    try:
        return await _Opening(
            url,
            additional_headers=headers,
            subprotocols=[Subprotocol(subprotocol)] if subprotocol else None,
            compression="deflate" if deflates else None,
            user_agent_header=USER_AGENT,
            proxy=None if is_loopback(httpx.URL(url)) else True,
            ssl=tls_context("wss") if url.startswith("wss:") else None,
            open_timeout=_FIRST_ANSWER,
            ping_interval=None,  # pinged by the watch, on our clock
            close_timeout=1,
            max_size=LARGEST_FRAME,
            logger=_QUIET,
            create_connection=listening,  # type: ignore[arg-type]  # any callable will do
        )
    except InvalidStatus as error:
        answer = {name.lower(): value for name, value in error.response.headers.raw_items()}
        raise _no_line(error.response.status_code, answer, host, clock) from None
    except (OSError, TimeoutError) as error:
        raise Unreachable(unreachable_sentence(error, host)) from None
    except (WebSocketException, ValueError) as error:
        if isinstance(error.__cause__, EOFError | ConnectionError):
            raise BrokenOff(f"{host} broke off without opening a WebSocket.") from None
        raise Unsupported(f"{host} does not open a WebSocket.") from None


async def _be_answered(connection: ClientConnection, clock: Clock, host: str) -> None:
    """Wait until the server has answered a ping.

    Raises:
        Unsupported: it closed the line instead, as some do with a token in the wrong place.
    """

    async def pong() -> None:
        await (await connection.ping())

    try:
        await within(clock, _FIRST_ANSWER, pong())
    except TimeoutError:
        return  # a server that never answers pings may still send events
    except ConnectionClosed:
        raise Unsupported(f"{host} closes the line as soon as it is open.") from None


def _too_big(closed: ConnectionClosed) -> bool:
    return closed.sent is not None and closed.sent.code == 1009


def _from_envelope(message: str | bytes, host: str) -> Heard:
    """Mastodon's envelope as an event; what is none is no reason to lose the line.

    Raises:
        Unreachable: the server refused to send this stream.
    """
    try:
        frame = from_json(message)
    except ValueError:
        return Alive()
    if not isinstance(frame, dict):
        return Alive()
    name, stream = frame.get("event"), frame.get("stream")
    if not isinstance(name, str):
        if "error" in frame:
            raise Unreachable(f"{host} refused to send its stream.")
        return Alive()
    names = stream if isinstance(stream, list) else [stream]
    return RawEvent(name, frame.get("payload"), tuple(str(part) for part in names if part))


def _no_line(status: int, headers: Mapping[str, str], host: str, clock: Clock) -> NetworkError:
    """Why a line was not opened. Any definite no means: not in this way."""
    until = read_pause(headers, clock.now())
    error = refusal(status, headers, b"", host, until=until, changes=False)
    if 300 <= status < 400:
        return Elsewhere(f"{host} sends the line elsewhere.", headers.get("location", ""))
    if isinstance(error, Refused) or 200 <= status < 300:
        return Unsupported(f"{host} does not open a line in this way ({status}).")
    return error


def _is_event_stream(response: httpx.Response) -> bool:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "text/event-stream" and "content-encoding" not in response.headers


class _FrameTooLarge(Exception):
    """An event of more than `LARGEST_FRAME` bytes."""


class _Counted(httpx.AsyncByteStream):
    """The bytes of a response, counted as signs of life and up to the end of each event."""

    def __init__(self, source: object, pulse: Pulse) -> None:
        if not isinstance(source, httpx.AsyncByteStream):
            raise TypeError("a response of an asynchronous client is expected")
        self._source = source
        self._pulse = pulse

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pending = b""
        size = 0
        async for chunk in self._source:
            self._pulse.beats += 1
            pending = pending[-3:] + chunk
            size += len(chunk)
            ends = [pending.rfind(blank) for blank in (b"\n\n", b"\r\n\r\n", b"\r\r")]
            if max(ends) >= 0:
                size = len(pending) - max(ends)
            if size > LARGEST_FRAME:
                raise _FrameTooLarge
            yield chunk

    async def aclose(self) -> None:
        await self._source.aclose()
