"""Bubbles of the desktop itself, by the optional package desktop-notifier."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from tui_inbox.core.text import clean_line

PACKAGE = "desktop_notifier"


def is_installed() -> bool:
    """Whether the package is there. It is not loaded for that."""
    return find_spec(PACKAGE) is not None


class DesktopNotifier:
    """Shows bubbles by the desktop. Fulfils `core.ports.Notifier`.

    Args:
        start: starts something that waits, and says what went wrong with it.
    """

    def __init__(self, start: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        self._start = start
        self._desktop: Any = None

    def show(self, title: str, text: str) -> None:
        """Show a quiet bubble; the desktop decides about sounds, and is asked for none."""
        self._start(self._send(clean_line(title, limit=200), clean_line(text, limit=200)))

    async def _send(self, title: str, text: str) -> None:
        if self._desktop is None:
            self._desktop = import_module(PACKAGE).DesktopNotifier(app_name="tui-inbox")
        await self._desktop.send(title=title, message=text)
