"""Notifications: all of them, and what addresses the account as a feed; how far they were read.

Source: lexicons `app.bsky.notification.*`. A notification is a record of somebody's with a reason; a post that
mentions, answers and quotes the account at once is one notification (facts 6, pitfall 14). Servers leave grouping to
their clients, and tell of no post how the account stands to it: those are asked for besides, once each.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence

from tui_inbox.core.events import Notice
from tui_inbox.core.moment import Millis, to_datetime
from tui_inbox.core.other_clients import Marker
from tui_inbox.core.ports import NoticePage, Page, PageOf, Unsupported
from tui_inbox.core.post import FeedEntry, SeenPost
from tui_inbox.networks.bluesky import wire
from tui_inbox.networks.bluesky.convert import ABOUT_ITSELF, past, to_notice, written_in
from tui_inbox.networks.bluesky.desk import Desk
from tui_inbox.networks.bluesky.feeds import MOST
from tui_inbox.networks.bluesky.paging import Place, is_entry
from tui_inbox.networks.http import Pairs
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.wire_base import decode

_LIST = "app.bsky.notification.listNotifications"
_SEEN = "app.bsky.notification.updateSeen"
_ADDRESSES: Pairs = [("reasons", "mention"), ("reasons", "reply"), ("reasons", "quote")]
_ABOUT_SUBJECT = frozenset({"like", "repost"})
_REMEMBERED = 1_000
_PAGES_TO_LOOK = 5


class Notices:
    """The notifications of one account.

    Args:
        desk: of the account.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._posts: OrderedDict[str, SeenPost] = OrderedDict()

    async def read(self, page: PageOf) -> NoticePage:
        """A page of notifications of all kinds.

        Raises:
            NetworkError: it cannot be read.
        """
        told = await self._ask(page)
        return NoticePage(await self._notices(told.notifications), told.cursor or None)

    async def read_mentions(self, page: PageOf) -> Page:
        """A page of what addresses the account. Cursors may be ids of notifications, too.

        Raises:
            NetworkError: it cannot be read.
        """
        told = await self._ask(page, _ADDRESSES)
        entries = [notice.entry for notice in await self._notices(told.notifications)]
        shown = tuple(entry for entry in entries if entry is not None)
        return Page(_as_they_stand(shown), told.cursor or None)

    async def marker(self) -> Marker | None:
        """How far any client has read: servers keep a moment, so it is the newest notification before that.

        Raises:
            NetworkError: it cannot be read.
        """
        told = await self._ask(PageOf(limit=MOST), urgency=Urgency.CHECKS)
        border = await self._desk.border()
        seen_at = past(told.seen_at, border)
        if seen_at is None:
            return None
        for one in told.notifications:
            at = past(one.indexed_at, border)
            if at is not None and at <= seen_at:
                return Marker(one.uri, seen_at)
        return None

    async def move_marker(
        self, notice_id: str, is_behind: Callable[[str], Awaitable[bool]]
    ) -> Marker:
        """Move it forward to a notification, unless another client has read further.

        Raises:
            Unsupported: that notification is not there any more, so there is no moment to name.
            NetworkError: any other failure.
        """
        there = await self.marker()
        if there and (there.notice_id == notice_id or not await is_behind(there.notice_id)):
            return there
        place = self._desk.cursors.place(notice_id) or await self._look_for(notice_id)
        if place is None:
            raise Unsupported(
                f"{self._desk.session.host} does not know this notification any more."
            )
        if there is not None and there.at is not None and there.at > place.at:
            return there
        seen_at = place.at + 1  # what is read is what is older than that
        await self._desk.session.call(_SEEN, {"seenAt": moment(seen_at)}, urgency=Urgency.CHECKS)
        return Marker(notice_id, seen_at)

    async def _ask(
        self, page: PageOf, query: Pairs = (), urgency: Urgency = Urgency.MENTIONS
    ) -> wire.Notifications:
        if page.newer_than:
            raise Unsupported(f"{self._desk.session.host} cannot be read upward.")
        asked = [*query, ("limit", str(max(1, min(page.limit, MOST))))]
        if page.older_than is not None:
            asked.append(("cursor", await self._cursor(page.older_than)))
        data = await self._desk.session.get(
            _LIST, asked, urgency=urgency, headers=await self._desk.labelers()
        )
        told = decode(wire.Notifications, data) or wire.Notifications()
        border = await self._desk.border()
        for one in told.notifications:
            at = past(one.indexed_at, border) or border.now
            self._desk.cursors.met(one.uri, Place(at, one.indexed_at or "", one.cid or ""))
        return told

    async def _cursor(self, older_than: str) -> str:
        """What a page is asked below with; notifications are paged by their moments.

        Raises:
            Unsupported: where a notification stands is not known any more.
        """
        if not is_entry(older_than):
            return older_than
        place = self._desk.cursors.place(older_than) or await self._desk.find_place(older_than)
        if place is None or not place.told:
            raise Unsupported(f"{self._desk.session.host} does not go on below this.")
        return place.told

    async def _look_for(self, notice_id: str) -> Place | None:
        """Where a notification stands that was not met since the program began."""
        cursor: str | None = None
        for _ in range(_PAGES_TO_LOOK):
            page = PageOf(limit=MOST, older_than=cursor)
            cursor = (await self._ask(page, urgency=Urgency.CHECKS)).cursor
            if (place := self._desk.cursors.place(notice_id)) or not cursor:
                return place
        return None

    async def _notices(self, told: Sequence[wire.Notification]) -> tuple[Notice, ...]:
        await self._get_posts(told)
        border = await self._desk.border()
        notices = []
        for one in told:
            seen = self._posts.get(_about(one) or "")
            if seen is None and one.reason in ABOUT_ITSELF:
                seen = written_in(one, border)
            notices.append(to_notice(one, seen, border))
        return tuple(notices)

    async def _get_posts(self, told: Sequence[wire.Notification]) -> None:
        """Ask for the posts of notifications that were not met before."""
        wanted = dict.fromkeys(
            uri for one in told if (uri := _about(one)) and uri not in self._posts
        )
        self._posts |= await self._desk.seen(list(wanted), Urgency.MENTIONS)
        while len(self._posts) > _REMEMBERED:
            self._posts.popitem(last=False)


def _about(told: wire.Notification) -> str | None:
    """The address of the post that a notification is about."""
    if told.reason in ABOUT_ITSELF:
        return told.uri
    return told.reason_subject if told.reason in _ABOUT_SUBJECT else None


def _as_they_stand(entries: tuple[FeedEntry, ...]) -> tuple[FeedEntry, ...]:
    """Each once; a page may begin with what the one above ended with, as cursors are moments."""
    return tuple({entry.entry_id: entry for entry in entries}.values())


def moment(at: Millis) -> str:
    """A moment as servers want it (atproto.com, specs/lexicon): in UTC, with milliseconds and an upper-case `Z`."""
    return f"{to_datetime(at):%Y-%m-%dT%H:%M:%S}.{at % 1000:03}Z"
