"""Fills a store as a long time of reading would have: through the program's own border and ingest.

Fetching 100,000 posts page by page would take hours, since the program keeps to the request budget of a
real server. So the fake server's statuses are made up in this process and filed directly.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from msgspec.structs import asdict
from support.fake_mastodon.paging import Bounds
from support.fake_mastodon.running import FakeServer
from support.fake_mastodon.world import OWNER, World

from tui_inbox.clock import SystemClock
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.convert import Border, to_entry, to_notice
from tui_inbox.networks.wire_base import decode_list
from tui_inbox.paths import find_paths
from tui_inbox.store import accounts, feeds, reading
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.history import PAGES, HistoryProgress
from tui_inbox.sync.ingest import Ingest

PAGE = 100
"""Posts in one transaction."""
NOTICES = 80 * PAGES
OWN_POSTS = 40 * PAGES


class Filler:
    """Fills the store of a home in which one account of the fake server is signed in."""

    def __init__(self, store: Store, server: FakeServer) -> None:
        self._store = store
        self._world: World = server.world()
        self._ingest = Ingest(store, SystemClock())
        self._account = store.read(accounts.accounts).result()[0].id
        domain = urlsplit(server.url).netloc
        self._border = Border(server.url, domain, time.time_ns() // 1_000_000)

    def fill(self) -> None:
        """File everything that the server held at its start, and the account's whole past."""
        own = self._world.written_by(OWNER, Bounds(limit=OWN_POSTS))
        self._file(Feed(FeedKind.OWN), own)
        for first in range(0, self._world.posts, PAGE):
            newest = min(first + PAGE, self._world.posts)
            self._file(Feed(FeedKind.HOME), range(newest - 1, first - 1, -1))
        for number in reversed(self._world.notices(Bounds(limit=NOTICES))):
            told = decode_list(wire.Notification, [self._world.notice(number)])
            notices = [to_notice(each, self._border) for each in told]
            self._ingest.take_notices(self._account, notices).result()
        self._store.write(self._finish).result()

    def _file(self, feed: Feed, indexes: Sequence[int]) -> None:
        told = decode_list(wire.Status, [self._world.status(index) for index in indexes])
        entries = [to_entry(each, self._border) for each in told]
        self._ingest.file_page(self._account, feed, entries).result()

    def _finish(self, w: Writing) -> None:
        """Note that nothing is left to fetch, so that a program started on this store comes to rest."""
        home = feeds.feed_id(w, self._account, Feed(FeedKind.HOME))
        feeds.set_older(w, home, None, complete=True)
        past = HistoryProgress(own_done=True, notices_done=True, done=True)
        accounts.put_state(w, self._account, accounts.HISTORY, json.dumps(asdict(past)))
        # The server has no filters. Were that not noted, each start would look through all posts for them.
        reading.put_filters(w, self._account, ())


def fill_home(home: Path, server: FakeServer) -> None:
    """Fill the store of a home folder (`TUI_INBOX_HOME`) with what the server holds."""
    store = Store(find_paths({"TUI_INBOX_HOME": str(home)}).store)
    try:
        Filler(store, server).fill()
    finally:
        store.close()
