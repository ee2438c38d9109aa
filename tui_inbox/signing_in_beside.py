"""Signing in while the screen is open: on a thread of its own, so that nothing else waits for it.

Part of the composition root, beside `signing_in.py`; loaded when somebody looks at how to sign in.
"""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import threading
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING

from tui_inbox import signing_in
from tui_inbox.core.ports import NetworkError, Told

if TYPE_CHECKING:
    from tui_inbox.core.sign_in import SignInCall, SignInWays
    from tui_inbox.program import Inbox
    from tui_inbox.sync.hub import Hub

NOBODY = "Nobody was signed in."
FAULT = "Something unexpected went wrong here; the log has it."

_BROWSE = "import sys, webbrowser; webbrowser.open(sys.argv[1])"

log = logging.getLogger(__name__)


class SigningIn:
    """Fulfils `core.sign_in.SignsIn`.

    Args:
        program: keeps the account.
        hub: connects it, without a restart.
    """

    def __init__(self, program: Inbox, hub: Hub) -> None:
        self._program = program
        self._hub = hub

    def begin(self, call: SignInCall, ways: SignInWays) -> SignInThread:
        """See `SignsIn.begin`."""
        run = SignInThread(self._program, self._hub, call, ways)
        run.start()
        return run

    def open_browser(self, url: str) -> None:
        """See `SignsIn.open_browser`.

        In a process of its own and without the terminal: some browsers draw on it, and some are only through when the
        owner closes them.
        """
        threading.Thread(target=_browse, args=(url,), name="browser", daemon=True).start()

    @property
    def has_browser(self) -> bool:
        """See `SignsIn.has_browser`."""
        return "SSH_CONNECTION" not in os.environ


def _browse(url: str) -> None:
    nowhere = subprocess.DEVNULL
    with suppress(OSError):  # then the address on the screen is all there is
        subprocess.run(  # noqa: S603 - our own interpreter, and the address is an argument, never a command
            [sys.executable, "-c", _BROWSE, url],
            stdin=nowhere,
            stdout=nowhere,
            stderr=nowhere,
            start_new_session=True,
            check=False,
        )


class SignInThread(threading.Thread):
    """One sign-in under way. Fulfils `core.sign_in.SignInRun`."""

    def __init__(self, program: Inbox, hub: Hub, call: SignInCall, ways: SignInWays) -> None:
        super().__init__(name="sign-in", daemon=True)
        self.told: Future[Told[int]] = Future()
        self._program = program
        self._hub = hub
        self._call = call
        self._ways = ways
        self._lock = threading.Lock()
        self._cancelled = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[signing_in.SignedIn] | None = None

    def cancel(self) -> None:
        """See `SignInRun.cancel`."""
        with self._lock:
            self._cancelled = True
            loop, task = self._loop, self._task
        if loop is not None and task is not None:
            with suppress(RuntimeError):  # it has ended in the meantime
                loop.call_soon_threadsafe(task.cancel)

    def run(self) -> None:
        """Sign in, keep the account, and have it connected."""
        try:
            asyncio.run(self._run())
        # a fault of ours is a sentence, too
        except Exception:
            log.exception("a sign-in ended unexpectedly")
            if not self.told.done():
                self.told.set_result(Told(sentence=FAULT))

    async def _run(self) -> None:
        work = signing_in.sign_in(self._call, self._ways, self._program.clock)
        task = asyncio.ensure_future(work)
        with self._lock:
            self._loop, self._task = asyncio.get_running_loop(), task
            if self._cancelled:
                task.cancel()
        self.told.set_result(await self._ended(task))

    async def _ended(self, task: asyncio.Task[signing_in.SignedIn]) -> Told[int]:
        try:
            done = await task
        except asyncio.CancelledError:
            return Told(sentence=NOBODY)
        except (NetworkError, ValueError) as error:  # ValueError: the address or the name is none
            return Told(sentence=str(error))
        account = await asyncio.to_thread(self._program.keep_sign_in, self._call.network, done)
        self._hub.account_signed_in(account.id)
        return Told(account.id)
