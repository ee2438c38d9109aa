"""A day of the program: the real screen, reading half and store, on a scripted server and a clock that leaps.

Posts come at a day's rhythm, lines break, the machine sleeps, and somebody presses keys. One seed is always the
same story, as far as threads allow.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from support.day_server import DayServer
from support.gauges import Reading, read_app
from support.scripted_network import ME
from support.simulated_time import SimulatedClock, WatchedStore, run_simulated
from textual.pilot import Pilot

from tui_inbox.commands.context import Context
from tui_inbox.core.account import Account, Limits
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND, Millis
from tui_inbox.core.ports import Throttled, Unreachable
from tui_inbox.queries.reader import Reader
from tui_inbox.store import accounts, searches
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.bus import Bus
from tui_inbox.sync.connected import Connected
from tui_inbox.sync.hub import Hub
from tui_inbox.ui.app import InboxApp
from tui_inbox.ui.services import Services

MORNING: Millis = 20_000 * DAY + 6 * HOUR
"""When a day begins."""
BEFORE = 200
"""Things that happened on the server before the program is started."""
SIZE = (160, 45)

WAYS: tuple[tuple[str, ...], ...] = (
    ("2", "j", "j", "j", "j", "k", "enter", "q"),
    ("n", "enter", "q", "e"),
    ("n", "e", "n", "e", "n", "e"),
    ("n", "e", "n", "e", "n", "e"),
    ("2", "full_stop"),
    ("2", "full_stop"),
    ("1", "j", "w", "q", "e"),
    ("2", "j", "r", *"thanks", "space", *"again", "ctrl+s", "q"),
    ("slash", *"garden", "enter", "j", "j", "enter", "q", "q"),
    ("2", "j", "p", "j", "q"),
    ("2", "t", "p", "j", "t", "a"),
    ("2", "t", "t", "j", "t", "a"),
    ("2", "space", "space", "ctrl+u", "f"),
    ("2", "G", "home"),
    ("3", "j", "j", "e", "4", "j", "j"),
    ("2", "j", "b", "s", "v"),
    ("question_mark", "j", "q"),
    ("c", *"nothing", "space", *"new", "escape"),
    ("g", "o", "q"),
    ("comma", "comma", "tab", "tab"),
)
"""What somebody does at one look: keys, one after the other."""
LOOK_EVERY: Millis = 4 * MINUTE
"""About how often somebody looks, while they are awake."""
AWAKE = range(7, 23)
"""Hours of the day."""
TROUBLE_EVERY: Millis = 40 * MINUTE
"""About how often something is wrong with the line."""
SLEEP_EVERY: Millis = 5 * HOUR
PATIENCE: Millis = 30 * MINUTE
"""How long a line may be lost once nothing is wrong any more."""


class HubHere(Hub):
    """The hub on the loop of the screen, so that one clock moves both."""

    work: asyncio.Task[None] | None = None

    def start(self) -> None:
        self.work = asyncio.get_running_loop().create_task(self._run())

    async def end(self) -> None:
        """End it; an error that stopped it is raised here."""
        if self.work is not None:
            self._on_loop(lambda supervisor: supervisor.stop())
            await self.work


@dataclass(frozen=True)
class Story:
    """How a day goes.

    Attributes:
        begins: when the program is started.
        length: how long it is.
        every: how often the gauges are read.
        posts_a_day: how many posts and boosts.
    """

    seed: int = 1
    begins: Millis = MORNING
    length: Millis = DAY
    every: Millis = HOUR
    posts_a_day: int = 15_000


class Day:
    """One run of the program through a story.

    Args:
        folder: where its store is made.
        story: what happens.
        told: called with the number of each reading of the gauges, and what was read.

    Attributes:
        app: the screen.
        server: the other end.
    """

    def __init__(self, folder: Path, story: Story, told: Callable[[int, Reading], None]) -> None:
        self._path = folder / "inbox.db"
        self._story = story
        self._told = told
        self._pick = Random(story.seed)
        self._clock = SimulatedClock(story.begins)
        self.server = DayServer(
            clock=self._clock.now,
            pick=Random(story.seed + 1),
            posts_a_day=story.posts_a_day,
            page_size=40,
        )
        bus = Bus()
        self._store = WatchedStore(self._path, on_commit=bus.publish)
        self._account = self._store.write(_sign_in).result()
        connected = [Connected(self._account, self.server)]
        self._hub = HubHere(self._store, bus, self._clock, lambda: connected)
        self.app = InboxApp(
            Services(
                reader=Reader(self._store),
                ctx=Context(self._store, self._clock, wake_outbox=self._hub.wake_outbox),
                fetcher=self._hub,
                subscribe=bus.subscribe,
                now=self._clock.now,
                started=self._hub.start,
                monotonic=self._clock.monotonic,
            )
        )

    def run(self) -> list[Reading]:
        """Go through the whole story; what the gauges said, one reading after the other."""
        try:
            return run_simulated(self._clock, lambda: self._store.is_busy, self._run())
        finally:
            self._store.close()

    @property
    def store(self) -> Store:
        """Everything that was read; closed when the day is over."""
        return self._store

    async def _run(self) -> list[Reading]:
        for number in range(BEFORE, 0, -1):
            self.server.happen(self._story.begins - number * MINUTE)
        async with self.app.run_test(size=SIZE) as pilot:
            await self._until_live()
            async with asyncio.TaskGroup() as group:
                happening = group.create_task(self._happen())
                trouble = group.create_task(self._trouble())
                readings = await self._look(pilot)
                happening.cancel()
                trouble.cancel()
            await self._hub.end()
        return readings

    # The owner

    async def _look(self, pilot: Pilot[None]) -> list[Reading]:
        """Press keys now and then, and read the gauges at their times, with nothing open."""
        readings: list[Reading] = []
        count = self._story.length // self._story.every
        while len(readings) < count:
            due = self._story.begins + (len(readings) + 1) * self._story.every
            now = self._clock.now()
            pause = round(self._pick.expovariate(1 / LOOK_EVERY))
            if now + pause < due:
                await self._clock.sleep(pause / SECOND)
                if self._clock.now() % DAY // HOUR in AWAKE:
                    await self._press(pilot, self._pick.choice(WAYS))
            else:
                await self._clock.sleep(max(0, due - now) / SECOND)
                await self._rest(pilot)
                reading = read_app(self.app, self._path)
                readings.append(reading)
                self._told(len(readings), reading)
        return readings

    async def _press(self, pilot: Pilot[None], keys: tuple[str, ...]) -> None:
        for key in keys:
            # Two of `q` within three seconds would end the program.
            await self._clock.sleep(4 if key == "q" else self._pick.uniform(0.3, 2))
            await pilot.press(key)

    async def _rest(self, pilot: Pilot[None]) -> None:
        """Close what is open and let go of the keys, until the screen shows what it shows most of the time."""
        while self.app.close_top():
            await self._clock.sleep(1)
        await self._press(pilot, ("2", "full_stop"))
        await self._clock.sleep(MINUTE / SECOND)

    # The world

    async def _happen(self) -> None:
        while True:
            await self._clock.sleep(self.server.pause(self._clock.now()) / SECOND)
            self.server.happen(self._clock.now())

    async def _trouble(self) -> None:
        """Lines that break, fall silent or cannot be opened for a while, and a machine that sleeps."""
        awake_until = self._clock.now() + SLEEP_EVERY
        while True:
            await self._clock.sleep(self._pick.expovariate(SECOND / TROUBLE_EVERY))
            if self._clock.now() > awake_until:
                self._suspend(round(self._pick.uniform(10, 50) * MINUTE))
                awake_until = self._clock.now() + SLEEP_EVERY
            else:
                await self._break()

    async def _break(self) -> None:
        match self._pick.randrange(4):
            case 0:
                self.server.cut(Unreachable("The line broke."))
            case 1:
                self._refuse("identify", 5)
                self.server.cut(Unreachable("The line broke."))
            case 2:
                self._refuse("feed", 3)
                self.server.cut(Unreachable("The line broke."))
            case _:
                self.server.tells = False
                await self._clock.sleep(2 * MINUTE / SECOND)
                self.server.tells = True
                self.server.cut(Unreachable("Nothing was heard for a while."))
        await self._until_live()

    def _refuse(self, method: str, most: int) -> None:
        until = self._clock.now() + MINUTE
        errors = (Unreachable("No line."), Throttled("A pause, please.", until=until))
        times = self._pick.randint(1, most)
        self.server.fail(method, *(self._pick.choice(errors) for _ in range(times)))

    def _suspend(self, duration: Millis) -> None:
        """The machine sleeps; the world does not."""
        began = self._clock.now()
        self.server.tells = False
        now = began + self.server.pause(began)
        while now < began + duration:
            self.server.happen(now)
            now += self.server.pause(now)
        self.server.tells = True
        self._clock.suspend(duration)
        self.server.cut(Unreachable("This machine was asleep; the line is opened again."))

    async def _until_live(self) -> None:
        given_up = self._clock.now() + PATIENCE
        while not self._is_live():
            assert self._clock.now() < given_up, f"the line does not come back: {self._health}"
            await self._clock.sleep(1)

    @property
    def _health(self) -> Health | None:
        return self._hub.health().get(self._account.id)

    def _is_live(self) -> bool:
        return self._health is not None and self._health.state is HealthState.LIVE


def _sign_in(w: Writing) -> Account:
    account = accounts.add_account(
        w,
        network="scripted",
        server="https://scripted.example",
        person=ME,
        letters="me",
        label="me",
        limits=Limits(),
    )
    searches.add_search(w, account.id, "bicycle OR hedgehog", at=MORNING)
    return account
