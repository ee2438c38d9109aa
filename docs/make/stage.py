"""The program on a stage: the demo town, a clock that is moved by hand, and hands that press keys."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace
from plain_svg import screen_text
from textual.pilot import Pilot
from textual.widgets import TextArea

from tui_inbox.clock import SystemClock
from tui_inbox.core.moment import SECOND, Millis
from tui_inbox.paths import find_paths
from tui_inbox.program import DemoTown, Inbox
from tui_inbox.settings import MixSettings, MixTargets, Settings
from tui_inbox.ui.app import InboxApp
from tui_inbox.ui.layout import SIDE_WIDTH
from tui_inbox.ui.services import Services

PATIENCE_SECONDS = 30.0
LOOK_EVERY_SECONDS = 0.25
LOOKS_ALIKE = 5
"""The screen is at rest when it looked the same so many times in a row. A row that is selected for a second
counts as looked at, so this has to be longer."""


class StageClock(SystemClock):
    """Stands still unless it is moved. Who sleeps by it is woken when it has been moved far enough."""

    def __init__(self, at: Millis) -> None:
        self._at = at
        self._lock = threading.Lock()
        self._sleepers: list[tuple[Millis, asyncio.Future[None]]] = []

    def now(self) -> Millis:
        """The moment on stage."""
        return self._at

    def monotonic(self) -> float:
        """The same in seconds: nobody sets this clock back."""
        return self._at / SECOND

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock has been moved."""
        future = asyncio.get_running_loop().create_future()
        with self._lock:
            due = self._at + round(seconds * SECOND)
            if due <= self._at:
                return
            self._sleepers.append((due, future))
        await future

    def move(self, time: Millis) -> None:
        """Let time pass. May be called on any thread."""
        with self._lock:
            self._at += time
            woken = [future for due, future in self._sleepers if due <= self._at]
            self._sleepers = [sleeper for sleeper in self._sleepers if sleeper[0] > self._at]
        for future in woken:
            loop = future.get_loop()
            if not loop.is_closed():
                loop.call_soon_threadsafe(_wake, future)


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


@dataclass(frozen=True, slots=True)
class Stage:
    """The running program, and hands for it."""

    app: InboxApp
    pilot: Pilot[None]
    clock: StageClock

    async def press(self, *keys: str) -> None:
        """Press keys, each when everything that the one before did has been shown."""
        for key in keys:
            await self.pilot.press(key)
            await self.rest()

    async def type(self, text: str) -> None:
        """Type a text into the field that has the focus."""
        for letter in text:
            await self.pilot.press("space" if letter == " " else letter)
        await self.rest()

    async def select(self, name: str, *, pane: str = "1") -> None:
        """Go to somebody's row of the Inbox, or of the pane that another key leads to.

        Raises:
            LookupError: there is none.
        """
        await self.pilot.press(pane, "home")
        before = ""
        while name not in (selected := self.selected):
            if selected == before:
                raise LookupError(f"{name} is not in the pane {pane}:\n{self.text}")
            before = selected
            # Without a rest, so that the rows on the way do not count as looked at.
            await self.pilot.press("j")
            await self.pilot.pause()
        await self.rest()

    async def pass_time(self, time: Millis) -> None:
        """Let time pass in the town."""
        self.clock.move(time)
        await self.rest()

    async def rest(self, shows: str = "") -> None:
        """Wait until the screen has come to rest and shows something.

        Args:
            shows: a regular expression.

        Raises:
            TimeoutError: it does not.
        """
        alike, before = 0, ""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while alike < LOOKS_ALIKE or not re.search(shows, before):
                await asyncio.sleep(LOOK_EVERY_SECONDS)
                text = self.text
                alike = alike + 1 if text == before else 0
                before = text

    def wear(self, theme: str) -> None:
        """Put on a theme, as its setting would.

        Args:
            theme: its name.
        """
        self.app.look_changed(replace(self.app.services.look, theme=theme))

    def hush(self) -> None:
        """Take away what the program says for some seconds of nobody's clock."""
        self.app.say("")

    @property
    def svg(self) -> str:
        """The screen as Textual draws it."""
        return self.app.export_screenshot(simplify=True)

    @property
    def text(self) -> str:
        """What the screen shows."""
        return screen_text(self.svg)

    @property
    def selected(self) -> str:
        """The selected row of the leftmost pane."""
        lines = self.text.splitlines()
        return "\n".join(line[:SIDE_WIDTH] for line in lines if line.startswith("▌"))


class Theatre:
    """One demo town, on which the program can be opened again and again."""

    def __init__(self, home: Path, at: Millis) -> None:
        paths = find_paths({"TUI_INBOX_HOME": str(home)})
        paths.make()
        self.clock = StageClock(at)
        settings = Settings(mix=MixSettings(show=True, target=MixTargets(30, 50, 20)))
        self._inbox = Inbox(paths, settings, DemoTown())
        self._inbox.clock = self.clock

    def found(self) -> None:
        """Found the town and read its past."""
        self._inbox.found_town()
        self._inbox.sync()

    def close(self) -> None:
        """Close the store."""
        self._inbox.store.close()

    @asynccontextmanager
    async def open(self, columns: int, lines: int, *, town: bool = True) -> AsyncIterator[Stage]:
        """Open the program on a screen of some size.

        Args:
            columns: its width in cells.
            lines: its height.
            town: whether the town was founded; without one there is nobody to hear of.
        """
        hub = self._inbox.make_hub()
        services = Services(
            reader=self._inbox.reader,
            ctx=self._inbox.context_for(hub),
            fetcher=hub,
            subscribe=self._inbox.bus.subscribe,
            now=self.clock.now,
            started=hub.start,
            mix=self._inbox.mix_target(),
        )
        app = InboxApp(services)
        try:
            async with app.run_test(size=(columns, lines)) as pilot:
                stage = Stage(app, pilot, self.clock)
                await stage.rest("live" if town else "")
                for field in app.screen.query(TextArea):
                    field.cursor_blink = False
                yield stage
        finally:
            hub.stop()
