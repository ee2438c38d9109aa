"""TLS over real sockets: whom we believe, and what is said of a certificate that nobody vouches for."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest
import trustme
from networks.canned import Canned, answer
from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as serve_websocket

from tui_inbox.clock import SystemClock
from tui_inbox.core.ports import Unreachable
from tui_inbox.networks.http import Answer, Http
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.streams import Opened, read_websocket
from tui_inbox.networks.tls import tls_context


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Somebody who vouches for servers, and whom no system knows."""
    return trustme.CA()


@pytest.fixture
def served(authority: trustme.CA) -> ssl.SSLContext:
    """What a server on loopback shows."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture(autouse=True)
def _fresh_context() -> Iterator[None]:
    """The context is made once in a process; here each test makes its own."""
    tls_context.cache_clear()
    yield
    tls_context.cache_clear()


@pytest.fixture
def trusting(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The owner trusts that authority, as people behind a company's proxy have to."""
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))


@asynccontextmanager
async def web_server(context: ssl.SSLContext) -> AsyncIterator[str]:
    served = Canned([answer(200, {"well": True})])
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0, ssl=context)
    try:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


@asynccontextmanager
async def stream_server(context: ssl.SSLContext) -> AsyncIterator[str]:
    async def keep_open(connection: ServerConnection) -> None:
        await connection.wait_closed()

    async with serve_websocket(keep_open, "127.0.0.1", 0, ssl=context) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield f"wss://127.0.0.1:{port}/api/v1/streaming"


async def read(url: str) -> Answer:
    http = Http(url, clock=SystemClock())
    try:
        return await http.get("/thing", urgency=Urgency.WAITING)
    finally:
        await http.close()


async def first_word(url: str) -> object:
    async with aclosing(read_websocket(url, clock=SystemClock())) as line:
        return await anext(line)


async def test_a_certificate_that_nobody_vouches_for_is_said_so(served: ssl.SSLContext) -> None:
    async with web_server(served) as url:
        with pytest.raises(Unreachable, match="shows a certificate that cannot be trusted"):
            await read(url)


async def test_a_stream_believes_no_more_than_a_request_does(served: ssl.SSLContext) -> None:
    async with stream_server(served) as url:
        with pytest.raises(Unreachable, match="shows a certificate that cannot be trusted"):
            await first_word(url)


@pytest.mark.usefixtures("trusting")
async def test_whom_the_owner_trusts_is_believed_by_requests_and_streams(
    served: ssl.SSLContext,
) -> None:
    async with web_server(served) as url:
        assert (await read(url)).data == {"well": True}
    async with stream_server(served) as url:
        assert await first_word(url) == Opened()


@pytest.mark.usefixtures("trusting")
async def test_a_certificate_for_another_name_is_refused(authority: trustme.CA) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("elsewhere.example").configure_cert(context)
    async with web_server(context) as url:
        with pytest.raises(Unreachable, match="certificate"):
            await read(url)


def test_one_context_serves_all_accounts_and_loopback_gets_one_that_trusts_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    assert tls_context("https") is tls_context("https")
    assert tls_context("https").cert_store_stats()["x509_ca"] > 50
    assert tls_context("http").cert_store_stats()["x509_ca"] == 0
