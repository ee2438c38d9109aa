"""The contract of all networks, for an account on Bluesky."""

from __future__ import annotations

import pytest
from networks.bluesky.conftest import Connect
from networks.contract import NetworkContract
from support.fake_bluesky.api import Api
from support.fake_bluesky.world import Json

from tui_inbox.core.act import ActKind
from tui_inbox.core.ports import Network


class BlueskyContract(NetworkContract):
    """What there is on Bluesky of what the contract asks for."""

    page_size = 10
    lacks = frozenset(
        {
            ActKind.HIDE_BOOSTS,
            ActKind.SHOW_BOOSTS,
            ActKind.BLOCK_SERVER,
            ActKind.UNBLOCK_SERVER,
        }
    )
    mutes_for_a_time = False
    finds_tags = False
    streams = False


class TestBlueskyFulfilsTheContract(BlueskyContract):
    """An account with a home feed of more than two full pages."""

    @pytest.fixture
    def network(self, server: Api, connect: Connect) -> Network:
        """Alice, who follows Bob, who posts a lot and names her now and then, and saved a feed of cats."""
        world = server.world
        for number in range(25):
            word, facet = world.mention("alice")
            named: Json = {"facets": [facet]} if number % 10 == 0 else {}
            text = f"{word} " * bool(named) + f"Tide table, line {number}."
            world.post_as("bob", text, **named)
        cats = "at://did:plc:cats/app.bsky.feed.generator/cats"
        saved = {"id": "1", "type": "feed", "value": cats, "pinned": True}
        world.named("alice").preferences = [
            {"$type": "app.bsky.actor.defs#savedFeedsPrefV2", "items": [saved]}
        ]
        return connect("alice")
