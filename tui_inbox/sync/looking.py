"""Looking whether a text whose answer was lost is on the server after all, before it is ever sent again."""

from __future__ import annotations

from collections.abc import Iterable

from tui_inbox.core.draft import Outgoing, Scheduled
from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.core.post import SeenPost
from tui_inbox.core.same_text import same_text

SKEW: Millis = 2 * MINUTE
"""How far a server's clock may run behind ours."""


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
