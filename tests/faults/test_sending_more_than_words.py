"""Files, polls, other wordings and texts for later while the server fails: each step is done once, and none is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from support.fake_mastodon.running import FakeServer
from support.socket_reader import SocketReader

from tui_inbox.core.draft import PollDraft
from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.core.outbox_state import OutboxState

UPLOAD = r"POST /api/v2/media as"
PUBLISH = r"POST /api/v1/statuses as"
CHANGE = r"PUT /api/v1/statuses/"
LOST = ["drop", "500"]
"""Two ways are enough, where `test_sending.py` takes all; a server takes no more than 15 files in a burst."""
REFUSED, SENT, SCHEDULED = OutboxState.REFUSED, OutboxState.SENT, OutboxState.SCHEDULED


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture of the owner's."""
    file = tmp_path / "door.png"
    file.write_bytes(b"not much of a picture")
    return file


def posted(server: FakeServer, text: str) -> list[Mapping[str, Any]]:
    """What was said of texts that were posted."""
    return [said for said in server.stats()["posted"] if said["status"] == text]


def uploads(server: FakeServer) -> int:
    """How often a file was handed over."""
    count: int = server.stats()["calls"].get("POST /api/v2/media", 0)
    return count


def until_row(reader: SocketReader, row: int, state: OutboxState) -> None:
    reader.until(lambda: reader.row(row).state is state)


@pytest.mark.parametrize("taken", [True, False], ids=["taken", "not taken"])
@pytest.mark.parametrize("kind", LOST)
def test_a_file_whose_answer_is_lost_is_handed_over_again_and_the_text_posted_once(
    server: FakeServer, reader: SocketReader, picture: Path, kind: str, taken: bool
) -> None:
    before = uploads(server)
    server.fail(kind, UPLOAD, times=1, taken=taken)
    text = f"A door through {kind}, {taken}."
    row = reader.send(text, attachments=(reader.keep(picture, "A green door"),))
    until_row(reader, row, SENT)
    assert uploads(server) - before == 2
    assert len(posted(server, text)) == 1
    became = reader.row(row).sent_post
    assert became is not None
    assert [media.alt for media in reader.stored(became).media] == ["A green door"]


@pytest.mark.parametrize("kind", LOST)
def test_a_file_that_is_there_is_not_handed_over_again_when_the_text_is_lost(
    server: FakeServer, reader: SocketReader, picture: Path, kind: str
) -> None:
    before = uploads(server)
    server.fail(kind, PUBLISH, times=1, taken=True)
    text = f"A door, and then {kind}."
    row = reader.send(text, attachments=(reader.keep(picture, "A green door"),))
    until_row(reader, row, SENT)
    assert uploads(server) - before == 1
    assert len(posted(server, text)) == 1


@pytest.mark.parametrize("kind", ["422"])
def test_a_file_that_is_refused_keeps_the_text_here(
    server: FakeServer, reader: SocketReader, picture: Path, kind: str
) -> None:
    server.fail(kind, UPLOAD, times=1)
    text = f"A door that is {kind}."
    row = reader.send(text, attachments=(reader.keep(picture),))
    until_row(reader, row, REFUSED)
    assert f"This is a {kind}" in reader.row(row).reason
    assert text in reader.row(row).content
    assert posted(server, text) == []


def test_a_file_that_comes_too_early_waits_until_the_server_said(
    server: FakeServer, reader: SocketReader, picture: Path
) -> None:
    server.fail("429", UPLOAD, times=1, reset_seconds=10)
    row = reader.send("A door, later.", attachments=(reader.keep(picture),))
    reader.until(lambda: "asks for a pause" in reader.row(row).reason)
    until_row(reader, row, SENT)
    assert len(posted(server, "A door, later.")) == 1


@pytest.mark.parametrize("kind", ["drop", "500"])
def test_a_poll_whose_answer_is_lost_is_asked_once(
    server: FakeServer, reader: SocketReader, kind: str
) -> None:
    server.fail(kind, PUBLISH, times=1, taken=True)
    text = f"Tea or coffee, {kind}?"
    row = reader.send(text, poll=PollDraft(("Tea", "Coffee"), HOUR))
    until_row(reader, row, SENT)
    (said,) = posted(server, text)
    assert json.loads(said["poll"])["options"] == ["Tea", "Coffee"]
    became = reader.row(row).sent_post
    assert became is not None
    poll = reader.stored(became).poll
    assert poll is not None
    assert [option.title for option in poll.options] == ["Tea", "Coffee"]


@pytest.mark.parametrize("taken", [True, False], ids=["taken", "not taken"])
@pytest.mark.parametrize("kind", ["drop", "500", "malformed"])
def test_another_wording_whose_answer_is_lost_is_said_again(
    server: FakeServer, reader: SocketReader, kind: str, taken: bool
) -> None:
    first = reader.send(f"Tea at for, {kind}, {taken}.")
    until_row(reader, first, SENT)
    became = reader.row(first).sent_post
    assert became is not None
    server.fail(kind, CHANGE, times=1, taken=taken)
    better = f"Tea at four, {kind}, {taken}."
    row = reader.send(better, edits=became)
    until_row(reader, row, SENT)
    assert reader.stored(became).text == better
    assert posted(server, better) == [], "nothing new was posted"


@pytest.mark.parametrize("kind", ["drop", "500"])
def test_a_text_for_later_whose_answer_is_lost_is_found_among_what_is_kept(
    server: FakeServer, reader: SocketReader, kind: str
) -> None:
    server.fail(kind, PUBLISH, times=1, taken=True)
    text = f"Soup tomorrow, {kind}."
    row = reader.send(text, send_at=reader.clock.now() + DAY)
    until_row(reader, row, SCHEDULED)
    assert reader.row(row).remote_id
    assert len(posted(server, text)) == 1
