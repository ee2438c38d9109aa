"""Serves the screen: one page with a terminal in it, and behind it a process of the program while the page is open."""

from __future__ import annotations

import asyncio
import secrets
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from aiohttp import web
from textual_serve.server import Server

from tui_inbox.browser.gate import Gate

HOST = "127.0.0.1"
TEMPLATES = Path(__file__).parent

WAIT_SECONDS = 10.0
"""So long a page waits for the process of one that was closed to end: a store has one screen at a time."""

BUSY = (
    "tui-inbox is open in another page of the browser. Close that one, then load this one again.\n"
)


class BrowserServer(Server):
    """One program, for the owner, on this machine only.

    Args:
        arguments: those of the program's screen.
        port: where it is served.
        said: prints a line for the owner.
        token: what opens it; made up if None.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        port: int,
        said: Callable[[str], None] = print,
        token: str | None = None,
    ) -> None:
        start = "import sys; from tui_inbox.app import main; sys.exit(main())"
        super().__init__(
            shlex.join([sys.executable, "-c", start, *arguments]),
            host=HOST,
            port=port,
            title="tui-inbox",
            public_url=f"http://{HOST}:{port}",
            templates_path=TEMPLATES,
        )
        self._said = said
        self._gate = Gate(f"{HOST}:{port}", token or secrets.token_urlsafe(24))
        self._one = asyncio.Lock()

    @property
    def address(self) -> str:
        """What the owner opens."""
        return self._gate.address

    def serve(self, debug: bool = False) -> None:
        """Serve until ctrl+c. Nothing is logged: addresses would have the token in them."""
        web.run_app(
            self._make_app(), host=self.host, port=self.port, print=self._say, access_log=None
        )

    def _say(self, _: object) -> None:
        """It is listening: say where."""
        self._said(f"The inbox is at {self.address}")
        self._said("It is for this machine only. ctrl+c ends it.")

    async def _make_app(self) -> web.Application:
        """The application, with the gate in front of it; `on_startup` would be too late to put it there."""
        app = await super()._make_app()
        app.middlewares.append(self._gate.check)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Nothing is said before it listens."""

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Connect a page with a process of its own.

        Raises:
            HTTPConflict: another page has it.
        """
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await self._one.acquire()
        except TimeoutError:
            raise web.HTTPConflict(text=BUSY) from None
        try:
            return await super().handle_websocket(request)
        finally:
            self._one.release()
