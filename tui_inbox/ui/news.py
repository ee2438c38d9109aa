"""News from the store on their way to the panes: gathered on any thread, handed over on the screen's loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextvars import copy_context
from functools import partial

from tui_inbox.core.changes import Change

LEAST_PAUSE = 0.25
"""Seconds between two hand-overs: about four a second, however fast posts arrive."""


class News:
    """Gathers changes: the first is handed over at once, a burst in one piece.

    Args:
        deliver: takes what changed, on the screen's loop.
        call_soon: runs a function on the screen's loop soon; may be called on any thread.
        call_later: runs a function on the screen's loop after some seconds; called on that loop only.
        monotonic: seconds that never jump.
    """

    def __init__(
        self,
        deliver: Callable[[frozenset[Change]], None],
        *,
        call_soon: Callable[[Callable[[], None]], object],
        call_later: Callable[[float, Callable[[], None]], object],
        monotonic: Callable[[], float],
    ) -> None:
        self._deliver = deliver
        self._call_soon = call_soon
        self._call_later = call_later
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._gathered: set[Change] = set()
        self._on_its_way = False
        self._last = float("-inf")

    def changed(self, changes: frozenset[Change]) -> None:
        """Something changed in the store. Called on any thread; never waits."""
        with self._lock:
            self._gathered |= changes
            if self._on_its_way:
                return
            self._on_its_way = True
        self._call_soon(self._arrived)

    def _arrived(self) -> None:
        pause = self._last + LEAST_PAUSE - self._monotonic()
        if pause > 0:
            self._call_later(pause, self._hand_over)
        else:
            self._hand_over()

    def _hand_over(self) -> None:
        with self._lock:
            changes, self._gathered = frozenset(self._gathered), set()
            self._on_its_way = False
        self._last = self._monotonic()
        self._deliver(changes)


def news_here(
    deliver: Callable[[frozenset[Change]], None],
    call_later: Callable[[float, Callable[[], None]], object],
    monotonic: Callable[[], float],
) -> News:
    """News for the running loop and the application that is active on it; see `News`."""
    # Called on the store's threads, whose context knows no application: it gets this one's.
    call_soon = partial(asyncio.get_running_loop().call_soon_threadsafe, context=copy_context())
    return News(deliver, call_soon=call_soon, call_later=call_later, monotonic=monotonic)
