"""Filling holes in feeds: upward from the lower edge where the server can do that, else downward from the upper.

A server is believed only where what it sends overlaps with what is known. The page above an entry is asked for
from a little below the lower edge, so a right answer holds entries that are known. A server that ignores the
cursor, or has thrown away what was between, shows by the lack of them, and no hole is ever closed by mistake
(facts 1.2; hollo#479 for servers that answer with the newest page).
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.ports import Clock, Network, Page, PageOf, Refused, Unreachable, Unsupported
from tui_inbox.core.post import Feed, FeedEntry
from tui_inbox.store import accounts, edges, feeds
from tui_inbox.store.edges import Place
from tui_inbox.store.feeds import EntryKey, Gap
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.futures import done
from tui_inbox.sync.pages import Pages

DOWNWARD = "holes are filled downward until"
"""The name in an account's state under which stands how long its server is not asked upward, in milliseconds."""
REMEMBERED_FOR: Millis = 7 * DAY
OVERLAP = 3
"""From how many entries below a hole the page above is asked for. More than two, so that one of those may be
deleted meanwhile."""

PARTLY = "Part of it is here; Enter fetches more."
LOST = "The server no longer keeps what was here."


class _Step(Struct, frozen=True):
    """What one page has done to a hole.

    Attributes:
        gap: what is left of it; None when it is closed.
        went: the page could be used.
        never_up: the server has shown that it does not give the page above an entry.
    """

    gap: Gap | None
    went: bool = True
    never_up: bool = False


class GapFiller:
    """Fills the holes of one account's feeds."""

    def __init__(self, store: Store, pages: Pages, clock: Clock, network: Network) -> None:
        self._store = store
        self._pages = pages
        self._clock = clock
        self._network = network

    async def fill(self, gap: Gap, feed: Feed, pages: int) -> str:
        """Fetch what is missing in a hole.

        Every page is stored in one transaction with the edge that it moves.

        Args:
            pages: how many to fetch at most.

        Returns:
            A sentence for the user; empty when the hole is closed.

        Raises:
            NetworkError: a page could not be read; what came before it is stored.
        """
        upward = await self._may_ask_upward()
        left: Gap | None = gap
        for _ in range(pages):
            if left is None or left.lost:
                break
            if upward:
                step = await self._up(left, feed)
                upward = step.went
                if not step.went:
                    down = await self._down(left, feed)
                    if step.never_up:
                        await self._remember_downward()
                    step = down
            else:
                step = await self._down(left, feed)
            left = step.gap
        if left is None:
            return ""
        return LOST if left.lost else PARTLY

    async def _up(self, gap: Gap, feed: Feed) -> _Step:
        """The page above the lower edge; it is used only if it overlaps with what lies below that edge."""
        anchors = await done(
            self._store.read(lambda db: edges.anchors(db, gap.feed, gap.lower, OVERLAP))
        )
        if len(anchors) < 2:
            return _Step(gap, went=False)
        try:
            page = await self._network.feed(feed, PageOf(newer_than=anchors[-1]))
        except (Refused, Unsupported, Unreachable):
            # If it is the line and not the question, the way down will show it.
            return _Step(gap, went=False, never_up=True)
        known = await self._known(gap, page)
        above = any(place.key >= gap.upper for place in known)
        if not any(place.key <= gap.lower for place in known):
            return _Step(gap, went=False, never_up=above)
        if above:
            await self._pages.file(feed, page, lambda w, _: feeds.close_gap(w, gap.id))
            return _Step(None)
        inside = _inside(gap, page.entries)
        if not inside:
            return _Step(gap, went=False)
        return _Step(await self._move(feed, page, replace(gap, lower=max(inside))))

    async def _down(self, gap: Gap, feed: Feed) -> _Step:
        """The page below the upper edge."""
        page = await self._network.feed(feed, PageOf(older_than=gap.older_than))
        known = await self._known(gap, page)
        passed = bool(page.entries) and all(_key(entry) <= gap.lower for entry in page.entries)
        if passed or any(place.key <= gap.lower for place in known):
            await self._pages.file(feed, page, lambda w, _: feeds.close_gap(w, gap.id))
            return _Step(None)
        upper = min(_inside(gap, page.entries), default=gap.upper)
        if page.older is None:
            return _Step(await self._move(feed, page, replace(gap, upper=upper, lost=True)))
        return _Step(await self._move(feed, page, replace(gap, upper=upper, older_than=page.older)))

    async def _move(self, feed: Feed, page: Page, gap: Gap) -> Gap:
        """File a page, and give the hole its new edges in the same transaction."""
        await self._pages.file(feed, page, lambda w, _: feeds.move_gap(w, gap))
        return gap

    async def _known(self, gap: Gap, page: Page) -> Iterable[Place]:
        ids = [entry.entry_id for entry in page.entries]
        return (await done(self._store.read(lambda db: edges.places(db, gap.feed, ids)))).values()

    async def _may_ask_upward(self) -> bool:
        until = await done(
            self._store.read(lambda db: accounts.get_state(db, self._pages.account, DOWNWARD))
        )
        return until is None or self._clock.now() >= int(until)

    async def _remember_downward(self) -> None:
        until = str(self._clock.now() + REMEMBERED_FOR)

        def job(w: Writing) -> None:
            accounts.put_state(w, self._pages.account, DOWNWARD, until)

        await done(self._store.write(job))


def _key(entry: FeedEntry) -> EntryKey:
    return (entry.filed_at, entry.identity)


def _inside(gap: Gap, entries: Iterable[FeedEntry]) -> list[EntryKey]:
    """The places in a hole that some entries take."""
    return [key for entry in entries if gap.lower < (key := _key(entry)) < gap.upper]
