"""A listener on this machine that waits for one browser to come back from a sign-in page.

It listens on 127.0.0.1 only, knows one path, answers with fixed words, and is gone after the first
call that carries the right `state` (RFC 8252, section 7.3).
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit

PATH = "/callback"
BROWSER_TIME = 300.0
"""Seconds the owner has for the server's sign-in page."""
_LONGEST_REQUEST = 16 * 1024

_PAGE = """HTTP/1.1 {status}\r
Content-Type: text/plain; charset=utf-8\r
Cache-Control: no-store\r
Referrer-Policy: no-referrer\r
Content-Security-Policy: default-src 'none'\r
X-Content-Type-Options: nosniff\r
Connection: close\r
\r
{words}
"""


class Loopback:
    """Waits for the browser. Made by `listen_on_loopback`."""

    def __init__(self, state: str) -> None:
        self._state = state
        self._answer: asyncio.Future[dict[str, str]] = asyncio.get_running_loop().create_future()
        self.redirect_uri = ""

    async def answer(self) -> dict[str, str]:
        """The parameters the browser came back with: `code`, or `error`."""
        return await self._answer

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection. Browsers also open some that say nothing, or ask for an icon."""
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            status, words = self._take(request)
            writer.write(_PAGE.format(status=status, words=words).encode())
            await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            pass  # not a browser that comes back; the right one may still come
        finally:
            writer.close()

    def _take(self, request: bytes) -> tuple[str, str]:
        method, _, rest = request.decode("latin-1").partition(" ")
        target = urlsplit(rest.partition(" ")[0])
        if method != "GET" or target.path != PATH:
            return "404 Not Found", "There is nothing here."
        query = {name: values[0] for name, values in parse_qs(target.query).items()}
        if not hmac.compare_digest(query.get("state", "").encode(), self._state.encode()):
            return "400 Bad Request", "This is not the sign-in that was begun."
        if not self._answer.done():
            self._answer.set_result(query)
        return "200 OK", "You can close this page and go back to tui-inbox."


@asynccontextmanager
async def listen_on_loopback(state: str, port: int = 0) -> AsyncIterator[Loopback]:
    """Listen on 127.0.0.1 for a browser that carries `state`.

    Args:
        port: where; 0 for any that is free.

    Raises:
        OSError: the port is taken.
    """
    loopback = Loopback(state)
    server = await asyncio.start_server(loopback.serve, "127.0.0.1", port, limit=_LONGEST_REQUEST)
    try:
        port = server.sockets[0].getsockname()[1]
        loopback.redirect_uri = f"http://127.0.0.1:{port}{PATH}"
        yield loopback
    finally:
        server.close()
