"""Which private conversations were read, kept together with the owner's other clients.

The server keeps for each whether it is unread. One that another client has read is *seen* here, and one that was seen
here is marked as read there; never the other way. Some servers say of all that they are read (facts 2), so a server is
believed only after it has called one unread.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.core.conversation import ItemState, Opening
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.other_clients import Talk
from tui_inbox.core.ports import Clock, Network
from tui_inbox.store import accounts, items, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.items import Item
from tui_inbox.store.read_marks import NOT_BY_LOOKING
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest

LATELY: Millis = 7 * DAY
"""How long ago something private may have come that is told as soon as it is seen; what is older can wait."""
TELLS_UNREAD = "calls private conversations unread"
"""The name in an account's state under which stands that its server has done so once."""


class Talks:
    """The private conversations of one account."""

    def __init__(
        self, store: Store, ingest: Ingest, clock: Clock, network: Network, account: int
    ) -> None:
        self._store = store
        self._ingest = ingest
        self._clock = clock
        self._network = network
        self._account = account
        self._told: frozenset[tuple[int, int | None]] = frozenset()

    async def read(self) -> None:
        """Compare what was read on the server with what was seen here, and bring both up to the further one.

        Raises:
            NetworkError: the server could not be asked or told.
        """
        seen = await done(self._store.read(self._seen_here))
        talks = await self._network.talks()
        newest = [talk.newest for talk in talks if talk.newest is not None]
        await done(self._ingest.take_posts(self._account, newest))
        for talk_id in await done(self._store.write(lambda w: self._compare(w, talks))):
            await self._network.read_talk(talk_id)
        self._told = seen

    async def tell(self) -> None:
        """Do that if something private was seen here since it was last done; else nothing is asked.

        Raises:
            NetworkError: the server could not be asked or told.
        """
        if await done(self._store.read(self._seen_here)) - self._told:
            await self.read()

    def _seen_here(self, db: Connection) -> frozenset[tuple[int, int | None]]:
        """What was said in private lately and was seen here, as items and the posts they are about."""
        lately = items.items(db, [self._account], since=self._clock.now() - LATELY)
        private = (one for one in lately if one.opening is Opening.DIRECT and _is_seen(one))
        return frozenset((one.id, one.post) for one in private)

    def _compare(self, w: Writing, talks: Sequence[Talk]) -> list[str]:
        """Let be seen here what was read elsewhere. Returns the conversations of which it is the other way round."""
        believed = accounts.get_state(w.db, self._account, TELLS_UNREAD) is not None
        if not believed and any(talk.unread for talk in talks):
            accounts.put_state(w, self._account, TELLS_UNREAD, "yes")
            believed = True
        read_here: list[str] = []
        for talk in talks:
            waiting = self._items(w.db, talk)
            if not talk.unread and believed:
                for item in waiting:
                    if item.state is ItemState.NEW:
                        items.set_state(w, item.id, ItemState.SEEN, at=item.changed_at)
            elif talk.unread and waiting and all(map(_is_seen, waiting)):
                read_here.append(talk.talk_id)
        return read_here

    def _items(self, db: Connection, talk: Talk) -> list[Item]:
        """What waits, or has waited, in a private conversation, if its newest post is known here."""
        name = talk.newest.view.server_id if talk.newest else None
        post = posts.find(db, self._account, name) if name is not None else None
        stored = posts.post(db, self._account, post) if post is not None else None
        if stored is None:
            return []
        return items.items_in_conversation(db, self._account, stored.conversation)


def _is_seen(item: Item) -> bool:
    """Whether the owner has looked at the newest text of an item: a newer one would have made it new again."""
    return item.state is not ItemState.NEW and item.closed_by not in NOT_BY_LOOKING
