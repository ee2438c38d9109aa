"""What is read before there is a picture: accounts, what stood where, and since when the owner was away."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from msgspec import Struct

from tui_inbox.commands.places import LOOKED
from tui_inbox.core.moment import HOUR, MINUTE, Millis
from tui_inbox.queries import accounts as account_queries
from tui_inbox.queries import positions as position_queries
from tui_inbox.queries.rows import AccountRow
from tui_inbox.ui.layout import Kind, Shown
from tui_inbox.ui.layouts import LAYOUT, layouts_from
from tui_inbox.ui.services import Asker

SHORT_AWAY: Millis = 5 * MINUTE
"""An absence up to this is not worth a word."""
LONG_AWAY: Millis = 2 * HOUR
"""After this long the program begins with what happened meanwhile."""


class Beginning(Struct, frozen=True):
    """How the screen begins.

    Attributes:
        layouts: what stood where at each kind of size.
        away_since: until when the owner looked at the last run, if that is known.
    """

    accounts: tuple[AccountRow, ...] = ()
    layouts: Mapping[Kind, Shown] = {}
    away_since: Millis | None = None

    def was_away(self, now: Millis) -> bool:
        """Whether a line in the status line is due: an absence that is worth a word, but not a page."""
        since = self.away_since
        return since is not None and now - since > SHORT_AWAY and not self.was_long_away(now)

    def was_long_away(self, now: Millis) -> bool:
        """Whether enough may have happened to be told first."""
        return self.away_since is not None and now - self.away_since > LONG_AWAY


async def read_beginning(reader: Asker) -> Beginning:
    """Read it, all at once."""
    accounts, layouts, looked = await asyncio.gather(
        asyncio.wrap_future(reader.ask(account_queries.account_rows)),
        asyncio.wrap_future(reader.ask(position_queries.read, LAYOUT)),
        asyncio.wrap_future(reader.ask(position_queries.read, LOOKED)),
    )
    away = int(looked) if looked is not None and looked.isdigit() else None
    return Beginning(accounts, layouts_from(layouts), away)
