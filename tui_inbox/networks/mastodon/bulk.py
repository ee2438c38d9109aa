"""Several posts asked for at once, to see whether they still stand as they are stored.

Source: docs.joinmastodon.org, methods/statuses (`GET /api/v1/statuses?id[]=`, Mastodon 4.3). On other
servers each is asked for by itself. What a list leaves out is asked for by itself too: only a plain
no is believed.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.core.ports import Found, Refused, Unsupported
from tui_inbox.core.post import SeenPost
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.convert import Border, Unusable, to_seen
from tui_inbox.networks.mastodon.feeds import quoted
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.wire_base import decode, decode_list

_POSTS_A_REQUEST = 20
_SINCE_API_VERSION = 2
_SUSPICIOUS = 5
"""Where none of so many posts is there, it is rather the server that is not itself."""


async def read_posts(session: Session, server_ids: Sequence[str]) -> Found:
    """Posts as the server shows them now.

    Raises:
        NetworkError: it cannot be asked at the moment.
    """
    there: dict[str, SeenPost] = {}
    if ((await session.server()).api_version or 0) >= _SINCE_API_VERSION:
        for start in range(0, len(server_ids), _POSTS_A_REQUEST):
            there |= await _together(session, server_ids[start : start + _POSTS_A_REQUEST])
    gone: set[str] = set()
    for server_id in server_ids:
        if server_id in there:
            continue
        try:
            path = f"/api/v1/statuses/{quoted(server_id)}"
            answer = await session.http.get(path, urgency=Urgency.CHECKS)
        except Refused as refused:
            if refused.gone:
                gone.add(server_id)
            continue
        there |= _seen(decode(wire.Status, answer.data), server_id, await session.border())
    if len(gone) >= _SUSPICIOUS and not there:
        gone.clear()
    return Found(there, frozenset(gone))


async def _together(session: Session, server_ids: Sequence[str]) -> dict[str, SeenPost]:
    query = [("id[]", server_id) for server_id in server_ids]
    try:
        answer = await session.http.get("/api/v1/statuses", query, urgency=Urgency.CHECKS)
    except (Refused, Unsupported):
        return {}  # a fork that says it is as new as that and is not
    border = await session.border()
    found: dict[str, SeenPost] = {}
    for status in decode_list(wire.Status, answer.data):
        if status.id in server_ids:
            found |= _seen(status, status.id, border)
    return found


def _seen(status: wire.Status | None, asked: str, border: Border) -> dict[str, SeenPost]:
    """The post under the id it was asked for; nothing if it cannot be read."""
    if status is None:
        return {}
    try:
        return {asked: to_seen(status, border)}
    except Unusable:
        return {}
