"""Moments in time, as every room of the program speaks of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TypeAlias

Millis: TypeAlias = int
"""A moment: whole milliseconds since the epoch, UTC. Servers' clocks, never the monotonic one."""

Duration: TypeAlias = int
"""A span of time in whole milliseconds, where it must not be taken for a moment: in what is printed as JSON."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

SECOND: Millis = 1_000
MINUTE: Millis = 60 * SECOND
HOUR: Millis = 60 * MINUTE
DAY: Millis = 24 * HOUR
YEAR: Millis = 365 * DAY


def to_millis(moment: datetime) -> Millis:
    """The moment as milliseconds. A `datetime` without a zone is read as UTC, as servers mean it."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return int(moment.timestamp() * 1000)


def to_millis_or_none(text: str | None) -> Millis | None:
    """A moment of the wire: RFC 3339 with any fraction and zone, or a bare date; else None."""
    try:
        return to_millis(datetime.fromisoformat((text or "").strip()))
    except (ValueError, OverflowError):
        return None


def to_micros_or_none(text: str) -> int | None:
    """A moment of the wire in microseconds, for streams that count so; None where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - _EPOCH) // timedelta(microseconds=1)


def to_datetime(moment: Millis) -> datetime:
    """The moment as an aware UTC `datetime`."""
    return datetime.fromtimestamp(moment / 1000, tz=UTC)


def age(moment: Millis, now: Millis) -> str:
    """How long ago, in at most three characters: `5s`, `40m`, `5h`, `1d`, `12w`, `3y`.

    A moment in the future (a server's clock runs ahead) reads as now.
    """
    seconds = max(0, now - moment) // SECOND
    for size, unit in ((60, "s"), (60, "m"), (24, "h"), (14, "d")):
        if seconds < size:
            return f"{seconds}{unit}"
        seconds //= size if unit != "d" else 1
    weeks = seconds // 7
    return f"{weeks}w" if weeks < 100 else f"{weeks // 52}y"
