"""What a network adapter must remember between runs, kept with its account in the store."""

from __future__ import annotations

from tui_inbox.store import accounts
from tui_inbox.store.store import Store
from tui_inbox.sync.futures import done


class StoredState:
    """`core.ports.AccountState` on the store."""

    def __init__(self, store: Store, account: int) -> None:
        self._store = store
        self._account = account

    async def get(self, name: str) -> str | None:
        """What was put under that name, or None."""
        return await done(self._store.read(lambda db: accounts.get_state(db, self._account, name)))

    async def put(self, name: str, value: str) -> None:
        """Keep a value; it is on disk when this returns."""
        await done(self._store.write(lambda w: accounts.put_state(w, self._account, name, value)))
