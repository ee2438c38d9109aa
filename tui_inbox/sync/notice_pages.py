"""Notifications after an absence: the newest page, then downward until it meets what is known.

A walk that is broken off is remembered by its cursor, in the transaction that stores its page, and goes on at the
next catching up: a mention that was missed may be the only trace of it.
"""

from __future__ import annotations

import asyncio
import json

from tui_inbox.core.ports import Network, NoticePage, PageOf
from tui_inbox.store import accounts, edges, feeds, notices
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import MENTIONS, Ingest

BROKEN_OFF = "notices to be read below"
"""The name in an account's state under which stand the cursors of walks that were broken off, newest first."""
PAGES = 10
"""Pages fetched in one go. The rest follows at the next catching up."""
A_PAGE = 80


class NoticePages:
    """Brings the notifications of one account up to now.

    Args:
        frugal: each page has to be paid for: then the first time one is enough.
    """

    def __init__(
        self,
        store: Store,
        ingest: Ingest,
        network: Network,
        account: int,
        *,
        frugal: bool = False,
    ) -> None:
        self._store = store
        self._ingest = ingest
        self._network = network
        self._account = account
        self._frugal = frugal
        self._walking = asyncio.Lock()

    async def catch_up(self) -> None:
        """Read what is new, and what earlier walks have left. One walk at a time, whoever asks for it.

        The first time there is nothing to meet: then some pages are read, and the history of a new account
        reads the rest.
        """
        async with self._walking:
            await self._catch_up()
            if not await self._broken_off():
                await done(self._store.write(self._join_mentions))

    async def _catch_up(self) -> None:
        is_first = not await done(
            self._store.read(lambda db: notices.notices(db, [self._account], limit=1))
        )
        page = await self._network.notices(PageOf(limit=A_PAGE))
        left = await self._take(page, await self._broken_off(), remember=not is_first)
        cursor = page.older if is_first and not self._frugal else None
        for _ in range(PAGES):
            if cursor is not None:
                page = await self._network.notices(PageOf(limit=A_PAGE, older_than=cursor))
                await self._take(page, [], remember=False)
                cursor = page.older if page.notices else None
            elif left:
                page = await self._network.notices(PageOf(limit=A_PAGE, older_than=left[0]))
                left = await self._take(page, left[1:], remember=True)
            else:
                return

    async def _take(self, page: NoticePage, below: list[str], *, remember: bool) -> list[str]:
        """Store a page, and where to go on below it unless it met what is known; all such cursors."""
        cursors = below
        told = len({notice.notice_id for notice in page.notices})

        def note(w: Writing, new: int) -> None:
            nonlocal cursors
            if new == told and page.older is not None:
                cursors = [page.older, *below]
            accounts.put_state(w, self._account, BROKEN_OFF, json.dumps(cursors))

        await done(
            self._ingest.take_notices(self._account, page.notices, also=note if remember else None)
        )
        return cursors

    def _join_mentions(self, w: Writing) -> None:
        """Notifications are known without a break up to now, and the mentions that came with them."""
        feed = feeds.find_feed(w.db, self._account, MENTIONS)
        if feed is not None:
            edges.set_joined(w, feed, feeds.max_seq(w.db, []))

    async def _broken_off(self) -> list[str]:
        text = await done(
            self._store.read(lambda db: accounts.get_state(db, self._account, BROKEN_OFF))
        )
        return [str(cursor) for cursor in json.loads(text)] if text else []
