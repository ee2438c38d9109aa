"""Catch-up: what happened while the owner was away. Opening it marks nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.timer import Timer

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import Lane
from tui_inbox.core.moment import Millis
from tui_inbox.queries import catch_up as catch_up_queries
from tui_inbox.queries import words
from tui_inbox.queries.overviews import CatchUp, CatchUpLine
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.inbox import InboxPane, lane_key
from tui_inbox.ui.panes.searches import search_key
from tui_inbox.ui.render.catch_up import CatchUpRenderer, catch_up_data
from tui_inbox.ui.screens.list_page import EnterPage
from tui_inbox.ui.widgets import Row

AGAIN_AFTER = 1.0
"""Seconds between two countings while things arrive."""

BRIEFLY = 3
"""Lines of it that are told in one, after a short absence."""

_TOPICS = frozenset({Topic.INBOX, Topic.SEARCHES, Topic.FEED, Topic.OUTBOX, Topic.WATCHED})

_KEYS = {
    "inbox": "go.inbox",
    "newcomers": "go.inbox",
    "lapsed": "go.inbox",
    "strangers": "go.strangers",
    "searches": "go.searches",
    "search": "go.searches",
    "timeline": "go.timeline",
    "gap": "go.timeline",
    "outbox": "open.outbox",
    "watched": "open.watched",
}
"""The key that leads where a line goes to; what stands behind a colon is selected there."""

EMPTY = ("Nothing has come in since.",)


class CatchUpPage(EnterPage):
    """How many of what, in a handful of lines; Enter leads to them.

    Args:
        away_since: when the owner last looked.
    """

    def __init__(self, away_since: Millis) -> None:
        super().__init__(CatchUpRenderer)
        self._away_since = away_since
        self._again: Timer | None = None

    # What it shows

    def concerns(self, change: Change) -> bool:
        """Nearly everything; `news` spares counting it all four times a second."""
        return change.topic in _TOPICS

    def news(self, changes: frozenset[Change]) -> None:
        """Count again in a moment."""
        if self._again is None and any(self.concerns(change) for change in changes):
            self._again = self.set_timer(AGAIN_AFTER, self._count_again)

    def _count_again(self) -> None:
        self._again = None
        self.reread()

    async def read(self) -> None:
        """Count."""
        desk = self.desk
        now = desk.services.now()
        told: CatchUp = await desk.ask(
            catch_up_queries.since, desk.scope, away_since=self._away_since, now=now
        )
        rows = [
            Row(f"{place}:{data.line.goes_to}", data, data)
            for place, data in enumerate(catch_up_data(told.lines))
        ]
        away = words.span(now - self._away_since)
        self.fill(f"While you were away, {away}", rows, hint="Enter opens a line", empty=EMPTY)

    # What keys act on

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Enter."""
        return {self.OPENS: self.open}

    def open(self) -> None:
        """Go where the selected line leads."""
        row = self._rows.selected
        if row is not None:
            line: CatchUpLine = row.data.line
            go_to(self.desk, line.goes_to)


def go_to(desk: Desk, goes_to: str) -> None:
    """Go where a line leads.

    Args:
        desk: the application.
        goes_to: as in `CatchUpLine.goes_to`; a number behind a colon names the search or the hole.
    """
    kind, _, number = goes_to.partition(":")
    desk.act(_KEYS[kind])
    match kind:
        case "newcomers":
            _select_below(desk, lane_key(Lane.NEWCOMERS))
        case "lapsed":
            inbox = desk.pane_of(Area.INBOX)
            if isinstance(inbox, InboxPane) and not inbox.open_lane(Lane.DONE):
                desk.say("It lapsed before today; the card of the person has what was said.")
        case "search":
            _select(desk, Area.SEARCHES, search_key(int(number)))
        case "gap":
            if not _select(desk, Area.READING, f"gap:{number}"):
                desk.say("The hole lies further down.")
        case _:
            pass


def _select(desk: Desk, area: Area, key: str) -> bool:
    rows = desk.pane_of(area).rows
    return rows is not None and rows.select_key(key)


def _select_below(desk: Desk, heading: str) -> None:
    """Select the first row below a heading of the Inbox."""
    rows = desk.pane_of(Area.INBOX).rows
    keys_shown = [row.key for row in rows.rows] if rows is not None else []
    if rows is not None and heading in keys_shown:
        rows.select_key(keys_shown[keys_shown.index(heading) + 1])


async def say_briefly(desk: Desk, away_since: Millis) -> None:
    """Say in one line what happened during a short absence; nothing if nothing did."""
    now = desk.services.now()
    told: CatchUp = await desk.ask(
        catch_up_queries.since, desk.scope, away_since=away_since, now=now
    )
    if told.lines:
        lines = [f"{line.count} {line.words}" for line in told.lines[:BRIEFLY]]
        desk.say(f"away {words.span(now - away_since)}: {', '.join(lines)} · g c")
