"""What listening to all of Bluesky costs, and that a listener keeps up.

    PYTHONPATH=tests python tests/benchmarks/bench_jetstream.py
    PYTHONPATH=tests python tests/benchmarks/bench_jetstream.py --rate 2000 --seconds 60 --searches 1 100
    PYTHONPATH=tests python tests/benchmarks/bench_jetstream.py --kills 50

A server on loopback, in a process of its own, tells made-up posts at a steady pace (`support/jetstream/replay.py`),
packed as WebSocket servers pack (permessage-deflate). The listener is the program's own, on a store of its own.
*Behind* is how long after the last event the last of them was taken in; CPU is of one core, all threads of the
listener together. With `--kills` it is killed at random instants instead, and what it has found is counted; the
program then ends with 1 if a hit is missing or there twice.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import aclosing
from pathlib import Path

import psutil
from support.jetstream.kills import replay_server, run
from support.jetstream.life import found_store, hits, listener, stream_state
from support.jetstream.replay import SOUGHT, words

from tui_inbox.clock import SystemClock
from tui_inbox.core.outside import StreamBatch
from tui_inbox.networks.bluesky.addresses import Web
from tui_inbox.networks.bluesky.jetstream import Jetstream
from tui_inbox.store.store import Store

COMMON = 100
"""Nobody searches for one of the most frequent words alone."""
MB = 1 << 20
EVERY = 2_000
"""One event in so many is a hit where the listener is killed: all of them are kept."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each number of searches, or what kills have left."""
    parser = argparse.ArgumentParser(description="What listening to all of Bluesky costs.")
    parser.add_argument("--rate", type=int, default=2_000, help="events a second (2000)")
    parser.add_argument("--seconds", type=float, default=60, help="how long it is listened (60)")
    parser.add_argument("--searches", type=int, nargs="+", default=[1, 100])
    parser.add_argument("--kills", type=int, default=0, help="kill it so often instead")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    if options.kills:
        return _kills(options.rate, options.kills, options.seed)
    print("searches   events/s   behind    CPU   RSS at a quarter, half, end   hits   bytes/event")
    for count in options.searches:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_listen(Path(folder), count, options.rate, options.seconds, options.seed))
    return 0


class _Noted(Jetstream):
    """Notes that the last event was heard, and all before it were taken in."""

    def __init__(self, address: str) -> None:
        super().__init__([address], SystemClock(), Web(), None)
        self.heard = asyncio.Event()
        self.last = 0

    async def listen(
        self, cursor: str, authors: Collection[str]
    ) -> AsyncGenerator[StreamBatch, None]:
        async with aclosing(super().listen(cursor, authors)) as batches:
            async for batch in batches:
                yield batch
                if self.last and int(batch.cursor) >= self.last:
                    self.heard.set()


async def _listen(folder: Path, count: int, rate: int, seconds: float, seed: int) -> None:
    path = folder / "inbox.db"
    with replay_server(rate=rate, seconds=seconds, seed=seed) as (address, begins):
        found_store(path, queries(count, seed), str(begins))
        store, process, stream = Store(path), psutil.Process(), _Noted(address)
        task = asyncio.create_task(listener(store, stream).run())
        cpu, resident = process.cpu_times(), []
        last = begins + (round(rate * seconds) - 1) * 1_000_000 // rate
        ends = begins / 1_000_000 + seconds
        for part in (0.25, 0.5, 1.0):
            await asyncio.sleep(max(0.0, begins / 1_000_000 + part * seconds - time.time()))
            resident.append(process.memory_info().rss / MB)
        spent = process.cpu_times()
        used = spent.user + spent.system - cpu.user - cpu.system
        stream.last = last
        await stream.heard.wait()
        behind = max(0.0, time.time() - ends)
        state = stream_state(store)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        found = sum(hits(store).values())
        store.close()
    size = state.bytes / 86_400 / state.events if state.events else 0
    print(
        f"{count:8,}   {rate:8,}   {behind:4.1f} s   {100 * used / seconds:3.0f} %   "
        f"{'  '.join(f'{one:6.1f}' for one in resident)} MiB   {found:10,}   {size:11.0f}",
        flush=True,
    )


def queries(count: int, seed: int) -> list[str]:
    """Searches of several kinds; the first finds one post in some hundred."""
    known = words(random.Random(seed))
    chance = random.Random(seed + 1)
    made = [SOUGHT]
    while len(made) < count:
        one, two, three = chance.choices(known[COMMON:], k=3)
        made.append(
            chance.choice(
                (f"{one} {two}", f'"{one} {two}"', f"({one} OR {two}) -{three} -{one}", f"#{one}")
            )
        )
    return made


def _kills(rate: int, kills: int, seed: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder), rate=rate, kills=kills, seed=seed, life=2.0, every=EVERY)
    print(f"{outcome.kills:8,}  kills, each after something new was heard")
    print(f"{outcome.expected:8,}  hits there are")
    print(f"{len(outcome.lost):8,}  of them lost {outcome.lost[:20] or ''}")
    print(f"{len(outcome.doubled):8,}  of them there twice {outcome.doubled[:20] or ''}")
    return 1 if outcome.lost or outcome.doubled else 0


if __name__ == "__main__":
    sys.exit(main())
