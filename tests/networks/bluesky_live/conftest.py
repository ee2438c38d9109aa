"""The network that these tests share, and accounts connected to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, TypeAlias

import httpx
import pytest
from networks.bluesky.secrets_in_memory import InMemory
from networks.memory_state import MemoryState
from support.bluesky_network.running import BlueskyNetwork as Live
from support.bluesky_network.running import NotHere, running_network

from tui_inbox.clock import SystemClock
from tui_inbox.core.ports import Network
from tui_inbox.networks.bluesky.client import BlueskyNetwork
from tui_inbox.networks.bluesky.grants import Grant, Grants

BYPASS = {"x-ratelimit-bypass": "bypass"}
Connect: TypeAlias = Callable[..., Awaitable[Any]]


@pytest.fixture(scope="session")
def live() -> Iterator[Live]:
    """The network, once for all."""
    try:
        with running_network() as network:
            yield network
    except NotHere as missing:
        pytest.skip(f"no Bluesky here: {missing}")


class Settled:
    """An account after whose every act it is waited until all are shown it."""

    def __init__(self, network: Network, live: Live) -> None:
        self._network = network
        self._live = live

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._network, name)
        if name not in ("publish", "act"):
            return method

        async def call(*said: Any) -> Any:
            try:
                return await method(*said)
            finally:
                self._live.settle()

        return call


@pytest.fixture
async def connect(live: Live) -> AsyncIterator[Connect]:
    """Connects somebody's account; all are closed in the end."""
    made: list[BlueskyNetwork] = []

    async def connect_as(name: str, secrets: InMemory | None = None) -> Any:
        handle = f"{name}.test"
        person = live.people[handle]
        grants = Grants(secrets or InMemory(), name)
        if grants.read() is None:
            said = {"identifier": handle, "password": person["password"]}
            async with httpx.AsyncClient(trust_env=False) as client:
                address = f"{live.pds}/xrpc/com.atproto.server.createSession"
                told = (await client.post(address, json=said, headers=BYPASS)).json()
            grants.keep(Grant(live.pds, told["accessJwt"], told["refreshJwt"]))
        network = BlueskyNetwork(
            person["did"], live.pds, grants, clock=SystemClock(), state=MemoryState()
        )
        made.append(network)
        return Settled(network, live)

    yield connect_as
    for network in made:
        await network.close()
