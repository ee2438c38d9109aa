"""The fake server as one process: the API, which can go down and come back, and the control beside it."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import sys
from dataclasses import dataclass

from aiohttp import web
from support.fake_mastodon.api import Api
from support.fake_mastodon.arrivals import Arrivals
from support.fake_mastodon.control import Control
from support.fake_mastodon.faults import Faults
from support.fake_mastodon.streams import Streams
from support.fake_mastodon.world import World

from tui_inbox.core.moment import Millis

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Plan:
    """How to serve.

    Attributes:
        port: of the API; 0 for any that is free.
        control_port: of the control; 0 for any that is free.
        posts: how many there are at the start.
        newest_at: when the newest of them was written.
        rate: new posts per second.
        speed: how fast the server's clock runs.
        until_eof: end when standard input is closed, as it is when whoever started this process is gone.
        certificate: file with a certificate and its key (PEM); empty for plain HTTP.
    """

    port: int
    control_port: int
    posts: int
    newest_at: Millis
    rate: float = 0.0
    speed: float = 1.0
    until_eof: bool = False
    certificate: str = ""


class Door:
    """The listening socket of an application, and all connections that came in by it.

    Args:
        tls: what is shown to whoever connects; None for plain HTTP.
    """

    def __init__(self, runner: web.AppRunner, tls: ssl.SSLContext | None = None) -> None:
        self._runner = runner
        self._tls = tls
        self._listening: asyncio.Server | None = None
        self._port = 0

    async def open(self, at: socket.socket | None = None) -> None:
        """Listen: on a socket that is bound already, or where it listened before."""
        if self._listening is not None:
            return
        if at is None:
            at = bound_socket(self._port)
        self._port = at.getsockname()[1]
        assert self._runner.server is not None
        loop = asyncio.get_running_loop()
        self._listening = await loop.create_server(self._runner.server, sock=at, ssl=self._tls)

    def show_certificate(self, path: str) -> None:
        """Show the certificate in a file to whoever connects from now on."""
        assert self._tls is not None
        self._tls.load_cert_chain(path)

    async def close(self) -> None:
        """Stop listening and cut every connection, as when a machine dies."""
        if self._listening is None:
            return
        self._listening.close()
        self._listening = None
        for transport in self._transports():
            transport.abort()

    def freeze(self) -> None:
        """Read no more from the connections that are open, as when a machine hangs."""
        for transport in self._transports():
            transport.pause_reading()

    def _transports(self) -> list[asyncio.Transport]:
        assert self._runner.server is not None
        open_ones = (connection.transport for connection in self._runner.server.connections)
        return [transport for transport in open_ones if isinstance(transport, asyncio.Transport)]


def bound_socket(port: int) -> socket.socket:
    """A socket bound to a port of loopback; 0 for any that is free."""
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((HOST, port))
    return bound


async def serve(plan: Plan) -> None:
    """Serve until cancelled, or until the end of standard input where the plan says so.

    The first line written is JSON: the addresses of the API (`url`) and of the control, and the server's time.
    """
    api_socket, control_socket = bound_socket(plan.port), bound_socket(plan.control_port)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if plan.certificate else None
    url = f"{'https' if tls else 'http'}://{HOST}:{api_socket.getsockname()[1]}"
    control_url = f"http://{HOST}:{control_socket.getsockname()[1]}"
    world = World(plan.posts, url, plan.newest_at, speed=plan.speed)
    streams, faults = Streams(plan.speed), Faults()
    arrivals = Arrivals(world, streams, plan.rate)
    api = Api(world, streams, faults)
    runner = web.AppRunner(api.application(), access_log=None)
    await runner.setup()
    door = Door(runner, tls)
    if plan.certificate:
        door.show_certificate(plan.certificate)
    control = Control(
        world,
        streams,
        faults,
        api,
        arrivals,
        door.close,
        door.open,
        door.freeze,
        door.show_certificate,
    )
    control_runner = web.AppRunner(control.application(), access_log=None)
    await control_runner.setup()
    await door.open(api_socket)
    await web.SockSite(control_runner, control_socket).start()
    told = {
        "url": url,
        "control_url": control_url,
        "began": world.began,
        "began_at": world.began_at,
    }
    print(json.dumps(told), flush=True)
    async with asyncio.TaskGroup() as group:
        arriving = group.create_task(arrivals.run())
        if plan.until_eof:
            await _end_of_input()
            arriving.cancel()
    await door.close()


async def _end_of_input() -> None:
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()
