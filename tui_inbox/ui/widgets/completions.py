"""A quiet list of what a word may become, under the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from textual import events
from textual.content import Content
from textual.widget import Widget

MOST = 5
"""Lines of the list."""


class Offer(Struct, frozen=True):
    """What a word may become: what is put in its place, and how the list says it."""

    text: str
    words: str
    more: str = ""


class Completions(Widget):
    """Shows offers, one of them chosen. It never has the focus: the hand stays in the text.

    Args:
        taken: told of an offer that was clicked.
    """

    DEFAULT_CSS = """
    Completions {
        display: none;
        height: auto;
        max-height: 5;
        width: 1fr;
        color: $inbox-text;
    }
    Completions.-open { display: block; }
    """

    def __init__(self, taken: Callable[[Offer], None]) -> None:
        super().__init__()
        self._taken = taken
        self._offers: tuple[Offer, ...] = ()
        self._chosen = 0

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What is offered."""
        return self._offers

    @property
    def chosen(self) -> Offer | None:
        """The one that would be taken."""
        return self._offers[self._chosen] if self._offers else None

    def show(self, offers: Sequence[Offer]) -> None:
        """Offer something else; what was chosen stays chosen where it is still there."""
        before = self.chosen
        self._offers = tuple(offers[:MOST])
        self._chosen = self._offers.index(before) if before in self._offers else 0
        self.set_class(bool(self._offers), "-open")
        self.refresh(layout=True)

    def move(self, delta: int) -> None:
        """Choose another one; behind the last stands the first."""
        if self._offers:
            self._chosen = (self._chosen + delta) % len(self._offers)
            self.refresh()

    def render(self) -> Content:
        """A line for each."""
        width = self.content_size.width
        lines = []
        for place, offer in enumerate(self._offers):
            chosen = place == self._chosen
            style = "bold $inbox-bright on $inbox-picked" if chosen else "$inbox-text"
            line = Content.assemble((offer.words, style), "  ", (offer.more, "$inbox-dim"))
            lines.append(line.truncate(width, ellipsis=True))
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        """Take the one under the mouse."""
        event.stop()
        if 0 <= event.y < len(self._offers):
            self._taken(self._offers[event.y])
