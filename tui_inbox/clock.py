"""The system's clock, and the demo's: one that starts when told and runs as fast as told."""

from __future__ import annotations

import time

from tui_inbox.core.moment import Millis


class SystemClock:
    """Time as the machine tells it."""

    def now(self) -> Millis:
        """The wall clock."""
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        import asyncio  # who reads one number for a status line waits for nothing, and loads nothing for it

        await asyncio.sleep(seconds)


class ShiftedClock(SystemClock):
    """A clock that began at `start` and runs at the usual pace: the demo's `--now`."""

    def __init__(self, start: Millis) -> None:
        self._shift = start - super().now()

    def now(self) -> Millis:
        """The wall clock, shifted."""
        return super().now() + self._shift
