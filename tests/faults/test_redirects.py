"""A server that sends requests elsewhere: what is its own is followed, and no token goes to anybody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from faults.conftest import ReadAnew
from support.fake_mastodon.running import FakeServer, running_fake
from support.socket_reader import SocketReader

from tui_inbox.core.health import HealthState

HOME = "GET /api/v1/timelines/home"
STREAM = "GET /api/v1/streaming"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[FakeServer]:
    """Another server, which notes whatever is asked of it."""
    with running_fake(5) as other:
        yield other


def written_while_down(server: FakeServer) -> None:
    """The server is gone for a while, and posts are written."""
    server.down()
    server.emit(3)
    server.up()


@pytest.mark.parametrize("status", ["301", "302"])
def test_a_redirect_to_another_address_of_the_server_is_followed(
    server: FakeServer, reader: SocketReader, status: str
) -> None:
    server.fail(status, f"{HOME}(?!.*moved)", to=server.url)
    written_while_down(server)
    followed = server.stats()["faults"]
    reader.until_back(server.home())
    assert server.stats()["faults"] > followed
    assert "elsewhere" not in reader.reasons()


@pytest.mark.parametrize("status", ["301", "302", "308"])
def test_a_redirect_to_another_server_is_told_and_nothing_is_sent_there(
    server: FakeServer, reader: SocketReader, elsewhere: FakeServer, status: str
) -> None:
    before = reader.markers()
    server.fail(status, "/api/", to=elsewhere.url)
    written_while_down(server)
    reader.until_told(f"sends the request elsewhere ({status}); that is not followed")
    shown = reader.health
    assert shown.state is HealthState.OFFLINE
    assert shown.next_try is not None
    assert reader.begins(before)
    assert HealthState.LIVE not in reader.states_since_the_loss()
    assert elsewhere.stats()["calls"] == {}
    server.recover()
    home = server.home()
    reader.until(lambda: reader.is_live() and reader.agrees_with(home))  # by itself


def test_a_stream_that_is_sent_to_another_server_is_not_opened_and_pages_are_read(
    server: FakeServer, read_anew: ReadAnew, elsewhere: FakeServer
) -> None:
    with read_anew() as reader:
        server.fail("302", STREAM, to=elsewhere.url)
        written_while_down(server)
        reader.until(lambda: reader.health.state is HealthState.POLLING, hurried=True)
        server.emit(2)
        home = server.home()
        reader.until(lambda: reader.agrees_with(home))
        assert reader.health.state is HealthState.POLLING
        assert elsewhere.stats()["calls"] == {}
        server.recover()
        reader.clock.jump(11 * 60)  # a stream is looked for every ten minutes
        reader.until_back(server.home())


def test_a_streaming_host_that_sends_back_to_the_server_is_left_for_it(
    server: FakeServer, read_anew: ReadAnew, elsewhere: FakeServer
) -> None:
    elsewhere.fail("301", STREAM, to=server.url)
    server.streams_at(elsewhere.url.replace("http", "ws"))
    with read_anew() as reader:
        assert elsewhere.stats()["faults"] > 0
        assert reader.health.kind == "WebSocket"
        server.emit(3)
        reader.until(lambda: reader.agrees_with(server.home()))
        written_while_down(server)
        reader.until_back(server.home())
    assert set(elsewhere.stats()["calls"]) == {STREAM}
