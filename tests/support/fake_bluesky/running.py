"""Runs the server for a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web
from support.fake_bluesky.api import Api
from support.fake_bluesky.world import World
from support.serving import served


@contextmanager
def running_bluesky() -> Iterator[Api]:
    """An empty server on loopback; it is gone when the block ends."""
    api = Api(World())
    app = web.Application(client_max_size=16 << 20)
    app.router.add_route("*", "/xrpc/{method}", api.answer)
    app.router.add_get("/{did:did:plc:.*}", api.document)
    api.oauth.routes(app)
    with served(app) as base:
        api.base = api.oauth.base = base
        yield api
