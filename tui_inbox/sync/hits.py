"""Standing searches over what arrives: each new post is put to all of them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from tui_inbox.core.changes import Topic
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.moment import Millis
from tui_inbox.core.query import Query
from tui_inbox.core.query_text import QueryError, parse
from tui_inbox.core.searching_together import SearchesTogether, together
from tui_inbox.store import searches
from tui_inbox.store.database import Connection
from tui_inbox.store.posts import StoredPost
from tui_inbox.store.searches import SavedSearch
from tui_inbox.store.store import Writing
from tui_inbox.store.subjects import NOTHING_BESIDE, asks_beside, beside, subject_of


class OfAccount(Struct, frozen=True):
    """The standing searches of an account, by their local ids.

    Attributes:
        kept_at: when each was kept.
        asks_beside: one of them asks for what stands beside a post, not in it.
    """

    searches: SearchesTogether[int]
    kept_at: Mapping[int, Millis]
    asks_beside: bool


class StandingSearches:
    """All standing searches, compiled when they have changed: by the screen, or by a verb in another process."""

    def __init__(self) -> None:
        self._kept: list[SavedSearch] | None = None
        self._compiled: Mapping[int, OfAccount] = {}

    def of(self, db: Connection, account: int) -> OfAccount | None:
        """Those of an account as they are kept now; None where it has none."""
        kept = searches.searches(db)
        if kept != self._kept:
            self._kept, self._compiled = kept, _compiled(kept)
        return self._compiled.get(account)


def _compiled(kept: Sequence[SavedSearch]) -> Mapping[int, OfAccount]:
    """Searches by account. One that cannot be read any more is left out; its pane says so."""
    kept_at = {search.id: search.created_at for search in kept}
    read: dict[int, dict[int, Query]] = defaultdict(dict)
    for search in kept:
        try:
            read[search.account][search.id] = parse(search.query)
        except QueryError:
            continue
    return {
        account: OfAccount(together(own), kept_at, any(map(asks_beside, own.values())))
        for account, own in read.items()
    }


def note_hits(
    w: Writing, account: int, owner: int, own: OfAccount | None, post: StoredPost, now: Millis
) -> None:
    """Record which searches of an account a post answers to. The owner's own posts never do.

    What was written before a search was kept is nothing new: a server that is asked for it answers with the past first.
    """
    if own is None or post.author == owner or post.deleted:
        return
    known = beside(w.db, account, [post.id]) if own.asks_beside else NOTHING_BESIDE
    for search in own.searches.found(subject_of(post, now=now, owners=(owner,), known=known)):
        at = post.post.created_at
        state = ItemState.NEW if at >= own.kept_at[search] else ItemState.SEEN
        if searches.put_hit(w, search, post.id, at, state):
            w.changed(Topic.SEARCHES, search)
