"""Keeps a draft on disk while it is being written: every key stroke within half a second."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from msgspec.structs import replace
from textual.timer import Timer

from tui_inbox.core.draft import Draft

SAVE_AFTER = 0.4
"""Seconds from a key stroke until it is on its way to the disk."""


class DraftKeeper:
    """One draft, from the moment its composer opens. Saves never overtake each other.

    Args:
        draft: as it was read.
        save: puts a draft on disk and answers with it, its id filled in.
        run: starts something that waits.
        set_timer: runs a function after some seconds.
        saved: called when everything is on disk.
    """

    def __init__(
        self,
        draft: Draft,
        *,
        save: Callable[[Draft], Awaitable[Draft]],
        run: Callable[[Coroutine[Any, Any, None]], None],
        set_timer: Callable[[float, Callable[[], None]], Timer],
        saved: Callable[[], None],
    ) -> None:
        self._draft = draft
        self._save = save
        self._run = run
        self._set_timer = set_timer
        self._saved = saved
        self._dirty = False
        self._timer: Timer | None = None
        self._one_at_a_time = asyncio.Lock()

    @property
    def draft(self) -> Draft:
        """The draft as it is on the screen."""
        return self._draft

    @property
    def is_saved(self) -> bool:
        """Whether what is on the screen is on disk."""
        return not self._dirty

    @property
    def was_changed(self) -> bool:
        """Whether there is something to keep."""
        return self._dirty or self._draft.id != 0

    def change(self, draft: Draft) -> None:
        """It is another text, audience, warning or language now."""
        if draft == self._draft:
            return
        self._draft = draft
        self._dirty = True
        if self._timer is None:
            self._timer = self._set_timer(SAVE_AFTER, self.save_soon)

    def save_soon(self) -> None:
        """Begin to save what is not saved yet."""
        self._stop_timer()
        self._run(self._save_what_changed())

    async def settle(self) -> Draft:
        """Save what is not saved yet, and answer with the draft when all of it is on disk."""
        self._stop_timer()
        await self._save_what_changed()
        return self._draft

    async def _save_what_changed(self) -> None:
        async with self._one_at_a_time:
            while self._dirty:
                self._dirty = False
                try:
                    saved = await self._save(self._draft)
                except Exception:
                    self._dirty = True
                    raise
                self._draft = replace(self._draft, id=saved.id)
        self._saved()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
