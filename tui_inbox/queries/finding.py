"""Searching by hand: what a query finds in everything stored, by and by, newest or best first."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from enum import StrEnum
from operator import attrgetter

from msgspec import Struct

from tui_inbox.core.conversation import ItemState
from tui_inbox.core.matching import is_handle
from tui_inbox.core.moment import Millis
from tui_inbox.core.query import InGroup, Query, SeenBy, named
from tui_inbox.core.query_text import QueryError, parse
from tui_inbox.core.tokens import fold
from tui_inbox.priority.relevance import Sought, rarity, relevance, runs_sought
from tui_inbox.queries import words
from tui_inbox.queries.accounts import Viewer, viewers
from tui_inbox.queries.rows import HitRow, Scope
from tui_inbox.queries.searches import hit_rows
from tui_inbox.queries.ties import ties_with
from tui_inbox.store import accounts, groups, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.looking import Below, look, newest_id
from tui_inbox.store.post_rows import StoredPost
from tui_inbox.store.subjects import subject_of
from tui_inbox.store.word_index import count_indexed

FOUND_HERE = 0
"""Stands for the search in what is found by hand: it is not kept."""

STEP_SECONDS = 0.02
"""So long one step looks, about: somebody is typing, and others want to read as well."""

PATIENCE = 2
"""How many times as long a step may take on a machine that does other things, or reads from a slow disk."""

RANKED = 1_000
"""So many posts that a query finds, the newest, are ranked by relevance."""

COUNTED = 5_000
"""A word is counted up to so many posts: how much more common it is makes no difference to a rank."""


class Order(StrEnum):
    """In which order what was found is shown."""

    TIME = "time"
    RELEVANCE = "relevance"


class Scored(Struct, frozen=True):
    """A post that was found, with its points."""

    points: int
    at: Millis
    id: int


class Further(Struct, frozen=True):
    """Where a search goes on; handed back as it was received.

    Attributes:
        below: where to look next.
        sought: the words of the query with their rarity, where posts are ranked.
        scored: what was found so far, best first, where posts are ranked.
    """

    below: Below
    sought: tuple[Sought, ...] = ()
    scored: tuple[Scored, ...] = ()


class Found(Struct, frozen=True):
    """What a step of a search found.

    Attributes:
        hits: newest first, those of this step; by relevance the best of all so far.
        looked_to: everything from now back to this moment was looked at; None for everything stored.
        further: where to go on; None where nothing is left to look at, or enough was ranked.
    """

    hits: tuple[HitRow, ...]
    looked_to: Millis | None = None
    further: Further | None = None


def find(
    db: Connection,
    scope: Scope,
    query: str,
    *,
    now: Millis,
    limit: int = 100,
    order: Order = Order.TIME,
    further: Further | None = None,
    zone: tzinfo | None = None,
    seconds: float = STEP_SECONDS,
) -> Found:
    """Look for a while. A post is shown by the owner's account that wrote it, else by the first that was shown it.

    Args:
        scope: who looks.
        query: in the search language.
        limit: how many hits at most.
        order: by time, or the best of the newest `RANKED` first.
        further: where the step before ended, by the same query in the same order; None to begin.
        zone: the owner's time zone, None for the machine's.
        seconds: about how long to look at most, in CPU time.

    Raises:
        QueryError: what was typed is not a query; its text is a sentence for the user.
        TooSlow: a regular expression in it did not come to an end; its text is a sentence for the user.
    """
    zone = zone or words.local_zone(now)
    tree = parse(query)
    refuse_unknown(db, query, tree)
    if order is Order.RELEVANCE and further is None:
        seconds /= 2  # to rank the first that are found takes about as long again
    asked = _Asked(db, viewers(db, scope), tree, now, zone, _Patience.of(seconds))
    return asked.by_time(further, limit) if order is Order.TIME else asked.ranked(further, limit)


def refuse_unknown(db: Connection, query: str, tree: Query) -> None:
    """Say which groups or accounts there are, where one is asked for that there is not.

    Raises:
        QueryError: there is no group of that name, or no account with these letters or that handle.
    """
    names = [one.name for one in groups.groups(db)]
    if not set(map(fold, names)).issuperset(map(fold, named(tree, InGroup))):
        there = f"one of your groups: {', '.join(names)}" if names else "a group; you have none yet"
        raise QueryError(_after(query, "group:"), there)
    own = accounts.accounts(db)
    for name in (fold(name).lstrip("@") for name in named(tree, SeenBy)):
        if not any(name == one.letters or is_handle(name, fold(one.handle)) for one in own):
            letters = ", ".join(one.letters for one in own)
            raise QueryError(_after(query, "account:"), f"one of your accounts: {letters}")


def _after(query: str, field: str) -> int:
    """The column behind a field's name, where it stands first."""
    return query.lower().index(field) + len(field) + 1


class _Patience(Struct, frozen=True):
    """Until when to look: by the CPU time of this thread, so that a busy machine gets on as well, or by the clock."""

    spent: float
    clock: float

    @classmethod
    def of(cls, seconds: float) -> _Patience:
        """That of somebody who waits for so many seconds of work, and `PATIENCE` times as long for it."""
        return cls(time.thread_time() + seconds, time.monotonic() + PATIENCE * seconds)

    def is_over(self, examined: int) -> bool:
        """Whether it is enough, however many posts were looked at."""
        return time.thread_time() >= self.spent or time.monotonic() >= self.clock


class _Asked(Struct, frozen=True):
    """A question, and until when to look for an answer."""

    db: Connection
    viewers: dict[int, Viewer]
    tree: Query
    now: Millis
    zone: tzinfo
    patience: _Patience

    def by_time(self, further: Further | None, limit: int) -> Found:
        stored, below = self._look(further.below if further else None, limit)
        hits = self._rows(stored)
        if below is None:
            return Found(hits)
        return Found(hits, below.key[0], Further(below))

    def ranked(self, further: Further | None, limit: int) -> Found:
        sought = further.sought if further else tuple(self._sought())
        scored = further.scored if further else ()
        stored, below = self._look(further.below if further else None, RANKED - len(scored))
        scored = tuple(
            sorted(
                (*scored, *self._scored(stored, sought)),
                key=attrgetter("points", "at", "id"),
                reverse=True,
            )
        )
        hits = self._rows(self._best(scored[:limit], stored))
        if below is None:
            return Found(hits)
        goes_on = len(scored) < RANKED
        return Found(hits, below.key[0], Further(below, sought, scored) if goes_on else None)

    def _look(self, below: Below | None, limit: int) -> tuple[Sequence[StoredPost], Below | None]:
        looked = look(
            self.db,
            list(self.viewers),
            self.tree,
            limit=limit,
            now=self.now,
            zone=self.zone,
            below=below,
            enough=self.patience.is_over,
        )
        return looked.posts, looked.below

    def _sought(self) -> Iterable[Sought]:
        everything = newest_id(self.db)
        for run in dict.fromkeys(runs_sought(self.tree)):
            yield Sought(run, rarity(count_indexed(self.db, run, COUNTED), everything))

    def _scored(self, stored: Sequence[StoredPost], sought: Sequence[Sought]) -> Iterable[Scored]:
        ties = {
            account: ties_with(self.db, account, {post.author for post in stored})
            for account in self.viewers
        }
        for post in stored:
            tie = ties.get(self._viewer(post).account, {}).get(post.author)
            at = post.post.created_at
            tokens = subject_of(post).tokens
            points = relevance(tokens, sought, self.now - at, tie, self.now).points
            yield Scored(points, at, post.id)

    def _best(self, best: Sequence[Scored], fresh: Sequence[StoredPost]) -> Sequence[StoredPost]:
        """The best posts in their order; those that were not read just now are read again."""
        known = {post.id: post for post in fresh}
        missing = [one.id for one in best if one.id not in known]
        known |= posts.posts_seen_by(self.db, list(self.viewers), missing) if missing else {}
        return [known[one.id] for one in best if one.id in known and not known[one.id].deleted]

    def _viewer(self, post: StoredPost) -> Viewer:
        own = (one for one in self.viewers.values() if one.owner == post.author)
        first = next(iter(self.viewers.values()))
        return next(own, self.viewers.get(post.account or 0, first))

    def _rows(self, stored: Sequence[StoredPost]) -> tuple[HitRow, ...]:
        shown_by: dict[int, list[StoredPost]] = defaultdict(list)
        for post in stored:
            shown_by[self._viewer(post).account].append(post)
        rows: dict[int, HitRow] = {}
        for account, seen in shown_by.items():
            own = [post.id for post in seen if post.account not in (account, None)]
            again = posts.posts(self.db, account, own) if own else {}
            hits = [(again.get(post.id, post), ItemState.SEEN) for post in seen]
            made = hit_rows(self.db, self.viewers[account], FOUND_HERE, hits, self.now, self.zone)
            rows |= {row.post.id: row for row in made}
        return tuple(rows[post.id] for post in stored)
