"""Searching everything stored: SQL and the text index narrow, the matcher decides, newest first."""

from __future__ import annotations

import time
from datetime import tzinfo

from tui_inbox.core.moment import Millis
from tui_inbox.core.query import Query
from tui_inbox.store.database import Connection
from tui_inbox.store.looking import Below, FoundKey, look
from tui_inbox.store.post_rows import StoredPost

EXAMINED = 5_000
SECONDS = 0.25
"""So many posts one call puts to the matcher, and so long it works, for it is asked within a transaction of the writer.
What is found in none of them must be asked for further down."""


def search(
    db: Connection,
    account: int | None,
    tree: Query,
    *,
    limit: int,
    now: Millis,
    zone: tzinfo | None = None,
    older_than: FoundKey | None = None,
) -> list[StoredPost]:
    """What a query finds among the posts an account may be shown, newest first; deleted ones are left out.

    Args:
        account: who looks, or None for all accounts together.
        tree: the query.
        limit: how many at most.
        now: the moment from which "yesterday" is counted.
        zone: the owner's time zone, None for the machine's own.
        older_than: only posts below this key.

    Raises:
        TooSlow: a regular expression in the query did not come to an end.
    """
    until = time.thread_time() + SECONDS
    looked = look(
        db,
        None if account is None else [account],
        tree,
        limit=limit,
        now=now,
        zone=zone,
        below=Below(older_than) if older_than else None,
        enough=lambda examined: examined >= EXAMINED or time.thread_time() >= until,
    )
    return list(looked.posts)
