"""What `v` shows of a post: what is folded first, then a poll that waits for a vote, then its pictures."""

from __future__ import annotations

from enum import Enum, auto

from tui_inbox.core.moment import Millis
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui.render.body import asks_vote


class View(Enum):
    """What comes next of a post."""

    FOLDED = auto()
    POLL = auto()
    PICTURES = auto()
    NOTHING = auto()


def next_view(post: PostRow, now: Millis, *, unfolded: bool) -> View:
    """What `v` shows of a post.

    Args:
        post: the post.
        now: the moment, by which a poll may be over.
        unfolded: whether the owner has unfolded it.
    """
    if post.deleted:
        return View.NOTHING
    if post.folds_something and not unfolded:
        return View.FOLDED
    if asks_vote(post, now):
        return View.POLL
    return View.PICTURES if post.media else View.NOTHING
