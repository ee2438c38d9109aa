"""Whom a post calls upon: some networks let it be answered by nobody else."""

from __future__ import annotations

from tui_inbox.store import accounts, batches
from tui_inbox.store.database import Connection
from tui_inbox.store.post_rows import StoredPost


def calls_upon(db: Connection, account: int, post: StoredPost) -> bool:
    """Whether a post is by the owner of an account, names them, or quotes a post of theirs that is stored."""
    owner = accounts.owner(db, account)
    quoted = [post.quoted] if post.quoted is not None else []
    return owner in (post.author, *post.mentioned, *batches.authors_of(db, quoted).values())
