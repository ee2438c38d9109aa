"""Whether a post may be answered and quoted, asked while somebody begins to write."""

from __future__ import annotations

from tui_inbox.core.answerers import Openness
from tui_inbox.core.further_ports import TellsOpenness
from tui_inbox.core.ports import Network, Told
from tui_inbox.store import posts
from tui_inbox.store.store import Store
from tui_inbox.sync.futures import done


async def read(store: Store, account: int, network: Network, post: int) -> Told[Openness]:
    """What an account may do to a post (local id); nothing is told where the network or the server cannot say.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    server_id = await done(store.read(lambda db: posts.server_id(db, account, post)))
    if server_id is None or not isinstance(network, TellsOpenness):
        return Told()
    return Told(await network.openness(server_id))
