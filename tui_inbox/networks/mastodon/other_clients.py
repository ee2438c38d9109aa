"""What the owner's other clients leave on the server: how far was read, and the owner's preferences."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from tui_inbox.core.moment import to_millis_or_none
from tui_inbox.core.other_clients import Marker, Preferences, Talk
from tui_inbox.core.ports import AnswerLost, Refused, Unsupported
from tui_inbox.core.reading import MediaShown
from tui_inbox.core.text import clean_line
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire, wire_account
from tui_inbox.networks.mastodon.convert import (
    to_audience,
    to_seen,
    usable,
)
from tui_inbox.networks.mastodon.feeds import quoted
from tui_inbox.networks.mastodon.filters import read_filters
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.wire_base import decode, decode_list

_MARKERS = "/api/v1/markers"
_TALKS = "/api/v1/conversations"
_MEDIA_SHOWN = {"show_all": MediaShown.ALL, "hide_all": MediaShown.NONE}


async def read_marker(session: Session) -> Marker | None:
    """How far notifications were read by any client, or None if nobody ever said.

    Raises:
        Unsupported: the server keeps no markers.
        NetworkError: any other failure.
    """
    query = [("timeline[]", "notifications")]
    answer = await session.get(_MARKERS, query, urgency=Urgency.CHECKS)
    return _marker(answer.data)


async def move_marker(
    session: Session, notice_id: str, is_behind: Callable[[str], Awaitable[bool]]
) -> Marker:
    """Move the marker forward, unless another client has read further.

    A conflict with another client's write is tried once more from where the marker is then. Only
    this one timeline is named, because some servers write no more than one at a time.

    Args:
        session: of the account.
        notice_id: the newest notification that was read.
        is_behind: whether one stands before it in the account's own order.

    Raises:
        Unsupported: the server keeps no markers.
        NetworkError: any other failure.
    """
    try:
        return await _moved(session, notice_id, is_behind)
    except AnswerLost as lost:
        if not lost.conflict:
            raise
        return await _moved(session, notice_id, is_behind)


async def read_preferences(session: Session) -> Preferences:
    """How the owner likes to read and post. `verify_credentials` knows the posting part on servers
    that keep no preferences."""
    told = await told_preferences(session)
    source = wire.Source()
    if told is None or told.visibility is None:
        source = (await session.own_account()).source or source
    told = told or wire_account.Preferences()
    visibility = told.visibility or source.privacy
    return Preferences(
        audience=to_audience(visibility) if visibility else None,
        language=clean_line(told.language or source.language or "", limit=35) or None,
        sensitive=bool(told.sensitive),
        media=_MEDIA_SHOWN.get(told.expand_media or "", MediaShown.SAFE),
        opens_warnings=bool(told.expand_spoilers),
        filters=await read_filters(session),
    )


async def read_talks(session: Session) -> Sequence[Talk]:
    """The newest private conversations, and whether any client has said that they were read.

    Raises:
        Unsupported: the server keeps none.
        NetworkError: any other failure.
    """
    answer = await session.get(_TALKS, [("limit", "40")], urgency=Urgency.CHECKS)
    border = await session.border()
    return [
        Talk(
            talk_id=each.id,
            unread=bool(each.unread),
            newest=next(iter(usable(to_seen, [each.last_status], border)), None)
            if each.last_status
            else None,
        )
        for each in decode_list(wire.Conversation, answer.data)
        if each.id is not None
    ]


async def mark_talk_read(session: Session, talk_id: str) -> None:
    """Say that a private conversation was read. One that is gone needs no saying.

    Raises:
        NetworkError: it was not said, or that is not known; saying it again does no harm.
    """
    path = f"{_TALKS}/{quoted(talk_id)}/read"
    try:
        await session.http.send("POST", path, urgency=Urgency.CHECKS)
    except Refused as refused:
        if not refused.gone:
            raise


async def told_preferences(session: Session) -> wire_account.Preferences | None:
    """What the server calls preferences; None where it has none.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    try:
        answer = await session.http.get("/api/v1/preferences", urgency=Urgency.WAITING)
    except (Refused, Unsupported):
        return None
    return decode(wire_account.Preferences, answer.data)


async def _moved(
    session: Session, notice_id: str, is_behind: Callable[[str], Awaitable[bool]]
) -> Marker:
    there = await read_marker(session)
    if there and (there.notice_id == notice_id or not await is_behind(there.notice_id)):
        return there
    form = [("notifications[last_read_id]", notice_id)]
    try:
        answer = await session.http.send("POST", _MARKERS, form, urgency=Urgency.CHECKS)
    except Refused as refused:
        if refused.gone:
            raise Unsupported(f"{session.host} keeps no markers.") from None
        raise
    return _marker(answer.data) or Marker(notice_id)


def _marker(data: object) -> Marker | None:
    markers = decode(wire_account.Markers, data)
    if markers is None or markers.notifications is None:
        return None
    told = markers.notifications
    return Marker(told.last_read_id, to_millis_or_none(told.updated_at))
