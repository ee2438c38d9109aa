"""What hangs on a post, in words that the front ends share: choices of a poll, a quote that is not shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui_inbox.core.post import Poll, QuoteState
from tui_inbox.queries.rows import PostRow

_NOT_SHOWN: Mapping[QuoteState, str] = {
    QuoteState.ACCEPTED: "quotes a post that is not stored here",
    QuoteState.PENDING: "quotes a post whose author has not agreed to it yet",
    QuoteState.REJECTED: "quotes a post whose author did not agree to it",
    QuoteState.REVOKED: "quotes a post whose author does not agree to it any more",
    QuoteState.DELETED: "quotes a post that was deleted",
    QuoteState.UNAUTHORIZED: "quotes a post that you may not see",
    QuoteState.BLOCKED_ACCOUNT: "quotes somebody you blocked",
    QuoteState.BLOCKED_DOMAIN: "quotes somebody on a server you blocked",
    QuoteState.MUTED_ACCOUNT: "quotes somebody you muted",
}
"""What stands in the place of a quoted post that is not shown."""


def quote_not_shown(post: PostRow) -> str:
    """Why a quoted post is not shown, in one sentence; empty where it is, or nothing is quoted."""
    if post.quote is None or (post.quoted is not None and not post.quoted.deleted):
        return ""
    return _NOT_SHOWN[QuoteState.DELETED if post.quoted is not None else post.quote]


def poll_choices(poll: Poll, voted: Sequence[int] | None) -> list[str]:
    """The choices of a poll, with their votes where they are known.

    Where several may be chosen these are shares of those who voted; where nobody knows how many did, the votes
    are counted: shares of more votes than voters would say little.

    Args:
        poll: the poll.
        voted: places of what the owner chose.
    """
    total = all_votes(poll) or 0
    whole = poll.voters if poll.multiple else total
    chosen = frozenset(voted or ())
    lines = []
    for place, option in enumerate(poll.options):
        words = option.title
        if total > 0:
            count = option.votes or 0
            words += f" {100 * count // whole} %" if whole else f" {count}"
        lines.append(f"{words} (your vote)" if place in chosen else words)
    return lines


def all_votes(poll: Poll) -> int | None:
    """All votes; None while a count is kept back."""
    votes = [option.votes for option in poll.options]
    return None if None in votes else sum(count or 0 for count in votes)
