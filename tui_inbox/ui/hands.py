"""The hand on the keys: what a key does, and the rules that protect who pressed it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.geometry import Offset
from textual.timer import Timer

from tui_inbox.ui import keys
from tui_inbox.ui.desk import Desk, TakesNext
from tui_inbox.ui.keymap import by_key
from tui_inbox.ui.prefix import Prefix
from tui_inbox.ui.widgets.which_key import WhichKey

if TYPE_CHECKING:
    from tui_inbox.ui.acts import Handler

log = logging.getLogger(__name__)

AT_ONCE = frozenset(
    {
        keys.Context.GLOBAL,
        keys.Context.LIST,
        keys.Context.TIMELINE,
        keys.Context.COMPOSER,
        keys.Context.CARD,
        keys.Context.SIGN_IN,
        keys.Context.WELCOME,
        keys.Context.TOUR,
    }
)
"""Keys of other contexts act on the selected row, so they wait until it is steady."""


class Hands:
    """Keys on their way to what they do.

    Args:
        desk: the application.
        strip: shows what may follow a prefix.
        set_timer: runs a function after some seconds.

    Attributes:
        pressed: Textual's name of the key that was pressed last.
        taker: what takes the next keys, whatever has the focus; None for nothing.
        acted: told the id of each key that did something.
    """

    def __init__(
        self,
        desk: Desk,
        strip: WhichKey,
        set_timer: Callable[[float, Callable[[], None]], Timer],
    ) -> None:
        self._desk = desk
        self._prefix = Prefix(strip, set_timer, lambda: dict(desk.services.look.keymap))
        self.taker: TakesNext | None = None
        self._handlers: Mapping[str, Handler] | None = None
        self._early: list[str] = []
        self._last_key = desk.services.monotonic()
        self.pressed = ""
        self.acted: Callable[[str], None] | None = None

    def idle_seconds(self) -> float:
        """How long no key was pressed."""
        return self._desk.services.monotonic() - self._last_key

    def take(self, pressed: str) -> bool:
        """Note a key; do what it does behind a prefix, and say whether it was that."""
        self._last_key = self._desk.services.monotonic()
        self.pressed = pressed
        if self.taker is not None:
            self.taker.take(pressed)
            return True
        if not self._prefix.waits:
            return self._prefix.withdraw() and pressed == "escape"
        if id_ := self._prefix.take(pressed):
            self.act(id_)
        return True

    def does(self, pressed: str) -> bool:
        """Do what a key does in the list where the hand is; False if it does nothing there."""
        desk = self._desk
        id_ = by_key(desk.here.PLACE, desk.services.look.keymap).get(pressed)
        if id_ is not None:
            self.act(id_)
        return id_ is not None

    def begin_prefix(self, id_: str) -> None:
        """Wait for one more key."""
        self._prefix.begin(id_)

    def leave(self) -> None:
        """The hand has gone elsewhere: nothing waits for a key any more."""
        self._prefix.end()
        if self.taker is not None:
            self.taker.end()

    def offer(self, words: Sequence[str]) -> None:
        """Show what can be done to the selected row."""
        offered = []
        for entry in words:
            id_, _, word = entry.partition(":")
            key = keys.key_named(id_)
            offered.append(replace(key, word=word or key.word))
        self._prefix.offer(offered)

    def pointed(self, at: Offset) -> None:
        """The mouse was pressed somewhere: what was offered is not wanted, unless it was there."""
        self._prefix.pointed(at)

    def begin(self, handlers: Mapping[str, Handler]) -> None:
        """From now on keys do something; first those that were pressed before."""
        self._handlers = handlers
        while self._early:
            self.act(self._early.pop(0))

    def act(self, id_: str) -> None:
        """Do what a key does. A failure becomes a sentence, never the end of the program."""
        self.leave()
        key = keys.key_named(id_)
        if key.context not in AT_ONCE and not self._desk.here.is_steady():
            return
        if key.prefix:
            self._prefix.begin(id_)
        elif self._handlers is None:
            self._early.append(id_)
        else:
            try:
                self._act(id_, self._handlers)
            except Exception:
                log.exception("%s failed", id_)
                self._desk.say("That did not work; the log says why.")

    def _act(self, id_: str, handlers: Mapping[str, Handler]) -> None:
        here = self._desk.here
        if (own := here.acts().get(id_)) is not None:
            own()
        else:
            handlers[id_](self._desk, here)
        if self.acted is not None:
            self.acted(id_)
