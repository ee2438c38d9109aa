"""`Spend` in memory, which a test can look into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui_inbox.core.spending import Day, Micros


class SpendInMemory:
    """Keeps what was bought for as long as the test runs."""

    def __init__(self) -> None:
        self.days: dict[Day, Micros] = {}
        self.things: set[tuple[Day, str]] = set()

    async def spent(self, day: Day) -> Micros:
        """What a day has cost."""
        return self.days.get(day, 0)

    async def bought(self, day: Day, things: Iterable[str]) -> frozenset[str]:
        """Which of some things were bought on that day."""
        return frozenset(thing for thing in things if (day, thing) in self.things)

    async def note(self, day: Day, prices: Mapping[str, Micros]) -> Micros:
        """Note what was bought."""
        new = {thing: price for thing, price in prices.items() if (day, thing) not in self.things}
        self.things |= {(day, thing) for thing in new}
        paid = sum(new.values())
        self.days[day] = self.days.get(day, 0) + paid
        return paid

    @property
    def total(self) -> Micros:
        """What everything has cost."""
        return sum(self.days.values())
