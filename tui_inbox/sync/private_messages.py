"""Private messages of networks whose notifications do not tell of them: asked for about once a minute."""

from __future__ import annotations

from tui_inbox.core.further_ports import TellsNoMessages
from tui_inbox.core.ports import Network, Unsupported
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest


class PrivateMessages:
    """Those of one account."""

    def __init__(self, ingest: Ingest, network: Network, account: int) -> None:
        self._ingest = ingest
        self._network = network
        self._account = account

    async def read(self) -> None:
        """Take in what was said since this was done last.

        Raises:
            Unsupported: they come with the notifications, or this sign-in does not reach them.
            NetworkError: they could not be read.
        """
        if not isinstance(self._network, TellsNoMessages):
            raise Unsupported("Private messages come with the notifications.")
        said = await self._network.said_privately()
        if said:
            await done(self._ingest.take_posts(self._account, said))
