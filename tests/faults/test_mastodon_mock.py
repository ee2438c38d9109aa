"""The faults that mastodon_mock, a server by others, can be told to have: every effect of its script, read and sent."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from support.hurried_clock import HurriedClock
from support.mastodon_mock_server import MockServer
from support.socket_reader import MARKER, SPEED, SignIn, SocketReader, reading

from tui_inbox.core.act import ActKind
from tui_inbox.core.health import HealthState
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.watching import Ended

OFFLINE, PAUSED = HealthState.OFFLINE, HealthState.PAUSED
WAITING, UNKNOWN = OutboxState.WAITING, OutboxState.UNKNOWN
SENT, REFUSED = OutboxState.SENT, OutboxState.REFUSED

HOME, STATUSES = "/api/v1/timelines/home", "/api/v1/statuses"
SOON = {"Retry-After": "20", "X-RateLimit-Reset": "20"}

numbers = count(1)


@pytest.fixture(scope="module")
def running_mock(mock_server: MockServer) -> MockServer:
    mock_server.reset()
    for _ in range(5):
        write(mock_server)
    return mock_server


@pytest.fixture(scope="module")
def running_reader(
    running_mock: MockServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SocketReader]:
    owner = running_mock.id_of("alice")
    alice = SignIn(running_mock.url, "alice-token", "alice", owner, patience=2.0)
    with reading(tmp_path_factory.mktemp("alice"), HurriedClock(SPEED), alice) as reader:
        yield reader


@pytest.fixture
def mock(running_mock: MockServer) -> MockServer:
    running_mock.recover()
    return running_mock


@pytest.fixture
def reader(mock: MockServer, running_reader: SocketReader) -> SocketReader:
    running_reader.until_back(home(mock))
    running_reader.lines.clear()
    return running_reader


def write(mock: MockServer) -> str:
    """Let bob mention alice; the id of the status."""
    return str(mock.post_as("bob", f"@alice p{next(numbers):07d}q")["id"])


def home(mock: MockServer) -> list[str]:
    """Markers of alice's home timeline, newest first."""
    page = mock.call("GET", HOME, "alice", params={"limit": "40"})
    texts = (status["content"] for status in page)
    return [found.group() for text in texts if (found := MARKER.search(text))]


def told(mock: MockServer) -> list[str]:
    """Ids of alice's newest notifications."""
    page = mock.call("GET", "/api/v1/notifications", "alice", params={"limit": "40"})
    return [notice["id"] for notice in page]


def posted(mock: MockServer, text: str) -> int:
    """How often alice has posted a text, as the server has it."""
    path = f"/api/v1/accounts/{mock.id_of('alice')}/statuses"
    page = mock.call("GET", path, "alice", params={"limit": "40"})
    return sum(text in status["content"] for status in page)


def wake_up(reader: SocketReader) -> None:
    """Let the machine have been asleep, so that the line is opened again."""
    reader.clock.jump(600)
    reader.until(lambda: "was asleep" in reader.reasons())


EFFECTS: list[tuple[str, dict[str, Any], HealthState, str]] = [
    ("status", {"status": 206, "body": []}, OFFLINE, "still putting this feed together"),
    ("status", {"status": 403}, OFFLINE, "refused: An error occurred"),
    ("status", {"status": 422, "body": {"error": "Too much"}}, OFFLINE, "refused: Too much."),
    ("status", {"status": 500}, OFFLINE, "An unexpected error occurred"),
    ("status", {"status": 503, "headers": SOON}, PAUSED, "asks for a pause"),
    ("ratelimit", {"headers": SOON}, PAUSED, "asks for a pause"),
    ("malformed", {}, OFFLINE, "makes no sense"),
    ("timeout", {}, OFFLINE, "did not answer in time"),
]


@pytest.mark.parametrize(("kind", "effect", "state", "words"), EFFECTS)
def test_an_effect_on_reading_is_told_and_got_over(
    mock: MockServer,
    reader: SocketReader,
    kind: str,
    effect: dict[str, Any],
    state: HealthState,
    words: str,
) -> None:
    mock.fault(HOME, kind, **effect)
    wake_up(reader)
    reader.until_told(words)
    assert reader.health.state is state
    assert reader.health.next_try is not None
    write(mock)
    mock.recover()
    reader.until_back(home(mock))
    assert [one.notice_id for one in reader.notices()][:40] == told(mock)


def test_late_answers_are_answers(mock: MockServer, reader: SocketReader) -> None:
    mock.fault("*", "latency", delay_ms=100)
    write(mock)
    wake_up(reader)
    mock.recover()
    reader.until_back(home(mock))
    assert [one.notice_id for one in reader.notices()][:40] == told(mock)


@pytest.mark.parametrize(
    ("kind", "effect", "state", "words"),
    [
        ("status", {"status": 500}, UNKNOWN, "An unexpected error occurred"),
        ("status", {"status": 503, "headers": SOON}, UNKNOWN, "Service temporarily unavailable"),
        ("malformed", {}, UNKNOWN, "makes no sense"),
        ("latency", {"delay_ms": 2500}, UNKNOWN, "did not answer in time"),  # it is taken, later
        ("ratelimit", {"headers": SOON}, WAITING, "asks for a pause"),
    ],
)
def test_an_effect_on_a_text_doubles_and_loses_nothing(
    mock: MockServer,
    reader: SocketReader,
    kind: str,
    effect: dict[str, Any],
    state: OutboxState,
    words: str,
) -> None:
    text = f"Sent through {kind} {next(numbers)}."
    mock.fault(STATUSES, kind, methods=("POST",), **effect)
    row = reader.send(text)
    reader.until(lambda: words in reader.row(row).reason)
    assert reader.row(row).state is state
    mock.recover()
    reader.until(lambda: reader.row(row).state is SENT)
    assert posted(mock, text) == 1


def test_a_refused_text_stays_with_the_servers_words(
    mock: MockServer, reader: SocketReader
) -> None:
    refusal = {"error": "Validation failed: Text character limit of 500 exceeded"}
    mock.fault(STATUSES, "status", methods=("POST",), status=422, body=refusal)
    row = reader.send("Too long for them.")
    reader.until(lambda: reader.row(row).state is REFUSED)
    assert reader.row(row).reason.endswith(
        "refused: Validation failed: Text character limit of 500 exceeded."
    )
    assert posted(mock, "Too long for them.") == 0


def test_an_effect_on_an_act_is_got_over(mock: MockServer, reader: SocketReader) -> None:
    liked = write(mock)
    reader.until_back(home(mock))
    post = reader.post_of(reader.markers()[0])
    mock.fault("*/favourite", "malformed", methods=("POST",))
    row = reader.act(ActKind.FAVOURITE, post)
    reader.until(lambda: reader.row(row).reason)
    assert reader.row(row).state is WAITING
    assert not reader.favourited(post)
    mock.recover()
    reader.until(lambda: reader.row(row).state is SENT)
    assert reader.favourited(post)
    status = mock.call("GET", f"{STATUSES}/{liked}", "alice")
    assert (status["favourited"], status["favourites_count"]) == (True, 1)


def test_a_watched_thread_is_asked_about_and_a_failure_ends_nothing(
    mock: MockServer, reader: SocketReader
) -> None:
    began = write(mock)
    reader.until_back(home(mock))
    reader.watch(reader.post_of(home(mock)[0]))
    reader.until(lambda: reader.watched().asked_at is not None)
    # Alice does not follow carol, and is not named: nothing but asking for the thread brings this.
    mock.post_as("carol", "Is it far?", in_reply_to_id=began)
    mock.fault("/api/v1/statuses/*/context", "status", status=500)
    reader.let_be_asked()
    reader.until(lambda: reader.watched().trouble)
    assert reader.watched().is_on
    assert reader.new_in_watched() == []
    mock.recover()
    reader.let_be_asked()
    reader.until(lambda: reader.new_in_watched() == ["Is it far?"])
    reader.until(lambda: not reader.watched().trouble)
    mock.call("DELETE", f"{STATUSES}/{began}", "bob")
    reader.until(lambda: reader.watched().ended is Ended.DELETED)
