"""What the server puts on the bill of an account (docs: x-api/getting-started/pricing, August 2026)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

DAY = 86_400_000
POST, USER, OWN = 5_000, 10_000, 1_000
WRITE, WITH_ADDRESS, SUMMONED, UNDO, BOOKMARK, DESCRIPTION = (
    15_000,
    200_000,
    10_000,
    10_000,
    5_000,
    5_000,
)
"""In millionths of a dollar."""


@dataclass
class Bill:
    """What an account has to pay. The same thing again is free until midnight UTC.

    Attributes:
        days: by day (UTC, since the epoch), what was paid.
        answered: how many things were answered with, paid or not.
        credit: what is left to spend; None for as much as is wanted.
    """

    now: Callable[[], int]
    days: dict[int, int] = field(default_factory=dict)
    answered: dict[str, int] = field(default_factory=dict)
    credit: int | None = None
    _bought: set[tuple[int, str]] = field(default_factory=set)

    def sell(self, kind: str, id: str, price: int) -> None:
        """A thing is answered with."""
        self.answered[kind] = self.answered.get(kind, 0) + 1
        key = (self.now() // DAY, f"{kind}:{id}")
        if key not in self._bought:
            self._bought.add(key)
            self.charge(price)

    def charge(self, price: int) -> None:
        """Something was done."""
        day = self.now() // DAY
        self.days[day] = self.days.get(day, 0) + price
        if self.credit is not None:
            self.credit -= price

    @property
    def total(self) -> int:
        """Everything so far."""
        return sum(self.days.values())
