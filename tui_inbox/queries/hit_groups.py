"""Open hits of a search as the pane has them: what several say in the same words is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from tui_inbox.core.conversation import ItemState
from tui_inbox.core.outbox_state import POST
from tui_inbox.queries.lanes import ON_ITS_WAY
from tui_inbox.store import hits, identities, outbox, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.hits import Hit
from tui_inbox.store.posts import StoredPost
from tui_inbox.store.searches import SavedSearch

MOST_LOOKED_AT = 300
"""Open hits of one search that are looked through for copies of the same text: the newest."""

MOST_COPIES = 20
"""So many copies of a text are shown below it: the newest."""

ROWS = 30
"""So many rows of one search are shown: the newest."""


class HitGroup(Struct, frozen=True):
    """Hits that say the same.

    Attributes:
        first: who has said it first, with the hit; `copies` are the others, oldest first.
        more: how many copies are not among them.
        is_new: one of them was not looked at yet.
    """

    first: tuple[Hit, StoredPost]
    copies: tuple[tuple[Hit, StoredPost], ...]
    more: int
    is_new: bool


def groups_of(db: Connection, search: SavedSearch, limit: int = ROWS) -> list[HitGroup]:
    """The newest open hits of a search, each text once, at the place of whoever has said it first.

    What an answer is on its way to is answered already.
    """
    answered = _answered(db, search.account)
    said: dict[int, list[Hit]] = defaultdict(list)
    for hit in reversed(hits.open_hits(db, search.id, MOST_LOOKED_AT)):
        if hit.post not in answered:
            said[-hit.post if hit.same is None else hit.same].append(hit)
    newest = list(said.values())[::-1]
    found: list[HitGroup] = []
    # What is withdrawn, or not for this account's eyes, is left out after reading; then some more are read.
    while newest and len(found) < limit:
        read, newest = newest[:limit], newest[limit:]
        found += _shown(db, search.account, read)
    return found[:limit]


def _answered(db: Connection, account: int) -> set[int]:
    """Posts to which an answer is on its way, from whichever account of the owner's one identity."""
    leaving = [row for row in outbox.rows(db, states=ON_ITS_WAY) if row.kind == POST]
    own = identities.owners_together(db, account) if leaving else {}
    return {row.post for row in leaving if row.post is not None and row.account in own}


def _shown(db: Connection, account: int, groups: Sequence[list[Hit]]) -> Iterator[HitGroup]:
    """Hits that say the same, oldest first, with their posts as the account sees them."""
    kept = [(*group[:1], *group[1:][-MOST_COPIES:]) for group in groups]
    stored = posts.posts(db, account, [hit.post for group in kept for hit in group])
    for group, read in zip(groups, kept, strict=True):
        shown = [(hit, post) for hit in read if (post := stored.get(hit.post)) and not post.deleted]
        if shown:
            first, *copies = shown
            is_new = any(hit.state is ItemState.NEW for hit in group)
            yield HitGroup(first, tuple(copies), len(group) - len(read), is_new)
