"""When a conversation put off comes back: the choices of the strip, and a typed time.

Clock times are the owner's: `zone` is their time zone, None for the machine's own.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

from msgspec import Struct

from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis, to_datetime, to_millis

MORNING = time(8)
EVENING = time(18)


class Later(Struct, frozen=True):
    """What brings an item back: a moment, that person's next post, the next start; the first that comes."""

    until: Millis | None = None
    on_post: bool = False
    on_start: bool = False


class LaterChoice(Struct, frozen=True):
    """One choice of the strip: the letter after `z`, what it means in words, and what it does."""

    key: str
    words: str
    later: Later


def later_choices(now: Millis, zone: tzinfo | None = None) -> tuple[LaterChoice, ...]:
    """The choices of the strip at this moment."""
    today = to_datetime(now).astimezone(zone)
    tomorrow = today.date() + timedelta(days=1)
    monday = today.date() + timedelta(days=7 - today.weekday())
    tonight = today.time() < EVENING
    evening = today.date() if tonight else tomorrow
    return (
        LaterChoice("z", "tomorrow 08:00", Later(_at(tomorrow, MORNING, zone))),
        LaterChoice("p", "when they post", Later(on_post=True)),
        LaterChoice("s", "at the next start", Later(on_start=True)),
        LaterChoice("h", "in 3 h", Later(now + 3 * HOUR)),
        LaterChoice(
            "e",
            "this evening 18:00" if tonight else "tomorrow evening 18:00",
            Later(_at(evening, EVENING, zone)),
        ),
        LaterChoice("m", "Monday 08:00", Later(_at(monday, MORNING, zone))),
    )


def in_words(later: Later, now: Millis, zone: tzinfo | None = None) -> str:
    """When that is: `tomorrow 08:00`, `on Friday 09:15`, `when they next post`, `at the next start`."""
    ways = []
    if later.until is not None:
        ways.append(_moment_in_words(later.until, now, zone))
    if later.on_post:
        ways.append("when they next post")
    if later.on_start:
        ways.append("at the next start")
    return " or ".join(ways)


def _moment_in_words(at: Millis, now: Millis, zone: tzinfo | None) -> str:
    then, today = (to_datetime(moment).astimezone(zone) for moment in (at, now))
    days = (then.date() - today.date()).days
    clock = f"{then:%H:%M}"
    if days <= 1:
        return f"{'tomorrow' if days == 1 else 'today'} {clock}"
    if days < 7:
        return f"on {_WEEKDAY_NAMES[then.weekday()]} {clock}"
    return f"on {then.day} {_MONTHS[then.month - 1].title()} {then.year} {clock}"


_SPAN = re.compile(r"(?:in )?(\d{1,3}) ?(m|min|h|d|w)")
_UNITS: dict[str, Millis] = {"m": MINUTE, "min": MINUTE, "h": HOUR, "d": DAY, "w": 7 * DAY}
_WHEN = re.compile(r"(?P<day>.*?)(?:(?:^| )(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?)?")
_DATE = re.compile(r"(\d{1,2})\.? ?([a-z]{3})[a-z]*")
_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS = tuple(name[:3].lower() for name in _WEEKDAY_NAMES)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def parse_span(text: str) -> Millis:
    """A typed length of time: `30m`, `6h`, `1d`, `1w`.

    Raises:
        ValueError: with a sentence for the user, when it is none.
    """
    match = _SPAN.fullmatch(" ".join(text.lower().split()))
    if match is None or int(match[1]) == 0:
        raise ValueError(f"“{text.strip()}” is no length of time: try 30m, 6h, 1d or 1w.")
    return int(match[1]) * _UNITS[match[2]]


def parse_later(text: str, now: Millis, zone: tzinfo | None = None) -> Later:
    """A typed time: `3h`, `18:30`, `tomorrow`, `fri 9:00`, `28 nov`, `2025-11-28 14:00`.

    A day without a time means its morning, a time without a day the next such moment.

    Raises:
        ValueError: with a sentence for the user, when it is no time or lies in the past.
    """
    words = " ".join(text.lower().split())
    if match := _SPAN.fullmatch(words):
        at: Millis | None = now + int(match[1]) * _UNITS[match[2]]
    else:
        at = _moment(words, to_datetime(now).astimezone(zone), zone)
    if at is None:
        raise ValueError(
            f"“{text.strip()}” is no time: try 3h, 18:30, tomorrow, fri 9:00 or 28 nov."
        )
    if at <= now:
        raise ValueError(f"“{text.strip()}” is already past.")
    return Later(at)


def _moment(words: str, today: datetime, zone: tzinfo | None) -> Millis | None:
    """The moment that day and time name, or None where they name none."""
    # The last number is a time unless it belongs to a date ("28 nov" has none, "nov 28" is not understood).
    match = _WHEN.fullmatch(words)
    if not words or match is None:
        return None
    hour, minute = int(match["hour"] or 8), int(match["minute"] or 0)
    if hour > 23 or minute > 59:
        return None
    on = _day(match["day"], today.date())
    if on is None:
        return None
    at = _at(on, time(hour, minute), zone)
    if not match["day"] and at <= to_millis(today):
        at = _at(on + timedelta(days=1), time(hour, minute), zone)
    return at


def _day(word: str, today: date) -> date | None:
    """The day a word names, today for an empty one, None where it names none."""
    if word in ("", "today"):
        return today
    if word == "tomorrow":
        return today + timedelta(days=1)
    if word[:3] in _WEEKDAYS and word.isalpha():
        return today + timedelta(days=(_WEEKDAYS.index(word[:3]) - today.weekday() - 1) % 7 + 1)
    try:
        if match := _DATE.fullmatch(word):
            on = date(today.year, _MONTHS.index(match[2]) + 1, int(match[1]))
            return on if on >= today else on.replace(year=today.year + 1)
        return date.fromisoformat(word)
    except ValueError:
        return None


def _at(on: date, at: time, zone: tzinfo | None) -> Millis:
    """That wall time on that day. Without a zone Python reads it in the machine's."""
    moment = datetime.combine(on, at, zone)
    return to_millis(moment if zone else moment.astimezone())
