"""The strip of the tour: says what to press next, and goes on when that was done."""

from __future__ import annotations

import re
from typing import cast

from textual import events
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from tui_inbox.ui.desk import Desk
from tui_inbox.ui.keymap import written
from tui_inbox.ui.layout import CORNER_BELOW, Kind, kind_of
from tui_inbox.ui.tour import END, STEPS, Progress
from tui_inbox.ui.widgets.line import act_clicked, acting

LOOK_EVERY = 0.1
"""Seconds between two looks whether a key has led where it should."""

MORE_ROOM = (
    f"The tour needs more room: {CORNER_BELOW.width} columns and {CORNER_BELOW.height} lines."
)

_KEY = re.compile(r"\{([a-z._]+)\}")


class TourStrip(Widget):
    """Stands below the panes and takes its lines from them, so it covers nothing of what it talks of."""

    DEFAULT_CSS = """
    TourStrip {
        height: auto;
        width: 1fr;
        background: $inbox-picked;
        color: $inbox-bright;
        padding: 0 1;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.progress = Progress()
        self._looking: Timer | None = None

    @property
    def desk(self) -> Desk:
        """The application."""
        return cast(Desk, self.app)

    @property
    def words(self) -> str:
        """What it says, without its style."""
        return self.render().plain

    def acted(self, id_: str) -> None:
        """A key did something: perhaps what is to be done. Where it leads to may take a moment."""
        part = self.progress.to_do
        if part is not None and id_ in part.ids:
            self._stop_looking()
            self._looking = self.set_interval(LOOK_EVERY, self._look)
            self._look()

    def _look(self) -> None:
        part = self.progress.to_do
        if part is None or part.came(self.desk):
            self._go(self.progress.done())

    def skip(self) -> None:
        """The next step, done or not; behind the last one the tour ends."""
        if self.progress.is_over:
            self.desk.end_tour()
        else:
            self._go(self.progress.skipped())

    def back(self) -> None:
        """The step before."""
        self._go(self.progress.back())

    def _go(self, to: Progress) -> None:
        self._stop_looking()
        self.progress = to
        self.refresh(layout=True)

    def _stop_looking(self) -> None:
        if self._looking is not None:
            self._looking.stop()
            self._looking = None

    def look_changed(self) -> None:
        """Other keys may do what it asks for."""
        self.refresh(layout=True)

    def on_resize(self) -> None:
        """Another size may be too small for it."""
        self.refresh(layout=True)

    def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        if id_ := act_clicked(event):
            event.stop()
            self.desk.act(id_)

    def render(self) -> Content:
        """Which step it is, the keys of the tour, and what to press."""
        if kind_of(self.app.size) is Kind.CORNER:
            return Content(MORE_ROOM)
        progress = self.progress
        part = progress.to_do
        if part is None:
            head, ids = "The tour is over", ["tour.back", "tour.end"]
        else:
            title = STEPS[progress.step].title
            head = f"Tour, {progress.step + 1} of {len(STEPS)}: {title}"
            ids = ["tour.next", "tour.back", "tour.end"]
        entries = [Content.styled(head, "bold $inbox-yours"), *map(self._key, ids)]
        said = self._said(END if part is None else part.words)
        return Content("\n").join([Content("   ").join(entries), said])

    def _key(self, id_: str) -> Content:
        from tui_inbox.ui.keys import key_named

        return Content.assemble(
            acting(self._written(id_), id_, "$inbox-bright"),
            " ",
            acting(key_named(id_).word, id_, "$inbox-dim"),
        )

    def _said(self, words: str) -> Content:
        """A sentence with the keys that are in force."""
        parts: list[Content] = []
        for place, piece in enumerate(_KEY.split(words)):
            is_key = place % 2 == 1
            parts.append(
                acting(self._written(piece), piece, "bold $inbox-yours")
                if is_key
                else Content(piece)
            )
        return Content("").join(parts)

    def _written(self, id_: str) -> str:
        return written(id_, dict(self.desk.services.look.keymap)) or "(a key you took away)"
