"""Moments as the archive of X writes those of posts."""

from __future__ import annotations

import re

from tui_inbox.core.moment import Millis, to_millis_or_none

_WORDS = re.compile(
    r"[A-Z][a-z]{2} (?P<month>[A-Z][a-z]{2}) (?P<day>\d\d) (?P<time>[\d:]{8}) (?P<zone>[+-]\d{4}) (?P<year>\d{4})"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def in_words(told: str) -> Millis | None:
    """A moment such as `Wed Oct 10 20:19:24 +0000 2018`, in English on every machine; None for any other text."""
    found = _WORDS.fullmatch(told)
    if found is None or found["month"] not in _MONTHS:
        return None
    month = _MONTHS.index(found["month"]) + 1
    return to_millis_or_none(
        f"{found['year']}-{month:02}-{found['day']}T{found['time']}{found['zone']}"
    )
