"""Files on their way to a server: how they are handed over, waited for and described."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from networks.clocks import SteppedClock
from networks.mastodon.scripted import BASE, KNOWN, Queue, Scripted, knowing

from tui_inbox.core.draft import Upload
from tui_inbox.core.ports import (
    AnswerLost,
    NetworkError,
    Refused,
    SignedOut,
    Throttled,
    Unreachable,
)
from tui_inbox.networks.mastodon.client import MastodonNetwork
from tui_inbox.networks.mastodon.server import Server

NEW = "POST /api/v2/media"
OLD = "POST /api/v1/media"
ASK = "GET /api/v1/media/m1"
READY = {"id": "m1", "type": "image", "url": "https://town.example/f/1.png"}
MADE = {"id": "m1", "type": "video", "url": None}


@pytest.fixture
def picture(tmp_path: Path) -> Upload:
    """A picture with a name that is nobody's business."""
    file = tmp_path / "Holiday with Ann.PNG"
    file.write_bytes(b"the bytes of a picture")
    return Upload(str(file), file.name, "image/png", "A boat, seen from above")


def told(status: int, data: object) -> httpx.Response:
    return httpx.Response(status, json=data)


def connect(server: Scripted, known: Server = KNOWN) -> MastodonNetwork:
    """An account whose waits pass by themselves."""
    return server.connect(knowing(known), SteppedClock(passes_by_itself=True))


async def test_a_file_leaves_with_its_description_and_without_its_name(picture: Upload) -> None:
    server = Scripted({NEW: READY})
    assert await connect(server).upload(picture) == "m1"
    assert server.asked() == [NEW]
    (request,) = server.requests
    assert request.headers["content-type"].startswith("multipart/form-data")
    assert b"the bytes of a picture" in request.content
    assert b"A boat, seen from above" in request.content
    assert b'name="file"; filename="file.png"' in request.content
    assert b"Content-Type: image/png" in request.content
    assert b"Ann" not in request.content


async def test_without_a_description_none_is_said(picture: Upload) -> None:
    server = Scripted({NEW: READY})
    await connect(server).upload(Upload(picture.path, picture.name, picture.mime))
    assert b"description" not in server.requests[0].content


async def test_a_film_is_waited_for_until_it_can_be_posted(picture: Upload) -> None:
    steps = Queue([told(206, MADE), told(206, MADE), 503, 429, told(200, READY)])
    server = Scripted({NEW: told(202, MADE), ASK: steps})
    assert await connect(server).upload(picture) == "m1"
    assert server.asked().count(ASK) == 5, (
        "nothing is asked during the pause that the server wanted"
    )


async def test_what_a_server_cannot_make_anything_of_is_refused_in_its_words(
    picture: Upload,
) -> None:
    answer = told(422, {"error": "Error processing thumbnail for uploaded media"})
    server = Scripted({NEW: told(202, MADE), ASK: answer})
    with pytest.raises(Refused, match=r"Holiday with Ann\.PNG: .*Error processing thumbnail"):
        await connect(server).upload(picture)


async def test_a_file_that_is_never_ready_is_given_up(picture: Upload) -> None:
    server = Scripted({NEW: told(202, MADE), ASK: told(206, MADE)})
    clock = SteppedClock(passes_by_itself=True)
    began = clock.monotonic()
    with pytest.raises(Refused, match="ten minutes"):
        await server.connect(clock=clock).upload(picture)
    assert 600 <= clock.monotonic() - began < 620
    assert len(server.requests) < 60, "it is asked less and less often"


@pytest.mark.parametrize("answer", [404, 501, httpx.Response(200, html="<p>Hello")])
async def test_who_knows_no_such_question_has_nothing_to_wait_for(
    picture: Upload, answer: object
) -> None:
    server = Scripted({NEW: told(202, MADE), ASK: answer})
    assert await connect(server).upload(picture) == "m1"


async def test_a_token_that_is_refused_while_waiting_ends_it(picture: Upload) -> None:
    server = Scripted({NEW: told(202, MADE), ASK: 401})
    with pytest.raises(SignedOut):
        await connect(server).upload(picture)


async def test_an_answer_without_an_address_is_asked_about(picture: Upload) -> None:
    """Some servers say 200 at once, although they are not done."""
    server = Scripted({NEW: {"id": "m1", "url": None}, ASK: told(200, READY)})
    assert await connect(server).upload(picture) == "m1"
    assert server.asked() == [NEW, ASK]


async def test_an_older_server_is_found_out_once(picture: Upload) -> None:
    server = Scripted({OLD: READY})
    network = connect(server)
    for _ in range(2):
        assert await network.upload(picture) == "m1"
    assert server.asked() == [NEW, OLD, OLD]
    assert b"the bytes of a picture" in server.requests[-1].content


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (401, SignedOut),
        (403, Refused),
        (413, Refused),
        (422, Refused),
        (429, Throttled),
        (500, AnswerLost),
        (503, AnswerLost),
        (httpx.Response(200, html="<p>Welcome"), AnswerLost),
        ({}, AnswerLost),
        ([], AnswerLost),
        ({"id": None, "url": "https://town.example/1"}, AnswerLost),
        ({"id": "", "url": "https://town.example/1"}, AnswerLost),
        ({"id": {"a": 1}, "url": "https://town.example/1"}, AnswerLost),
    ],
)
async def test_an_answer_that_is_no_file_is_no_success(
    picture: Upload, answer: object, error: type[NetworkError]
) -> None:
    server = Scripted({NEW: answer})
    with pytest.raises(NetworkError) as raised:
        await connect(server).upload(picture)
    assert type(raised.value) is error
    assert server.asked() == [NEW], "nothing is handed over twice"


async def test_a_file_that_is_not_here_is_refused_before_anything_leaves(tmp_path: Path) -> None:
    server = Scripted({NEW: READY})
    with pytest.raises(Refused, match=r"boat\.png cannot be read"):
        await connect(server).upload(Upload(str(tmp_path / "x.png"), "boat.png", "image/png"))
    assert server.requests == []


@pytest.mark.parametrize("alt", ["", "A boat\nin the harbour", "船 & <b>\u202e"])
async def test_a_description_is_told_as_it_is(alt: str) -> None:
    server = Scripted({"PUT /api/v1/media/m/1": READY})
    await server.connect().describe("m/1", alt)
    (request,) = server.requests
    assert request.url.raw_path == b"/api/v1/media/m%2F1"
    assert httpx.QueryParams(request.content.decode())["description"] == alt


async def test_uploads_have_a_limit_of_their_own_and_stop_nothing_else(picture: Upload) -> None:
    server = Scripted({NEW: READY, "GET /api/v1/custom_emojis": []})
    network = server.connect()
    for _ in range(15):
        await network.upload(picture)
    with pytest.raises(Throttled, match="enough uploads"):
        await network.upload(picture)
    assert await network.emoji() == ()


class Swallowing(httpx.AsyncBaseTransport):
    """Takes a request piece by piece, as a line does, and keeps nothing of it."""

    def __init__(self, answer: Any) -> None:
        self.size = 0
        self.largest = 0
        self._answer = answer

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Count what comes."""
        assert isinstance(request.stream, httpx.AsyncByteStream)
        async for piece in request.stream:
            self.size += len(piece)
            self.largest = max(self.largest, len(piece))
        assert int(request.headers["content-length"]) == self.size
        return httpx.Response(200, json=self._answer)


async def test_a_film_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(40 << 20)
    line = Swallowing(READY)
    network = MastodonNetwork(BASE, "token", clock=SteppedClock(), state=knowing(), transport=line)
    assert await network.upload(Upload(str(film), "film.mp4", "video/mp4")) == "m1"
    assert line.size > 40 << 20
    assert line.largest <= 64 << 10


async def test_without_a_line_nothing_was_handed_over(picture: Upload) -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no line")

    network = MastodonNetwork(
        BASE,
        "token",
        clock=SteppedClock(),
        state=knowing(),
        transport=httpx.MockTransport(broken),
    )
    with pytest.raises(Unreachable):
        await network.upload(picture)
