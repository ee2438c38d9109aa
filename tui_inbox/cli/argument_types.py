"""What arguments of the command line may be; a mistake is a sentence behind the name of the option."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime

_UNITS = {"m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}
"""Milliseconds."""


def positive(text: str) -> int:
    """A whole number from 1 on."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number from 1 on")
    return int(text)


def port(text: str) -> int:
    """The number of a port that anybody may listen on."""
    if not text.isdecimal() or not 1_024 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError("must be a number from 1024 to 65535")
    return int(text)


def speed(text: str) -> float:
    """How many times as fast as life."""
    try:
        times = float(text)
    except ValueError:
        times = 0.0
    if not 0.01 <= times <= 1000:
        raise argparse.ArgumentTypeError("must be a number from 0.01 to 1000")
    return times


def moment(text: str) -> int:
    """A local date and time as milliseconds since the epoch."""
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a date and time, as 2026-11-20T09:00") from None
    return int(local.astimezone(UTC).timestamp() * 1000)


def duration(text: str) -> int:
    """A span of time in milliseconds."""
    number, unit = text[:-1], text[-1:]
    if not number.isdecimal() or unit not in _UNITS:
        raise argparse.ArgumentTypeError("must be a span of time, as 30m, 6h, 1d or 1w")
    return int(number) * _UNITS[unit]


def past(text: str) -> str:
    """A time that has been, in the words of the search language."""
    from tui_inbox.core.past import EXPECTED, parse_past

    try:
        parse_past(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be {EXPECTED}") from None
    return text


def day(text: str) -> date:
    """A day of the calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a day, as 2026-12-07") from None


def points(text: str) -> float:
    """What a rule adds."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a number, as 0.5 or -1") from None
