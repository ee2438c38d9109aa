"""Standing searches over what arrives: each new post is put to all of them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress

from msgspec import Struct

from tui_inbox.core.ask_filter import AskFilter, ask_filter
from tui_inbox.core.ask_rules import AskRules
from tui_inbox.core.conversation import ItemEvent, ItemState, after
from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Post
from tui_inbox.core.query import Query
from tui_inbox.core.query_text import QueryError, parse
from tui_inbox.core.same_text import fingerprint
from tui_inbox.core.searching_together import SearchesTogether, together
from tui_inbox.store import (
    accounts,
    ask_rules,
    asking,
    feed_names,
    hits,
    identities,
    outside,
    people,
    posts,
    searches,
)
from tui_inbox.store.database import Connection
from tui_inbox.store.groups import names_of
from tui_inbox.store.hits import Hit
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
from tui_inbox.sync.hit_flow import HitFlow


class OfAccount(Struct, frozen=True):
    """The standing searches of an account, by their local ids.

    Attributes:
        kept_at: when each was kept.
        asks_beside: one of them asks for what stands beside a post, not in it.
        filters: of those that want to see only what asks for something, what tells that.
        flow: how much of what they find is kept.
        everything: those without words, which take all that their sources bring.
        heard: those to which what a source brings is news.
    """

    searches: SearchesTogether[int]
    kept_at: Mapping[int, Millis]
    asks_beside: bool
    filters: Mapping[int, AskFilter]
    flow: HitFlow
    everything: tuple[int, ...] = ()
    heard: frozenset[int] = frozenset()


class StandingSearches:
    """All standing searches, compiled when they have changed: by the screen, or by a verb in another process."""

    def __init__(self) -> None:
        self.flow = HitFlow()
        self._kept: list[SavedSearch] | None = None
        self._compiled: Mapping[int, OfAccount] = {}
        self._told: tuple[list[SavedSearch], list[tuple[int, int, bool]]] | None = None
        self._listening: Mapping[int, Mapping[int, OfAccount]] = {}
        self._filter: AskFilter | None = None

    def of(self, db: Connection, account: int) -> OfAccount | None:
        """Those of an account as they are kept now; None where it has none."""
        kept = self._searches(db)
        if kept != self._kept:
            reaching = [search for search in kept if not search.outside_only]
            self._kept, self._compiled = kept, self._of_accounts(reaching)
        return self._compiled.get(account)

    def listening(self, db: Connection, source: int) -> Mapping[int, OfAccount]:
        """Those that listen to a source outside, by the account that owns them."""
        told = self._searches(db), outside.listening(db)
        if told != self._told:
            self._told, self._listening = told, self._by_source(*told)
        return self._listening.get(source, {})

    def _searches(self, db: Connection) -> list[SavedSearch]:
        """All there are. Where the owner's rules for what asks have changed, all are compiled anew."""
        kept = searches.searches(db)
        if any(search.asks_only for search in kept):
            rules: AskRules = ask_rules.ask_rules(db)
            if self._filter is None or self._filter.rules != rules:
                self._filter, self._kept, self._told = ask_filter(rules), None, None
        return kept

    def _by_source(
        self, kept: Sequence[SavedSearch], listening: Sequence[tuple[int, int, bool]]
    ) -> Mapping[int, Mapping[int, OfAccount]]:
        """Searches by the source that they listen to, and by account."""
        by_id = {search.id: search for search in kept}
        told: dict[int, list[SavedSearch]] = defaultdict(list)
        for source, search, _ in listening:
            told[source].append(by_id[search])
        heard = {(source, search) for source, search, is_heard in listening if is_heard}
        return {
            source: self._of_accounts(
                own, frozenset(one.id for one in own if (source, one.id) in heard)
            )
            for source, own in told.items()
        }

    def _of_accounts(
        self, kept: Sequence[SavedSearch], heard: frozenset[int] = frozenset()
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
        asks = self._filter
        filters = {one.id: asks for one in kept if one.asks_only and asks is not None}
        return {
            account: OfAccount(
                together(own := queries[account]),
                kept_at,
                any(map(asks_beside, own.values())),
                filters,
                self.flow,
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
    subject = subject_of(post, now=now, owners=(owner,), known=known)
    found = own.searches.found(subject)
    if not found or _is_silenced(w.db, account, post.author):
        return
    same = fingerprint(post.post.text)
    for search in found:
        filter_ = own.filters.get(search)
        asks = filter_ is None or asking.asks(w.db, filter_, account, search, post, subject, same)
        if searches.hit_state(w.db, search, post.id) is not None:
            hits.set_told(w, search, post.id, asks=asks, same=same)
        elif own.flow.takes(search, now, asks=asks):
            at = post.post.created_at
            state = ItemState.NEW if at >= own.kept_at[search] else ItemState.SEEN
            searches.put_hit(w, search, post.id, at, state, asks=asks, same=same)
            own.flow.kept(w, search)


def _is_silenced(db: Connection, account: int, author: int | None) -> bool:
    """Whether the owner does not want to hear of somebody."""
    view = people.view(db, account, author) if author is not None else None
    return view is not None and (view.muting or view.blocking)


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
            (account, own, owner.ref)
            for account, own in listening.items()
            if (owner := people.person(w.db, accounts.owner(w.db, account))) is not None
        ]

    def note(self, post: Post) -> int:
        """Record which searches a post answers to; to how many it is news."""
        w, new, id = self._w, 0, feed_names.known_as(self._w.db, post)
        shown = None if id is None else posts.post(w.db, None, id)
        if shown is not None and shown.deleted:
            return 0
        author = post.author.ref if shown is None else shown.post.author.ref
        for account, own, owner in self._all:
            if author == owner:
                continue
            groups = self._groups(post) if own.asks_beside else ()
            subject = subject_outside(post, now=self._now, owners=(owner,), groups=groups)
            found = (*own.everything, *own.searches.found(subject))
            if found and _is_silenced(w.db, account, people.find_by_ref(w.db, author)):
                continue
            for search in found:
                same = fingerprint(post.text)
                filter_ = own.filters.get(search)
                asks = filter_ is None or asking.asks_outside(
                    w.db, filter_, search, post, subject, same
                )
                known = posts.find_by_ref(w.db, post.ref) if id is None else id
                if known is not None and searches.hit_state(w.db, search, known) is not None:
                    id = outside.put_post(w, post) if id is None else id  # it may have been edited
                    hits.set_told(w, search, known, asks=asks, same=same)
                elif own.flow.takes(search, self._now, asks=asks):
                    # Only then it is stored: what is not kept leaves nothing.
                    id = outside.put_post(w, post) if id is None else id
                    if id is None:
                        return new  # deleted before it came
                    is_news = search in own.heard
                    state = ItemState.NEW if is_news else ItemState.SEEN
                    searches.put_hit(w, search, id, post.created_at, state, asks=asks, same=same)
                    own.flow.kept(w, search)
                    new += is_news and asks
        return new

    def _groups(self, post: Post) -> Sequence[str]:
        author = people.find_by_ref(self._w.db, post.author.ref)
        return () if author is None else names_of(self._w.db, {author}).get(author, ())


def answer_hits(w: Writing, account: int, answer: StoredPost, now: Millis) -> None:
    """What the owner answers is off the plate, whichever of their clients wrote it: *answered*."""
    if answer.parent is None:
        return
    for hit in hits.about(w.db, answer.parent, list(identities.owners_together(w.db, account))):
        state = after(hit.state, ItemEvent.REPLIED)
        searches.set_hit_state(w, hit.search, hit.post, state, at=now)


def wake_hits(w: Writing, woken: Sequence[Hit], now: Millis) -> None:
    """Bring hits back that were put off."""
    for hit in woken:
        state = after(hit.state, ItemEvent.WOKE)
        searches.set_hit_state(w, hit.search, hit.post, state, at=now)
