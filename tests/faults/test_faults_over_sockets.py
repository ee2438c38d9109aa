"""Faults of a server over real sockets: after each the feed is whole, nothing stands twice, and the line is told
as it is."""

from __future__ import annotations

import json
from random import Random

import pytest
from support.fake_mastodon.running import FakeServer
from support.socket_reader import SocketReader

from tui_inbox.core.health import HealthState

HOME = "GET /api/v1/timelines/home"
OFFLINE, PAUSED = HealthState.OFFLINE, HealthState.PAUSED


def outage(server: FakeServer, posts: int) -> list[str]:
    """The server is gone for a while, and posts are written; their markers, newest first."""
    server.down()
    markers = [arrival.marker for arrival in server.emit(posts)]
    server.up()
    return markers[::-1]


@pytest.mark.parametrize(
    ("kind", "state", "words"),
    [
        ("206", OFFLINE, "still putting this feed together"),
        ("403", OFFLINE, "refused: This is a 403"),
        ("404", OFFLINE, "does not have this, or not any more (404)"),
        ("410", OFFLINE, "does not have this, or not any more (410)"),
        ("418", OFFLINE, "refused: This is a 418"),
        ("422", OFFLINE, "refused: This is a 422"),
        ("429", PAUSED, "asks for a pause"),
        ("429 epoch", PAUSED, "asks for a pause"),
        ("429 bare", PAUSED, "asks for a pause"),
        ("500", OFFLINE, "has trouble at the moment: This is a 500"),
        ("503", OFFLINE, "has trouble at the moment (503)"),
        ("503 retry", PAUSED, "asks for a pause"),
        ("web page", OFFLINE, "answered with a web page"),
        ("malformed", OFFLINE, "makes no sense"),
        ("huge", OFFLINE, "too large to read"),
        ("hang", OFFLINE, "did not answer in time"),
        ("drop", OFFLINE, "broke off without an answer"),
    ],
)
def test_a_failure_on_the_way_back_is_told_and_got_over(
    server: FakeServer, reader: SocketReader, kind: str, state: HealthState, words: str
) -> None:
    before = reader.markers()
    server.fail(kind, HOME, times=4, reset_seconds=5)
    new = outage(server, 5)
    reader.until(lambda: words in reader.reasons())
    assert state in [line.state for line in reader.lines if words in line.reason]
    server.recover()
    reader.hub.retry_now(1)
    reader.until(lambda: reader.is_live() and reader.begins(new + before))
    assert reader.holes() == 0
    assert reader.health is not None
    assert reader.health.reason == ""


@pytest.mark.parametrize("kind", ["slow", "closing", "nulls", "twice", "backwards", "short"])
@pytest.mark.parametrize("posts", [5, 130])
def test_odd_manners_lose_nothing_and_double_nothing(
    server: FakeServer, reader: SocketReader, kind: str, posts: int
) -> None:
    before = reader.markers()
    server.fail(kind, "GET")
    new = outage(server, posts)
    reader.until(lambda: new[0] in reader.markers() and reader.is_live())
    if (
        kind == "short"
    ):  # ten short pages hold less than was missed; the rest is a hole that can be filled
        while reader.holes():
            assert reader.hub.fill_gap(reader.hole()).result() in (
                "",
                "Part of it is here; Enter fetches more.",
            )
    assert reader.begins(new + before)
    assert reader.holes() == 0


def test_a_long_absence_is_filled_from_the_lower_edge_up(
    server: FakeServer, reader: SocketReader
) -> None:
    before = reader.markers()
    new = outage(server, 250)
    reader.until(lambda: new[0] in reader.markers() and reader.is_live())
    assert reader.begins(new + before)
    assert reader.holes() == 0


def test_after_outages_of_any_length_the_feed_is_whole(
    server: FakeServer, reader: SocketReader
) -> None:
    random, kept = Random(5), reader.markers()
    for _ in range(8):
        server.fail(random.choice(["500", "drop", "malformed"]), "GET", times=random.randint(0, 3))
        kept = outage(server, random.choice([0, 3, 39, 41, 90])) + kept
        (last,) = server.emit()
        kept = [last.marker, *kept]
        reader.hub.retry_now(1)
        reader.until_it_begins(kept)
        assert reader.holes() == 0


def test_a_refused_token_is_final_and_loses_nothing(
    server: FakeServer, reader: SocketReader
) -> None:
    before = reader.markers()
    server.fail("401")
    outage(server, 3)
    reader.until(lambda: reader.health and reader.health.state is HealthState.SIGNED_OUT)
    assert reader.health is not None
    assert "does not accept this sign-in" in reader.health.reason
    calls = server.stats()["calls"]
    assert reader.begins(before)
    assert server.stats()["calls"] == calls


def test_a_server_that_is_gone_is_told_and_found_again(
    server: FakeServer, reader: SocketReader
) -> None:
    before = reader.markers()
    server.down()
    reader.until(lambda: "cannot be reached" in reader.reasons())
    assert not reader.is_live()
    new = [arrival.marker for arrival in server.emit(2)][::-1]
    server.up()
    reader.hub.retry_now(1)
    reader.until(lambda: reader.is_live() and reader.begins(new + before))


@pytest.mark.parametrize(
    "frame",
    [
        "this is not JSON",
        '{"stream":["user"],"event":"update","payl',
        "null",
        "[1, 2, 3]",
        '"text"',
        '{"event":null,"payload":null}',
        '{"stream":["user"],"event":"moon.rise","payload":"{}"}',
        '{"stream":["user"],"event":"update"}',
        '{"stream":["user"],"event":"update","payload":null}',
        '{"stream":["user"],"event":"update","payload":"{\\"id\\":\\"5"}',
        '{"stream":["user"],"event":"update","payload":"{\\"id\\":\\"5\\",\\"account\\":null}"}',
        '{"stream":null,"event":"delete","payload":null}',
        '{"stream":["user"],"event":"status.update","payload":"null"}',
        '{"stream":["user"],"event":"notification","payload":"{\\"id\\":null}"}',
        '{"stream":["user"],"event":"notification","payload":"{\\"id\\":\\"5\\",\\"type\\":\\"moon_rise\\"}"}',
        '{"stream":["user"],"event":"filters_changed"}',
    ],
)
def test_a_frame_that_means_nothing_changes_nothing(
    server: FakeServer, reader: SocketReader, frame: str
) -> None:
    before = reader.markers()
    server.frame(frame)
    (arrival,) = server.emit()
    reader.until(lambda: reader.begins([arrival.marker, *before]))
    assert reader.is_live()
    assert all(line.state is HealthState.LIVE for line in reader.lines)


def test_a_refusal_on_the_line_opens_it_again(server: FakeServer, reader: SocketReader) -> None:
    before = reader.markers()
    server.frame('{"error":"Too many listeners","status":503}')
    reader.until(lambda: "refused to send its stream" in reader.reasons())
    (arrival,) = server.emit()
    reader.until(lambda: reader.is_live() and reader.begins([arrival.marker, *before]))


def test_what_comes_twice_or_out_of_order_stands_once_and_in_order(
    server: FakeServer, reader: SocketReader
) -> None:
    before = reader.markers()
    world = server.world()
    for index in (59, 40, 59, 20, 41, 20):
        server.send("update", json.dumps(world.status(index)))
    (arrival,) = server.emit()
    reader.until(lambda: arrival.marker in reader.markers())
    found = reader.markers()
    assert found[0] == arrival.marker
    assert [marker for marker in found[1:] if marker in before] == before


def test_a_delete_that_comes_before_its_post_holds(
    server: FakeServer, reader: SocketReader
) -> None:
    world, before = server.world(), reader.markers()
    status = {**world.status(58), "id": "1", "uri": f"{server.url}/never/seen"}
    server.send("delete", "1")
    server.send("update", json.dumps(status))
    (arrival,) = server.emit()
    reader.until(lambda: reader.begins([arrival.marker, *before]))


@pytest.mark.parametrize(
    "shape",
    [
        "01HXYZ3N7Q8R2S5T6V9W0ABCDE",
        "9vBcD3fG7hJkLmNpQr",
        "0191e2b4-7c3d-7a0e-8f21-0123456789ab",
        "1732170000d41d8cd98f00b204e9800998ecf8427e",
        "a~b_c-d",
        "7",
    ],
)
def test_an_id_of_any_shape_is_only_ever_compared_for_equality(
    server: FakeServer, reader: SocketReader, shape: str
) -> None:
    before, world = reader.markers(), server.world()
    odd = {**world.status(59), "id": shape, "uri": f"{server.url}/odd"}
    odd["created_at"] = "2099-01-01T00:00:00Z"  # what claims to come later is from now
    odd["content"] = "<p>p9999999q</p>"
    odd["reblog"] = None
    server.send("update", json.dumps(odd))
    server.send("update", json.dumps(odd))
    reader.until(lambda: reader.begins(["p9999999q", *before]))
    server.send("delete", shape)
    reader.until(lambda: reader.begins(before))
