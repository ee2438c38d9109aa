"""Runs the server for a test."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiohttp import web
from support.fake_x.api import Api
from support.fake_x.world import World
from support.serving import served

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
    app = web.Application(client_max_size=16 << 20)
    app.router.add_get("/i/oauth2/authorize", api.oauth.authorize)
    app.router.add_post("/2/oauth2/token", api.oauth.token)
    app.router.add_route("*", "/2/{rest:.*}", api.answer)
    with served(app) as api.base:
        yield api
