"""HTTP for one account, against a server on loopback that answers with any bytes a test wants."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
from contextlib import suppress

import httpx
import pytest
from networks.canned import CLOSE, SILENCE, answer, canned
from networks.clocks import SteppedClock
from networks.memory_state import MemoryState

from tui_inbox import __version__
from tui_inbox.core.moment import MINUTE, SECOND, to_datetime
from tui_inbox.core.ports import (
    AnswerLost,
    NetworkError,
    Refused,
    SignedOut,
    Throttled,
    Unreachable,
    Unsupported,
)
from tui_inbox.core.text import is_clean
from tui_inbox.networks.bodies import LARGEST_BODY
from tui_inbox.networks.http import Answer, Http, Token
from tui_inbox.networks.limits import UNSAID_PAUSE, BudgetRecord, Urgency

TOKEN = "s3cr3t-token"


class Impatient(httpx.AsyncHTTPTransport):
    """The real network with a read timeout that a test can wait for."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions["timeout"] = {"connect": 5, "read": 0.2, "write": 5, "pool": 5}
        return await super().handle_async_request(request)


class Failing(httpx.AsyncBaseTransport):
    """A network on which every request fails in the same way."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.requests = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        raise self.error


def client(url: str, transport: httpx.AsyncBaseTransport | None = None) -> Http:
    return Http(url, clock=SteppedClock(), token=Token(TOKEN), transport=transport)


async def read(http: Http) -> Answer:
    return await http.get("/thing", urgency=Urgency.WAITING)


async def write(http: Http) -> Answer:
    return await http.send("POST", "/thing", [("text", "hello")])


async def error_of(served_answer: bytes, *, changes: bool) -> NetworkError:
    """The error that a read or write ends with when the server answers like this."""
    async with canned(served_answer) as server:
        http = client(server.url)
        with pytest.raises(NetworkError) as caught:
            await (write(http) if changes else read(http))
        await http.close()
    assert http.host in str(caught.value)
    assert is_clean(str(caught.value))
    return caught.value


async def test_it_says_who_it_is_and_sends_its_token_to_its_own_server() -> None:
    async with canned(answer(body={"a": 1})) as server:
        http = client(server.url)
        got = await http.get("/thing", [("id[]", "1"), ("id[]", "2")], urgency=Urgency.HOME)
        await http.close()
    assert got.data == {"a": 1}
    request = server.requests[0]
    assert (request.method, request.target) == ("GET", "/thing?id%5B%5D=1&id%5B%5D=2")
    assert request.headers["user-agent"] == f"tui-inbox/{__version__}"
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.headers["accept"] == "application/json"


async def test_a_write_carries_its_form_and_key() -> None:
    async with canned(answer(body={"id": "1"})) as server:
        http = client(server.url)
        form = [("status", "a & b"), ("media_ids[]", "1"), ("media_ids[]", "2")]
        await http.send("POST", "/thing", form, key="key-1")
        await http.close()
    request = server.requests[0]
    assert request.headers["idempotency-key"] == "key-1"
    assert request.body == "status=a+%26+b&media_ids%5B%5D=1&media_ids%5B%5D=2"


def test_a_token_does_not_show_itself() -> None:
    token = Token(TOKEN)
    assert TOKEN not in repr(token)
    assert TOKEN not in f"{token}"
    assert token.reveal() == TOKEN


@pytest.mark.parametrize("text", ["", "two words", "line\r\nX-Evil: 1", "tök"])
def test_what_no_header_may_hold_is_no_token(text: str) -> None:
    with pytest.raises(ValueError, match="not a token"):
        Token(text)


@pytest.mark.parametrize("url", ["http://town.example", "ftp://town.example", "town.example"])
def test_only_a_loopback_host_is_reached_without_tls(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        client(url)


@pytest.mark.parametrize(
    ("status", "read_error", "write_error"),
    [
        (400, Refused, Refused),
        (401, SignedOut, SignedOut),
        (403, Refused, Refused),
        (404, Refused, Refused),
        (405, Unsupported, Unsupported),
        (408, Unreachable, AnswerLost),
        (409, Unreachable, AnswerLost),
        (410, Refused, Refused),
        (418, Refused, Refused),
        (422, Refused, Refused),
        (425, Unreachable, AnswerLost),
        (429, Throttled, Throttled),
        (500, Unreachable, AnswerLost),
        (501, Unsupported, Unsupported),
        (502, Unreachable, AnswerLost),
        (503, Unreachable, AnswerLost),
    ],
)
async def test_every_status_has_its_meaning(
    status: int, read_error: type[NetworkError], write_error: type[NetworkError]
) -> None:
    for changes, expected in ((False, read_error), (True, write_error)):
        error = await error_of(answer(status, {"error": "no"}), changes=changes)
        assert type(error) is expected
        assert isinstance(error, Refused) is (expected is Refused)
        if isinstance(error, Refused):
            assert error.gone is (status in (404, 410))


async def test_a_refusal_is_told_in_the_servers_own_words() -> None:
    body = {"error": "Validation failed: Text is too long"}
    error = await error_of(answer(422, body), changes=True)
    assert str(error).endswith(" refused: Validation failed: Text is too long.")


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (
            {"error": "invalid_scope", "error_description": "No such scope."},
            "application/json",
            ": No such scope.",
        ),
        ({"error": {"message": "NO_SUCH_NOTE"}}, "application/json", ": NO_SUCH_NOTE."),
        ("Slow down\n", "text/plain; charset=utf-8", ": Slow down."),
        ("<html><title>Forbidden</title>", "text/html", " (403)."),
        (["error"], "application/json", " (403)."),
        ({"error": None}, "application/json", " (403)."),
        (b"\xff\xfe", "text/plain", " (403)."),
        ("", "text/plain", " (403)."),
        ({"error": "x" * 10_000}, "application/json", "…"),
        ({"error": "red \x1b[31malert\x07\u202e\x9b2J"}, "application/json", ": red alert."),
    ],
)
async def test_odd_refusals_become_one_clean_sentence(
    body: object, content_type: str, words: str
) -> None:
    error = await error_of(answer(403, body, content_type=content_type), changes=False)
    assert str(error).endswith(words)
    assert len(str(error)) < 300
    assert "\n" not in str(error)


async def test_a_server_without_strength_that_says_how_long_is_left_alone_by_reads() -> None:
    busy = answer(503, "", {"Retry-After": "30"})
    error = await error_of(busy, changes=False)
    assert isinstance(error, Throttled)
    assert error.until == SteppedClock().now() + 30 * SECOND
    assert isinstance(await error_of(busy, changes=True), AnswerLost)


RESET = SteppedClock().now() + 2 * MINUTE


@pytest.mark.parametrize(
    ("headers", "until"),
    [
        ({"Retry-After": "120"}, RESET),
        ({"X-RateLimit-Reset": to_datetime(RESET).isoformat(timespec="microseconds")}, RESET),
        ({"X-RateLimit-Reset": str(RESET // 1000)}, RESET),
        ({}, SteppedClock().now() + UNSAID_PAUSE),
    ],
)
async def test_after_a_429_nothing_is_sent_until_the_time_the_server_named(
    headers: dict[str, str], until: int
) -> None:
    if headers and "Retry-After" not in headers:
        headers = {**headers, "X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "0"}
    async with canned(answer(429, {"error": "Too many"}, headers), answer()) as server:
        http = client(server.url)
        for _ in range(3):
            with pytest.raises(Throttled) as caught:
                await read(http)
            assert caught.value.until == until
        assert len(server.requests) == 1
        await http.close()


async def test_a_read_is_repeated_once_when_the_connection_was_closed_under_it() -> None:
    async with canned(CLOSE, answer(body=[1])) as server:
        http = client(server.url)
        assert (await read(http)).data == [1]
        await http.close()


async def test_a_read_is_not_repeated_for_ever() -> None:
    async with canned(CLOSE) as server:
        http = client(server.url)
        with pytest.raises(Unreachable, match="broke off"):
            await read(http)
        assert len(server.requests) == 2
        await http.close()


async def test_a_write_is_never_repeated() -> None:
    async with canned(CLOSE) as server:
        http = client(server.url)
        with pytest.raises(AnswerLost, match="broke off"):
            await write(http)
        assert len(server.requests) == 1
        await http.close()


async def test_silence_is_an_unknown_fate_for_a_write_and_none_for_a_read() -> None:
    async with canned(SILENCE) as server:
        http = client(server.url, Impatient())
        with pytest.raises(AnswerLost, match="did not answer in time"):
            await write(http)
        with pytest.raises(Unreachable, match="did not answer in time"):
            await read(http)
        await http.close()


async def test_an_answer_that_breaks_off_is_an_unknown_fate_though_it_began_well() -> None:
    half = answer(200, {"id": "1"}, {"Content-Length": "500", "Connection": "close"})
    assert isinstance(await error_of(half, changes=True), AnswerLost)
    assert isinstance(await error_of(half, changes=False), Unreachable)


async def test_a_refusal_that_breaks_off_is_still_a_refusal() -> None:
    half = answer(422, b"{", {"Content-Length": "500", "Connection": "close"})
    assert isinstance(await error_of(half, changes=True), Refused)


async def test_nobody_at_home_is_unreachable_for_writes_too() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        http = client(f"http://127.0.0.1:{free.getsockname()[1]}")
        with pytest.raises(Unreachable, match="cannot be reached"):
            await write(http)
        await http.close()


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (socket.gaierror(-2, "Name or service not known"), "cannot be found"),
        (ssl.SSLCertVerificationError("certificate has expired"), "certificate"),
        (TimeoutError(), "pick up"),
    ],
)
async def test_why_no_connection_was_made_is_told(cause: Exception, words: str) -> None:
    error = httpx.ConnectError("no")
    error.__cause__ = cause
    http = client("https://town.example", Failing(error))
    with pytest.raises(Unreachable, match=words):
        await write(http)
    await http.close()


async def test_a_web_page_in_place_of_data_means_there_is_no_such_thing() -> None:
    page = answer(200, "<!doctype html><title>Hi</title>", content_type="text/html")
    assert isinstance(await error_of(page, changes=False), Unsupported)
    assert isinstance(await error_of(page, changes=True), AnswerLost)


@pytest.mark.parametrize("body", [b'{"a": ', b"\xff", b"", b"[" * 200_000])
async def test_broken_json_is_no_answer(body: bytes) -> None:
    assert isinstance(await error_of(answer(200, body), changes=False), Unreachable)


async def test_a_write_may_be_answered_with_nothing() -> None:
    async with canned(answer(200, b"")) as server:
        http = client(server.url)
        assert (await write(http)).data is None
        await http.close()


def packed(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = gzip.compress(data)
    return data


async def test_a_packed_answer_is_read() -> None:
    body = packed(json.dumps({"a": 1}).encode())
    async with canned(answer(200, body, {"Content-Encoding": "gzip"})) as server:
        http = client(server.url)
        assert (await read(http)).data == {"a": 1}
        await http.close()


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (b" " * (LARGEST_BODY + 1), "identity"),
        (packed(b" " * (LARGEST_BODY + 1)), "gzip"),
        (packed(b"{}", 2), "gzip, gzip"),
        (b"{}", "x-unknown"),
    ],
    ids=["plain", "packed", "packed twice", "packed strangely"],
)
async def test_what_is_too_large_or_packed_to_explode_is_not_read(
    body: bytes, encoding: str
) -> None:
    large = answer(200, body, {"Content-Encoding": encoding})
    error = await error_of(large, changes=False)
    assert isinstance(error, Unreachable)
    assert "too large" in str(error)


async def test_a_redirect_is_followed_for_a_read_on_the_same_server() -> None:
    async with canned(answer(302, headers={"Location": "/other?x=1"}), answer(body=[7])) as server:
        http = client(server.url)
        assert (await read(http)).data == [7]
        assert server.requests[1].target == "/other?x=1"
        await http.close()


async def test_redirects_in_a_circle_end() -> None:
    async with canned(answer(302, headers={"Location": "/thing"})) as server:
        http = client(server.url)
        with pytest.raises(Refused, match="elsewhere"):
            await read(http)
        assert len(server.requests) == 3
        await http.close()


async def test_a_redirect_to_another_server_is_not_followed_and_sees_no_token() -> None:
    async with canned(answer()) as other:
        away = answer(302, headers={"Location": f"{other.url}/thing"})
        assert isinstance(await error_of(away, changes=False), Refused)
        assert other.requests == []


async def test_a_write_is_never_sent_elsewhere() -> None:
    async with canned(answer(307, headers={"Location": "/other"})) as server:
        http = client(server.url)
        with pytest.raises(Refused, match="elsewhere"):
            await write(http)
        assert len(server.requests) == 1
        await http.close()


async def test_cookies_are_not_kept() -> None:
    async with canned(answer(headers={"Set-Cookie": "a=b; Path=/"})) as server:
        http = client(server.url)
        await read(http)
        await read(http)
        await http.close()
    assert "cookie" not in server.requests[1].headers


async def test_the_pages_links_are_told() -> None:
    link = '<https://evil.example/api?max_id=5>; rel="next", </x?min_id=9>; rel="prev", <>'
    async with canned(answer(body=[], headers={"Link": link})) as server:
        http = client(server.url)
        got = await read(http)
        await http.close()
    assert got.links["next"] == "https://evil.example/api?max_id=5"
    assert got.links["prev"] == "/x?min_id=9"


async def test_a_token_for_one_server_is_not_sent_to_another_by_an_open_line() -> None:
    async with canned(answer()) as own, canned(answer()) as other:
        http = client(own.url)
        async with http.open(f"{other.url}/stream", {}) as response:
            assert response.status_code == 200
        await http.close()
    assert "authorization" not in other.requests[0].headers


@pytest.mark.parametrize(("status", "conflict"), [(409, True), (408, False), (502, False)])
async def test_a_conflict_with_somebody_elses_write_is_told_from_a_lost_answer(
    status: int, conflict: bool
) -> None:
    lost = await error_of(answer(status), changes=True)
    assert isinstance(lost, AnswerLost)
    assert lost.conflict is conflict


@pytest.mark.parametrize("status", [200, 429])
async def test_after_reading_it_is_written_down_what_is_left_even_after_a_refusal(
    status: int,
) -> None:
    state, clock = MemoryState(), SteppedClock()
    headers = {
        "X-RateLimit-Limit": "300",
        "X-RateLimit-Remaining": "41",
        "X-RateLimit-Reset": to_datetime(clock.now() + MINUTE).isoformat(),
    }
    async with canned(answer(status, headers=headers)) as server:
        http = Http(server.url, clock=clock, record=BudgetRecord(state, clock))
        with suppress(Throttled):
            await read(http)
        await http.close()
    kept = {"left": 41, "of": 300, "until": clock.now() + MINUTE}
    assert json.loads(state.kept["budget"]) == kept
