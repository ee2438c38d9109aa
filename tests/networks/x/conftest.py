"""What tests of X share: a server with five people on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.fake_x.api import Api
from support.fake_x.running import running_x

PEOPLE = ("alice", "bob", "carla", "dan", "frank")


@pytest.fixture
def server() -> Iterator[Api]:
    """A server with its people; alice follows bob and carla, and bob follows her."""
    with running_x() as api:
        for name in PEOPLE:
            api.world.join(name)
        alice = api.world.named("alice")
        alice.follows |= {api.world.named(name).id for name in ("bob", "carla")}
        api.world.named("bob").follows.add(alice.id)
        yield api
