"""Times that have been, as one types them in a search: `2026-11-30`, `2026-11`, `yesterday`, `friday`, `3d`.

A time is a span: a day, a month, a year; a length back from now is a single moment.
Days are the owner's: `zone` is their time zone, None for the machine's own.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from functools import cache

from msgspec import Struct

from tui_inbox.core.moment import DAY, HOUR, Millis
from tui_inbox.core.patterns import plain

EXPECTED = "a time such as 2026-11-30, 2026-11, yesterday, friday or 3d"

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LENGTHS = {"h": HOUR, "d": DAY, "w": 7 * DAY, "mo": 30 * DAY, "y": 365 * DAY}
_LENGTH = r"(\d{1,4})(h|d|w|mo|y)"
_DATE = r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?"
_FIRST_YEAR, _LAST_YEAR = 1970, 9998


class Past(Struct, frozen=True):
    """A time as it was typed and understood; only "now" and a zone make moments of it.

    Attributes:
        back: a length back from now; None where a date or a day is meant.
        first: its first day, where a date was typed.
        after: the day after its last one.
        weekday: 0 for Monday, where a day of the week was typed: the last one that has begun.
        days_ago: 0 for today, 1 for yesterday.
    """

    back: Millis | None = None
    first: date | None = None
    after: date | None = None
    weekday: int | None = None
    days_ago: int | None = None

    def begins(self, now: Millis, zone: tzinfo | None) -> Millis:
        """Its first moment."""
        if self.back is not None:
            return now - self.back
        return _midnight(self._first(now, zone), zone)

    def ends(self, now: Millis, zone: tzinfo | None) -> Millis:
        """The first moment after it; a length back from now is a moment, and ends where it begins."""
        if self.back is not None:
            return now - self.back
        return _midnight(self.after or self._first(now, zone) + timedelta(days=1), zone)

    def _first(self, now: Millis, zone: tzinfo | None) -> date:
        if self.first is not None:
            return self.first
        today = datetime.fromtimestamp(now / 1000, tz=zone).date()
        if self.weekday is not None:
            return today - timedelta(days=(today.weekday() - self.weekday) % 7)
        return today - timedelta(days=self.days_ago or 0)


@cache
def parse_past(text: str) -> Past:
    """What was typed as a time.

    Raises:
        ValueError: it is none.
    """
    typed = text.lower()
    if found := plain(_LENGTH).fullmatch(typed):
        return Past(back=int(found[1]) * _LENGTHS[found[2]])
    if typed in ("today", "yesterday"):
        return Past(days_ago=int(typed == "yesterday"))
    for number, name in enumerate(_WEEKDAYS):
        if typed in (name, name[:3]):
            return Past(weekday=number)
    if found := plain(_DATE).fullmatch(typed):
        year, month, day = (int(part) if part else None for part in found.groups())
        return _span(year or 0, month, day)
    raise ValueError(EXPECTED)


def _span(year: int, month: int | None, day: int | None) -> Past:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(EXPECTED)
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise ValueError(EXPECTED) from None
    if day is not None:
        return Past(first=first, after=first + timedelta(days=1))
    if month is not None:
        return Past(first=first, after=date(year + month // 12, month % 12 + 1, 1))
    return Past(first=first, after=date(year + 1, 1, 1))


def _midnight(day: date, zone: tzinfo | None) -> Millis:
    return round(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)
