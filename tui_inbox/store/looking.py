"""Looking for what a query finds, from the newest post downward, as far at once as one cares to wait.

A stretch of posts at a time is narrowed by SQL and the text index, and put to the matcher. What is found in the newest
stretch is there at once. Then the index is asked how many posts may be meant at all: of few, only these are looked at
from then on, of many, one stretch of time after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.matching import Matcher, Subject, TooSlow, bare_subject, matcher, subject
from tui_inbox.core.moment import Millis
from tui_inbox.core.narrowing import asks_order, in_patterns, in_text, narrowing, without_starts
from tui_inbox.core.query import And, Or, Query, Since, Until
from tui_inbox.store.conditions import Asked, Condition, condition
from tui_inbox.store.database import Connection
from tui_inbox.store.post_reading import posts_seen_by
from tui_inbox.store.post_rows import StoredPost
from tui_inbox.store.rows import listed, scalar
from tui_inbox.store.subjects import (
    NOTHING_BESIDE,
    accounts_asked,
    asks_beside,
    beside_any,
    is_asked,
    subject_of,
)
from tui_inbox.store.text_index import more_texts_in
from tui_inbox.store.word_index import few_indexed, indexed_among

FoundKey: TypeAlias = tuple[Millis, int]
"""A place among what was found: the post's own time and its local id."""

ABOVE_ALL: FoundKey = (2**62, 0)

NEWEST = 2_000
"""So many posts are looked at before the index is asked how many there are in all."""

NEWEST_UNNARROWED = 400
"""As many, where nothing narrows them: each is put to the matcher."""

STRETCH = 4_096
STRETCH_UNNARROWED = 1_024
"""So many posts at a time after that."""

RARE = 20_000
"""Up to so many candidates are known by their ids; of more than that, posts are read from the newest on."""

SORTED = 2_000
"""Up to so many are sorted by time at once. More are met sooner by walking down all posts in the order of time."""

TOGETHER = 40
"""Posts that are read and put to the matcher at a time."""


class Below(Struct, frozen=True):
    """Where a search goes on, with what is known by then of what is left.

    Attributes:
        key: what stands above it was looked at.
        left: all that may be meant below it, newest first; None where that is not known.
        among: what may be meant at all; None where that is not known.
        met: how many were found above it.
        is_begun: whether the newest stretch was looked at.
        is_planned: whether the index was asked after that.
    """

    key: FoundKey = ABOVE_ALL
    left: tuple[FoundKey, ...] | None = None
    among: frozenset[int] | None = None
    met: int = 0
    is_begun: bool = False
    is_planned: bool = False


class Looked(Struct, frozen=True):
    """What was found by then, newest first, and where to go on; None where nothing is left to look at.

    `skipped`: on so many posts a regular expression took too long.
    """

    posts: tuple[StoredPost, ...]
    below: Below | None
    skipped: int = 0


class _Stretch(Struct, frozen=True):
    """Where it begins, its candidates, newest first, and what lies below it."""

    at: Below
    keys: Sequence[FoundKey]
    below: Below | None


def look(
    db: Connection,
    accounts: Sequence[int] | None,
    tree: Query,
    *,
    limit: int,
    now: Millis,
    zone: tzinfo | None = None,
    below: Below | None = None,
    enough: Callable[[int], bool] = lambda examined: False,
    skips_slow: bool = False,
) -> Looked:
    """What a query finds among the posts that some accounts may be shown; deleted ones are left out.

    Args:
        accounts: who looks, or None for all. Each post comes with the view of the first that has one.
        limit: so many at most.
        now: the moment from which "yesterday" is counted.
        zone: the owner's time zone, None for the machine's own.
        below: where to go on; None from the newest post on.
        enough: whether to stop here, given how many posts were put to the matcher. Asked between small steps.
        skips_slow: a post on which a regular expression takes too long is not found, as in a standing search.

    Raises:
        TooSlow: a regular expression in the query did not come to an end, unless such posts are skipped.
    """
    looking = _Looking(db, accounts, tree, now, zone, skips_slow=skips_slow)
    return looking.look(below or Below(), limit, enough)


def newest_id(db: Connection) -> int:
    """The local id of the post that came last: about how many there are."""
    return scalar(db, "SELECT max(id) FROM posts") or 0


class _Looking:
    """A query that is being asked."""

    def __init__(
        self,
        db: Connection,
        accounts: Sequence[int] | None,
        tree: Query,
        now: Millis,
        zone: tzinfo | None,
        *,
        skips_slow: bool,
    ) -> None:
        self._db, self._accounts, self._tree, self._now = db, accounts, tree, now
        self._matches, self._skips_slow, self._skipped = matcher(tree, zone), skips_slow, 0
        self._wants_more, self._known = asks_beside(tree), NOTHING_BESIDE
        patterns, text = in_patterns(tree), in_text(tree)
        self._is_bare = patterns is not None
        said = patterns or (text if text is not None and asks_order(text) else None)
        self._says = None if said is None else matcher(said, zone)
        asked: dict[str, object] = {"accounts": accounts_asked(accounts)}
        rows = db.execute(f"SELECT person FROM accounts WHERE {is_asked('id')}", asked)  # noqa: S608  # own texts
        self._owners = frozenset(person for (person,) in rows)
        self._asked = Asked(db, accounts, now, zone)
        self._conditions = [one for one in self._said_by_sql() if one is not None]
        self._parameters = asked
        for one in self._conditions:
            self._parameters |= one.parameters
        self._where = " AND ".join(["p.deleted_at IS NULL", *(one.sql for one in self._conditions)])
        # What SQL knows beside times. It leaves few of most stretches, and the index of common words many.
        self._has_facts = len(self._conditions) > sum(
            isinstance(one, Since | Until) for one in _terms(tree)
        )
        begins = [one.past.begins(now, zone) for one in _terms(tree) if isinstance(one, Since)]
        ends = [one.past.ends(now, zone) for one in _terms(tree) if isinstance(one, Until)]
        self._first, self._end = max(begins, default=-(2**62)), min(ends, default=2**62)
        self._narrowing = narrowing(tree)
        self._whole = self._narrowing and without_starts(self._narrowing)

    def look(self, below: Below, limit: int, enough: Callable[[int], bool]) -> Looked:
        """Look until so many are found, it is enough, or nothing is left."""
        below = replace(below, key=min(below.key, (self._end, 0)))
        found: list[StoredPost] = []
        examined = 0
        at: Below | None = below
        while at is not None:
            stretch = self._stretch(replace(at, met=below.met + len(found)))
            for start in range(0, len(stretch.keys), TOGETHER):
                keys = stretch.keys[start : start + TOGETHER]
                for key, post in zip(keys, self._found([id for _, id in keys]), strict=True):
                    examined += 1
                    if post is not None:
                        found.append(post)
                    if len(found) == limit or enough(examined):
                        after = _after(key, stretch, below.met + len(found))
                        return Looked(tuple(found), after, self._skipped)
            at = stretch.below
            if enough(examined):
                break
        return Looked(tuple(found), at, self._skipped)

    # What is looked at next

    def _stretch(self, at: Below) -> _Stretch:
        if not at.is_begun:
            return self._slice(replace(at, is_begun=True), self._newest)
        if not at.is_planned:
            at = self._planned(at)
        if at.left is None:
            return self._slice(at, STRETCH if self._is_narrowed else STRETCH_UNNARROWED)
        now, rest = at.left[:TOGETHER], at.left[TOGETHER:]
        return _Stretch(at, now, replace(at, key=now[-1], left=rest) if rest else None)

    @property
    def _newest(self) -> int:
        """How many posts the first stretch has."""
        return NEWEST if self._is_narrowed else NEWEST_UNNARROWED

    @property
    def _is_narrowed(self) -> bool:
        """Whether anything but the matcher says which posts are not meant."""
        return self._whole is not None or bool(self._conditions)

    def _planned(self, at: Below) -> Below:
        """Ask how many posts may be meant at all; where many were met already, more will be met further down."""
        if 2 * at.met * newest_id(self._db) >= RARE * self._newest:
            return replace(at, is_planned=True)
        few = self._few(self._tree)
        if few is None:
            return replace(at, is_planned=True)
        if len(few) > SORTED:
            return replace(at, is_planned=True, among=frozenset(few))
        left = [key for key in self._fulfilling(few) if key < at.key]
        return replace(at, is_planned=True, left=tuple(left))

    def _few(self, term: Query) -> list[int] | None:
        """All candidates for a term, where index or SQL leave only a few of them; else None."""
        narrowed = narrowing(term)
        if narrowed is not None and (few := few_indexed(self._db, narrowed, RARE)) is not None:
            return few
        match term:
            case And():  # its words were looked up together
                each = (self._few(one) for one in term.terms if narrowing(one) is None)
                return next((few for few in each if few is not None), None)
            case Or():
                every = [self._few(one) for one in term.terms]
                known = [ids for ids in every if ids is not None]
                joint = list({id for ids in known for id in ids})
                return joint if len(known) == len(every) and len(joint) <= RARE else None
        return self._few_by_sql(term) if narrowed is None else None

    def _few_by_sql(self, term: Query) -> list[int] | None:
        said = condition(term, 0, self._asked)
        if said is None or not said.is_narrow:
            return None
        rows = self._db.execute(
            f"SELECT p.id FROM posts p WHERE {said.sql} LIMIT {RARE + 1}",  # noqa: S608  # own texts
            {"accounts": self._parameters["accounts"], **said.parameters},
        ).fetchall()
        return [id for (id,) in rows] if len(rows) <= RARE else None

    def _said_by_sql(self) -> Iterator[Condition | None]:
        return (condition(term, n, self._asked) for n, term in enumerate(_terms(self._tree)))

    def _slice(self, at: Below, count: int) -> _Stretch:
        """The candidates among the next so many posts."""
        if at.among is None and (self._whole is None or self._has_facts):
            return self._indexed(self._slice_of_all(at, count))
        rows: list[FoundKey] = self._db.execute(
            "SELECT created_at, id FROM posts INDEXED BY posts_by_time "  # noqa: S608  # a number
            f"WHERE (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT {count}",
            at.key,
        ).fetchall()
        below = self._going_on(at, rows[-1] if len(rows) == count else None)
        if at.among is not None:
            members = [id for _, id in rows if id in at.among]
        else:
            assert self._whole is not None, "else all of them are candidates"
            meant = indexed_among(self._db, self._whole, [id for _, id in rows])
            members = [id for _, id in rows if id in meant]
        return _Stretch(at, self._fulfilling(members), below)

    def _slice_of_all(self, at: Below, count: int) -> _Stretch:
        """The candidates among the next so many posts, where only SQL narrows them."""
        order = "ORDER BY p.created_at DESC, p.id DESC"
        parameters = self._parameters | {"at": at.key[0], "id": at.key[1], "count": count - 1}
        lowest = self._db.execute(
            "SELECT p.created_at, p.id FROM posts p INDEXED BY posts_by_time "  # noqa: S608  # own texts
            f"WHERE (p.created_at, p.id) < (:at, :id) {order} LIMIT 1 OFFSET :count",
            parameters,
        ).fetchone()
        parameters |= {
            "last": lowest[0] if lowest else -(2**62),
            "last_id": lowest[1] if lowest else 0,
        }
        keys = self._db.execute(
            "SELECT p.created_at, p.id FROM posts p INDEXED BY posts_by_time "  # noqa: S608  # own texts
            "WHERE (p.created_at, p.id) < (:at, :id) AND (p.created_at, p.id) >= (:last, :last_id) "
            # Whether a post was deleted is seen when it is read; to ask before would read every row for it.
            f"{f'AND {self._where}' if self._conditions else ''} {order}",
            parameters,
        ).fetchall()
        return _Stretch(at, keys, self._going_on(at, lowest))

    def _indexed(self, stretch: _Stretch) -> _Stretch:
        """The same without what the index knows not to be meant, where that is worth asking it."""
        if self._whole is None or len(stretch.keys) <= TOGETHER:
            return stretch
        meant = indexed_among(self._db, self._whole, [id for _, id in stretch.keys])
        keys = [key for key in stretch.keys if key[1] in meant]
        return _Stretch(stretch.at, keys, stretch.below)

    def _going_on(self, at: Below, lowest: FoundKey | None) -> Below | None:
        """What lies below a stretch; None at the end, or where what is looked for began."""
        if lowest is None or lowest[0] < self._first:
            return None
        return replace(at, key=lowest)

    def _fulfilling(self, ids: Sequence[int]) -> list[FoundKey]:
        """Those of some posts that fulfil what SQL can say, newest first."""
        if not ids:
            return []
        keys: list[FoundKey] = self._db.execute(
            "SELECT p.created_at, p.id FROM json_each(:ids) c CROSS JOIN posts p ON p.id = c.value "  # noqa: S608  # own texts
            f"WHERE {self._where} ORDER BY p.created_at DESC, p.id DESC",
            self._parameters | {"ids": listed(ids)},
        ).fetchall()
        return keys

    # What the matcher says

    def _found(self, ids: Sequence[int]) -> Iterator[StoredPost | None]:
        """Each of some posts, if it is meant. Where words must stand in some order, their text alone is read first."""
        if self._says is None:
            stored = self._read(ids)
            for id in ids:
                yield self._if_meant(stored.get(id))
            return
        rows = self._db.execute(
            "SELECT id, text, warning, extras FROM posts WHERE id IN (SELECT value FROM json_each(?))",
            (listed(ids),),
        ).fetchall()
        texts = {id: columns for id, *columns in rows}
        for id in ids:
            if id not in texts:  # removed since it was known to be a candidate
                yield None
                continue
            text, warning, extras = texts[id]
            more = more_texts_in(extras)
            if self._is_bare:
                asked = bare_subject(text, (warning, *more))
            else:
                asked = subject(text, handle="", warning=warning, more=more)
            says = self._agrees(self._says, asked)
            yield self._if_meant(self._read([id]).get(id)) if says else None

    def _read(self, ids: Sequence[int]) -> dict[int, StoredPost]:
        if self._wants_more:
            self._known = beside_any(self._db, self._accounts, ids)
        return posts_seen_by(self._db, self._accounts, ids)

    def _if_meant(self, post: StoredPost | None) -> StoredPost | None:
        if post is None or post.deleted:
            return None
        asked = subject_of(post, now=self._now, owners=self._owners, known=self._known)
        return post if self._agrees(self._matches, asked) else None

    def _agrees(self, matches: Matcher, post: Subject) -> bool:
        try:
            return matches(post)
        except TooSlow:
            if not self._skips_slow:
                raise
            self._skipped += 1
            return False


def _terms(tree: Query) -> tuple[Query, ...]:
    """What holds of everything the query finds."""
    return tree.terms if isinstance(tree, And) else (tree,)


def _after(key: FoundKey, stretch: _Stretch, met: int) -> Below | None:
    """What lies below a candidate of a stretch; None where nothing does."""
    if key == stretch.keys[-1]:
        return stretch.below and replace(stretch.below, met=met)
    left = stretch.at.left
    rest = None if left is None else tuple(one for one in left if one < key)
    return replace(stretch.at, key=key, left=rest, met=met)
