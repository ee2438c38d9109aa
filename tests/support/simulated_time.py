"""Time that leaps: an event loop that does not wait for its timers, and the clock that goes with it.

While anything is left to do, or a thread of the store is at work, time stands still. When all is done it leaps
to the next timer. So a day takes as long as its work takes, and no timer ever fires early.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from threading import Lock
from typing import Any, TypeVar
from unittest.mock import patch

from tui_inbox.core.moment import SECOND, Millis
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store, Writing

T = TypeVar("T")

LOOK_AGAIN_SECONDS = 0.001
"""How long the loop waits for a thread that is at work before it looks whether that has told it something."""


class SimulatedClock:
    """Fulfils `core.ports.Clock`. While the machine sleeps only the wall clock goes on, as on Linux."""

    def __init__(self, now: Millis) -> None:
        self._start = now
        self._passed = 0.0
        self._asleep: Millis = 0

    def now(self) -> Millis:
        return self._start + self._asleep + round(self._passed * SECOND)

    def monotonic(self) -> float:
        return self._passed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def leap(self, seconds: float) -> None:
        """Let time pass."""
        self._passed += seconds

    def suspend(self, duration: Millis) -> None:
        """Let the machine sleep."""
        self._asleep += duration


class WatchedStore(Store):
    """A store that tells whether its threads have something to do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._counting = Lock()
        self._under_way = 0

    @property
    def is_busy(self) -> bool:
        """Whether a job was handed in that is not done."""
        return self._under_way > 0

    def write(
        self, job: Callable[[Writing], T], *, urgent: bool = False, durable: bool = False
    ) -> Future[T]:
        return self._watched(super().write(job, urgent=urgent, durable=durable))

    def read(self, job: Callable[[Connection], T]) -> Future[T]:
        return self._watched(super().read(job))

    def _watched(self, future: Future[T]) -> Future[T]:
        self._count(1)
        future.add_done_callback(lambda _: self._count(-1))
        return future

    def _count(self, step: int) -> None:
        with self._counting:
            self._under_way += step


class _LeapingSelector(selectors.SelectSelector):
    """Lets time leap where the loop would wait for it."""

    def __init__(self, clock: SimulatedClock, is_busy: Callable[[], bool]) -> None:
        super().__init__()
        self._clock = clock
        self._is_busy = is_busy

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        if timeout is None or self._is_busy():
            return super().select(LOOK_AGAIN_SECONDS)
        self._clock.leap(timeout)
        return ready


class _LeapingLoop(asyncio.SelectorEventLoop):
    def __init__(self, clock: SimulatedClock, is_busy: Callable[[], bool]) -> None:
        self._simulated = clock
        super().__init__(_LeapingSelector(clock, is_busy))

    def time(self) -> float:
        return self._simulated.monotonic()


def run_simulated(
    clock: SimulatedClock, is_busy: Callable[[], bool], main: Coroutine[Any, Any, T]
) -> T:
    """Run something on a loop whose time leaps, Textual's timers included.

    Args:
        clock: is moved by the loop.
        is_busy: whether a thread is at work, for which time stands still.
        main: what to run.
    """
    with (
        patch("textual._time.get_time", clock.monotonic),
        asyncio.Runner(loop_factory=lambda: _LeapingLoop(clock, is_busy)) as runner,
    ):
        return runner.run(main)
