"""Ages in their fixed field of three cells."""

from __future__ import annotations

from tui_inbox.core.moment import MINUTE, Millis, age

FIELD = 3


def age_field(at: Millis, now: Millis) -> str:
    """How long ago, right-aligned in three cells; `now` within a minute, so that no seconds tick."""
    return "now" if now - at < MINUTE else f"{age(at, now):>{FIELD}}"
