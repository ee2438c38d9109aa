"""A page: a pane that is laid over the Timeline in the reading column and can be closed."""

from __future__ import annotations

from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.places import Spot
from tui_inbox.ui.target import Target


class Page(Pane):
    """A thread, a person card, a list of drafts … In the one-pane layout it takes the screen.

    Attributes:
        opened_from: the area that had the focus when it was opened; closing gives it back.
    """

    opened_from: Area = Area.READING

    def spot(self) -> Spot | None:
        """A page that was closed is gone; the way back leads to what lay below it."""
        return None

    def give_way(self, lines: int | None) -> None:
        """Leave room for the composer.

        Args:
            lines: what stands beside the rows may use so many lines, perhaps none; None for as many as
                it likes.
        """

    def follow(self, target: Target) -> None:
        """The owner has come to rest on something else in a list beside it: show that, if it is of its kind.

        Args:
            target: a conversation or a hit.
        """

    def closed(self) -> None:
        """It was taken away; the last moment to keep something."""
