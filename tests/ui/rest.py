"""When a screen is at rest: nothing is left to be done at once, and no timer is about to end."""

from __future__ import annotations

import asyncio

from textual.pilot import Pilot

SOON = 0.02
"""Seconds. What ends later than this is waited for by who needs it; a screen is drawn anew every 1/60 s."""

QUIET = 5
"""So many rounds of the loop in which nobody has anything to do are rest; a message from widget to widget takes two."""

PATIENCE = 1.0
"""Seconds until what goes on for ever, as an animation does, is let go on."""


async def at_rest(min_sleep: float = 0.0, max_sleep: float = PATIENCE) -> None:
    """Let all that was begun end; what Textual's `wait_for_idle` is for, and in its place in stories of the screen.

    Textual takes a process for idle that used next to no processor time for 20 ms. On a machine that has other work
    that is also true of one that waits for its turn, so that a story now and then looked too early; and on a quiet
    one each key that a story presses took 60 ms of doing nothing. The loop knows better what is left to be done.

    Args:
        min_sleep: seconds to wait at least.
        max_sleep: seconds to wait at most.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + max_sleep
    await asyncio.sleep(min_sleep)
    while await nothing_at_once(end) and next_timer(loop) <= SOON and loop.time() < end:  # noqa: ASYNC110  # a timer of others sets no event
        await asyncio.sleep(max(0.0, next_timer(loop)))


async def all_heard(self: Pilot[object]) -> bool:
    """Let every message be heard; in the place of `Pilot._wait_for_screen`.

    Textual sends a message to every widget and waits until each was heard, some ten times for each key. That was
    more than half of what a story of the screen cost.
    """
    return await nothing_at_once(asyncio.get_running_loop().time() + PATIENCE)


async def nothing_at_once(end: float) -> bool:
    """Go on until nobody has anything to do but at a later time.

    Args:
        end: time of the loop, in seconds, at which what goes on for ever is let go on.

    Returns:
        Whether it came to that.
    """
    loop = asyncio.get_running_loop()
    quiet = 0
    while quiet < QUIET and loop.time() < end:
        await asyncio.sleep(0)
        quiet = 0 if loop._ready else quiet + 1  # type: ignore[attr-defined]  # asyncio has no public word for it
    return quiet == QUIET


def next_timer(loop: asyncio.AbstractEventLoop) -> float:
    """Seconds until the next timer of a loop ends; infinite where it has none."""
    timers = loop._scheduled  # type: ignore[attr-defined]  # asyncio has no public word for it
    ends = [timer.when() for timer in timers if not timer.cancelled()]
    return min(ends, default=float("inf")) - loop.time()
