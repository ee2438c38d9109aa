"""What tests of X share: a server with five people on it, and accounts connected to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, TypeAlias

import pytest
from networks.bluesky.secrets_in_memory import InMemory
from networks.memory_state import MemoryState
from networks.x.spend_in_memory import SpendInMemory
from support.fake_x.api import Api
from support.fake_x.running import running_x

from tui_inbox.clock import SystemClock
from tui_inbox.core.ports import Clock
from tui_inbox.core.spending import DOLLAR
from tui_inbox.networks.x.authorization import Line
from tui_inbox.networks.x.client import XNetwork
from tui_inbox.networks.x.grants import App, Grant, Grants

Connect: TypeAlias = Callable[..., XNetwork]

PEOPLE = ("alice", "bob", "carla", "dan", "frank")


def people_join(server: Api) -> None:
    """Alice follows bob and carla, and bob follows her."""
    for name in PEOPLE:
        server.world.join(name)
    alice = server.world.named("alice")
    alice.follows |= {server.world.named(name).id for name in ("bob", "carla")}
    server.world.named("bob").follows.add(alice.id)


@pytest.fixture
def server() -> Iterator[Api]:
    """A server with its people."""
    with running_x() as api:
        people_join(api)
        yield api


@pytest.fixture
async def connect(server: Api) -> AsyncIterator[Connect]:
    """Connects somebody's account to the server; all are closed in the end."""
    made: list[XNetwork] = []

    def connect_as(
        name: str = "alice",
        *,
        secrets: InMemory | None = None,
        clock: Clock | None = None,
        **options: Any,
    ) -> XNetwork:
        clock = clock or SystemClock()
        grants = Grants(secrets or InMemory(), name)
        if grants.read() is None:
            access, refresh = server.oauth.grant(name)
            grants.keep(Grant(App("app"), access, refresh, clock.now() + 7_200_000))
        settings: dict[str, Any] = {
            "state": MemoryState(),
            "spend": SpendInMemory(),
            "cap": 20 * DOLLAR,
        }
        person = server.world.named(name).id
        network = XNetwork(person, grants, Line(clock, server.base), **(settings | options))
        made.append(network)
        return network

    yield connect_as
    for network in made:
        await network.close()
