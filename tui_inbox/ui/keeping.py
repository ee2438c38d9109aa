"""Keeping how the screen looks in the owner's settings file."""

from __future__ import annotations

import asyncio

from tui_inbox.core.not_kept import NotKept
from tui_inbox.ui.desk import Desk


async def keep(desk: Desk, key: str, value: str | bool, done: str) -> None:
    """Write a setting of `[look]` that is in force already, and say so.

    Args:
        desk: the application.
        key: name of the setting.
        value: what it is from now on.
        done: a sentence about what was changed.
    """
    try:
        await asyncio.to_thread(desk.services.keep_look, key, value)
    except NotKept as reason:
        desk.say(f"{done} {reason}")
    else:
        desk.say(f"{done} Kept in the settings file.")
