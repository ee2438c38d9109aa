"""Money for what a network is asked, in millionths of a dollar, and the days by which it is counted."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.moment import DAY, Millis

Micros: TypeAlias = int
"""Millionths of a US dollar: a favourite costs a thousandth, and sums of floats are off."""

Day: TypeAlias = int
"""A day as networks count it: days since the epoch, UTC."""

DOLLAR: Micros = 1_000_000


def day_of(moment: Millis) -> Day:
    """The day in which a moment lies."""
    return moment // DAY


def next_day(moment: Millis) -> Millis:
    """When the next day begins, and with it a new purse."""
    return (day_of(moment) + 1) * DAY


def in_dollars(price: Micros) -> str:
    """A price as people read it: `$0.50`, `$0.005`; never shown as nothing where it is something.

    >>> in_dollars(500_000), in_dollars(5_000), in_dollars(0)
    ('$0.50', '$0.005', '$0.00')
    """
    cents = f"{price / DOLLAR:.2f}"
    return f"${cents}" if price % 10_000 == 0 else f"${price / DOLLAR:.3f}"


class DaySpent(Struct, frozen=True):
    """What a day has cost an account.

    Attributes:
        cap: what it may cost at most.
    """

    day: Day
    price: Micros
    cap: Micros

    @property
    def left(self) -> Micros:
        """What may still be spent."""
        return max(0, self.cap - self.price)
