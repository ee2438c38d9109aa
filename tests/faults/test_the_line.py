"""The line to a server: how it is opened, how its death is noticed, and that there is always a way back."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from faults.conftest import ReadAnew
from support.fake_mastodon.running import FakeServer
from support.socket_reader import SignIn, SocketReader

from tui_inbox.core.health import HealthState
from tui_inbox.core.moment import SECOND

WEBSOCKET = r"GET /api/v1/streaming\?"
STREAM = "GET /api/v1/streaming"


@pytest.mark.parametrize("kind", ["403", "404", "web page"])
def test_where_no_websocket_is_opened_events_come_another_way(
    server: FakeServer, read_anew: ReadAnew, kind: str
) -> None:
    server.fail(kind, WEBSOCKET)
    with read_anew() as reader:
        assert reader.health.kind == "server-sent events"
        server.emit(3)
        reader.until(lambda: reader.agrees_with(server.home()))
        assert {line.state for line in reader.lines} <= {HealthState.LIVE}


def test_where_there_is_no_stream_pages_are_read_until_there_is_one(
    server: FakeServer, read_anew: ReadAnew
) -> None:
    with read_anew(SignIn(server.url, "unheard")) as reader:
        server.fail("404", f"{STREAM}.*unheard")
        server.down()
        server.up()
        reader.until(lambda: reader.health.state is HealthState.POLLING, hurried=True)
        server.emit(3)
        reader.until(lambda: reader.agrees_with(server.home()))
        assert (reader.health.state, reader.health.reason) == (HealthState.POLLING, "")
        server.recover()
        reader.clock.jump(11 * 60)  # a stream is looked for every ten minutes
        reader.until_back(server.home())


@pytest.mark.parametrize(
    ("kind", "words"),
    [("500", "trouble at the moment"), ("503", "trouble at the moment"), ("drop", "broke off")],
)
def test_while_a_stream_fails_to_open_pages_are_read(
    server: FakeServer, reader: SocketReader, kind: str, words: str
) -> None:
    server.fail(kind, STREAM)
    server.down()
    server.emit(3)
    server.up()
    home = server.home()
    reader.until(
        lambda: reader.health.state is HealthState.POLLING and reader.agrees_with(home),
        hurried=True,
    )
    assert words in reader.health.reason
    server.emit(2)
    server.recover()
    reader.until_back(server.home())
    assert reader.health.kind in ("WebSocket", "server-sent events")


def test_a_server_that_says_nothing_on_an_open_line_is_noticed(
    server: FakeServer, reader: SocketReader
) -> None:
    heard = reader.health.last_word
    server.freeze()
    server.emit(3)
    reader.until(lambda: "Nothing was heard" in reader.reasons())
    (noticed,) = (line for line in reader.lines if "Nothing was heard" in line.reason)
    assert noticed.state is HealthState.OFFLINE
    assert noticed.last_word is not None
    assert heard is not None
    assert noticed.last_word < noticed.since - 70 * SECOND
    assert heard <= noticed.last_word
    reader.until_back(server.home())


def test_a_machine_that_was_asleep_opens_its_line_again(
    server: FakeServer, read_anew: ReadAnew
) -> None:
    with read_anew() as reader:
        server.freeze()  # what the network has forgotten by the time the machine wakes up
        server.emit(3)
        reader.clock.jump(3600)
        reader.until(lambda: "was asleep" in reader.reasons())
        reader.until_back(server.home())


def test_a_server_that_is_gone_is_told_and_found_again(
    server: FakeServer, reader: SocketReader
) -> None:
    before = reader.markers()
    server.down()
    reader.until_told("cannot be reached")
    server.emit(2)
    assert not reader.is_live()
    assert reader.health.next_try is not None
    assert reader.begins(before)
    server.up()
    reader.until_back(server.home())


def test_tries_become_rarer_and_never_end(server: FakeServer, read_anew: ReadAnew) -> None:
    with read_anew() as reader:
        server.down()
        reader.until(lambda: len(reader.waits) >= 11, hurried=True)
        assert all(wait <= 15 * SECOND for wait in reader.waits[:3])
        assert all(80 * SECOND <= wait <= 150 * SECOND for wait in reader.waits[8:])
        assert len(set(reader.waits[8:])) == len(reader.waits[8:])  # no two of them are alike
        server.up()
        reader.until_back(server.home())


def test_a_name_that_is_not_found_is_told_and_looked_up_again(
    server: FakeServer, read_anew: ReadAnew, monkeypatch: pytest.MonkeyPatch
) -> None:
    with read_anew(SignIn(server.url.replace("127.0.0.1", "localhost"))) as reader:
        look_up = socket.getaddrinfo

        def nobody_knows(host: Any, *asked: Any, **options: Any) -> list[Any]:
            if host in ("localhost", b"localhost"):
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            return look_up(host, *asked, **options)

        with monkeypatch.context() as patched:
            patched.setattr(socket, "getaddrinfo", nobody_knows)
            server.down()
            server.emit(2)
            server.up()
            reader.until_told("cannot be found; there may be no line")
            assert reader.health.state is HealthState.OFFLINE
        reader.until_back(server.home())


def test_a_refused_token_is_final_and_loses_nothing(
    server: FakeServer, read_anew: ReadAnew
) -> None:
    with read_anew(SignIn(server.url, "revoked")) as reader:
        before = reader.markers()
        server.fail("401", "as revoked")
        server.down()
        server.emit(3)
        server.up()
        reader.until(lambda: reader.health.state is HealthState.SIGNED_OUT, hurried=True)
        assert "does not accept this sign-in" in reader.health.reason
        assert reader.health.next_try is None
        refused = server.stats()["faults"]
        assert reader.begins(before)
        assert server.stats()["faults"] == refused


def test_a_refused_token_stops_its_own_account_and_no_other(
    server: FakeServer, read_anew: ReadAnew
) -> None:
    other = SignIn(server.url, "revoked", handle="other", server_id="200001")
    with read_anew(SignIn(server.url), other) as reader:
        second = reader.accounts[1].id
        reader.until(lambda: reader.hub.health()[second].state is HealthState.LIVE)
        server.fail("401", "as revoked")
        server.down()
        server.emit(3)
        server.up()
        reader.until(lambda: reader.hub.health()[second].state is HealthState.SIGNED_OUT)
        reader.until_back(server.home())
        server.emit()
        reader.until(lambda: reader.agrees_with(server.home()))
        assert reader.hub.health()[second].state is HealthState.SIGNED_OUT
        server.recover()  # the owner has signed in again
        reader.hub.retry_now(second)
        reader.until(lambda: reader.hub.health()[second].state is HealthState.LIVE)
