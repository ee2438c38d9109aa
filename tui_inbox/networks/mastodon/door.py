"""Who asks to follow, who is held back, who is muted or blocked: lists of people on the server."""

from __future__ import annotations

from tui_inbox.core.door import HeldBack, HeldBackCount, HeldBackPage, PeopleList, PeoplePage
from tui_inbox.core.moment import to_millis_or_none
from tui_inbox.core.ports import PageOf, Refused, Unsupported
from tui_inbox.networks.http import Answer
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire, wire_account
from tui_inbox.networks.mastodon.convert import (
    Border,
    Unusable,
    to_person,
    to_seen,
    usable,
)
from tui_inbox.networks.mastodon.feeds import Place, read_page
from tui_inbox.networks.mastodon.paging import linked_cursor, only_linked
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.wire_base import decode, decode_list

_PEOPLE_A_PAGE = 80

_LISTS = {
    PeopleList.ASKING: Place("/api/v1/follow_requests", urgency=Urgency.MENTIONS, is_linked=True),
    PeopleList.MUTED: Place("/api/v1/mutes", urgency=Urgency.CHECKS, is_linked=True),
    PeopleList.BLOCKED: Place("/api/v1/blocks", urgency=Urgency.CHECKS, is_linked=True),
}
_REQUESTS = Place("/api/v1/notifications/requests", urgency=Urgency.MENTIONS, is_linked=True)


async def read_people(session: Session, which: PeopleList, page: PageOf) -> PeoplePage:
    """A page of one of the account's lists of people.

    Raises:
        Unsupported: the server has no such list, or a cursor is not what a page gave.
        NetworkError: any other failure.
    """
    answer = await _linked_page(session, _LISTS[which], page)
    accounts = decode_list(wire.Account, answer.data)
    people = tuple(usable(to_person, accounts, await session.border()))
    return PeoplePage(people, linked_cursor(answer))


async def read_held_back(session: Session, page: PageOf) -> HeldBackPage:
    """A page of people whose notifications are held back.

    Raises:
        Unsupported: the server holds nobody back (Mastodon does from 4.3 on).
        NetworkError: any other failure.
    """
    answer = await _linked_page(session, _REQUESTS, page)
    requests = decode_list(wire_account.NotificationRequest, answer.data)
    held = tuple(usable(to_held_back, requests, await session.border()))
    return HeldBackPage(held, linked_cursor(answer))


async def count_held_back(session: Session) -> HeldBackCount:
    """How many are held back, as the policy tells.

    Raises:
        Unsupported: the server holds nobody back.
        NetworkError: any other failure.
    """
    answer = await session.get("/api/v2/notifications/policy", urgency=Urgency.MENTIONS)
    policy = decode(wire_account.NotificationPolicy, answer.data)
    if policy is None:
        raise Unsupported(f"{session.host} holds no notifications back.")
    summary = policy.summary
    return HeldBackCount(
        people=max(0, summary.pending_requests_count or 0),
        notices=max(0, summary.pending_notifications_count or 0),
    )


def to_held_back(request: wire_account.NotificationRequest, border: Border) -> HeldBack:
    """Somebody held back; a post that cannot be used is left out.

    Raises:
        Unusable: it is not said who.
    """
    if request.account is None:
        raise Unusable("a request by nobody")
    told = to_millis_or_none(request.updated_at) or to_millis_or_none(request.created_at)
    posts = [request.last_status] if request.last_status else []
    return HeldBack(
        request_id=request.id,
        by=to_person(request.account, border),
        at=min(told or border.now, border.now),
        notices=max(1, request.notifications_count or 1),
        newest=next(usable(to_seen, posts, border), None),
    )


async def _linked_page(session: Session, place: Place, page: PageOf) -> Answer:
    only_linked(page, session.host)
    try:
        return await read_page(session, place, page, most=_PEOPLE_A_PAGE)
    except Refused as refused:
        if refused.gone:
            raise Unsupported(f"{session.host} does not offer this.") from None
        raise
