"""How the owner takes part in a sign-in from the screen: the bridge between its thread and a page."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from enum import StrEnum

from textual.message import Message


class Asked(StrEnum):
    """What a sign-in may want of the owner."""

    ADDRESS = "address"
    """To go to a page and say yes."""
    CODE = "code"
    """The code that the page shows."""
    ENDED_AT = "ended at"
    """The address of the page where the browser ended."""
    HIDDEN = "hidden"
    """An app password, which is not shown while it is typed."""


class Wanted(Message):
    """A sign-in wants something of the owner.

    Args:
        ways: whose question it is.
        asked: what is wanted.
        about: the page's address, or whose password.
    """

    def __init__(self, ways: ScreenWays, asked: Asked, about: str) -> None:
        super().__init__()
        self.ways = ways
        self.asked = asked
        self.about = about


class ScreenWays:
    """Fulfils `core.sign_in.SignInWays` for one sign-in: asks by messages, and waits for `answer`.

    Args:
        post: hands a message to the page, from any thread.
    """

    def __init__(self, post: Callable[[Message], bool]) -> None:
        self._post = post
        self._lock = threading.Lock()
        self._is_over = False
        self._waits: Future[str] | None = None

    # On the sign-in's threads

    def show_address(self, url: str) -> None:
        """See `SignInWays.show_address`."""
        self._post(Wanted(self, Asked.ADDRESS, url))

    def ask_code(self) -> str:
        """See `SignInWays.ask_code`."""
        return self._ask(Asked.CODE, "")

    def ask_address(self) -> str:
        """See `SignInWays.ask_address`."""
        return self._ask(Asked.ENDED_AT, "")

    def ask_password(self, whose: str) -> str:
        """See `SignInWays.ask_password`."""
        return self._ask(Asked.HIDDEN, whose)

    def ask_secret(self, whose: str) -> str:
        """See `SignInWays.ask_secret`."""
        return self._ask(Asked.HIDDEN, whose)

    def _ask(self, asked: Asked, about: str) -> str:
        with self._lock:
            if self._is_over:
                return ""
            waits: Future[str] = Future()
            self._waits = waits
        self._post(Wanted(self, asked, about))
        return waits.result()

    # On the screen's loop

    def answer(self, text: str) -> None:
        """Answer what was asked last."""
        with self._lock:
            waits, self._waits = self._waits, None
        if waits is not None:
            waits.set_result(text)

    def leave(self) -> None:
        """Nobody answers any more: let go of a thread that waits."""
        with self._lock:
            self._is_over = True
        self.answer("")
