"""The server and the reader that every story of this folder begins with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.fake_mastodon.running import FakeServer, running_fake
from support.socket_reader import SocketReader, reading


@pytest.fixture(scope="module")
def running_server() -> Iterator[FakeServer]:
    with running_fake(60) as server:
        yield server


@pytest.fixture
def server(running_server: FakeServer) -> FakeServer:
    running_server.up()
    running_server.reset()
    return running_server


@pytest.fixture
def reader(server: FakeServer, tmp_path: Path) -> Iterator[SocketReader]:
    """A reader of the server that has read it once and listens."""
    with reading(server.url, tmp_path) as reader:
        yield reader
