"""Windows on feeds: a bounded piece of one timeline or of several laid together, at any depth."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any, TypeAlias

from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.core.reading import FilterContext
from tui_inbox.store.database import Connection
from tui_inbox.store.post_rows import (
    HIDDEN,
    JOIN_ONE_VIEW,
    POST_COLUMNS,
    VISIBLE,
    StoredPost,
    read_posts,
)
from tui_inbox.store.rows import listed, scalar

EntryKey: TypeAlias = tuple[Millis, str]
"""A place in a feed: the time an entry is filed under, and its identity. Total order."""


class StoredEntry(Struct, frozen=True):
    """A post's place in a feed.

    Attributes:
        seq: counts arrivals over all feeds.
        entry_id: the server's id of the place; opaque, a cursor.
        boosters: local ids of those who passed it on, oldest boost first.
        account: local id of the account whose feed it is, and whose view the post shows.
    """

    seq: int
    feed: int
    filed_at: Millis
    identity: str
    entry_id: str
    post: StoredPost
    boosters: tuple[int, ...]
    account: int

    @property
    def key(self) -> EntryKey:
        """Where it stands."""
        return self.filed_at, self.identity


_NEWEST = ("", "DESC")
_BELOW = ("AND (e.filed_at, e.identity) < (:at, :identity)", "DESC")
_FROM = ("AND (e.filed_at, e.identity) <= (:at, :identity)", "DESC")
_ABOVE = ("AND (e.filed_at, e.identity) > (:at, :identity)", "ASC")
_OLDEST = ("", "ASC")

_FIRST_OF_ITS_POST = """AND NOT EXISTS (SELECT 1 FROM entries o WHERE o.post = e.post AND o.seq < e.seq
    AND o.feed IN (SELECT value FROM json_each(:feeds)))"""
"""Of a post that stands in several of the feeds only the place counts that came first: it never moves."""

_OF_PEOPLE = """AND (:authors IS NULL OR p.author IN (SELECT value FROM json_each(:authors))
    OR EXISTS (SELECT 1 FROM boosts b WHERE b.feed = e.feed AND b.post = e.post
    AND +b.person IN (SELECT value FROM json_each(:authors))))"""
"""Only what some people wrote, or passed on in that feed. The plus sign lets the few boosts of a post be looked at, and
not each of the people be looked for among them."""

_UNHIDDEN = f"""AND NOT EXISTS (SELECT 1 FROM post_views v
    WHERE v.account = {{account}} AND v.post = e.post AND {HIDDEN}
    AND p.author != (SELECT person FROM accounts WHERE id = v.account))"""  # noqa: S608  # constant texts
"""Without what a filter hides in `:context`; what the owner wrote is never hidden."""


def window(
    db: Connection,
    feeds: Sequence[int],
    *,
    older_than: EntryKey | None = None,
    newer_than: EntryKey | None = None,
    around: EntryKey | None = None,
    limit: int,
    authors: Collection[int] | None = None,
    context: FilterContext | None = None,
) -> list[StoredEntry]:
    """A piece of one feed, or of several laid together, newest first. Deleted posts are left out.

    At most one of the three keys is given; they need not be of stored entries. Without one it is the newest.

    Args:
        feeds: local ids of feeds; a post that stands in several is shown once, where it came first.
        older_than: the entries directly below this key.
        newer_than: the entries directly above this key.
        around: half of the entries above this key, and the entry itself with what follows.
        limit: how many entries at most.
        authors: only what these people wrote or passed on.
        context: leave out what a filter hides there.
    """
    read = partial(_read, db, feeds, authors=authors, context=context)
    if around is not None:
        above = read(_ABOVE, around, limit // 2)
        rows = above + read(_FROM, around, limit - len(above))
    elif newer_than is not None:
        rows = read(_ABOVE, newer_than, limit)
    elif older_than is not None:
        rows = read(_BELOW, older_than, limit)
    else:
        rows = read(_NEWEST, (0, ""), limit)
    return _entries(db, feeds, rows)


def newest(db: Connection, feed: int) -> StoredEntry | None:
    """The newest entry of a feed."""
    return next(iter(_entries(db, [feed], _read(db, [feed], _NEWEST, (0, ""), 1))), None)


def oldest(db: Connection, feed: int) -> StoredEntry | None:
    """The oldest entry of a feed."""
    return next(iter(_entries(db, [feed], _read(db, [feed], _OLDEST, (0, ""), 1))), None)


_Row: TypeAlias = tuple[Any, ...]
_ENTRY = slice(0, 6)


def _read(
    db: Connection,
    feeds: Sequence[int],
    part: tuple[str, str],
    key: EntryKey,
    limit: int,
    authors: Collection[int] | None = None,
    context: FilterContext | None = None,
) -> list[_Row]:
    """Rows of the wanted part of the feeds, newest first.

    Each feed is read along its index and the pieces are laid together here: SQLite would sort all of both.
    """
    condition, direction = part
    once = _FIRST_OF_ITS_POST if len(feeds) > 1 else ""
    shown = f"AND (NOT {HIDDEN} OR p.author = :owner)" if context else ""
    rows: list[_Row] = []
    for feed in feeds:
        account, owner = _account_of(db, feed)
        rows += db.execute(
            "SELECT e.filed_at, e.identity, e.seq, e.feed, e.entry_id, :account, "  # noqa: S608  # constants
            f"{POST_COLUMNS} FROM entries e CROSS JOIN posts p ON p.id = e.post {JOIN_ONE_VIEW} "
            f"WHERE e.feed = :feed {condition} AND p.deleted_at IS NULL AND {VISIBLE} {shown} {once} "
            f"{_OF_PEOPLE} ORDER BY e.filed_at {direction}, e.identity {direction} LIMIT :limit",
            {
                "authors": None if authors is None else listed(authors),
                "account": account,
                "owner": owner,
                "context": context,
                "feed": feed,
                "feeds": listed(feeds),
                "at": key[0],
                "identity": key[1],
                "limit": limit,
            },
        ).fetchall()
    rows.sort(key=lambda row: row[:2], reverse=direction == "DESC")
    rows = rows[:limit]
    return rows if direction == "DESC" else rows[::-1]


def _account_of(db: Connection, feed: int) -> tuple[int | None, int | None]:
    """Whose feed it is: the account, and the person it belongs to."""
    row: tuple[int, int] | None = db.execute(
        "SELECT c.id, c.person FROM feeds f CROSS JOIN accounts c ON c.id = f.account WHERE f.id = ?",
        (feed,),
    ).fetchone()
    return row or (None, None)


def _entries(db: Connection, feeds: Sequence[int], rows: list[_Row]) -> list[StoredEntry]:
    posts = read_posts(db, [row[_ENTRY.stop :] for row in rows])
    boosters = _boosters(db, feeds, [post.id for post in posts])
    return [
        StoredEntry(
            seq=seq,
            feed=feed,
            filed_at=filed_at,
            identity=identity,
            entry_id=entry_id,
            post=post,
            boosters=tuple(boosters.get(post.id, ())),
            account=account,
        )
        for (filed_at, identity, seq, feed, entry_id, account), post in zip(
            (row[_ENTRY] for row in rows), posts, strict=True
        )
    ]


def _boosters(
    db: Connection, feeds: Sequence[int], posts: Sequence[int]
) -> dict[int, dict[int, None]]:
    """Who passed each post on in any of the feeds, oldest boost first, everybody once."""
    found: dict[int, dict[int, None]] = {}
    for post, person in db.execute(
        "SELECT b.post, b.person FROM json_each(?) feed CROSS JOIN json_each(?) wanted "
        "CROSS JOIN boosts b ON b.feed = feed.value AND b.post = wanted.value ORDER BY b.at, b.person",
        (listed(feeds), listed(posts)),
    ):
        found.setdefault(post, {})[person] = None
    return found


def count_newer(
    db: Connection,
    feeds: Sequence[int],
    key: EntryKey,
    *,
    authors: Collection[int] | None = None,
    context: FilterContext | None = None,
    cap: int = 1000,
) -> int:
    """How many entries stand above a key; counting stops at `cap`.

    Args:
        authors: count only what these people wrote or passed on.
        context: leave out what a filter hides there.
    """
    once = _FIRST_OF_ITS_POST if len(feeds) > 1 else ""
    shown = _UNHIDDEN.format(account=":account") if context else ""
    found = 0
    for feed in feeds:
        account, _ = _account_of(db, feed)
        found += scalar(
            db,
            "SELECT count(*) FROM (SELECT 1 FROM entries e "  # noqa: S608  # constants
            "CROSS JOIN posts p ON p.id = e.post "
            f"WHERE e.feed = :feed {_ABOVE[0]} AND p.deleted_at IS NULL {shown} {once} {_OF_PEOPLE} "
            "LIMIT :cap)",
            {
                "authors": None if authors is None else listed(authors),
                "account": account,
                "feed": feed,
                "context": context,
                "feeds": listed(feeds),
                "at": key[0],
                "identity": key[1],
                "cap": cap - found,
            },
        )
    return found


def count_late(
    db: Connection,
    feeds: Sequence[int],
    *,
    after_seq: int,
    older_than: EntryKey,
    newer_than: EntryKey | None = None,
    context: FilterContext | None = None,
) -> int:
    """How many entries arrived after `after_seq` and stand below a key.

    Args:
        newer_than: count only what stands above this key, to leave out pages of history that were fetched.
        context: leave out what a filter hides there.
    """
    once = _FIRST_OF_ITS_POST if len(feeds) > 1 else ""
    whose = "(SELECT account FROM feeds WHERE id = e.feed)"
    shown = _UNHIDDEN.format(account=whose) if context else ""
    lower = newer_than or (-1, "")
    # NOT INDEXED leaves the row number, which is what to go by: arrivals since a moment are few.
    count: int = scalar(
        db,
        "SELECT count(*) FROM entries e NOT INDEXED "  # noqa: S608  # constants
        "CROSS JOIN posts p ON p.id = e.post "
        f"WHERE e.seq > :after AND e.feed IN (SELECT value FROM json_each(:feeds)) {_BELOW[0]} "
        f"AND (e.filed_at, e.identity) > (:lower_at, :lower) AND p.deleted_at IS NULL {shown} {once}",
        {
            "context": context,
            "after": after_seq,
            "feeds": listed(feeds),
            "at": older_than[0],
            "identity": older_than[1],
            "lower_at": lower[0],
            "lower": lower[1],
        },
    )
    return count


def max_seq(db: Connection, feeds: Sequence[int]) -> int:
    """The number of the latest arrival; what arrives in these feeds from now on has a higher one."""
    latest: int | None = scalar(db, "SELECT max(seq) FROM entries")
    return latest or 0
