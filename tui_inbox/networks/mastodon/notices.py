"""Notifications: all of them, and what addresses the account as a feed.

Source: docs.joinmastodon.org, methods/notifications. v1, ungrouped, because every server has it.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.core.events import Notice
from tui_inbox.core.ports import NoticePage, Page, PageOf
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.convert import to_notice, usable
from tui_inbox.networks.mastodon.feeds import Place, read_page
from tui_inbox.networks.mastodon.paging import older_cursor
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.wire_base import decode_list

_PATH = "/api/v1/notifications"
_A_PAGE = 80
_QUOTES_SINCE_API_VERSION = 7
"""Mastodon 4.5. Older servers tell of no quotes, and strict ones refuse types that they do not know."""


async def read_notices(session: Session, page: PageOf) -> NoticePage:
    """A page of notifications of all types.

    Raises:
        NetworkError: it cannot be read.
    """
    notices, older = await _read(session, Place(_PATH, urgency=Urgency.MENTIONS), page)
    return NoticePage(tuple(notices), older)


async def read_mentions(session: Session, page: PageOf) -> Page:
    """A page of what addresses the account. Cursors are ids of notifications.

    A server that cannot choose types sends all of them; then a page may hold nothing and yet go on.

    Raises:
        NetworkError: it cannot be read.
    """
    types = [("types[]", "mention")]
    if ((await session.server()).api_version or 0) >= _QUOTES_SINCE_API_VERSION:
        types.append(("types[]", "quote"))
    notices, older = await _read(session, Place(_PATH, types, Urgency.MENTIONS), page)
    entries = (notice.entry for notice in notices)
    return Page(tuple(entry for entry in entries if entry is not None), older)


async def _read(
    session: Session, place: Place, page: PageOf
) -> tuple[Sequence[Notice], str | None]:
    """The notifications of a page, and the cursor of the one below."""
    answer = await read_page(session, place, page, most=_A_PAGE)
    told = decode_list(wire.Notification, answer.data)
    notices = list(usable(to_notice, told, await session.border()))
    return notices, older_cursor(answer, [each.id for each in told])
