"""Somebody's recent posts, for the check of a stranger: one request, and a second where the first shows nothing."""

from __future__ import annotations

from tui_inbox.core.ports import Recent, Refused
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.convert import to_person, to_seen, usable
from tui_inbox.networks.mastodon.feeds import STATUSES_A_PAGE, quoted
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.wire_base import decode, decode_list


async def read_recent(session: Session, server_id: str, *, waited_for: bool) -> Recent:
    """Who somebody is and what they posted lately, without boosts.

    Every post brings its author as the server knows them. Only of somebody without posts the server is asked who they
    are: whether they show their posts to followers only. The page carries no cursor, so it counts little (facts 1.10).

    Raises:
        Refused: the server shows nothing of them, or does not know them (any more).
        NetworkError: any other failure.
    """
    urgency = Urgency.WAITING if waited_for else Urgency.CHECKS
    path = f"/api/v1/accounts/{quoted(server_id)}"
    query = [("limit", str(STATUSES_A_PAGE)), ("exclude_reblogs", "true")]
    answer = await session.http.get(f"{path}/statuses", query, urgency=urgency)
    # Servers that do not know the parameter send boosts all the same (facts 2).
    own = [one for one in decode_list(wire.Status, answer.data) if one.reblog is None]
    border = await session.border()
    posts = tuple(usable(to_seen, own, border))
    theirs = [one for one in posts if one.post.author.server_id == server_id]
    if theirs:
        return Recent(theirs[0].post.author, tuple(theirs))
    answer = await session.http.get(path, urgency=urgency)
    account = decode(wire.Account, answer.data)
    if account is None:
        raise Refused(f"{session.host} sent a profile that cannot be read.")
    return Recent(to_person(account, border))
