"""A post in other wordings, read for a screen: its versions, a translation, and what was typed into it.

They are handed to whoever asked and not stored. What stands now is in the store already; what stood before
and what a translator made of it can change on the server without a word, so it is read each time.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.core.ports import Network, Told
from tui_inbox.core.versions import Original, Translation, Version
from tui_inbox.store import posts
from tui_inbox.store.store import Store
from tui_inbox.sync.futures import done

NOT_KNOWN = "This account's server does not know that post."


async def read_versions(
    store: Store, account: int, network: Network, post: int
) -> Told[Sequence[Version]]:
    """All versions of a post (local id), oldest first.

    Raises:
        NetworkError: they cannot be read.
    """
    server_id = await done(store.read(lambda db: posts.server_id(db, account, post)))
    if server_id is None:
        return Told(sentence=NOT_KNOWN)
    return Told(await network.versions(server_id))


async def read_translation(
    store: Store, account: int, network: Network, post: int, language: str
) -> Told[Translation]:
    """A post (local id) in another language (BCP 47).

    Raises:
        NetworkError: it cannot be read.
    """
    server_id = await done(store.read(lambda db: posts.server_id(db, account, post)))
    if server_id is None:
        return Told(sentence=NOT_KNOWN)
    return Told(await network.translation(server_id, language))


async def read_original(store: Store, account: int, network: Network, post: int) -> Told[Original]:
    """What was typed into an own post (local id).

    Raises:
        NetworkError: it cannot be read.
    """
    server_id = await done(store.read(lambda db: posts.server_id(db, account, post)))
    if server_id is None:
        return Told(sentence=NOT_KNOWN)
    return Told(await network.original(server_id))
