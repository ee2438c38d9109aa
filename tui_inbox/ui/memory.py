"""What of the screen is kept for the next start, besides the place in each pane."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer

from tui_inbox.commands import places as place_commands
from tui_inbox.commands.context import Context
from tui_inbox.ui.layouts import LAYOUT, Layouts, layouts_text

KEEP_AFTER = 2.0
"""Seconds after something was arranged until it is kept for the next start."""


class Memory:
    """Keeps until when the owner looked, and what stands where at each kind of size.

    Args:
        ctx: what commands need.
        set_timer: runs a function after some seconds.
    """

    def __init__(
        self, ctx: Context, set_timer: Callable[[float, Callable[[], None]], Timer]
    ) -> None:
        self._ctx = ctx
        self._set_timer = set_timer
        self._kept = ""
        self._keeping: Timer | None = None

    def keep(self, layouts: Layouts | None) -> None:
        """The owner looks at this moment, and this stands on the screen; None is not kept."""
        place_commands.looked_away(self._ctx)
        if layouts is not None:
            self._keep(layouts)

    def keep_soon(self, layouts: Layouts) -> None:
        """Something is being arranged: keep it once the hand rests."""
        if self._keeping is None:
            self._keeping = self._set_timer(KEEP_AFTER, lambda: self._keep(layouts))

    def _keep(self, layouts: Layouts) -> None:
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None
        if (text := layouts_text(layouts.all)) != self._kept:
            self._kept = text
            place_commands.keep(self._ctx, LAYOUT, text)
