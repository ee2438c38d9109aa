"""The contract of all networks, for a Mastodon server."""

from __future__ import annotations

import pytest
from networks.conftest import Connect
from networks.contract import NetworkContract
from support.mastodon_mock_server import MockServer

from tui_inbox.core.ports import Network


class TestMastodonFulfilsTheContract(NetworkContract):
    """An account with a home feed of more than two full pages."""

    page_size = 10

    @pytest.fixture
    def network(self, mock: MockServer, connect: Connect) -> Network:
        """Alice, who follows Bob, who posts a lot and mentions her now and then."""
        for number in range(25):
            mock.post_as("bob", f"Tide table, line {number}." + " @alice" * (number % 10 == 0))
        return connect("alice")
