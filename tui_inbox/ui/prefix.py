"""Keys that wait for another key: `g`, `z`, `m` …"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.timer import Timer

from tui_inbox.ui.keymap import names_of
from tui_inbox.ui.keys import STRIPS, Key, key_named
from tui_inbox.ui.widgets.which_key import AFTER, WhichKey


class Prefix:
    """The prefix that waits, if one does, and its strip.

    Args:
        strip: shows what may follow, when the hand hesitates.
        set_timer: runs a function after some seconds.
        remapped: the owner's own keys by id, which may change.
    """

    def __init__(
        self,
        strip: WhichKey,
        set_timer: Callable[[float, Callable[[], None]], Timer],
        remapped: Callable[[], Mapping[str, str]],
    ) -> None:
        self._remapped = remapped
        self._strip = strip
        self._set_timer = set_timer
        self._timer: Timer | None = None
        self._waiting: Key | None = None

    @property
    def waits(self) -> bool:
        """Whether the next key belongs to it."""
        return self._waiting is not None

    def begin(self, id_: str) -> None:
        """Wait for what follows a prefix."""
        self.end()
        self._waiting = key_named(id_)
        self._timer = self._set_timer(AFTER, self._show)

    def take(self, pressed: str) -> str | None:
        """The id of what a key does behind the prefix that waits, or None. It waits no more."""
        prefix = self._waiting
        self.end()
        if prefix is None:
            return None
        return next(
            (key.id for key in STRIPS[prefix.id] if pressed in names_of(key, self._remapped())),
            None,
        )

    def end(self) -> None:
        """Wait no more."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._waiting = None
        self._strip.close()

    def _show(self) -> None:
        if self._waiting is not None:
            self._strip.open(self._waiting, STRIPS[self._waiting.id], self._remapped())
