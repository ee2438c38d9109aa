"""Waits that notice when the machine was asleep, and can be cut short."""

from __future__ import annotations

import asyncio

from tui_inbox.core.moment import MINUTE, SECOND, Millis
from tui_inbox.core.ports import Clock
from tui_inbox.networks.deadline import end

TICK: Millis = 15 * SECOND
"""How often a longer wait looks at the wall clock."""
ASLEEP: Millis = MINUTE
"""What the wall clock may say beyond a tick; more means that the machine was asleep, and the wait is over."""


async def wait(clock: Clock, millis: Millis, asked: asyncio.Event) -> None:
    """Wait that long, until `asked` is set, or until the machine wakes from sleep: then much may have changed.

    A clock that is set back makes the wait no longer.
    """
    left = millis
    ringing = asyncio.ensure_future(asked.wait())
    try:
        while left > 0 and not ringing.done():
            tick, before = min(TICK, left), clock.now()
            ticking = asyncio.ensure_future(clock.sleep(tick / SECOND))
            try:
                await asyncio.wait({ringing, ticking}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                await end(ticking)
            took = clock.now() - before
            left -= max(tick, took)
            if took > tick + ASLEEP:
                return
    finally:
        await end(ringing)
