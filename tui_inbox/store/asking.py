"""Whether a hit looks for something, by the owner's rules: what they have to know of it is looked up here."""

from __future__ import annotations

from tui_inbox.core.ask_filter import AskFilter
from tui_inbox.core.matching import Subject
from tui_inbox.core.post import Post
from tui_inbox.store.database import Connection
from tui_inbox.store.hits import came_by_boost, said_before
from tui_inbox.store.people import find_by_ref
from tui_inbox.store.post_rows import StoredPost

_NOT_STORED = 0
"""Stands for a post without a local id: what was written in its moment is not before it."""


def asks(
    db: Connection,
    filter_: AskFilter,
    account: int,
    search: int,
    stored: StoredPost,
    subject: Subject,
    same: int | None,
) -> bool:
    """Whether a hit looks for something.

    Args:
        account: that of the search.
        search: local id.
        stored: the post; `subject` is how queries see it.
        same: what its text says, as in `Hit`.
    """
    return filter_.passes(
        subject,
        stored.post.text,
        is_bot=stored.post.author.bot,
        came_by_boost=lambda: came_by_boost(db, account, stored.id),
        said_before=lambda: said_before(
            db, search, stored.author, same, (stored.post.created_at, stored.id)
        ),
    )


def asks_outside(
    db: Connection,
    filter_: AskFilter,
    search: int,
    post: Post,
    subject: Subject,
    same: int | None,
) -> bool:
    """The same of a post that no account was shown, and that need not be stored."""
    author = find_by_ref(db, post.author.ref)
    return filter_.passes(
        subject,
        post.text,
        is_bot=post.author.bot,
        came_by_boost=lambda: False,
        said_before=lambda: said_before(db, search, author, same, (post.created_at, _NOT_STORED)),
    )


def asks_alone(filter_: AskFilter, post: Post, subject: Subject) -> bool:
    """The same as far as the post itself tells: whether its author has said it before is not looked up."""
    return filter_.passes(
        subject,
        post.text,
        is_bot=post.author.bot,
        came_by_boost=lambda: False,
        said_before=lambda: False,
    )
