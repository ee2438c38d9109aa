"""Pages of feeds into the store, and what their absences tell.

A page is a statement about a piece of a feed: what stands in the store between its ends and not on the page may
have been withdrawn while nobody listened. It may also merely be left out, as Mastodon leaves out boosts of the
same post. So the server is asked about each such post once, and only what it says is gone is taken away.
"""

from __future__ import annotations

from collections import deque

from tui_inbox.core.ports import Clock, Network, NetworkError, Page, Refused, SignedOut
from tui_inbox.core.post import Feed
from tui_inbox.store import edges, feeds, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import InFeed, Ingest

QUESTIONS = 20
"""Posts asked about after one catching up. The others wait for the next."""
REMEMBERED = 2_000
"""Posts that are remembered as left out, and not asked about again."""


class Pages:
    """Files pages of one account's feeds.

    Attributes:
        account: its local id.
    """

    def __init__(
        self, store: Store, ingest: Ingest, clock: Clock, network: Network, account: int
    ) -> None:
        self.account = account
        self._store = store
        self._ingest = ingest
        self._clock = clock
        self._network = network
        self._absent: deque[str] = deque(maxlen=REMEMBERED)
        self._left_out: dict[str, None] = {}

    async def file(self, feed: Feed, page: Page, also: InFeed | None = None) -> None:
        """Put a page in its place.

        Args:
            also: run in the same transaction, with the feed's local id.
        """
        self._absent.extend(await done(self._store.read(lambda db: self._not_on(db, feed, page))))
        await done(self._ingest.file_page(self.account, feed, page.entries, also=also))

    async def ask_about_absent(self) -> None:
        """Ask about some of the posts that pages should have shown and did not.

        Raises:
            SignedOut: the token is not accepted any more.
        """
        for _ in range(QUESTIONS):
            if not self._absent:
                return
            server_id = self._absent.popleft()
            if server_id in self._left_out:
                continue
            try:
                thread = await self._network.thread(server_id)
            except Refused as refused:
                if refused.gone:
                    await self._ingest_withdrawal(server_id)
                    continue
            except SignedOut:
                raise
            except NetworkError:
                self._absent.appendleft(server_id)
                return  # another time; the feed itself is read
            else:
                await done(self._ingest.take_thread(self.account, thread))
            self._left_out[server_id] = None
            while len(self._left_out) > REMEMBERED:
                del self._left_out[next(iter(self._left_out))]

    async def _ingest_withdrawal(self, server_id: str) -> None:
        at = self._clock.now()
        await done(self._store.write(lambda w: posts.withdraw(w, self.account, server_id, at=at)))

    def _not_on(self, db: Connection, feed: Feed, page: Page) -> list[str]:
        """Ids that stand between the ends of a page and not on it."""
        id = feeds.find_feed(db, self.account, feed)
        keys = [(entry.filed_at, entry.identity) for entry in page.entries]
        if id is None or not keys:
            return []
        shown = {entry.entry_id for entry in page.entries}
        known = edges.between(db, id, max(keys), min(keys))
        waiting = {*self._absent, *self._left_out}
        return [one for one in known if one not in shown and one not in waiting]
