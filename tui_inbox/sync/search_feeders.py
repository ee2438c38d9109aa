"""Asks an account's server for what its standing searches look for: its own search, timelines of tags and of people.

What it sends becomes stored posts like any others, and is put to all standing searches as it arrives. So a server that
finds more than was asked for does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.account import Limits
from tui_inbox.core.coverage import Coverage, state_name
from tui_inbox.core.moment import HOUR, MINUTE, Millis
from tui_inbox.core.outside import SourceKind, timeline_of
from tui_inbox.core.ports import (
    Clock,
    Network,
    NetworkError,
    Overspent,
    Refused,
    SignedOut,
    Throttled,
    Unsupported,
)
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.core.query_text import QueryError, parse, unparse
from tui_inbox.core.server_query import asking
from tui_inbox.store import accounts, outside, searches
from tui_inbox.store.database import Connection
from tui_inbox.store.searches import SavedSearch
from tui_inbox.store.store import Store
from tui_inbox.store.timelines import timelines
from tui_inbox.sync.feed_reader import FeedReader
from tui_inbox.sync.futures import done

FIRST_REST: Millis = 3 * MINUTE
LONGEST_REST: Millis = 30 * MINUTE
"""A search that brings nothing new is asked less and less often, from the first rest to the longest."""
REST_AFTER_REFUSAL: Millis = 6 * HOUR
SEARCHES_A_LOOK = 3
"""So many searches are asked at once; the others have their turn at the next look, but for those that ask the same."""
PEOPLE_A_LOOK = 4
"""So many timelines of people are read for a search at once; a long group has its turns."""
SHARED_FOR: Millis = 2 * MINUTE
"""What was read for one search is not read again for another one so soon after: what came was put to both."""


class _Failure(Struct, frozen=True):
    """Why feeds could not be read, empty where they could. `is_refused`: the server will not, rather than cannot."""

    sentence: str = ""
    is_refused: bool = False


class _Reading(Struct, frozen=True):
    """That a feed was read, and how it failed."""

    at: Millis
    failure: _Failure


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
        self._lately: dict[Feed, _Reading] = {}

    async def look(self) -> None:
        """Ask for the searches that have waited longest. What fails for one of them keeps no other waiting.

        Raises:
            Throttled: the budget is spent; what came before is stored.
            SignedOut: the token is not accepted any more.
        """
        asked = 0
        for search, coverage, hits in await done(self._store.read(self._due)):
            this_time, turn = _this_time(coverage)
            fresh = [feed for feed in this_time if not self._is_shared(feed)]
            if fresh and asked == SEARCHES_A_LOOK:
                continue
            asked += bool(fresh)
            await self._ask(search, replace(coverage, turn=turn), this_time, hits)

    def _due(self, db: Connection) -> list[tuple[SavedSearch, Coverage, int]]:
        """Searches whose rest is over, with their hits so far, the one that was asked longest ago first."""
        limits = accounts.account(db, self._account).limits
        due = []
        for search in searches.searches(db):
            if search.account != self._account or search.outside_only:
                continue
            known = self._known(db, search)
            by_word = limits.full_text_search
            if known is not None and (known.query, known.by_word) != (search.query, by_word):
                known = None
            chosen = _chosen(db, search)
            if known is not None and not set(chosen) <= set(known.feeds):
                known = None
            if known is not None and (known.asked_at or 0) + known.rest > self._clock.now():
                continue
            planned = self._planned(db, search, limits)
            planned = replace(planned, feeds=tuple(dict.fromkeys((*chosen, *planned.feeds))))
            if known is not None:
                planned = replace(
                    planned, asked_at=known.asked_at, rest=known.rest, turn=known.turn
                )
            due.append((search, planned, searches.count_hits(db, search.id)))
        due.sort(key=lambda one: one[1].asked_at or 0)
        return due

    def _known(self, db: Connection, search: SavedSearch) -> Coverage | None:
        kept = accounts.get_state(db, self._account, state_name(search.id))
        return Coverage.parse(kept) if kept is not None else None

    def _planned(self, db: Connection, search: SavedSearch, limits: Limits) -> Coverage:
        """What will be asked. A server that is not known to search by word is not asked to."""
        by_word = limits.full_text_search
        try:
            tree = parse(search.query)
        except QueryError:
            return Coverage(search.query, rest=LONGEST_REST, by_word=by_word)
        asked = asking(
            tree,
            self._network.search_words if by_word else None,
            whose=lambda term: timelines(db, self._account, term),
            tags_together=limits.tags_together,
        )
        return Coverage(
            search.query,
            feeds=tuple(map(str, asked.feeds)),
            checked_here=tuple(map(unparse, asked.checked_here)),
            not_asked=tuple(map(unparse, asked.not_asked)),
            by_word=by_word,
        )

    async def _ask(
        self, search: SavedSearch, coverage: Coverage, feeds: Sequence[Feed], hits: int
    ) -> None:
        failure = await self._read(feeds)
        news = await self._hits(search) > hits
        await self._keep(
            search,
            replace(
                coverage,
                asked_at=self._clock.now(),
                rest=_rest(coverage.rest, news=news, is_refused=failure.is_refused),
                refusal=failure.sentence,
            ),
        )

    async def _read(self, feeds: Iterable[Feed]) -> _Failure:
        """Read feeds, and say how one of them failed. The others are read all the same."""
        failure = _Failure()
        for feed in feeds:
            if not self._is_shared(feed):
                self._lately[feed] = _Reading(self._clock.now(), await self._failure(feed))
            told = self._lately[feed].failure
            failure = told if told.sentence else failure
        return failure

    async def _failure(self, feed: Feed) -> _Failure:
        """Read a feed, and say how that failed."""
        try:
            await self._feeds.read(feed)
        except Overspent as error:
            return _Failure(str(error))
        except (SignedOut, Throttled):
            raise
        except (Refused, Unsupported) as error:
            return _Failure(str(error), is_refused=True)
        except NetworkError as error:
            return _Failure(str(error))
        return _Failure()

    def _is_shared(self, feed: Feed) -> bool:
        """Whether it was read a moment ago for another search."""
        now = self._clock.now()
        self._lately = {
            one: read for one, read in self._lately.items() if 0 <= now - read.at < SHARED_FOR
        }
        return feed in self._lately

    async def _hits(self, search: SavedSearch) -> int:
        return await done(self._store.read(lambda db: searches.count_hits(db, search.id)))

    async def _keep(self, search: SavedSearch, coverage: Coverage) -> None:
        name, text = state_name(search.id), str(coverage)
        await done(self._store.write(lambda w: searches.put_coverage(w, search, name, text)))


def _chosen(db: Connection, search: SavedSearch) -> list[str]:
    """Timelines that the owner lets a search look in, as a coverage has them."""
    named = (
        timeline_of(source.address)
        for source in outside.sources_of(db, search.id)
        if source.kind is SourceKind.TIMELINE
    )
    return [str(feed) for account, feed in named if account == search.account]


def _this_time(coverage: Coverage) -> tuple[list[Feed], int]:
    """What is read now, and where the people's turn begins next time."""
    feeds = list(map(Feed.parse, coverage.feeds))
    people = [feed for feed in feeds if feed.kind is FeedKind.PERSON]
    others = [feed for feed in feeds if feed.kind is not FeedKind.PERSON]
    first = coverage.turn if coverage.turn < len(people) else 0
    return [*others, *people[first : first + PEOPLE_A_LOOK]], first + PEOPLE_A_LOOK


def _rest(rest: Millis, *, news: bool, is_refused: bool) -> Millis:
    if is_refused:
        return REST_AFTER_REFUSAL
    return FIRST_REST if news or not rest else min(2 * rest, LONGEST_REST)
