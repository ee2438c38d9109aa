"""The system's clock, running faster, for stories in which hours pass in seconds of real waiting."""

from __future__ import annotations

import asyncio
import time

from tui_inbox.core.moment import SECOND, Millis


class HurriedClock:
    """A clock that runs `speed` times as fast as the system's.

    Args:
        speed: how many of its seconds pass in one.
        began: seconds of the system's monotonic clock at which it showed `began_at`; now if not given.
        began_at: what it showed then; the system's time if not given.
    """

    def __init__(
        self, speed: float, began: float | None = None, began_at: Millis | None = None
    ) -> None:
        self._speed = speed
        self._began = time.monotonic() if began is None else began
        self._start = time.time_ns() // 1_000_000 if began_at is None else began_at

    def now(self) -> Millis:
        return self._start + round(self.monotonic() * SECOND)

    def monotonic(self) -> float:
        return (time.monotonic() - self._began) * self._speed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)

    def jump(self, seconds: float) -> None:
        """Set the wall clock forward, and nothing else, as a machine finds it that was asleep."""
        self._start += round(seconds * SECOND)
