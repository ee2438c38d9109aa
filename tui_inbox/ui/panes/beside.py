"""What is read beside a list follows the list, as in a mail client."""

from __future__ import annotations

from textual.timer import Timer

from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.screens.page import Page

REST = 0.25
"""Seconds the hand rests until the page beside the list follows: a held key opens nothing on its way."""


class Beside:
    """The page in the reading column, as seen from a list that stands beside it.

    Args:
        pane: the pane of the list.
    """

    def __init__(self, pane: Pane) -> None:
        self._pane = pane
        self._waiting: Timer | None = None

    def wander(self) -> None:
        """Another row is selected."""
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        if self._page() is not None:
            self._waiting = self._pane.set_timer(REST, self._rested)

    def _rested(self) -> None:
        self._waiting = None
        page, target = self._page(), self._pane.target()
        if page is None or target is None or target.post is None:
            return
        is_read_there = target.item is not None or target.hit is not None
        # What is written below a thread answers that thread: it stays as long as there is a composer.
        if is_read_there and not self._pane.desk.composer.is_open:
            page.follow(target)

    def _page(self) -> Page | None:
        """The page that is seen beside the list while the hand is on the list."""
        desk, rows = self._pane.desk, self._pane.rows
        if rows is None or not rows.has_focus or Area.READING not in desk.ground.areas:
            return None
        page = desk.pane_of(Area.READING)
        return page if isinstance(page, Page) else None
