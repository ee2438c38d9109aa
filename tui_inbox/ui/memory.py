"""What of the screen is kept for the next start, besides the place in each pane."""

from __future__ import annotations

from tui_inbox.commands import places as place_commands
from tui_inbox.commands.context import Context
from tui_inbox.ui.layout import Shown
from tui_inbox.ui.places import LAYOUT, shown_text


class Memory:
    """Keeps until when the owner looked, and what stands where.

    Args:
        ctx: what commands need.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._kept = ""

    def keep(self, shown: Shown) -> None:
        """The owner looks at this moment, and this stands on the screen."""
        place_commands.looked_away(self._ctx)
        if (text := shown_text(shown)) != self._kept:
            self._kept = text
            place_commands.keep(self._ctx, LAYOUT, text)
