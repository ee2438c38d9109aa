"""Standing searches over what arrives: each new post is put to all of them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress

from msgspec import Struct

from tui_inbox.core.changes import Topic
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Post
from tui_inbox.core.query import Query
from tui_inbox.core.query_text import QueryError, parse
from tui_inbox.core.searching_together import SearchesTogether, together
from tui_inbox.store import accounts, outside, people, searches
from tui_inbox.store.database import Connection
from tui_inbox.store.groups import names_of
from tui_inbox.store.posts import StoredPost
from tui_inbox.store.searches import SavedSearch
from tui_inbox.store.store import Writing
from tui_inbox.store.subjects import (
    NOTHING_BESIDE,
    asks_beside,
    beside,
    subject_of,
    subject_outside,
)


class OfAccount(Struct, frozen=True):
    """The standing searches of an account, by their local ids.

    Attributes:
        kept_at: when each was kept.
        asks_beside: one of them asks for what stands beside a post, not in it.
        everything: those without words, which take all that their sources bring.
        heard: those to which what a source brings is news.
    """

    searches: SearchesTogether[int]
    kept_at: Mapping[int, Millis]
    asks_beside: bool
    everything: tuple[int, ...] = ()
    heard: frozenset[int] = frozenset()


class StandingSearches:
    """All standing searches, compiled when they have changed: by the screen, or by a verb in another process."""

    def __init__(self) -> None:
        self._kept: list[SavedSearch] | None = None
        self._compiled: Mapping[int, OfAccount] = {}
        self._told: tuple[list[SavedSearch], list[tuple[int, int, bool]]] | None = None
        self._listening: Mapping[int, Mapping[int, OfAccount]] = {}

    def of(self, db: Connection, account: int) -> OfAccount | None:
        """Those of an account as they are kept now; None where it has none."""
        kept = searches.searches(db)
        if kept != self._kept:
            self._kept, self._compiled = kept, _compiled(kept)
        return self._compiled.get(account)

    def listening(self, db: Connection, source: int) -> Mapping[int, OfAccount]:
        """Those that listen to a source outside, by the account that owns them."""
        told = searches.searches(db), outside.listening(db)
        if told != self._told:
            self._told, self._listening = told, _by_source(*told)
        return self._listening.get(source, {})


def _compiled(kept: Sequence[SavedSearch]) -> Mapping[int, OfAccount]:
    """Searches of what reaches their accounts, by account."""
    return _of_accounts([search for search in kept if not search.outside_only])


def _by_source(
    kept: Sequence[SavedSearch], listening: Sequence[tuple[int, int, bool]]
) -> Mapping[int, Mapping[int, OfAccount]]:
    """Searches by the source that they listen to, and by account."""
    by_id = {search.id: search for search in kept}
    told: dict[int, list[SavedSearch]] = defaultdict(list)
    for source, search, _ in listening:
        told[source].append(by_id[search])
    heard = {(source, search) for source, search, is_heard in listening if is_heard}
    return {
        source: _of_accounts(own, frozenset(one.id for one in own if (source, one.id) in heard))
        for source, own in told.items()
    }


def _of_accounts(
    kept: Sequence[SavedSearch], heard: frozenset[int] = frozenset()
) -> Mapping[int, OfAccount]:
    """Searches compiled by account. One that cannot be read any more is left out; its pane says so."""
    kept_at = {search.id: search.created_at for search in kept}
    everything: dict[int, list[int]] = defaultdict(list)
    queries: dict[int, dict[int, Query]] = defaultdict(dict)
    for search in kept:
        if not search.query:
            everything[search.account].append(search.id)
            continue
        with suppress(QueryError):
            queries[search.account][search.id] = parse(search.query)
    return {
        account: OfAccount(
            together(own := queries[account]),
            kept_at,
            any(map(asks_beside, own.values())),
            tuple(everything[account]),
            heard,
        )
        for account in [*queries, *(one for one in everything if one not in queries)]
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


class HitsOutside:
    """Puts what a source brings to the searches that listen to it, within one transaction.

    Only hits are stored, so that a stream of millions leaves some dozens.

    Args:
        listening: the searches by account.
    """

    def __init__(self, w: Writing, listening: Mapping[int, OfAccount], now: Millis) -> None:
        self._w = w
        self._now = now
        self._all = [
            (own, owner.ref)
            for account, own in listening.items()
            if (owner := people.person(w.db, accounts.owner(w.db, account))) is not None
        ]

    def note(self, post: Post) -> int:
        """Record which searches a post answers to; to how many it is news."""
        w, new, id = self._w, 0, None
        for own, owner in self._all:
            if post.author.ref == owner:
                continue
            groups = self._groups(post) if own.asks_beside else ()
            subject = subject_outside(post, now=self._now, owners=(owner,), groups=groups)
            for search in (*own.everything, *own.searches.found(subject)):
                id = outside.put_post(w, post) if id is None else id
                if id is None:
                    return new  # deleted before it came
                is_news = search in own.heard
                state = ItemState.NEW if is_news else ItemState.SEEN
                new += searches.put_hit(w, search, id, post.created_at, state) and is_news
        return new

    def _groups(self, post: Post) -> Sequence[str]:
        author = people.find_by_ref(self._w.db, post.author.ref)
        return () if author is None else names_of(self._w.db, {author}).get(author, ())
