"""Keeps a draft on disk while it is being written: every key stroke within half a second."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from msgspec.structs import replace
from textual.timer import Timer

from tui_inbox.core.draft import Draft
from tui_inbox.core.not_kept import NotKept

SAVE_AFTER = 0.4
"""Seconds from a key stroke until it is on its way to the disk."""
TRY_AGAIN_AFTER = 2.0
"""Seconds until what could not be saved is saved again, whether or not anything more is typed."""


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
        self._failed = False
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
    def has_failed(self) -> bool:
        """Whether what is on the screen could not be put on disk, and is nowhere else."""
        return self._dirty and self._failed

    @property
    def was_changed(self) -> bool:
        """Whether there is something to keep."""
        return self._dirty or self._draft.id != 0

    def change(self, draft: Draft) -> None:
        """It is another text, audience, warning or language now.

        It keeps its number: whoever changes it may have read it before it was first on disk.
        """
        draft = replace(draft, id=self._draft.id)
        if draft == self._draft:
            return
        self._draft = draft
        self._dirty = True
        self._save_after(SAVE_AFTER)

    def save_soon(self) -> None:
        """Begin to save what is not saved yet."""
        self._stop_timer()
        self._run(self._save_what_changed())

    async def settle(self) -> Draft:
        """Save what is not saved yet, and answer with the draft when all of it is on disk.

        Raises:
            NotKept: it cannot be saved now; it is tried again.
        """
        self._stop_timer()
        await self._save_what_changed()
        return self._draft

    async def _save_what_changed(self) -> None:
        async with self._one_at_a_time:
            while self._dirty:
                self._dirty = False
                try:
                    saved = await self._save(self._draft)
                except NotKept as error:
                    self._try_again()
                    raise NotKept(f"Not saved yet, which is tried again: {error}") from error
                except Exception:
                    self._try_again()
                    raise
                self._failed = False
                self._draft = replace(self._draft, id=saved.id)
        self._saved()

    def _try_again(self) -> None:
        self._dirty = self._failed = True
        self._save_after(TRY_AGAIN_AFTER)

    def _save_after(self, seconds: float) -> None:
        if self._timer is None:
            self._timer = self._set_timer(seconds, self.save_soon)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
