"""Posts looked up by their address: how an account's server comes to know what it has not shown yet."""

from __future__ import annotations

from tui_inbox.core.ports import Refused
from tui_inbox.core.post import SeenPost
from tui_inbox.networks.limits import Urgency
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.convert import to_seen, usable
from tui_inbox.networks.mastodon.session import Session
from tui_inbox.networks.wire_base import decode


async def resolve(session: Session, address: str) -> SeenPost:
    """The post with an address, as the account sees it; its server fetches what it has never met.

    An address needs no full-text search on the server (docs.joinmastodon.org, methods/search, `resolve`).

    Raises:
        Refused: the server finds no post there.
        NetworkError: any other failure.
    """
    query = [("q", address), ("type", "statuses"), ("resolve", "true")]
    answer = await session.get("/api/v2/search", query, urgency=Urgency.WAITING)
    results = decode(wire.SearchResults, answer.data) or wire.SearchResults()
    for found in usable(to_seen, results.statuses, await session.border()):
        if found.post.ref.uri == address:  # some servers add posts that merely link there
            return found
    raise Refused(f"{session.host} finds no post at that address.", gone=True)
