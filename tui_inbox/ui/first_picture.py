"""The first picture: held back until every pane has read what the store has, so that it is painted once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any

from textual.app import App

from tui_inbox.ui.panes.pane import Pane

LONGEST_UNPAINTED = 0.5
"""Seconds after which it is painted although some pane has not read its rows."""


class FirstPicture:
    """Holds the screen back at the start.

    Args:
        app: the application.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._unpainted = ExitStack()
        self.is_held_back = False

    def hold_back(self) -> None:
        """Paint nothing yet."""
        self.is_held_back = True
        self._unpainted.enter_context(self._app.batch_update())
        self._unpainted.callback(self._let_go)
        self._app.set_timer(LONGEST_UNPAINTED, self._unpainted.close)

    def _let_go(self) -> None:
        self.is_held_back = False

    async def painted(self, panes: Iterable[Pane]) -> None:
        """Paint it when these panes have read, and wait until it is on the screen."""
        for pane in panes:
            await pane.first_read.wait()
        self._unpainted.close()
        painted = asyncio.Event()
        self._app.call_after_refresh(painted.set)
        await painted.wait()
