"""Runs the server for a test, on a thread of its own, so that other processes can speak to it too."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web
from support.fake_bluesky.api import Api
from support.fake_bluesky.world import World


@contextmanager
def running_bluesky() -> Iterator[Api]:
    """An empty server on loopback; it is gone when the block ends."""
    api = Api(World())
    ready = threading.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> web.AppRunner:
        app = web.Application(client_max_size=16 << 20)
        app.router.add_route("*", "/xrpc/{method}", api.answer)
        app.router.add_get("/{did:did:plc:.*}", api.document)
        api.oauth.routes(app)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        api.base = api.oauth.base = f"http://{host}:{port}"
        return runner

    def run() -> None:
        asyncio.set_event_loop(loop)
        runner = loop.run_until_complete(serve())
        ready.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run, name="bluesky server")
    thread.start()
    ready.wait()
    try:
        yield api
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
