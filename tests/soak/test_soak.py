"""The installed program in a real terminal for many minutes: posts stream in, lines break, keys are pressed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import count
from random import Random

import pytest
from support.fake_mastodon.running import FakeServer, running_fake
from support.gauges import Reading, complaints, read_process
from support.installed import Installed
from support.terminal import Terminal

POSTS = 2_000
PER_SECOND = 10.0
LOOK_SECONDS = 5.0
"""Between two looks at the screen, with some keys each."""
DOWN_EVERY = 24
"""Looks from one outage to the next."""

WAYS: tuple[tuple[str, ...], ...] = (
    ("2", "j", "j", "k", "enter", "q"),
    ("2", "."),
    ("n", "e"),
    ("1", "j", "w", "q"),
    ("2", "j", "p", "q"),
    ("/", "g", "a", "r", "enter", "j", "q", "q"),
    ("2", "t", "p", "j", "t", "a"),
    ("2", "t", "t", "j", "t", "a"),
    ("2", "space", "space", "f", "."),
    ("c", "h", "i", "esc"),
)


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """A server with some weeks of posts."""
    with running_fake(POSTS) as server:
        yield server


@pytest.mark.soak
def test_hours_of_posts_keys_and_outages_leave_nothing_behind(
    tmp_path_factory: pytest.TempPathFactory, server: FakeServer, soak_minutes: float
) -> None:
    program = Installed(tmp_path_factory.mktemp("soak") / "home")
    done = program.run("login", "mastodon", server.url, "--token-stdin", stdin="token\n")
    assert done.returncode == 0, done.stderr
    with program.open() as terminal:
        terminal.wait_for(r"p\d{7}q")
        terminal.wait_for(r"\blive\b")
        server.rate(PER_SECOND)
        readings = soak(terminal, server, soak_minutes)
        server.rate(0)
        server.up()
        terminal.press("2", "t", "a", ".")
        (arrival,) = server.emit()
        terminal.wait_for(arrival.marker)  # after all that, it still does what it is for
    for reading in readings:
        print(f"{reading.memory:.1f} MiB, {dict(reading.counts)}")
    assert complaints(readings) == []


def soak(terminal: Terminal, server: FakeServer, minutes: float) -> list[Reading]:
    """Press keys and break the line for so long; what the process needed after each look at the screen."""
    pick = Random(1)
    readings: list[Reading] = []
    until = time.monotonic() + minutes * 60
    for look in count():
        if time.monotonic() > until:
            break
        if look % DOWN_EVERY == DOWN_EVERY - 2:
            server.down()
        if look % DOWN_EVERY == DOWN_EVERY - 1:
            server.up()
        for key in pick.choice(WAYS):
            terminal.press(key)
            # Two of `q` within three seconds would end the program.
            terminal.watch(4.0 if key == "q" else 0.4)
        terminal.watch(LOOK_SECONDS)
        readings.append(read_process(terminal.process.pid))
    return readings
