"""The account's stream: every way of opening it, and every event it tells."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from http import HTTPStatus
from typing import Any

import pytest
from msgspec.structs import replace
from networks.canned import CLOSE, answer, canned
from networks.clocks import SteppedClock
from networks.conftest import Connect
from networks.contract import PATIENCE, arrival, opened, outgoing
from networks.mastodon.entities import BORDER, account, notification, status
from networks.memory_state import MemoryState
from support.mastodon_mock_server import MockServer
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.events import (
    EntryArrived,
    Heard,
    HeldBackLetIn,
    NetworkEvent,
    Noticed,
    NoticeKind,
    PostDeleted,
    PostEdited,
    SettingsChanged,
    StreamOpened,
)
from tui_inbox.core.moment import DAY, HOUR, SECOND
from tui_inbox.core.ports import NetworkError, SignedOut, Throttled, Unreachable, Unsupported
from tui_inbox.networks.mastodon.client import MastodonNetwork
from tui_inbox.networks.mastodon.server import Server
from tui_inbox.networks.mastodon.stream import to_event
from tui_inbox.networks.streams import Alive, Opened, RawEvent

TOKEN = "s3cr3t"


def event_of(name: str, payload: object) -> NetworkEvent:
    return to_event(RawEvent(name, payload, ("user",)), BORDER, "WebSocket")


@pytest.mark.parametrize("as_text", [True, False])
def test_a_payload_is_read_as_text_and_as_an_object(as_text: bool) -> None:
    payload: Any = json.dumps(status(5)) if as_text else status(5)
    event = event_of("update", payload)
    assert isinstance(event, EntryArrived)
    assert event.entry.entry_id == "5"


@pytest.mark.parametrize("name", ["status.update", "status_update"])
def test_an_edit_is_an_edit_under_both_of_its_names(name: str) -> None:
    edited = status(5, content="<p>Better.</p>", edited_at="2026-05-02T00:00:00Z")
    event = event_of(name, edited)
    assert isinstance(event, PostEdited)
    assert event.seen.post.text == "Better."
    assert event.seen.post.edited_at is not None


@pytest.mark.parametrize("payload", ["112233", " 112233\n", 112233, '"112233"'])
def test_a_deletion_names_the_post_by_id(payload: object) -> None:
    assert event_of("delete", payload) == PostDeleted(server_id="112233")


def test_a_notification_is_told() -> None:
    event = event_of("notification", json.dumps(notification(kind="favourite")))
    assert isinstance(event, Noticed)
    assert event.notice.kind is NoticeKind.FAVOURITE


def test_changes_of_filters_are_told_even_without_a_payload() -> None:
    assert event_of("filters_changed", None) == SettingsChanged()


def test_it_is_told_when_what_was_held_back_is_let_in() -> None:
    assert event_of("notifications_merged", "1") == HeldBackLetIn()


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("update", None),
        ("update", "not json"),
        ("update", "{}"),
        ("update", "[" * 100_000),
        ("update", status(5, account=None)),
        ("status.update", "null"),
        ("delete", None),
        ("delete", {"id": "5"}),
        ("delete", "a\x07b"),
        ("notification", "[]"),
        ("conversation", "{}"),
        ("announcement", "{}"),
        ("some.new.event", None),
        ("", None),
    ],
)
def test_what_means_nothing_is_a_sign_of_life(name: str, payload: object) -> None:
    assert event_of(name, payload) == Heard()


def test_the_line_itself_is_told_of() -> None:
    assert to_event(Opened(), BORDER, "WebSocket") == StreamOpened("WebSocket")
    assert to_event(Alive(), BORDER, "WebSocket") == Heard()


async def next_of(events: AsyncIterator[NetworkEvent], kind: type[NetworkEvent]) -> NetworkEvent:
    async with asyncio.timeout(PATIENCE):
        async for event in events:
            if isinstance(event, kind):
                return event
    raise AssertionError("the stream ended")


async def test_everything_that_happens_arrives_by_websocket(
    mock: MockServer, connect: Connect
) -> None:
    state = MemoryState()
    network = connect("alice", state=state)
    async with aclosing(network.listen()) as events:
        assert await anext(events) == StreamOpened("WebSocket")
        said = mock.post_as("bob", "Anyone for chess?")
        assert (await arrival(events, "Anyone for chess?")).entry_id == said["id"]
        mock.post_as("carol", "@alice are you there?")
        noticed = await next_of(events, Noticed)
        assert isinstance(noticed, Noticed)
        assert noticed.notice.kind is NoticeKind.MENTION
        assert noticed.notice.seen is not None
        mock.call("PUT", f"/api/v1/statuses/{said['id']}", "bob", data={"status": "Or draughts?"})
        edited = await next_of(events, PostEdited)
        assert isinstance(edited, PostEdited)
        assert edited.seen.post.text == "Or draughts?"
        mock.call("DELETE", f"/api/v1/statuses/{said['id']}", "bob")
        assert await next_of(events, PostDeleted) == PostDeleted(server_id=said["id"])
    assert json.loads(state.kept["stream way"])["way"] == "query"


async def test_everything_arrives_by_server_sent_events_where_that_is_the_way(
    mock: MockServer, connect: Connect
) -> None:
    state = MemoryState()
    base = f"ws://{mock.domain}"
    kept = {"base": base, "way": "events", "until": 10**15}
    await state.put("stream way", json.dumps(kept))
    network = connect("alice", state=state)
    async with aclosing(network.listen()) as events:
        assert await anext(events) == StreamOpened("server-sent events")
        mock.post_as("carol", "@alice are you there?")
        noticed = await next_of(events, Noticed)
        assert isinstance(noticed, Noticed)
        assert noticed.notice.kind is NoticeKind.MENTION
        await network.publish(outgoing("I am."))
        await arrival(events, "I am.")


async def test_ones_own_acts_come_back_by_the_stream(mock: MockServer, connect: Connect) -> None:
    said = mock.post_as("bob", "Pass it on.")
    network = connect("alice")
    async with aclosing(network.listen()) as events:
        await opened(events)
        await network.act(Act(ActKind.BOOST, said["id"]))
        entry = await arrival(events, "Pass it on.")
    assert entry.boost is not None
    assert entry.boost.by.name == "Alice"


async def test_a_refused_token_ends_the_stream_for_good(mock: MockServer, connect: Connect) -> None:
    mock.fault("/api/v1/streaming/user", "status", status=401)
    with pytest.raises(SignedOut):
        await anext(connect("alice", token="never-given").listen())


Refusal = Callable[[Request], int]


class Town:
    """A server whose stream opens only in some ways; everything else it knows is who one is."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.refuse: Refusal = lambda _: 0
        self.token_is_good = True
        self.lines: list[ServerConnection] = []
        self.opened = asyncio.Event()

    def answer(self, _: ServerConnection, request: Request) -> Response | None:
        path = request.path.partition("?")[0]
        if path == "/api/v1/streaming":
            self.asked.append(way_of(request))
            code = self.refuse(request)
            return response(code, {"error": "no"}) if code else None
        if path == "/api/v1/streaming/user":
            self.asked.append("events")
            return response(404, {"error": "no"})
        self.asked.append(path)
        return response(200 if self.token_is_good else 401, account() | {"version": "4.5.0"})

    async def serve(self, connection: ServerConnection) -> None:
        self.lines.append(connection)
        self.opened.set()
        await connection.wait_closed()


def way_of(request: Request) -> str:
    assert "stream=user" in request.path
    if "Authorization" in request.headers:
        return "header"
    if "Sec-WebSocket-Protocol" in request.headers:
        return "subprotocol"
    return "query" if f"access_token={TOKEN}" in request.path else "nothing"


def response(code: int, body: object) -> Response:
    data = json.dumps(body).encode()
    headers = Headers({"Content-Type": "application/json", "Content-Length": str(len(data))})
    return Response(code, HTTPStatus(code).phrase, headers, data)


@asynccontextmanager
async def running(
    town: Town, state: MemoryState, clock: SteppedClock | None = None
) -> AsyncIterator[MastodonNetwork]:
    """A network connected to a running town."""
    async with serve(town.serve, "127.0.0.1", 0, process_request=town.answer) as server:
        port = server.sockets[0].getsockname()[1]
        known = Server("town.example", f"ws://127.0.0.1:{port}", until=10**15)
        await state.put("server", known.to_json())
        network = MastodonNetwork(
            f"http://127.0.0.1:{port}", TOKEN, clock=clock or SteppedClock(), state=state
        )
        yield network
        await network.close()


async def open_line(network: MastodonNetwork) -> StreamOpened:
    async with asyncio.timeout(PATIENCE), aclosing(network.listen()) as events:
        first = await anext(events)
        assert isinstance(first, StreamOpened)
        return first


@pytest.mark.parametrize("code", [400, 401, 403, 404])
@pytest.mark.parametrize("accepted", ["header", "subprotocol", "query"])
async def test_the_ways_are_tried_in_order_until_one_is_accepted(accepted: str, code: int) -> None:
    town, state = Town(), MemoryState()
    town.refuse = lambda request: 0 if way_of(request) == accepted else code
    async with running(town, state) as network:
        await open_line(network)
    ways = [way for way in town.asked if not way.startswith("/")]
    expected = ["header", "subprotocol", "query"]
    assert ways == expected[: expected.index(accepted) + 1]


async def test_the_token_goes_into_no_address_while_another_way_is_not_refused() -> None:
    town, state = Town(), MemoryState()
    answers = {"header": 403, "subprotocol": 500}
    town.refuse = lambda request: answers.get(way_of(request), 0)
    async with running(town, state) as network:
        with pytest.raises(Unreachable):
            await open_line(network)
    assert "query" not in town.asked


async def test_a_line_that_breaks_off_is_no_refusal_and_brings_the_token_into_no_address() -> None:
    state = MemoryState()
    async with canned(CLOSE, CLOSE, answer(404)) as server:
        known = Server("town.example", server.url.replace("http", "ws"), until=10**15)
        await state.put("server", known.to_json())
        network = MastodonNetwork(server.url, TOKEN, clock=SteppedClock(), state=state)
        with pytest.raises(Unsupported):
            await open_line(network)
        await network.close()
    asked = [request.target for request in server.requests]
    assert asked == [*["/api/v1/streaming?stream=user"] * 2, "/api/v1/streaming/user"]


async def test_when_every_way_is_refused_there_is_no_stream() -> None:
    town, state = Town(), MemoryState()
    town.refuse = lambda _: 404
    async with running(town, state) as network:
        with pytest.raises(Unsupported, match="opens no stream"):
            await open_line(network)
    assert town.asked == ["header", "subprotocol", "query", "events"]
    assert "stream way" not in state.kept


async def test_what_worked_is_tried_first_for_a_day() -> None:
    town, state, clock = Town(), MemoryState(), SteppedClock()
    town.refuse = lambda request: 403 if way_of(request) == "header" else 0
    async with running(town, state, clock) as network:
        await open_line(network)
        writes = state.writes
        clock.fall_asleep(23 * HOUR / SECOND)
        await open_line(network)
        assert town.asked == ["header", "subprotocol", "subprotocol"]
        assert state.writes == writes
        clock.fall_asleep(DAY / SECOND)
        await open_line(network)
        assert town.asked[3:] == ["header", "subprotocol"]


async def test_a_way_that_stopped_working_gives_room_to_the_others() -> None:
    town, state = Town(), MemoryState()
    town.refuse = lambda request: 403 if way_of(request) == "header" else 0
    async with running(town, state) as network:
        await open_line(network)
        town.refuse = lambda request: 403 if way_of(request) == "subprotocol" else 0
        await open_line(network)
    assert town.asked == ["header", "subprotocol", "subprotocol", "header"]
    assert json.loads(state.kept["stream way"])["way"] == "header"


@pytest.mark.parametrize("kept", ["", "{", "[]", "5", '{"way": "header"}', '{"way": 1, "base": 2}'])
async def test_a_memory_that_was_spoilt_is_no_memory(kept: str) -> None:
    town, state = Town(), MemoryState()
    async with running(town, state) as network:
        await state.put("stream way", kept)
        await open_line(network)
    assert town.asked == ["header"]


async def test_a_refused_token_is_asked_about_before_it_is_believed() -> None:
    town, state = Town(), MemoryState()
    town.refuse = lambda _: 401
    town.token_is_good = False
    async with running(town, state) as network:
        with pytest.raises(SignedOut):
            await open_line(network)
    assert town.asked == ["header", "/api/v1/accounts/verify_credentials"]


@pytest.mark.parametrize(("code", "expected"), [(429, Throttled), (500, Unreachable)])
async def test_a_server_in_trouble_is_not_taken_for_one_without_a_stream(
    code: int, expected: type[NetworkError]
) -> None:
    town, state = Town(), MemoryState()
    town.refuse = lambda _: code
    async with running(town, state) as network:
        with pytest.raises(expected):
            await open_line(network)
    assert town.asked == ["header"]


def redirecting_to(address: str) -> Callable[[ServerConnection, Request], Response]:
    """A streaming host that sends everybody elsewhere."""

    def redirect(_: ServerConnection, request: Request) -> Response:
        there = address + request.path
        return Response(308, "Elsewhere", Headers({"Location": there, "Content-Length": "0"}))

    return redirect


async def test_a_streaming_host_that_redirects_to_the_accounts_server_is_left_for_it() -> None:
    town, state = Town(), MemoryState()
    async with running(town, state) as network:
        known = Server.from_json(state.kept["server"])
        assert known is not None
        home = (known.streaming or "").replace("ws", "http")
        redirect = redirecting_to(home)
        async with serve(town.serve, "127.0.0.1", 0, process_request=redirect) as old:
            port = old.sockets[0].getsockname()[1]
            declared = replace(known, streaming=f"ws://127.0.0.1:{port}")
            await state.put("server", declared.to_json())
            assert (await open_line(network)).kind == "WebSocket"
    assert town.asked == ["header"]
    assert json.loads(state.kept["stream way"])["base"] == known.streaming


async def test_a_redirect_to_anywhere_else_is_a_refusal_and_carries_no_token_there() -> None:
    town, stranger, state = Town(), Town(), MemoryState()
    async with (
        running(town, state) as network,
        serve(stranger.serve, "127.0.0.1", 0, process_request=stranger.answer) as other,
    ):
        away = redirecting_to(f"ws://127.0.0.1:{other.sockets[0].getsockname()[1]}")
        async with serve(town.serve, "127.0.0.1", 0, process_request=away) as old:
            port = old.sockets[0].getsockname()[1]
            declared = Server("town.example", f"ws://127.0.0.1:{port}", until=10**15)
            await state.put("server", declared.to_json())
            with pytest.raises(Unsupported):
                await open_line(network)
    assert stranger.asked == []
    assert json.loads(state.kept["server"])["stream"] is False


async def test_the_kind_of_stream_that_was_open_last_is_remembered() -> None:
    town, state = Town(), MemoryState()
    async with running(town, state) as network:
        await open_line(network)
    assert json.loads(state.kept["server"])["stream"] == "WebSocket"


async def test_a_lost_line_is_told_and_can_be_opened_again() -> None:
    town, state = Town(), MemoryState()
    async with running(town, state) as network:
        async with asyncio.timeout(PATIENCE), aclosing(network.listen()) as events:
            await anext(events)
            await town.opened.wait()
            town.lines[0].transport.abort()
            with pytest.raises(Unreachable, match="closed the line"):
                await anext(events)
        await open_line(network)
    assert town.asked == ["header", "header"]


async def test_a_server_that_declares_no_stream_has_none(
    mock: MockServer, connect: Connect
) -> None:
    state = MemoryState()
    await state.put("server", Server("x.example", None).to_json())
    with pytest.raises(Unsupported, match="no stream"):
        await anext(connect("alice", state=state).listen())
    assert json.loads(state.kept["server"])["stream"] is False


async def test_a_stream_may_be_begun_in_one_task_and_read_in_another(
    mock: MockServer, connect: Connect
) -> None:
    network = connect("alice")
    async with aclosing(network.listen()) as events:
        await opened(events)
        reading = asyncio.create_task(arrival(events, "In another task."))
        await asyncio.to_thread(mock.post_as, "bob", "In another task.")
        assert (await reading).seen.post.author.name == "Bob"
        waiting = asyncio.create_task(next_of(events, PostDeleted))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
