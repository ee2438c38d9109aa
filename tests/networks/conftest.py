"""What tests of networks share: a Mastodon server by others, and accounts connected to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any, TypeAlias

import pytest
from networks.memory_state import MemoryState
from support.mastodon_mock_server import MockServer

from tui_inbox.clock import SystemClock
from tui_inbox.networks.mastodon.client import MastodonNetwork

Connect: TypeAlias = Callable[..., MastodonNetwork]


@pytest.fixture
def mock(mock_server: MockServer) -> MockServer:
    """The server, with nothing in it but its three people."""
    mock_server.reset()
    return mock_server


@pytest.fixture
async def connect(mock: MockServer) -> AsyncIterator[Connect]:
    """Connects somebody's account to the server; all are closed in the end."""
    made: list[MastodonNetwork] = []

    def connect_as(username: str, **options: Any) -> MastodonNetwork:
        settings: dict[str, Any] = {
            "server": mock.url,
            "token": mock.token(username),
            "clock": SystemClock(),
            "state": MemoryState(),
        }
        network = MastodonNetwork(**(settings | options))
        made.append(network)
        return network

    yield connect_as
    for network in made:
        await network.close()
