"""What a standing search has found, with the posts: the program reads it in groups, and only what is open."""

from __future__ import annotations

from tui_inbox.core.conversation import ItemState
from tui_inbox.store import hits, posts, searches
from tui_inbox.store.database import Connection
from tui_inbox.store.posts import StoredPost


def found_by(db: Connection, search: int) -> list[tuple[StoredPost, ItemState]]:
    """The hits that a search wants to see, newest first, as its account sees them; deleted posts are left out."""
    kept = searches.search(db, search)
    if kept is None:
        return []
    wanted = [one for one in hits.hits_of(db, search) if one.asks or not kept.asks_only]
    seen = posts.posts(db, kept.account, [one.post for one in wanted])
    shown = [(seen[one.post], one.state) for one in wanted if one.post in seen]
    return [(post, state) for post, state in shown if not post.deleted]
