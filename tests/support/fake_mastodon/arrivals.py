"""New posts: one now, or some every second."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass

from support.fake_mastodon.hostile import HOSTILE, HOSTILE_NAME
from support.fake_mastodon.streams import Event, Streams
from support.fake_mastodon.world import PEOPLE, Live, World, marker_of

from tui_inbox.core.moment import Millis

REMEMBERED = 5000


@dataclass(frozen=True, slots=True)
class Arrival:
    """A post that was sent to the streams.

    Attributes:
        marker: the first word of its text.
        at: seconds of the system's monotonic clock, which every process here shares.
    """

    index: int
    marker: str
    at: float


class Arrivals:
    """Lets posts arrive.

    Attributes:
        recent: the newest of them, oldest first.
    """

    def __init__(self, world: World, streams: Streams, per_second: float) -> None:
        self.recent: deque[Arrival] = deque(maxlen=REMEMBERED)
        self._world = world
        self._streams = streams
        self._per_second = per_second
        self._changed = asyncio.Event()
        self._latest: Millis = 0

    @property
    def per_second(self) -> float:
        """How many arrive by themselves."""
        return self._per_second

    @per_second.setter
    def per_second(self, value: float) -> None:
        self._per_second = value
        self._changed.set()

    def emit(self, kind: str = "") -> Arrival:
        """Let one post arrive.

        Args:
            kind: name of a hostile one; an ordinary one if empty.

        Raises:
            KeyError: there is no such kind.
        """
        world = self._world
        self._latest = max(world.now(), self._latest + 1)  # so their order is told
        live = Live(
            at=self._latest,
            author=1 + world.size % (PEOPLE - 1),
            html=HOSTILE[kind] if kind else "",
            author_name=HOSTILE_NAME if kind else "",
        )
        index = world.add(live)
        event = Event.of("update", json.dumps(world.status(index)))
        arrival = Arrival(index, marker_of(index), time.monotonic())
        self._streams.send(event)
        self.recent.append(arrival)
        return arrival

    async def run(self) -> None:
        """Let posts arrive at their rate, for ever. Those that are late come at once."""
        due = time.monotonic()
        while True:
            pause = max(0.0, due - time.monotonic()) if self._per_second > 0 else None
            try:
                async with asyncio.timeout(pause):
                    await self._changed.wait()
            except TimeoutError:
                self.emit()
                due += 1 / self._per_second
            else:
                self._changed.clear()
                due = time.monotonic()
