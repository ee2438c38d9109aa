"""Frames and events that mean nothing or come in a wrong order: the feed is what the server holds."""

from __future__ import annotations

import json

import pytest
from support.fake_mastodon.running import FakeServer
from support.socket_reader import SocketReader

from tui_inbox.core.events import NoticeKind
from tui_inbox.core.health import HealthState


def event(name: object, payload: object) -> str:
    """An event as a frame, with a payload that is text already or something else altogether."""
    return json.dumps({"stream": ["user"], "event": name, "payload": payload})


FRAMES = [
    "this is not JSON",
    '{"stream":["user"],"event":"update","payl',
    "null",
    "[1, 2, 3]",
    '"text"',
    "[" * 100_000,
    event(None, None),
    event(7, "{}"),
    event("moon.rise", "{}"),
    '{"stream":["user"],"event":"update"}',
    event("update", None),
    event("update", '{"id":"5'),
    event("update", '{"id":"5","account":null}'),
    event("update", '{"id":"5","account":null,"reblog":{"id":"6","account":null}}'),
    event("update", '{"id":null,"account":{"id":"1"}}'),
    event("update", '{"a":' * 50_000),
    '{"stream":null,"event":"delete","payload":null}',
    event("delete", ""),
    event("delete", {"id": "5"}),
    event("status.update", "null"),
    event("notification", '{"id":null}'),
    event("notification", '{"id":{"of":"an object"},"type":"mention"}'),
    event("notification", '{"id":"5","type":"moon_rise"'),
    '{"stream":["user"],"event":"filters_changed"}',
]


def test_frames_that_mean_nothing_change_nothing(server: FakeServer, reader: SocketReader) -> None:
    known = reader.notices()
    for frame in FRAMES:
        server.frame(frame)
        server.emit()
    reader.until(lambda: reader.agrees_with(server.home()))
    assert reader.notices() == known
    # On a busy machine the hurried clock lets a line pass for silent; then it is open again in a moment.
    reader.until(lambda: all(line.state is HealthState.LIVE for line in reader.lines))


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"type": "moon_rise"}, NoticeKind.OTHER),
        ({"type": None}, NoticeKind.OTHER),
        ({"type": ["mention"]}, NoticeKind.OTHER),
        ({"type": "mention", "status": None, "account": None}, NoticeKind.MENTION),
        ({"type": "favourite", "status": "5", "account": []}, NoticeKind.FAVOURITE),
    ],
)
def test_a_notification_is_told_once_however_little_is_known_of_it(
    server: FakeServer, reader: SocketReader, told: dict[str, object], kind: NoticeKind
) -> None:
    notice_id = f"odd {kind} {len(reader.notices())}".replace(" ", "-")
    frame = json.dumps({"id": notice_id, "created_at": "2026-01-01T00:00:00Z", **told})
    server.send("notification", frame)
    server.send("notification", frame)
    server.emit()
    reader.until(lambda: reader.agrees_with(server.home()))
    found = [(one.notice_id, one.kind) for one in reader.notices() if one.notice_id == notice_id]
    assert found == [(notice_id, kind)]
    assert reader.is_live()


def test_a_refusal_on_the_line_opens_it_again(server: FakeServer, reader: SocketReader) -> None:
    server.frame('{"error":"Too many listeners","status":503}')
    reader.until(lambda: "refused to send its stream" in reader.reasons())
    assert reader.lines[-1].state is not HealthState.LIVE
    server.emit()
    reader.until_back(server.home())


def test_a_frame_that_is_too_large_opens_the_line_again(
    server: FakeServer, reader: SocketReader
) -> None:
    server.frame(" " * 3_000_000)
    reader.until(lambda: "sent too much at once" in reader.reasons())
    server.emit()
    reader.until_back(server.home())


def test_what_comes_twice_or_out_of_order_stands_once_and_in_order(
    server: FakeServer, reader: SocketReader
) -> None:
    world = server.world()
    for index in (59, 40, 59, 21, 41, 21):
        server.send("update", json.dumps(world.status(index)))
    server.emit()
    reader.until(lambda: reader.agrees_with(server.home()))


def test_a_delete_that_comes_before_its_post_holds(
    server: FakeServer, reader: SocketReader
) -> None:
    status = {**server.world().status(58), "id": "1", "uri": f"{server.url}/never/seen"}
    server.send("delete", "1")
    server.send("update", json.dumps(status))
    server.emit()
    reader.until(lambda: reader.agrees_with(server.home()))


@pytest.mark.parametrize(
    "shape",
    [
        "01HXYZ3N7Q8R2S5T6V9W0ABCDE",
        "9vBcD3fG7hJkLmNpQr",
        "0191e2b4-7c3d-7a0e-8f21-0123456789ab",
        "1732170000d41d8cd98f00b204e9800998ecf8427e",
        "a~b_c-d",
        "-1",
        "7",
        8,
    ],
)
def test_an_id_of_any_shape_is_only_ever_compared_for_equality(
    server: FakeServer, reader: SocketReader, shape: str | int
) -> None:
    odd = {**server.world().status(59), "id": shape, "uri": f"{server.url}/odd/{shape}"}
    odd["created_at"] = "2099-01-01T00:00:00Z"  # what claims to come later is from now
    odd["content"] = "<p>p9999999q</p>"
    server.send("update", json.dumps(odd))
    server.send("update", json.dumps(odd))
    reader.until(lambda: reader.begins(["p9999999q", *server.home()[:40]]))
    server.send("delete", str(shape))
    reader.until(lambda: reader.agrees_with(server.home()))
