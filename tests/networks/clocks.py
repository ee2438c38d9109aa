"""A clock that stands still until a test moves it."""

from __future__ import annotations

import asyncio

from tui_inbox.core.moment import SECOND, Millis

START: Millis = 1_790_000_000_000


class SteppedClock:
    """Time that passes only when `advance` is called.

    Args:
        start: what the wall clock shows at first.
        passes_by_itself: whether a sleep moves the time to its end at once, instead of waiting.
    """

    def __init__(self, start: Millis = START, *, passes_by_itself: bool = False) -> None:
        self._wall = start
        self._steady = 0.0
        self._passes = passes_by_itself
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> Millis:
        """The wall clock."""
        return self._wall

    def monotonic(self) -> float:
        """The steady clock, in seconds."""
        return self._steady

    async def sleep(self, seconds: float) -> None:
        """Wait until the time has been moved that far."""
        if self._passes:
            self.pass_time(seconds)
            return
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._steady + seconds, woken))
        await woken

    def pass_time(self, seconds: float) -> None:
        """Move the time and wake whose time has come."""
        self._wall += round(seconds * SECOND)
        self._steady += seconds
        for due, woken in self._sleepers:
            if due <= self._steady and not woken.done():
                woken.set_result(None)
        self._sleepers = [(due, woken) for due, woken in self._sleepers if not woken.done()]

    async def advance(self, seconds: float, step: float = 1.0) -> None:
        """Move the time in steps, and let everybody who was woken do their work between."""
        for _ in range(round(seconds / step)):
            self.pass_time(step)
            for _ in range(20):  # a woken task, and those that wait for it in turn
                await asyncio.sleep(0)

    def fall_asleep(self, seconds: float) -> None:
        """What a sleeping machine sees: the wall clock moves, the steady one stands."""
        self._wall += round(seconds * SECOND)
