"""The status line: keeps what it shows, and counts down only while there is something to count."""

from __future__ import annotations

from msgspec.structs import replace
from textual.content import Content
from textual.timer import Timer

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.health import HealthState
from tui_inbox.queries import outbox as outbox_queries
from tui_inbox.queries.rows import StatusView
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.widgets.line import Line
from tui_inbox.ui.widgets.status_line import status_words

SAID_FOR = 8.0
"""Seconds a sentence stays, unless another one takes its place."""

SELDOM = 5.0
"""Seconds between two looks at how long ago the servers were heard."""

_TOPICS = frozenset({Topic.HEALTH, Topic.OUTBOX, Topic.ACCOUNTS})


class Status:
    """Health, pauses, the held send, and the last sentence.

    Args:
        desk: the application.
        line: where it is shown.
    """

    def __init__(self, desk: Desk, line: Line) -> None:
        self._desk = desk
        self._line = line
        self._view = StatusView((), (), (), 0, 0)
        self._sentence = ""
        self._said: Timer | None = None
        self._ticking: Timer | None = None

    @property
    def view(self) -> StatusView:
        """What is known."""
        return self._view

    @property
    def sentence(self) -> str:
        """What was said last, until it falls silent."""
        return self._sentence

    def say(self, sentence: str) -> None:
        """Show a sentence for a while; an empty one takes the last away."""
        if self._said is not None:
            self._said.stop()
        self._sentence = sentence
        self._said = self._line.set_timer(SAID_FOR, self._fall_silent) if sentence else None
        self.draw()

    def _fall_silent(self) -> None:
        self._sentence = ""
        self.draw()

    def news(self, changes: frozenset[Change]) -> None:
        """Something changed in the store."""
        if any(change.topic in _TOPICS for change in changes):
            self.reread()

    def reread(self) -> None:
        """Ask how things stand."""
        self._desk.start(self._read())

    async def _read(self) -> None:
        desk = self._desk
        self._view = await desk.ask(
            outbox_queries.status, desk.scope, desk.services.fetcher.health()
        )
        self.draw()

    def _tick(self) -> None:
        """Draw again soon: each second while something is counted down."""
        counting = bool(self._view.held) or any(
            health.state is HealthState.OFFLINE and health.next_try is not None
            for _, health in self._view.health
        )
        if self._ticking is not None:
            self._ticking.stop()
        self._ticking = self._line.set_timer(1.0 if counting else SELDOM, self.draw)

    def draw(self) -> None:
        """Show how things stand at this moment, and again after a while."""
        heard = self._desk.services.fetcher.health()
        accounts = [id_ for id_ in self._desk.scope.accounts if id_ in heard]
        self._view = replace(self._view, health=tuple((id_, heard[id_]) for id_ in accounts))
        now = self._desk.services.now()
        width = self._line.app.size.width - 2
        self._line.say(Content(status_words(self._view, self._sentence, now, None, width)))
        self._tick()
