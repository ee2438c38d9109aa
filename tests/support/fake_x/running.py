"""Runs the server for a test, on a thread of its own, so that other processes can speak to it too."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiohttp import web
from support.fake_x.api import Api
from support.fake_x.world import World

from tui_inbox.core.moment import Millis


def _wall_clock() -> Millis:
    return time.time_ns() // 1_000_000


@contextmanager
def running_x(now: Callable[[], Millis] = _wall_clock) -> Iterator[Api]:
    """An empty server on loopback; it is gone when the block ends.

    Args:
        now: its clock.
    """
    api = Api(World(now))
    ready = threading.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> web.AppRunner:
        app = web.Application(client_max_size=16 << 20)
        app.router.add_get("/i/oauth2/authorize", api.oauth.authorize)
        app.router.add_post("/2/oauth2/token", api.oauth.token)
        app.router.add_route("*", "/2/{rest:.*}", api.answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        api.base = f"http://{host}:{port}"
        return runner

    def run() -> None:
        asyncio.set_event_loop(loop)
        runner = loop.run_until_complete(serve())
        ready.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run, name="x server")
    thread.start()
    ready.wait()
    try:
        yield api
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
