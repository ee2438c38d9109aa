"""Asks an account's server for what its standing searches look for: its own search, and timelines of tags.

What it sends becomes stored posts like any others, and is put to all standing searches as it arrives. So a server that
finds more than was asked for does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from tui_inbox.core.coverage import Coverage, state_name
from tui_inbox.core.moment import HOUR, MINUTE, Millis
from tui_inbox.core.ports import Clock, Network, Refused, Unsupported
from tui_inbox.core.post import Feed
from tui_inbox.core.query_text import QueryError, parse, unparse
from tui_inbox.core.server_query import asking
from tui_inbox.store import accounts, searches
from tui_inbox.store.database import Connection
from tui_inbox.store.searches import SavedSearch
from tui_inbox.store.store import Store
from tui_inbox.sync.feed_reader import FeedReader
from tui_inbox.sync.futures import done

FIRST_REST: Millis = 3 * MINUTE
LONGEST_REST: Millis = 30 * MINUTE
"""A search that brings nothing new is asked less and less often, from the first rest to the longest."""
REST_AFTER_REFUSAL: Millis = 6 * HOUR
SEARCHES_A_LOOK = 3
"""So many searches are asked at once; the others have their turn at the next look."""


class SearchFeeders:
    """Asks for the standing searches of one account. Nothing of it is urgent."""

    def __init__(
        self, store: Store, clock: Clock, network: Network, feeds: FeedReader, account: int
    ) -> None:
        self._store = store
        self._clock = clock
        self._network = network
        self._feeds = feeds
        self._account = account

    async def look(self) -> None:
        """Ask for the searches that have waited longest.

        Raises:
            NetworkError: the server cannot be asked at the moment; what came before is stored.
        """
        for search, coverage in await done(self._store.read(self._due)):
            await self._ask(search, coverage)

    def _due(self, db: Connection) -> list[tuple[SavedSearch, Coverage]]:
        """Searches whose rest is over, the one that was asked longest ago first."""
        by_word = accounts.account(db, self._account).limits.full_text_search
        due = []
        for search in searches.searches(db):
            if search.account != self._account or search.outside_only:
                continue
            known = self._known(db, search)
            if known is None or known.query != search.query or known.by_word != by_word:
                known = self._planned(search, by_word)
            if (known.asked_at or 0) + known.rest <= self._clock.now():
                due.append((search, known))
        due.sort(key=lambda pair: pair[1].asked_at or 0)
        return due[:SEARCHES_A_LOOK]

    def _known(self, db: Connection, search: SavedSearch) -> Coverage | None:
        kept = accounts.get_state(db, self._account, state_name(search.id))
        return Coverage.parse(kept) if kept is not None else None

    def _planned(self, search: SavedSearch, by_word: bool | None) -> Coverage:
        """What will be asked. A server that is not known to search by word is not asked to."""
        try:
            tree = parse(search.query)
        except QueryError:
            return Coverage(search.query, rest=LONGEST_REST, by_word=by_word)
        asked = asking(tree, self._network.search_words if by_word else None)
        return Coverage(
            search.query,
            feeds=tuple(map(str, asked.feeds)),
            checked_here=tuple(map(unparse, asked.checked_here)),
            not_asked=tuple(map(unparse, asked.not_asked)),
            by_word=by_word,
        )

    async def _ask(self, search: SavedSearch, coverage: Coverage) -> None:
        before = await self._hits(search)
        refusal = await self._read(map(Feed.parse, coverage.feeds))
        news = await self._hits(search) > before
        await self._keep(
            search,
            replace(
                coverage,
                asked_at=self._clock.now(),
                rest=_rest(coverage.rest, news=news, refusal=refusal),
                refusal=refusal,
            ),
        )

    async def _read(self, feeds: Iterable[Feed]) -> str:
        """Read feeds; why one of them cannot be, empty otherwise. The others are read all the same."""
        refusal = ""
        for feed in feeds:
            try:
                await self._feeds.read(feed)
            except (Refused, Unsupported) as error:
                refusal = str(error)
        return refusal

    async def _hits(self, search: SavedSearch) -> int:
        return await done(self._store.read(lambda db: searches.count_hits(db, search.id)))

    async def _keep(self, search: SavedSearch, coverage: Coverage) -> None:
        name, text = state_name(search.id), str(coverage)
        await done(self._store.write(lambda w: searches.put_coverage(w, search, name, text)))


def _rest(rest: Millis, *, news: bool, refusal: str) -> Millis:
    if refusal:
        return REST_AFTER_REFUSAL
    return FIRST_REST if news or not rest else min(2 * rest, LONGEST_REST)
