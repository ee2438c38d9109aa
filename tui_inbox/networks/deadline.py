"""Waits that end, on the program's own `Clock`, and tasks that do not outlive their owner."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from tui_inbox.core.ports import Clock

T = TypeVar("T")

_LAST_SECONDS = 3.0
"""For work that is under way when the program ends."""


async def within(clock: Clock, seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, if it comes in time.

    `asyncio.timeout` would measure the event loop's own time, which tests and the demo cannot bend.

    Raises:
        TimeoutError: the time was over first; `work` was cancelled.
        Exception: whatever `work` raised.
    """
    working = asyncio.ensure_future(work)
    waiting = asyncio.ensure_future(clock.sleep(seconds))
    try:
        await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise TimeoutError
        return working.result()
    finally:
        await end(working, waiting)


async def end(*tasks: asyncio.Future[Any] | None) -> None:
    """Cancel tasks and wait until they are gone, whatever they still raise.

    For the owner of tasks that must not outlive it.
    """
    left = [task for task in tasks if task is not None]
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


async def to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Wait for work that does not end because nobody waits for it any more, unless it takes too long by then."""
    working = asyncio.ensure_future(work)
    try:
        await asyncio.shield(working)
    except asyncio.CancelledError:
        try:
            await asyncio.wait({working}, timeout=_LAST_SECONDS)
        finally:
            await end(working)
        raise
