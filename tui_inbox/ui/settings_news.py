"""The settings file changes while the screen is open: it is looked at each second, and taken over as it is then."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from tui_inbox.ui.desk import Desk
from tui_inbox.ui.services import OwnSettings, Services

LOOK_EVERY = 1.0
"""Seconds between two looks at the file. A look is a call of the system on each file, some microseconds, so that
nothing has to be installed that is told by the system."""


class Screen(Desk, Protocol):
    """The application, as far as settings change it."""

    def take(self, services: Services) -> None:
        """From now on these hold."""
        ...


class SettingsNews:
    """Watches the settings.

    Args:
        screen: the application.
        settings: the owner's files.
        every: runs a function again and again, after so many seconds each time.
    """

    def __init__(
        self,
        screen: Screen,
        settings: OwnSettings,
        every: Callable[[float, Callable[[], None]], object],
    ) -> None:
        self._screen = screen
        self._settings = settings
        self._reading = False
        every(LOOK_EVERY, self.look)

    def look(self) -> None:
        """See whether the file is another one."""
        if not self._reading and self._settings.has_changed():
            self._reading = True
            self._screen.start(self._take())

    async def _take(self) -> None:
        try:
            taken = await asyncio.to_thread(self._settings.take)
        finally:
            self._reading = False
        if taken.sentence:
            self._screen.say(taken.sentence)
        if taken.services is not None:
            self._screen.take(taken.services)
