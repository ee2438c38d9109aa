"""Whether posts still stand as they are stored: the server is asked, and its answer is made true here."""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.core.ports import Found, Network
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest


class Standing:
    """Asks about posts through one account.

    Attributes:
        account: its local id.
    """

    def __init__(self, ingest: Ingest, network: Network, account: int) -> None:
        self.account = account
        self._ingest = ingest
        self._network = network

    async def ask(self, server_ids: Sequence[str]) -> Found:
        """Store what the server has of some posts now; of those it has no more, a tombstone.

        Raises:
            NetworkError: it could not be asked; nothing was changed.
        """
        found = await self._network.posts(server_ids)
        await done(self._ingest.take_posts(self.account, list(found.there.values())))
        await done(self._ingest.take_withdrawals(self.account, sorted(found.gone)))
        return found
