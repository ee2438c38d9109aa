"""What tests of Bluesky share: a server with five people on it, and accounts connected to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, TypeAlias

import pytest
from networks.bluesky.secrets_in_memory import InMemory
from networks.memory_state import MemoryState
from support.fake_bluesky.api import Api
from support.fake_bluesky.running import running_bluesky

from tui_inbox.clock import SystemClock
from tui_inbox.networks.bluesky.client import BlueskyNetwork
from tui_inbox.networks.bluesky.grants import Grant, Grants

Connect: TypeAlias = Callable[..., BlueskyNetwork]

PEOPLE = ("alice", "bob", "carla", "dan", "frank")


@pytest.fixture
def server() -> Iterator[Api]:
    """A server with its people; alice follows bob and carla, and they follow her."""
    with running_bluesky() as api:
        for name in PEOPLE:
            api.world.join(name)
        alice = api.world.named("alice").did
        for name in ("bob", "carla"):
            api.world.act_as("alice", "app.bsky.graph.follow", api.world.named(name).did)
            api.world.act_as(name, "app.bsky.graph.follow", alice)
        yield api


@pytest.fixture
async def connect(server: Api) -> AsyncIterator[Connect]:
    """Connects somebody's account to the server; all are closed in the end."""
    made: list[BlueskyNetwork] = []

    def connect_as(name: str, secrets: InMemory | None = None, **options: Any) -> BlueskyNetwork:
        person = server.world.named(name)
        grants = Grants(secrets or InMemory(), name)
        if grants.read() is None:
            whose = f"{person.did}.{person.tokens}"
            grants.keep(Grant(server.base, f"access.{whose}", f"refresh.{whose}"))
        settings: dict[str, Any] = {"clock": SystemClock(), "state": MemoryState()}
        network = BlueskyNetwork(person.did, server.base, grants, **(settings | options))
        made.append(network)
        return network

    yield connect_as
    for network in made:
        await network.close()
