"""The purse of an account on X: what may still be bought today, before anything is asked.

X sells what it answers, thing by thing, and the same thing again costs nothing until midnight UTC. So each request is
allowed for the worst that it can cost, made smaller where that is too much, and settled with what came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui_inbox.core.ports import Clock, Spend, Throttled
from tui_inbox.core.spending import DaySpent, Micros, day_of, in_dollars, next_day

CAP: Micros = 500_000
"""Half a dollar a day, as long as the owner says nothing else."""


class Purse:
    """What an account may spend.

    Args:
        spend: remembers what was bought.
        clock: tells the day.
        cap: what a day may cost at most.
    """

    def __init__(self, spend: Spend, clock: Clock, cap: Micros = CAP) -> None:
        self._spend = spend
        self._clock = clock
        self._cap = cap
        self._promised: Micros = 0
        self._written = 0

    async def today(self) -> DaySpent:
        """What today has cost, with what requests that are under way may cost."""
        day = day_of(self._clock.now())
        return DaySpent(day, await self._spend.spent(day) + self._promised, self._cap)

    async def allow(self, price: Micros, wanted: int, least: int = 1) -> Allowance:
        """Allow a request that may be answered with so many things.

        Args:
            price: of each of them at most, with whom they name.
            wanted: how many would be good.
            least: fewer cannot be asked for.

        Raises:
            Throttled: not even the least can be paid today.
        """
        today = await self.today()
        most = min(wanted, today.left // price) if price else wanted
        if most < least:
            raise Throttled(
                f"Today's {in_dollars(self._cap)} for X are spent, so nothing was asked; it goes on at midnight UTC, "
                "or raise dollars_a_day in the table [x] of the settings.",
                until=next_day(self._clock.now()),
            )
        self._promised += most * price
        return Allowance(self, most, most * price)

    async def settle(self, promised: Micros, prices: Mapping[str, Micros]) -> Micros:
        """A request is over: note what it was answered with, and what of it had to be paid."""
        try:
            return await self._spend.note(day_of(self._clock.now()), prices)
        finally:
            self._promised -= (
                promised  # until then it counts twice, which is better than not at all
            )

    async def pay(self, price: Micros) -> None:
        """Note a request that is paid each time, such as a post. What was promised for it is asked with `allow`."""
        self._written += 1
        thing = f"write:{self._clock.now()}:{self._written}"
        await self._spend.note(day_of(self._clock.now()), {thing: price})

    async def unbought(self, kind: str, ids: Iterable[str]) -> tuple[str, ...]:
        """Those of some things that would have to be paid."""
        named = tuple(dict.fromkeys(ids))
        day = day_of(self._clock.now())
        known = await self._spend.bought(day, (f"{kind}:{id}" for id in named))
        return tuple(id for id in named if f"{kind}:{id}" not in known)


class Allowance:
    """Room for one request. Use it as a context manager: what was not settled costs nothing.

    Attributes:
        most: how many things may be asked for.
    """

    def __init__(self, purse: Purse, most: int, promised: Micros) -> None:
        self.most = most
        self._purse = purse
        self._promised = promised

    async def __aenter__(self) -> Allowance:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.settle({})

    async def settle(self, prices: Mapping[str, Micros]) -> Micros:
        """Note what came, by thing; what had to be paid. Only the first call counts what was promised as done."""
        promised, self._promised = self._promised, 0
        return await self._purse.settle(promised, prices)
