"""The contract of all networks, for an account on X."""

from __future__ import annotations

import pytest
from networks.contract import NetworkContract
from networks.x.conftest import Connect
from support.fake_x.api import Api

from tui_inbox.core.act import ActKind
from tui_inbox.core.ports import Network


class TestXFulfilsTheContract(NetworkContract):
    """An account with a home feed of more than two full pages, and money enough."""

    page_size = 10
    lacks = frozenset(
        {
            ActKind.FAVOURITE,
            ActKind.UNFAVOURITE,
            ActKind.BLOCK,
            ActKind.REPORT,
            ActKind.HIDE_BOOSTS,
            ActKind.SHOW_BOOSTS,
            ActKind.MUTE_TALK,
            ActKind.UNMUTE_TALK,
            ActKind.BLOCK_SERVER,
            ActKind.UNBLOCK_SERVER,
            ActKind.HIDE_WORD,
            ActKind.SHOW_WORD,
            ActKind.PROFILE,
        }
    )
    mutes_for_a_time = False
    finds_tags = False
    streams = False
    marks_sensitive = False
    gives_files_back = False

    @pytest.fixture
    def network(self, server: Api, connect: Connect) -> Network:
        """Alice, who follows Bob, who posts a lot and names her now and then."""
        for number in range(25):
            name = "@alice " if number % 10 == 0 else ""
            server.world.post_as("bob", f"{name}Tide table, line {number}.")
        return connect()
