"""Keys that are pressed while something opens: they are meant for what will stand there, so they wait for it.

A fast hand, and a slow line that brings several keys at once, press `n r` and a text before the thread of the next
one has been read. Without this the `r` would find nothing selected, and the letters would be keys.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from textual import events
from textual.timer import Timer
from textual.widget import Widget

LONGEST = 1.5
"""Seconds after which keys wait no longer, whatever is not there yet. Reading from the store takes some hundredths."""

START = 15.0
"""The same at the start, where everything is loaded that keys need."""


class TypeAhead:
    """Holds keys back while something opens, and lets them go in their order.

    Args:
        let_go: does what a key does.
        call_next: runs a function as soon as the present message has been dealt with.
        set_timer: runs a function after some seconds.
    """

    def __init__(
        self,
        let_go: Callable[[events.Key], Awaitable[None]],
        call_next: Callable[[Callable[[], Awaitable[None]]], None],
        set_timer: Callable[[float, Callable[[], None]], Timer],
    ) -> None:
        self._let_go = let_go
        self._call_next = call_next
        self._set_timer = set_timer
        self._keys: deque[events.Key] = deque()
        self._opening: dict[object, Timer] = {}

    def hold(self, what: object, *, longest: float = LONGEST) -> None:
        """Something opens. Keys wait until it is `there`.

        Args:
            what: anything that `there` can be told of.
            longest: seconds after which they wait no longer.
        """
        if what not in self._opening:
            self._opening[what] = self._set_timer(longest, lambda: self.there(what))

    def there(self, what: object) -> None:
        """It is there, or will never be."""
        timer = self._opening.pop(what, None)
        if timer is not None:
            timer.stop()
            self._call_next(self._release)

    @property
    def is_waiting(self) -> bool:
        """Whether a key that came now would wait."""
        return bool(self._opening or self._keys)

    def all_there(self) -> None:
        """What takes keys has come: a question, whatever else is still being read."""
        for what in tuple(self._opening):
            self.there(what)

    def takes(self, key: events.Key) -> bool:
        """Whether a key has to wait; it is kept then."""
        if waits := self.is_waiting:
            self._keys.append(key)
        return waits

    async def _release(self) -> None:
        """Let go of the keys, until one of them opens something again."""
        while self._keys and not self._opening:
            await self._let_go(self._keys.popleft())


async def through(widget: Widget) -> None:
    """Wait until a key that was given to a widget has been dealt with, and what came of it.

    Textual sends a key up from queue to queue until the application finds what is bound to it; what that does may be a
    message which goes up again, and what is done then a third one.
    """
    for _ in range(3):
        for node in widget.ancestors_with_self:
            dealt_with = asyncio.Event()
            if node.is_running and node.call_later(dealt_with.set):
                await dealt_with.wait()
