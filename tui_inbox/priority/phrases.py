"""Moments, counts and points in the words of a sentence."""

from __future__ import annotations

from datetime import datetime, tzinfo

from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis

WEEK: Millis = 7 * DAY
YEAR: Millis = 365 * DAY

_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def points(value: int) -> str:
    """Thousandths as they are shown in a line: `+4.100`, `−0.206` (with a real minus sign)."""
    return ("−" if value < 0 else "+") + total(abs(value))


def total(value: int) -> str:
    """A sum of thousandths: `6.750`. All digits are shown, so that the lines of a trace add up."""
    whole, thousandths = divmod(abs(value), 1000)
    return f"{'−' if value < 0 else ''}{whole}.{thousandths:03d}"


def number(count: int) -> str:
    """A small number as a word, a large one in digits."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def ordinal(place: int) -> str:
    """A place in digits: `1st`, `12th`, `23rd`."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{'th' if place % 100 in (11, 12, 13) else ending}"


def times(count: int) -> str:
    """How often: `once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def counted(count: int, noun: str) -> str:
    """A number with its noun: `1 exchange`, `14 exchanges`."""
    return f"{count} {noun if count == 1 else noun + 's'}"


def last(at: Millis, now: Millis, zone: tzinfo) -> str:
    """When something last was, after the word "last": `5 h ago`, `3 d ago`, `in March 2024`."""
    passed = max(0, now - at)
    if passed < MINUTE:
        return "just now"
    if passed < 30 * DAY:
        return f"{span(passed)} ago"
    then, today = _local(at, zone), _local(now, zone)
    month = _MONTHS[then.month - 1]
    return f"in {month}" if then.year == today.year else f"in {month} {then.year}"


def span(passed: Millis) -> str:
    """A length of time in full units: `less than a minute`, `40 min`, `3 h`, `29 d`, `10 weeks`, `2 years`."""
    for size, unit, below in ((MINUTE, "min", HOUR), (HOUR, "h", DAY), (DAY, "d", 30 * DAY)):
        if passed < below:
            return f"{passed // size} {unit}" if passed >= size else "less than a minute"
    years = passed // YEAR
    return f"{years} years" if years > 1 else f"{passed // WEEK} weeks"


def since(at: Millis, now: Millis, zone: tzinfo) -> str:
    """A moment after "since": `09:12 today`, `09:12 yesterday`, `Monday 09:12`, `12 Nov`."""
    then, today = _local(at, zone), _local(now, zone)
    clock = f"{then:%H:%M}"
    days = (today.date() - then.date()).days
    if days <= 0:
        return f"{clock} today"
    if days == 1:
        return f"{clock} yesterday"
    if days < 7:
        return f"{_WEEKDAYS[then.weekday()]} {clock}"
    return date(at, now, zone)


def date(at: Millis, now: Millis, zone: tzinfo) -> str:
    """A day: `12 Nov`, with its year if that is not this one."""
    then, today = _local(at, zone), _local(now, zone)
    day = f"{then.day} {_MONTHS[then.month - 1][:3]}"
    return day if then.year == today.year else f"{day} {then.year}"


def _local(at: Millis, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at / 1000, tz=zone)
