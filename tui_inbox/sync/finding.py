"""Letting an account's server find a post that another account sees, or that a source outside has brought."""

from __future__ import annotations

from tui_inbox.core.capability import out_of_reach
from tui_inbox.core.outside import FEED_NETWORK
from tui_inbox.core.ports import Network
from tui_inbox.core.post import Post
from tui_inbox.store import accounts, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.posts import StoredPost
from tui_inbox.store.store import Store
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest

NOT_FOR_IT = "That post is not for this account."


class Finding:
    """Finds posts for one account."""

    def __init__(self, store: Store, ingest: Ingest, network: Network, account: int) -> None:
        self._store = store
        self._ingest = ingest
        self._network = network
        self._account = account

    async def find(self, post: int) -> str:
        """Let the server find a post (local id). Returns a sentence, empty once it knows it.

        Of what not everybody may read it is told nothing, not even the address.

        Raises:
            NetworkError: it could not be asked, or found nothing.
        """
        known, stored = await done(self._store.read(lambda db: self._look(db, post)))
        if known:
            return ""
        if stored is None:
            return NOT_FOR_IT
        if why := await done(self._store.read(lambda db: self._out_of_reach(db, stored.post))):
            return why
        found = await self._network.resolve(_address(stored.post))
        await done(self._ingest.take_found(self._account, post, found))
        known, _ = await done(self._store.read(lambda db: self._look(db, post)))
        return "" if known else NOT_FOR_IT

    def _out_of_reach(self, db: Connection, post: Post) -> str:
        return out_of_reach(post.ref, accounts.account(db, self._account).network)

    def _look(self, db: Connection, post: int) -> tuple[bool, StoredPost | None]:
        """Whether the server knows a post, and what the account may be shown of it."""
        known = posts.server_id(db, self._account, post) is not None
        return known, posts.post(db, self._account, post)


def _address(post: Post) -> str:
    """By what other servers find a post. What a feed calls its items need not be an address."""
    return post.url or post.ref.uri if post.ref.network == FEED_NETWORK else post.ref.uri
