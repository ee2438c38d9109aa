"""Pages of feeds into the store, and what their absences tell.

A page is a statement about a piece of a feed: what stands in the store between its ends and not on the page may
have been withdrawn while nobody listened. It may also merely be left out, as Mastodon leaves out boosts of the
same post. So the server is asked about each such post once, and only what it says is gone is taken away.
"""

from __future__ import annotations

from collections import deque

from tui_inbox.core.ports import NetworkError, Page, SignedOut
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.store import edges, feeds
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import InFeed, Ingest
from tui_inbox.sync.standing import Standing

QUESTIONS = 20
"""Posts asked about after one catching up. The others wait for the next."""
REMEMBERED = 2_000
"""Posts that are remembered as left out, and not asked about again."""


class Pages:
    """Files pages of one account's feeds.

    Attributes:
        account: its local id.
    """

    def __init__(self, store: Store, ingest: Ingest, standing: Standing) -> None:
        self.account = standing.account
        self._store = store
        self._ingest = ingest
        self._standing = standing
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
        questions = [self._absent.popleft() for _ in range(min(QUESTIONS, len(self._absent)))]
        if not questions:
            return
        try:
            found = await self._standing.ask(questions)
        except SignedOut:
            raise
        except NetworkError:
            self._absent.extendleft(reversed(questions))
            return  # another time; the feed itself is read
        self._left_out |= dict.fromkeys(one for one in questions if one not in found.gone)
        for one in list(self._left_out)[:-REMEMBERED]:
            del self._left_out[one]

    def _not_on(self, db: Connection, feed: Feed, page: Page) -> list[str]:
        """Ids that stand between the ends of a page and not on it."""
        id = feeds.find_feed(db, self.account, feed)
        keys = [(entry.filed_at, entry.identity) for entry in page.entries]
        if id is None or not keys:
            return []
        shown = {entry.entry_id for entry in page.entries}
        known = edges.between(db, id, max(keys), min(keys))
        absent = [one for one in known if one not in shown]
        if feed.kind is FeedKind.MENTIONS:  # its places have the ids of notifications
            absent = edges.post_ids(db, id, absent)
        waiting = {*self._absent, *self._left_out}
        return [one for one in absent if one not in waiting]
