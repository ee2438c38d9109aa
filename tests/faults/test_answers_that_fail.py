"""Answers that are none: while they last the line is told as it is, and afterwards nothing is missing."""

from __future__ import annotations

from random import Random

import pytest
from support.fake_mastodon.running import FakeServer
from support.socket_reader import SocketReader

from tui_inbox.core.health import HealthState

HOME = "GET /api/v1/timelines/home"
OFFLINE, PAUSED = HealthState.OFFLINE, HealthState.PAUSED

FAILURES = [
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
    ("wrong types", OFFLINE, "nothing in it could be read"),
    ("huge", OFFLINE, "too large to read"),
    ("hang", OFFLINE, "did not answer in time"),
    ("drop", OFFLINE, "broke off without an answer"),
    ("cut", OFFLINE, "broke off without an answer"),
]


def written_while_down(server: FakeServer, posts: int) -> None:
    """The server is gone for a while, and posts are written."""
    server.down()
    server.emit(posts)
    server.up()


@pytest.mark.parametrize(("kind", "state", "words"), FAILURES, ids=[kind for kind, *_ in FAILURES])
def test_a_failure_on_the_way_back_is_told_and_got_over(
    server: FakeServer, reader: SocketReader, kind: str, state: HealthState, words: str
) -> None:
    before, known = reader.markers(), reader.health.last_word
    server.fail(kind, HOME, reset_seconds=5)
    written_while_down(server, 3)
    reader.until_told(words)
    shown = reader.health
    assert shown.state is state
    assert shown.next_try is not None
    assert shown.next_try > shown.since
    assert known is not None
    assert shown.last_word is not None
    assert known <= shown.last_word <= reader.clock.now()
    assert reader.begins(before)
    assert HealthState.LIVE not in reader.states_since_the_loss()
    server.recover()
    reader.until_back(server.home())


def test_a_pause_ends_when_the_server_said(server: FakeServer, reader: SocketReader) -> None:
    server.fail("503 retry", HOME, times=1, reset_seconds=20)
    written_while_down(server, 1)
    reader.until_told("asks for a pause")
    shown = reader.health
    reader.hub.retry_now(1)
    reader.until(reader.is_live)
    assert shown.next_try is not None
    assert reader.health.since >= shown.next_try
    assert 19_000 <= shown.next_try - shown.since <= 20_000


def test_after_outages_of_any_length_the_feed_is_whole(
    server: FakeServer, reader: SocketReader
) -> None:
    random = Random(5)
    for _ in range(8):
        kind = random.choice(["500", "drop", "cut", "malformed"])
        server.fail(kind, "GET", times=random.randint(0, 3))
        written_while_down(server, random.choice([0, 3, 39, 41, 90]))
        server.emit()
        reader.until_back(server.home())


def test_a_long_absence_is_filled_from_the_lower_edge_up(
    server: FakeServer, reader: SocketReader
) -> None:
    written_while_down(server, 250)
    reader.until_back(server.home())


def test_an_outage_in_the_middle_of_a_long_way_back_leaves_a_hole_that_says_so(
    server: FakeServer, reader: SocketReader
) -> None:
    before = reader.markers()
    server.fail("500", f"{HOME}.*(min_id|max_id)")
    written_while_down(server, 130)
    reader.until_told("trouble")
    home = server.home()
    stored = reader.markers()
    assert reader.holes() == 1
    in_order = [marker for marker in home if marker in stored]
    assert stored[: len(in_order)] == in_order != []
    kept = [marker for marker in stored if marker in before]
    assert kept == before[: len(kept)] != []
    server.recover()
    reader.until_back(home)
