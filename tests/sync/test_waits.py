"""Waits that end early: asked for, or because the machine was asleep."""

from __future__ import annotations

import asyncio

from networks.clocks import SteppedClock

from tui_inbox.core.moment import HOUR, MINUTE, SECOND
from tui_inbox.sync.waits import wait


async def settled() -> None:
    """Let everybody do what they can do at this moment."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_wait_lasts_as_long_as_it_should() -> None:
    clock, asked = SteppedClock(), asyncio.Event()
    waiting = asyncio.create_task(wait(clock, 2 * MINUTE, asked))
    await clock.advance(119)
    assert not waiting.done()
    await clock.advance(2)
    assert waiting.done()


async def test_a_wait_can_be_cut_short() -> None:
    clock, asked = SteppedClock(), asyncio.Event()
    waiting = asyncio.create_task(wait(clock, HOUR, asked))
    await clock.advance(20)
    asked.set()
    await settled()
    assert waiting.done()


async def test_a_machine_that_was_asleep_waits_no_longer() -> None:
    clock, asked = SteppedClock(), asyncio.Event()
    waiting = asyncio.create_task(wait(clock, HOUR, asked))
    await clock.advance(20)
    clock.fall_asleep(3600)
    assert not waiting.done()
    await clock.advance(15)
    assert waiting.done()


async def test_a_clock_that_is_set_back_makes_no_wait_longer() -> None:
    clock, asked = SteppedClock(), asyncio.Event()
    waiting = asyncio.create_task(wait(clock, 2 * MINUTE, asked))
    await clock.advance(20)
    clock.fall_asleep(-86_400)
    await clock.advance(105)
    assert waiting.done()


async def test_no_wait_at_all_is_over_at_once() -> None:
    clock = SteppedClock(passes_by_itself=True)
    await wait(clock, -5 * SECOND, asyncio.Event())
    assert clock.monotonic() == 0


async def test_who_gives_up_waiting_leaves_nothing_behind() -> None:
    clock, asked = SteppedClock(), asyncio.Event()
    waiting = asyncio.create_task(wait(clock, HOUR, asked))
    await clock.advance(20)
    waiting.cancel()
    await asyncio.wait({waiting})
    assert asyncio.all_tasks() == {asyncio.current_task()}
