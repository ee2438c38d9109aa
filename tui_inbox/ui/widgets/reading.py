"""The reading column: the Timeline, pages laid over it, and the composer below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widget import Widget

from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.screens.page import Page

if TYPE_CHECKING:
    from tui_inbox.ui.screens.composer import Composer

ROOMY = 36
TIGHT = 22
"""Lines of the screen from which the card has all its lines, or two of them, while something is written; without
a composer it has two below `TIGHT`."""


class ReadingColumn(Widget):
    """A stack of pages over the Timeline; the one on top is seen.

    Args:
        timeline: the pane at the bottom of the stack.
    """

    DEFAULT_CSS = """
    ReadingColumn {
        layout: vertical;
    }
    ReadingColumn > .-covered { display: none; }
    """

    def __init__(self, timeline: Pane) -> None:
        super().__init__(id=Area.READING)
        self._timeline = timeline
        self._pages: list[Page] = []
        self.composer: Composer | None = None

    def compose(self) -> ComposeResult:
        """The Timeline alone."""
        yield self._timeline

    async def add_composer(self) -> None:
        """Put the composer below, hidden. It is not needed for the first picture, so it comes after it."""
        from tui_inbox.ui.screens.composer import Composer

        self.composer = Composer()
        await self.mount(self.composer)

    def share(self, height: int) -> None:
        """Share the height between what is read and what is written; the card gives way first.

        Args:
            height: lines of the screen. The text gets at least its four.
        """
        lines: int | None = None
        if self.composer is not None:
            self.composer.fit(height)
            if self.composer.is_open and not self.composer.answers:
                lines = 0  # the card of somebody else has nothing to say to a new post
            elif self.composer.is_open and height < ROOMY:
                lines = 2 if height >= TIGHT else 1
            elif height < TIGHT:
                lines = 2
        if isinstance(self.top, Page):
            self.top.give_way(lines)

    @property
    def top(self) -> Pane:
        """What is seen."""
        return self._pages[-1] if self._pages else self._timeline

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages over the Timeline, the one on top last."""
        return tuple(self._pages)

    @property
    def is_written_in(self) -> bool:
        """Whether the composer is open."""
        return self.composer is not None and self.composer.is_open

    def push(self, page: Page) -> None:
        """Lay a page on top."""
        self.top.add_class("-covered")
        self.mount(page, after=self.top)
        self._pages.append(page)

    def take(self, page: Page) -> None:
        """Take a page away, wherever it lies; one that is not there is no error."""
        if page in self._pages:
            self._pages.remove(page)
            page.closed()
            page.remove()
            self.top.remove_class("-covered")
