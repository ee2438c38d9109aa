"""The status line: keeps what it shows, and counts down only while there is something to count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from msgspec.structs import replace
from textual.content import Content
from textual.style import Style
from textual.timer import Timer

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.health import HealthState
from tui_inbox.core.moment import MINUTE
from tui_inbox.queries import outbox as outbox_queries
from tui_inbox.queries.overviews import StatusView
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.key_words import with_own_keys
from tui_inbox.ui.keymap import written
from tui_inbox.ui.keys import key_named
from tui_inbox.ui.layout import Area, Kind, kind_of
from tui_inbox.ui.render.wrap import DOT
from tui_inbox.ui.screens.page import Page
from tui_inbox.ui.widgets.key_line import TakesKeys
from tui_inbox.ui.widgets.line import ACT, Line, acting
from tui_inbox.ui.widgets.status_line import (
    UNDOING,
    refused_words,
    sent_words,
    status_words,
)

SAID_FOR = 8.0
"""Seconds a sentence stays, unless another one takes its place."""

SELDOM = 5.0
"""Seconds between two looks at how long ago the servers were heard."""

STILL = 10.0
"""The same where nothing is counted, but something is held or a line is tried again."""

MINUTES = 60.0
"""The same where nothing moves by itself and all is well."""

_TOPICS = frozenset({Topic.HEALTH, Topic.OUTBOX, Topic.ACCOUNTS})


class Status:
    """Health, pauses, the held send, and the last sentence.

    Args:
        desk: the application.
        line: where it is shown.
        hand: what one types into at this moment.
    """

    def __init__(self, desk: Desk, line: Line, hand: Callable[[], TakesKeys | None]) -> None:
        self._desk = desk
        self._hand = hand
        self._line = line
        self._view = StatusView((), (), (), 0, 0)
        self._sentence = ""
        self._said: Timer | None = None
        self._refused: frozenset[int] | None = None
        self._sent = ""
        self._sent_said: Timer | None = None
        self._ticking: Timer | None = None
        self._hinted: tuple[Content, bool] = Content(), False

    @property
    def view(self) -> StatusView:
        """What is known."""
        return self._view

    @property
    def sentence(self) -> str:
        """What was said last, until it falls silent."""
        return self._sentence

    def say(self, sentence: str, seconds: float | None = None) -> None:
        """Show a sentence for a while, or for as long as it is true; an empty one takes the last away."""
        if self._said is not None:
            self._said.stop()
        self._sentence = sentence
        stays = SAID_FOR if seconds is None else seconds
        self._said = self._line.set_timer(stays, self._fall_silent) if sentence else None
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
        before = set(self._view.texts)
        self._view = await desk.ask(
            outbox_queries.status, desk.scope, desk.services.fetcher.health()
        )
        self._say_refused()
        if gone := before - set(self._view.texts):
            arrived = await desk.ask(outbox_queries.sent, desk.scope, gone)
            self._say_sent(sent_words(arrived))
        self.draw()

    def _say_refused(self) -> None:
        """Say why something is not as the owner left it: what was refused is rolled back on the screen."""
        known, refused = self._refused, {row.id: row for row in self._view.refused}
        self._refused = frozenset(refused)
        lately = (
            self._desk.services.now() - MINUTE
        )  # not what another choice of accounts brings to light
        fresh = [
            row
            for id, row in refused.items()
            if known is not None and id not in known and row.changed_at > lately
        ]
        if fresh:
            self.say(refused_words(fresh))

    def _say_sent(self, words: str) -> None:
        """Say for a while that a text has arrived, beside whatever else is said."""
        if words:
            if self._sent_said is not None:
                self._sent_said.stop()
            self._sent = words
            self._sent_said = self._line.set_timer(SAID_FOR, self._forget_sent)

    def _forget_sent(self) -> None:
        self._sent = ""
        self.draw()

    def _tick(self) -> None:
        """Draw again soon: each second while something is counted down."""
        counting = bool(self._view.held or self._view.sending) or any(
            health.state is HealthState.OFFLINE and health.next_try is not None
            for _, health in self._view.health
        )
        if self._ticking is not None:
            self._ticking.stop()
        often = 1.0 if counting else SELDOM
        if (
            self._desk.services.look.still
        ):  # what it tells then changes with the state of things only
            often = STILL if counting else MINUTES
        self._ticking = self._line.set_timer(often, self.draw)

    def draw(self) -> None:
        """Show how things stand at this moment, and again after a while."""
        heard = self._desk.services.fetcher.health()
        accounts = [id_ for id_ in self._desk.scope.accounts if id_ in heard]
        self._view = replace(self._view, health=tuple((id_, heard[id_]) for id_ in accounts))
        now = self._desk.services.now()
        width = self._line.app.size.width - 2
        look = self._desk.services.look
        sentence = DOT.join(part for part in (self._sent, self._sentence) if part)
        self._hinted = hint, types = self._hint(), self._hand() is not None
        told = partial(status_words, self._view, sentence, now, None, types=types, still=look.still)
        remapped = dict(look.keymap)
        words = told(width, hint.plain)
        if longer := len(with_own_keys(words, remapped)) - len(words):
            words = told(width - longer, hint.plain)
        line = _undone_by_click(words, remapped)
        if hint and words.endswith(hint.plain):
            line = _undone_by_click(words.removesuffix(hint.plain), remapped) + hint
        self._line.say(line)
        self._tick()

    def keys_changed(self) -> None:
        """Another key may be worth showing, or letters are commands no more."""
        hint, types = self._hinted
        if types != (self._hand() is not None) or not hint.is_same(self._hint()):
            self.draw()

    def _hint(self) -> Content:
        """In a corner of the screen, where no key line is: a key that is worth showing, or the keys of `hand`."""
        desk, hand = self._desk, self._hand()
        if kind_of(self._line.app.size) is not Kind.CORNER:
            return Content()
        if hand is not None:
            return hand.own_keys(0, desk.services.look.keymap)
        is_elsewhere = isinstance(desk.here, Page) or desk.shown.active is not Area.INBOX
        id_ = "close" if is_elsewhere else "next.needs"
        key = written(id_, dict(desk.services.look.keymap))
        return acting(f"{key} {key_named(id_).word}", id_) if key else Content()


def _undone_by_click(words: str, remapped: Mapping[str, str]) -> Content:
    """The line with the keys in force; what names one that undoes something does that when it is clicked."""
    line, end = Content(), 0
    for match in UNDOING.finditer(words):
        start = match.start() + len(", ")
        id_ = "undo.sends" if words[start] == "U" else "undo.last"
        undoes = Content(with_own_keys(words[start : match.end()], remapped))
        line += Content(with_own_keys(words[end:start], remapped))
        line += undoes.stylize(Style.from_meta({ACT: id_}))
        end = match.end()
    return line + Content(with_own_keys(words[end:], remapped))
