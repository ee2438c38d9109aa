"""Looking whether a text whose answer was lost is on the server after all, before it is ever sent again."""

from __future__ import annotations

from collections.abc import Iterable

from tui_inbox.core.draft import Draft, Outgoing, Scheduled
from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.core.ports import Network, PageOf
from tui_inbox.core.post import Feed, FeedKind, SeenPost
from tui_inbox.core.same_text import same_text
from tui_inbox.store import outbox
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.store import Store
from tui_inbox.sync.futures import done
from tui_inbox.sync.outgoing import outgoing_of

SKEW: Millis = 2 * MINUTE
"""How far a server's clock may run behind ours."""


async def look_for(
    store: Store, network: Network, row: OutboxRow, now: Millis
) -> SeenPost | Scheduled | None:
    """What a text became whose answer was lost: a post, a plan that its server keeps, or None where it is not there.

    Args:
        row: it has left once, at least.

    Raises:
        NetworkError: it could not be looked for.
        NoTarget: what it refers to cannot be named to the account's server.
    """
    draft = Draft.from_json(row.content)
    outgoing = await done(store.read(lambda db: outgoing_of(db, row, now)))
    if draft.send_at is not None:
        plans = await network.scheduled()
        plan = find_planned(outgoing, row.remote_id, draft.send_at, plans)
        if plan is not None:
            return plan
    page = await network.feed(Feed(FeedKind.OWN), PageOf(limit=40))
    claimed = await done(store.read(lambda db: outbox.claimed_uris(db, row.account)))
    return find_sent(
        outgoing,
        [entry.seen for entry in page.entries],
        first_try_at=row.first_try_at or row.created_at,
        claimed=claimed,
    )


def find_sent(
    outgoing: Outgoing,
    own_posts: Iterable[SeenPost],
    *,
    first_try_at: Millis,
    claimed: frozenset[str],
) -> SeenPost | None:
    """The post that an outgoing text became, if it is among what the account has posted.

    The rule of facts 4.1: same parent, same normalised text, not from before the first try, and not claimed
    by another row of the outbox.

    Args:
        own_posts: the account's newest posts.
        first_try_at: when the text first left.
        claimed: URIs of posts that other rows became.
    """
    for seen in own_posts:
        post = seen.post
        parent = post.reply_to.server_id or post.reply_to.uri if post.reply_to else None
        if (
            parent == outgoing.reply_to
            and post.created_at >= first_try_at - SKEW
            and post.ref.uri not in claimed
            and same_text(post.text, outgoing.text)
        ):
            return seen
    return None


def find_planned(
    outgoing: Outgoing, remote_id: str | None, send_at: Millis, plans: Iterable[Scheduled]
) -> Scheduled | None:
    """What a server keeps of a text for later, if it does.

    Args:
        remote_id: the server's id of the plan, where it told it.
        send_at: when the text is to be posted; servers round to seconds.
        plans: all that the server keeps.
    """
    for plan in plans:
        is_it = plan.server_id == remote_id if remote_id else same_text(plan.text, outgoing.text)
        if is_it and abs(plan.send_at - send_at) < MINUTE:
            return plan
    return None
