"""The bus: tells whoever listens what changed, after it is on disk."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TypeAlias

from tui_inbox.core.changes import Change

Listener: TypeAlias = Callable[[frozenset[Change]], None]


class Bus:
    """Fans changes out to listeners, on the thread that publishes. A listener only hands over and returns."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._listeners: tuple[Listener, ...] = ()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear of every change from now on; call the result to stop."""
        with self._lock:
            self._listeners = (*self._listeners, listener)

        def unsubscribe() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return unsubscribe

    def publish(self, changes: frozenset[Change]) -> None:
        """Tell everybody. Called on the writer's or the hub's thread."""
        for listener in self._listeners:
            listener(changes)
