"""The contract of all networks, on the real thing."""

from __future__ import annotations

import pytest
from networks.bluesky.test_contract import BlueskyContract
from networks.bluesky_live.conftest import Connect

from tui_inbox.core.ports import Network

pytestmark = pytest.mark.bluesky_live


class TestBlueskyItselfFulfilsTheContract(BlueskyContract):
    """Carla, who follows people who post."""

    @pytest.fixture
    async def network(self, connect: Connect) -> Network:
        """Her account, after whose acts it is waited until all are shown them."""
        network: Network = await connect("carla")
        return network
