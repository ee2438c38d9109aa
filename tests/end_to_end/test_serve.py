"""The screen in a browser: for the owner on this machine, one page at a time."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession, WSServerHandshakeError, web
from aiohttp.test_utils import unused_port
from support.installed import PROGRAM, Installed
from textual_serve.app_service import AppService

from tui_inbox.browser import server as serving
from tui_inbox.browser.server import BrowserServer

TOKEN = "s3cret"
EVIL = "evil.example"
PATIENCE_SECONDS = 60.0


@pytest.fixture(autouse=True)
async def opened(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Waits for the processes behind the pages: textual-serve does not, and a loop must not end before them."""
    processes: list[asyncio.subprocess.Process] = []
    plain = AppService._open_app_process

    async def start(self: AppService, width: int = 80, height: int = 24) -> Any:
        processes.append(await plain(self, width, height))
        return processes[-1]

    monkeypatch.setattr(AppService, "_open_app_process", start)
    yield
    for process in processes:
        assert process.stdout is not None
        assert process.stderr is not None
        await process.wait()
        await asyncio.gather(process.stdout.read(), process.stderr.read())
        await asyncio.sleep(0)


@asynccontextmanager
async def served() -> AsyncIterator[str]:
    """A served program that ends when it is told anything; the address without the token."""
    server = BrowserServer([], unused_port(), token=TOKEN)
    server.command = "head -c 1"
    runner = web.AppRunner(await server._make_app())
    await runner.setup()
    await web.TCPSite(runner, server.host, server.port).start()
    try:
        assert server.address.endswith(f"/?token={TOKEN}")
        yield server.address.partition("?")[0].rstrip("/")
    finally:
        await runner.cleanup()


async def test_the_address_opens_it_and_leaves_no_token_behind() -> None:
    async with served() as address, ClientSession(cookie_jar=None) as browser:
        async with browser.get(f"{address}/?token={TOKEN}", allow_redirects=False) as first:
            assert (first.status, first.headers["Location"]) == (303, "/")
            cookie = first.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        own = {"Cookie": cookie.partition(";")[0]}
        async with browser.get(address, headers=own) as page:
            text = await page.text()
            assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        assert TOKEN not in text
        assert re.findall(r'(?:src|href|url\()="?https?://(?!127\.0\.0\.1)', text) == []
        async with browser.get(f"{address}/static/js/textual.js", headers=own) as script:
            assert script.status == 200


@pytest.mark.parametrize("path", ["/", "/?token=other", "/ws", "/static/js/textual.js"])
@pytest.mark.parametrize(
    "headers",
    [{}, {"Host": EVIL}, {"Origin": f"http://{EVIL}"}, {"Cookie": "tui-inbox-1=other"}],
    ids=lambda headers: " ".join(headers) or "nothing",
)
async def test_nobody_else_comes_in(path: str, headers: Mapping[str, str]) -> None:
    async with (
        served() as address,
        ClientSession() as browser,
        browser.get(f"{address}{path}", headers=headers) as answer,
    ):
        assert answer.status == 403


@pytest.mark.parametrize("wrong", [{"Host": EVIL}, {"Origin": f"http://{EVIL}"}, {}])
async def test_the_owners_cookie_does_not_help_another_page(wrong: Mapping[str, str]) -> None:
    async with served() as address, ClientSession() as browser:
        own = {"Cookie": f"tui-inbox-{address.rpartition(':')[2]}={TOKEN}", **wrong}
        with pytest.raises(WSServerHandshakeError) as refused:
            await browser.ws_connect(f"{address}/ws", headers=own)
        assert refused.value.status == 403


async def test_a_second_page_is_refused_until_the_first_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(serving, "WAIT_SECONDS", 0.05)
    async with served() as address, ClientSession() as browser:
        own = {"Cookie": f"tui-inbox-{address.rpartition(':')[2]}={TOKEN}", "Origin": address}
        first = await browser.ws_connect(f"{address}/ws", headers=own)
        with pytest.raises(WSServerHandshakeError) as refused:
            await browser.ws_connect(f"{address}/ws", headers=own)
        assert refused.value.status == 409
        await first.close()
        monkeypatch.setattr(serving, "WAIT_SECONDS", PATIENCE_SECONDS)
        async with browser.ws_connect(f"{address}/ws", headers=own) as second:
            assert not second.closed


async def test_the_screen_is_drawn_in_a_page(town: Installed) -> None:
    port = unused_port()
    process = await asyncio.create_subprocess_exec(
        PROGRAM,
        "serve",
        "--demo",
        "--port",
        str(port),
        env={**os.environ, "TUI_INBOX_HOME": str(town.home), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), ClientSession() as browser:
            address = (await process.stdout.readline()).decode().split()[-1]
            token = address.partition("token=")[2]
            base = f"http://127.0.0.1:{port}"
            own = {"Cookie": f"tui-inbox-{port}={token}", "Origin": base}
            async with browser.ws_connect(f"{base}/ws?width=110&height=32", headers=own) as page:
                drawn = b""
                while b"People you talk with" not in drawn:
                    drawn += (await page.receive()).data or b""
    finally:
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), PATIENCE_SECONDS) == 0
