"""Times of day and dates in the owner's zone."""

from __future__ import annotations

from datetime import tzinfo

from tui_inbox.core.moment import SECOND, Millis, to_datetime


def clock(moment: Millis, zone: tzinfo | None = None) -> str:
    """The time of day, as `14:02`. Without a zone, the machine's."""
    return to_datetime(moment).astimezone(zone).strftime("%H:%M")


def to_the_second(moment: Millis, zone: tzinfo | None = None) -> str:
    """The time of day with its seconds, as `14:02:07`: told in the place of seconds that are counted down."""
    return to_datetime(moment).astimezone(zone).strftime("%H:%M:%S")


def seconds(millis: Millis) -> str:
    """A short while, as `7 s` or `3 min`."""
    whole = max(0, -(-millis // SECOND))
    return f"{whole} s" if whole < 100 else f"{whole // 60} min"
