"""Reads the piece of a timeline that is held: the first one, what has arrived above it, and pages at its ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tui_inbox.queries import timeline as timeline_queries
from tui_inbox.queries.rows import EntryKey, TimelineWindow
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.feed_window import FIRST, PAGE, FeedWindow, window_of
from tui_inbox.ui.panes.shown_source import ShownSource
from tui_inbox.ui.widgets import Side


class WindowReader:
    """Reads windows of the feeds that are shown.

    Args:
        desk: the application.
        shown: which feeds.

    Attributes:
        wanted: the ends that the reader has come near to, and that are read on from with the next reading.
    """

    def __init__(self, desk: Desk, shown: ShownSource) -> None:
        self._desk = desk
        self._shown = shown
        self.wanted: set[Side] = set()

    async def around(self, key: EntryKey | None) -> FeedWindow:
        """The window around a place, or the newest one."""
        return window_of(await self._page(limit=FIRST, around=key))

    async def again(self, window: FeedWindow) -> FeedWindow:
        """What is held, as it is now."""
        limit = max(PAGE, len(window.rows) + 20)
        return window_of(await self._page(limit=limit, older_than=window.above))

    async def with_arrivals(self, window: FeedWindow, *, follows: Callable[[], bool]) -> FeedWindow:
        """With what has arrived above, or what is newest of it where the head is followed.

        Where the reader is elsewhere, rows under their eyes are never let go to make room: what cannot be held
        is counted, and read when they come near.

        Args:
            follows: whether the reader follows the head, which may change while the page is read.
        """
        page = await self._page(limit=PAGE, newer_than=window.newest)
        if follows():
            if not page.at_newest:
                return window_of(await self._page(limit=PAGE))
            return window.with_newer(page).shortened()
        return window.with_newer(page) if window.has_room_for(page) else window.stays_behind()

    async def with_wanted_pages(self, window: FeedWindow) -> FeedWindow:
        """Longer at the ends that the reader has come near to."""
        if Side.HEAD in self.wanted and not window.at_newest:
            window = window.with_newer(await self._page(limit=PAGE, newer_than=window.newest))
        if Side.TAIL in self.wanted and not window.at_oldest:
            window = window.with_older(await self._page(limit=PAGE, older_than=window.oldest))
        self.wanted.clear()
        return window

    async def count_beyond(self, window: FeedWindow) -> int:
        """How many stand above what is held; counting stops at a thousand."""
        if window.at_newest or window.newest is None:
            return 0
        desk, (source, talk_only) = self._desk, self._shown.shows
        return await desk.ask(
            timeline_queries.count_newer,
            desk.scope,
            window.newest,
            talk_only=talk_only,
            source=source,
        )

    async def count_late(self, below: EntryKey, *, after_seq: int) -> int:
        """How many that stand below a place have arrived since one that had this arrival number."""
        desk, source = self._desk, self._shown.source
        return await desk.ask(
            timeline_queries.count_late,
            desk.scope,
            after_seq=after_seq,
            older_than=below,
            source=source,
        )

    async def _page(self, **place: Any) -> TimelineWindow:
        desk = self._desk
        return await desk.ask(
            timeline_queries.window,
            desk.scope,
            now=desk.services.now(),
            talk_only=self._shown.talk_only,
            source=self._shown.source,
            **place,
        )
