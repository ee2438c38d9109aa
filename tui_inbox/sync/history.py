"""The past of a new account: what its owner wrote, what was said to them, and the conversations of both.

Turns and People are right on the first day because of it. Some hundreds of requests at most, in the
background; progress is kept with the account, so an interrupted history goes on where it was, and is told
while it is read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import asdict, replace

from tui_inbox.core.health import Past
from tui_inbox.core.ports import Network, PageOf, Refused, Unreachable, Unsupported
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.store import accounts, posts
from tui_inbox.store.store import Store
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest

PAGES = 12
"""Pages of own posts and of notifications that a history is made from."""
PAID_PAGES = 3
"""The same where each of them has to be paid for: an archive of the account tells of the rest for nothing."""
THREADS = 150
"""Conversations that are fetched whole, newest first."""
TRIES = 3
"""How often a conversation is asked for that the server has trouble with. Then it is left as it is."""

OWN = Feed(FeedKind.OWN)


class HistoryProgress(Struct, frozen=True):
    """How far the history of a new account has been read. Kept with the account, so it can be resumed."""

    own_pages: int = 0
    own_older: str | None = None
    own_done: bool = False
    notice_pages: int = 0
    notice_older: str | None = None
    notices_done: bool = False
    threads: int = 0
    done: bool = False


class History:
    """Reads one account's past, step by step."""

    def __init__(
        self,
        store: Store,
        ingest: Ingest,
        network: Network,
        account: int,
        on_progress: Callable[[Past | None], None] = lambda past: None,
        *,
        frugal: bool = False,
    ) -> None:
        """Prepare.

        Args:
            on_progress: told how far it is, and None at the end.
            frugal: each page has to be paid for.
        """
        self._pages = PAID_PAGES if frugal else PAGES
        self._store = store
        self._ingest = ingest
        self._network = network
        self._account = account
        self._on_progress = on_progress
        self._troubles: Counter[int] = Counter()

    async def read(self) -> None:
        """Read what is still to be read. A finished history is not read again.

        Raises:
            NetworkError: the server could not be read; what came before is kept.
        """
        progress = await self._progress()
        while not progress.done:
            self._on_progress(await self._so_far(progress))
            progress = await self._step(progress)
            await self._keep(progress)
        self._on_progress(None)

    async def read_own(self) -> None:
        """The first part of the history: what the owner has written, which decides whose turn it is."""
        progress = await self._progress()
        while not progress.own_done:
            progress = await self._own_page(progress)
            await self._keep(progress)

    async def _step(self, progress: HistoryProgress) -> HistoryProgress:
        if not progress.own_done:
            return await self._own_page(progress)
        if not progress.notices_done:
            return await self._notice_page(progress)
        return await self._past_thread(progress)

    async def _own_page(self, progress: HistoryProgress) -> HistoryProgress:
        page = await self._network.feed(OWN, PageOf(older_than=progress.own_older))
        await done(self._ingest.file_page(self._account, OWN, page.entries))
        pages = progress.own_pages + 1
        at_end = page.older is None or not page.entries or pages >= self._pages
        return replace(progress, own_pages=pages, own_older=page.older, own_done=at_end)

    async def _notice_page(self, progress: HistoryProgress) -> HistoryProgress:
        page = await self._network.notices(PageOf(limit=80, older_than=progress.notice_older))
        await done(self._ingest.take_notices(self._account, page.notices))
        pages = progress.notice_pages + 1
        at_end = page.older is None or not page.notices or pages >= self._pages
        return replace(progress, notice_pages=pages, notice_older=page.older, notices_done=at_end)

    async def _past_thread(self, progress: HistoryProgress) -> HistoryProgress:
        """One more conversation whose beginning is missing."""
        waiting = await self._waiting(1)
        if not waiting or progress.threads >= THREADS:
            return replace(progress, done=True)
        await self._read_past_thread(waiting[0])
        return replace(progress, threads=progress.threads + 1)

    async def _waiting(self, limit: int) -> list[int]:
        """Posts whose parent is missing and was never asked for, newest first."""
        found = await done(
            self._store.read(lambda db: posts.waiting_for_parent(db, self._account, limit))
        )
        return [post for post, _ in found]

    async def _so_far(self, progress: HistoryProgress) -> Past:
        """How many requests were made of how many there will be, as far as is known by now."""
        read = progress.own_pages + progress.notice_pages + progress.threads
        left = len(await self._waiting(THREADS - progress.threads))
        left += 0 if progress.own_done else self._pages - progress.own_pages
        left += 0 if progress.notices_done else self._pages - progress.notice_pages
        return Past(read, read + left)

    async def _read_past_thread(self, post: int) -> None:
        server_id = await done(
            self._store.read(lambda db: posts.server_id(db, self._account, post))
        )
        if server_id is not None:
            try:
                thread = await self._network.thread(server_id, waited_for=False)
                await done(self._ingest.take_thread(self._account, thread))
            except (Refused, Unsupported):
                pass  # what is gone stays a missing parent, and is not asked for again
            except Unreachable:
                self._troubles[post] += 1
                if self._troubles[post] < TRIES:
                    raise
        await done(self._store.write(lambda w: posts.stop_waiting(w, self._account, post)))

    async def _progress(self) -> HistoryProgress:
        text = await done(
            self._store.read(lambda db: accounts.get_state(db, self._account, accounts.HISTORY))
        )
        return HistoryProgress(**json.loads(text)) if text else HistoryProgress()

    async def _keep(self, progress: HistoryProgress) -> None:
        text = json.dumps(asdict(progress))
        await done(
            self._store.write(
                lambda w: accounts.put_state(w, self._account, accounts.HISTORY, text)
            )
        )
