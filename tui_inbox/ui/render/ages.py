"""Ages in their fixed field of three cells, and spans of time."""

from __future__ import annotations

from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis, age

FIELD = 3


def age_field(at: Millis, now: Millis) -> str:
    """How long ago, right-aligned in three cells; `now` within a minute, so that no seconds tick."""
    return "now" if now - at < MINUTE else f"{age(at, now):>{FIELD}}"


def duration(span: Millis) -> str:
    """A span of time, as `5 h`, to the nearest: a minute less than a day is a day."""
    minutes, hours = max(1, round(span / MINUTE)), round(span / HOUR)
    if minutes < 60:
        return f"{minutes} min"
    return f"{hours} h" if hours < 24 else f"{round(span / DAY)} d"
