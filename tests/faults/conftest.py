"""The server and the reader that the stories of one file begin with.

Both go on from one story to the next, so that each begins after all that happened before it. They end with the file:
the reader draws random numbers in its thread, and hypothesis takes that for the doing of tests in files that follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pytest
from support.fake_mastodon.running import FakeServer, running_fake
from support.hurried_clock import HurriedClock
from support.socket_reader import PAGE, SPEED, SignIn, SocketReader, reading


class ReadAnew(Protocol):
    """Begins another reader of the server, with one account or several."""

    def __call__(self, *sign_ins: SignIn) -> AbstractContextManager[SocketReader]: ...


@pytest.fixture(scope="module")
def running_server() -> Iterator[FakeServer]:
    with running_fake(60, speed=SPEED) as server:
        yield server


@pytest.fixture(scope="module")
def running_reader(
    running_server: FakeServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SocketReader]:
    clock = HurriedClock(SPEED, running_server.began, running_server.began_at)
    folder = tmp_path_factory.mktemp("reader")
    with reading(folder, clock, SignIn(running_server.url)) as reader:
        yield reader


@pytest.fixture
def server(running_server: FakeServer) -> FakeServer:
    """A server in which nothing fails."""
    running_server.recover()
    running_server.streams_at("")
    running_server.up()
    return running_server


@pytest.fixture
def reader(server: FakeServer, running_reader: SocketReader) -> SocketReader:
    """A reader that is live and has all that the server holds."""
    running_reader.until_back(server.home())
    running_reader.lines.clear()
    return running_reader


@pytest.fixture
def read_anew(server: FakeServer, tmp_path: Path) -> ReadAnew:
    """Readers with a store and a clock of their own, for what would trouble later stories."""
    server.emit(PAGE)  # a whole page that has markers, whatever was posted before

    def read(*sign_ins: SignIn) -> AbstractContextManager[SocketReader]:
        clock = HurriedClock(SPEED, server.began, server.began_at)
        return reading(tmp_path, clock, *(sign_ins or (SignIn(server.url),)))

    return read
