"""What is sent while the server fails: never twice there, never lost here, and the outbox says what is known."""

from __future__ import annotations

import pytest
from faults.conftest import ReadAnew
from support.fake_mastodon.running import FakeServer
from support.socket_reader import SocketReader

from tui_inbox.core.act import ActKind
from tui_inbox.core.health import HealthState
from tui_inbox.core.outbox_state import OutboxState

PUBLISH = r"POST /api/v1/statuses as"
FAVOURITE = "POST /api/v1/statuses/.*/favourite"
OWN_POSTS = "GET /api/v1/accounts/.*/statuses"
WAITING, UNKNOWN = OutboxState.WAITING, OutboxState.UNKNOWN
REFUSED, SENT = OutboxState.REFUSED, OutboxState.SENT

LOST = [
    ("drop", "broke off without an answer"),
    ("hang", "did not answer in time"),
    ("500", "has trouble at the moment: This is a 500"),
    ("503", "has trouble at the moment (503)"),
    ("503 retry", "has trouble at the moment (503)"),
    ("malformed", "makes no sense"),
    ("web page", "makes no sense"),
    ("wrong types", "makes no sense"),
    ("huge", "too large to read"),
]
"""Failures after which it is not known whether the server took what was sent."""


LOST_BY_NAME = [pytest.param(*failure, id=failure[0]) for failure in LOST]


def texts(server: FakeServer) -> list[str]:
    """What was posted, as the server has it."""
    return [form["status"] for form in server.stats()["posted"]]


def until_row(reader: SocketReader, row: int, state: OutboxState) -> None:
    reader.until(lambda: reader.row(row).state is state)


@pytest.mark.parametrize("taken", [True, False], ids=["taken", "not taken"])
@pytest.mark.parametrize(("kind", "words"), LOST_BY_NAME)
def test_a_text_whose_answer_is_lost_is_posted_once(
    server: FakeServer, reader: SocketReader, kind: str, words: str, taken: bool
) -> None:
    server.fail(kind, f"{PUBLISH}|{OWN_POSTS}", taken=taken)
    text = f"Sent through {kind}, {taken}."
    row = reader.send(text)
    until_row(reader, row, UNKNOWN)
    assert words in reader.row(row).reason
    assert texts(server).count(text) == taken
    server.recover()
    until_row(reader, row, SENT)
    assert texts(server).count(text) == 1
    reader.until_back(server.home())
    reader.until(lambda: reader.has(text))
    assert reader.row(row).sent_post == reader.post_of(text)


@pytest.mark.parametrize("kind", ["drop", "500", "malformed"])
def test_a_lost_text_is_found_where_keys_are_forgotten(
    server: FakeServer, reader: SocketReader, kind: str
) -> None:
    keeps_no_keys(server, reader)
    server.fail(kind, PUBLISH, times=1, taken=True)
    text = f"Found after {kind}."
    row = reader.send(text)
    until_row(reader, row, SENT)
    assert texts(server).count(text) == 1
    assert reader.row(row).sent_post == reader.post_of(text)


def test_a_text_that_is_not_found_where_keys_are_forgotten_is_asked_about_and_not_sent_again(
    server: FakeServer, reader: SocketReader
) -> None:
    keeps_no_keys(server, reader)
    server.fail("drop", PUBLISH, times=1)
    row = reader.send("Nobody knows.")
    reader.until(lambda: "not known whether this was posted" in reader.row(row).reason)
    assert reader.row(row).state is UNKNOWN
    assert "Nobody knows." not in texts(server)


def keeps_no_keys(server: FakeServer, reader: SocketReader) -> None:
    """Let the server be one that does not recognise a second try, and the reader find that out."""
    server.calls_itself("4.2.1 (compatible; Akkoma 3.13.2)")
    server.down()
    reader.until_told("cannot be reached")
    server.up()
    reader.until_back(server.home())


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("403", "refused: This is a 403."),
        ("404", "does not have this, or not any more (404)"),
        ("410", "does not have this, or not any more (410)"),
        ("418", "refused: This is a 418."),
        ("422", "refused: This is a 422."),
    ],
)
def test_a_refused_text_stays_with_the_servers_words(
    server: FakeServer, reader: SocketReader, kind: str, words: str
) -> None:
    server.fail(kind, PUBLISH, times=1)
    text = f"Refused with {kind}."
    row = reader.send(text)
    until_row(reader, row, REFUSED)
    assert words in reader.row(row).reason
    assert text in reader.row(row).content
    after = reader.send(f"After {kind}.")
    until_row(reader, after, SENT)
    assert text not in texts(server)
    assert texts(server).count(f"After {kind}.") == 1


@pytest.mark.parametrize("kind", ["429", "429 epoch", "429 bare"])
def test_a_text_that_comes_too_early_waits_until_the_server_said(
    server: FakeServer, reader: SocketReader, kind: str
) -> None:
    server.fail(kind, PUBLISH, times=1, reset_seconds=10)
    text = f"Waited for {kind}."
    row = reader.send(text)
    reader.until(lambda: "asks for a pause" in reader.row(row).reason)
    waiting = reader.row(row)
    assert waiting.state is WAITING
    until_row(reader, row, SENT)
    assert reader.row(row).changed_at >= waiting.release_at
    assert texts(server).count(text) == 1


@pytest.mark.parametrize("kind", ["slow", "closing"])
def test_an_answer_in_an_odd_manner_is_an_answer(
    server: FakeServer, reader: SocketReader, kind: str
) -> None:
    server.fail(kind, PUBLISH)
    row = reader.send(f"Sent to a {kind} server.")
    until_row(reader, row, SENT)
    assert texts(server).count(f"Sent to a {kind} server.") == 1


def test_half_an_answer_is_a_lost_one(server: FakeServer, reader: SocketReader) -> None:
    server.fail("cut", PUBLISH, times=1)
    row = reader.send("Half an answer.")
    until_row(reader, row, SENT)
    assert texts(server).count("Half an answer.") == 1


def test_texts_written_while_the_server_is_gone_leave_once_and_in_order(
    server: FakeServer, reader: SocketReader
) -> None:
    server.down()
    reader.until_told("cannot be reached")
    written = [f"Written {number} while it was gone." for number in range(3)]
    rows = [reader.send(text) for text in written]
    reader.until(lambda: "cannot be reached" in reader.row(rows[0]).reason)
    assert {reader.row(row).state for row in rows} == {WAITING}
    assert reader.health.state is HealthState.OFFLINE
    server.up()
    reader.until(lambda: all(reader.row(row).state is SENT for row in rows), hurried=True)
    assert texts(server)[-3:] == written
    reader.until_back(server.home())


def test_a_text_waits_while_the_token_is_refused(server: FakeServer, read_anew: ReadAnew) -> None:
    with read_anew() as reader:
        server.fail("401", PUBLISH)
        row = reader.send("Who am I?")
        reader.until(lambda: "does not accept this sign-in" in reader.row(row).reason)
        assert reader.row(row).state is WAITING
        server.recover()
        until_row(reader, row, SENT)
        assert texts(server).count("Who am I?") == 1


@pytest.mark.parametrize("taken", [True, False], ids=["taken", "not taken"])
@pytest.mark.parametrize(("kind", "words"), LOST_BY_NAME[:4])
def test_a_favourite_whose_answer_is_lost_is_there_in_the_end(
    server: FakeServer, reader: SocketReader, kind: str, words: str, taken: bool
) -> None:
    (arrival,) = server.emit()
    reader.until_back(server.home())
    post = reader.post_of(arrival.marker)
    server.fail(kind, FAVOURITE, times=1, taken=taken)
    row = reader.act(ActKind.FAVOURITE, post)
    reader.until(lambda: words in reader.row(row).reason)
    assert reader.row(row).state is WAITING
    assert not reader.favourited(post)
    until_row(reader, row, SENT)
    assert reader.favourited(post)
    assert server.stats()["marks"][arrival.marker] == ["favourited"]


def test_a_refused_favourite_is_not_shown_as_done(server: FakeServer, reader: SocketReader) -> None:
    (arrival,) = server.emit()
    reader.until_back(server.home())
    post = reader.post_of(arrival.marker)
    server.fail("422", FAVOURITE)
    row = reader.act(ActKind.FAVOURITE, post)
    until_row(reader, row, REFUSED)
    assert "refused: This is a 422." in reader.row(row).reason
    assert not reader.favourited(post)
    assert arrival.marker not in server.stats()["marks"]
