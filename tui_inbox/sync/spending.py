"""What an account has spent, kept with it in the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui_inbox.core.spending import Day, Micros
from tui_inbox.store import spending
from tui_inbox.store.store import Store
from tui_inbox.sync.futures import done


class StoredSpend:
    """`core.ports.Spend` on the store."""

    def __init__(self, store: Store, account: int) -> None:
        self._store = store
        self._account = account

    async def spent(self, day: Day) -> Micros:
        """What a day has cost so far."""
        return await done(self._store.read(lambda db: spending.spent(db, self._account, day)))

    async def bought(self, day: Day, things: Iterable[str]) -> frozenset[str]:
        """Which of some things were bought on that day already."""
        named = tuple(things)
        return await done(
            self._store.read(lambda db: spending.bought(db, self._account, day, named))
        )

    async def note(self, day: Day, prices: Mapping[str, Micros]) -> Micros:
        """Note what was bought; what of it had to be paid. It is on disk when this returns."""
        return await done(
            self._store.write(lambda w: spending.note(w, self._account, day, prices), durable=True)
        )
