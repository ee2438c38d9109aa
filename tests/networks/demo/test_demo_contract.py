"""The contract of all networks, for the demo town."""

from __future__ import annotations

import pytest
from networks.contract import NetworkContract
from networks.demo.visits import Visit

from tui_inbox.core.ports import Network


class TestTheDemoFulfilsTheContract(NetworkContract):
    """A town that was founded a moment ago."""

    @pytest.fixture
    def network(self) -> Network:
        """Mira's account."""
        return Visit().network
