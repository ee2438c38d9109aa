"""A listener killed at random instants, and what its searches have found when the stream is at its end."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from support.jetstream.life import found_store, hits, stream_state
from support.jetstream.replay import SOUGHT, SOUGHT_EVERY

from tui_inbox.store.store import Store
from tui_inbox.sync.hit_flow import MOST_AT_ONCE

TESTS = Path(__file__).parents[2]


class Outcome(Struct, frozen=True):
    """What came of it.

    Attributes:
        expected: posts that hold the word.
        lost: those of them that no search found. `doubled`: those that stand there twice.
        kills: how often it was killed, each time after it had heard something new.
    """

    expected: int
    lost: tuple[int, ...]
    doubled: tuple[int, ...]
    kills: int


@contextmanager
def replay_server(
    *, rate: int, seconds: float, seed: int = 1, every: int = SOUGHT_EVERY
) -> Iterator[tuple[str, int]]:
    """A server in a process of its own: its address, and the moment of its first event in microseconds."""
    call = [sys.executable, "-m", "support.jetstream.replay"]
    call += ["--rate", str(rate), "--seconds", str(seconds), "--seed", str(seed)]
    call += ["--every", str(every)]
    with subprocess.Popen(call, cwd=TESTS, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address, begins = server.stdout.readline().split()
            yield address, int(begins)
        finally:
            server.kill()


def run(
    folder: Path,
    *,
    rate: int,
    kills: int,
    seed: int = 1,
    life: float = 1.0,
    every: int = SOUGHT_EVERY,
) -> Outcome:
    """Kill a listener so often, let it hear the rest, and look.

    Args:
        rate: events a second. `every`: one in so many is a hit; of more than `MOST_AT_ONCE` not all are kept.
        life: seconds that it lives on average after it has heard something, before it is killed.
    """
    chance = random.Random(seed)  # no secret
    seconds = kills * (life + 2.0) + 2
    count = 1 + every * round(rate * seconds / every)  # the last one is a hit
    assert count // every < MOST_AT_ONCE
    path = folder / "inbox.db"
    with replay_server(rate=rate, seconds=count / rate, seed=seed, every=every) as (
        address,
        begins,
    ):
        found_store(path, [SOUGHT], str(begins))
        store, killed, heard = Store(path), 0, begins
        last = begins + (count - 1) * 1_000_000 // rate
        while killed < kills and heard < last:
            with _listener(path, address):
                heard = _until(store, heard + 1)
                time.sleep(2 * life * chance.random())
            killed += 1
        with _listener(path, address):
            _until(store, last)
        store.close()
    store = Store(path)
    found = hits(store)
    store.close()
    numbers = [int(text.split()[1].removeprefix("n")) for text in found]
    expected = range(0, count, every)
    return Outcome(
        expected=len(expected),
        lost=tuple(number for number in expected if number not in numbers),
        doubled=tuple(
            number
            for number, times in zip(numbers, found.values(), strict=True)
            if times > 1 or numbers.count(number) > 1
        ),
        kills=killed,
    )


@contextmanager
def _listener(path: Path, address: str) -> Iterator[None]:
    """A life, which is killed in the end."""
    call = [sys.executable, "-m", "support.jetstream.life", str(path), address]
    with subprocess.Popen(call, cwd=TESTS) as process:
        try:
            yield
        finally:
            process.kill()


def _until(store: Store, least: int) -> int:
    """Wait until the stream was heard up to a moment; up to which it was."""
    until = time.monotonic() + 120
    while (heard := int(stream_state(store).cursor)) < least:
        assert time.monotonic() < until, "the stream was not heard any more"
        time.sleep(0.05)
    return heard
