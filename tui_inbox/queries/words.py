"""Moments, spans and lists in words, as rows, cards and traces say them.

Days and clock times are the owner's: `zone` is their time zone, `local_zone` that of the machine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis, to_datetime, to_millis

MONTHS = (
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
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def local_zone(now: Millis) -> tzinfo:
    """The machine's time zone, as far as it differs from UTC at that moment."""
    zone = to_datetime(now).astimezone().tzinfo
    assert zone is not None, "astimezone() gives an aware moment"
    return zone


def local(moment: Millis, zone: tzinfo) -> datetime:
    """The moment on the owner's wall."""
    return to_datetime(moment).astimezone(zone)


def midnight(now: Millis, zone: tzinfo) -> Millis:
    """When the owner's day began."""
    return to_millis(local(now, zone).replace(hour=0, minute=0, second=0, microsecond=0))


def week_of(now: Millis, zone: tzinfo) -> int:
    """The owner's week, as the number of the day on which it began, a Monday (1 = 1 January of year 1)."""
    today = local(now, zone).date()
    return today.toordinal() - today.weekday()


def day(moment: Millis, now: Millis, zone: tzinfo) -> str:
    """The day of a moment: `today`, `yesterday`, `Monday` (within a week), `12 Nov`, `12 Nov 2023`."""
    then, today = local(moment, zone), local(now, zone)
    days = (today.date() - then.date()).days
    if days in (0, 1):
        return ("today", "yesterday")[days]
    if 1 < days < 7:
        return WEEKDAYS[then.weekday()]
    date = f"{then.day} {MONTHS[then.month - 1][:3]}"
    return date if then.year == today.year or 0 <= days < 180 else f"{date} {then.year}"


def moment(at: Millis, now: Millis, zone: tzinfo) -> str:
    """The day, with the clock time where that still matters: `today 09:12`, `yesterday 22:40`, `12 Nov`."""
    word = day(at, now, zone)
    return f"{word} {clock(at, zone)}" if word in ("today", "yesterday") else word


def clock(at: Millis, zone: tzinfo) -> str:
    """The time of day: `09:12`."""
    return f"{local(at, zone):%H:%M}"


def month(at: Millis, now: Millis, zone: tzinfo) -> str:
    """The month of a moment, for what began long ago: `March`, or `March 2023` where the year differs."""
    then = local(at, zone)
    name = MONTHS[then.month - 1]
    return name if then.year == local(now, zone).year else f"{name} {then.year}"


def coming(at: Millis, now: Millis, zone: tzinfo) -> str:
    """A moment ahead, short: `18:00`, `tomorrow`, `fri`, `28 Nov`, `2 Jan 2026`."""
    then, today = local(at, zone), local(now, zone)
    days = (then.date() - today.date()).days
    if days <= 0:
        return clock(at, zone)
    if days == 1:
        return "tomorrow"
    if days < 7:
        return WEEKDAYS[then.weekday()][:3].lower()
    date = f"{then.day} {MONTHS[then.month - 1][:3]}"
    return date if then.year == today.year or days < 180 else f"{date} {then.year}"


def coming_at(at: Millis, now: Millis, zone: tzinfo) -> str:
    """A moment ahead with its time of day: `18:00`, `tomorrow 18:00`, `28 Nov 18:00`."""
    day, hour = coming(at, now, zone), clock(at, zone)
    return day if day == hour else f"{day} {hour}"


def span(duration: Millis) -> str:
    """A length of time: `40 s`, `12 min`, `5 h`, `6 d`."""
    duration = max(0, duration)
    for unit, name in ((DAY, "d"), (HOUR, "h"), (MINUTE, "min")):
        # A span is named by the largest unit it fills almost twice: 30 h tell more than 1 d.
        if duration >= (2 * unit if unit == DAY else unit):
            return f"{round(duration / unit)} {name}"
    return f"{duration // 1000} s"


def listed(names: Sequence[str], limit: int = 3) -> str:
    """Names after one another, with an ellipsis for those left out: `odile fenn, hollow reed, …`."""
    shown = list(names[:limit])
    return ", ".join([*shown, "…"] if len(names) > limit else shown)


def enumerated(names: Sequence[str]) -> str:
    """All names after one another: `tags`, `server search and tags`, `a, b and c`."""
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def clip(text: str, length: int) -> str:
    """The beginning of a text as one line of at most `length` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    head = line[: length - 1]
    cut = head.rfind(" ")
    return f"{head[: cut if cut > length // 2 else None].rstrip(' ,;:')}…"


_ADDRESS = re.compile(r"^(?:@[\w.-]+(?:@[\w.-]+)?[\s,:]*)+")


def without_address(text: str) -> str:
    """What a text says: the names it begins with are its address, not its words."""
    return _ADDRESS.sub("", text) or text


def said(text: str, length: int = 200) -> str:
    """What a text says, as one line."""
    return clip(without_address(text), length)


def wakes(
    until: Millis | None, until_post: bool, until_start: bool, now: Millis, zone: tzinfo
) -> str:
    """When what is put off comes back: at a moment, on their next post, at the next start."""
    ways = [coming(until, now, zone)] if until is not None else []
    if until_post:
        ways.append("on their next post")
    if until_start:
        ways.append("at the next start")
    return " or ".join(ways)
