"""Feeds: which posts stand where in a timeline, how far back it is known, and the holes in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from tui_inbox.core.changes import Topic
from tui_inbox.core.post import Boost, Feed, FeedEntry
from tui_inbox.store.database import Connection
from tui_inbox.store.entries import (
    EntryKey,
    StoredEntry,
    count_late,
    count_newer,
    max_seq,
    newest,
    oldest,
    window,
)
from tui_inbox.store.people import put_person
from tui_inbox.store.posts import Put, put_post
from tui_inbox.store.removal import is_buried
from tui_inbox.store.rows import inserted, listed, scalar
from tui_inbox.store.store import Writing

__all__ = [
    "EntryKey",
    "Filed",
    "Gap",
    "StoredEntry",
    "add_gap",
    "close_gap",
    "count_late",
    "count_newer",
    "feed_id",
    "file_entries",
    "find_feed",
    "gap_with_feed",
    "gaps",
    "gaps_of_account",
    "is_complete",
    "knows",
    "max_seq",
    "move_gap",
    "newest",
    "newest_entry_ids",
    "older_cursor",
    "oldest",
    "set_older",
    "window",
]


class Filed(Struct, frozen=True):
    """What became of a page or an arrival.

    Attributes:
        new: local ids of the posts that had no place in the feed before.
        known: how many had one already; a boost of such a post counts here.
        late: how many of the new ones stand below what was the newest entry.
        puts: what became of each post, in the order given; deleted ones are left out.
    """

    new: tuple[int, ...]
    known: int
    late: int
    puts: tuple[Put, ...]


class Gap(Struct, frozen=True):
    """A hole: what lies between the entries `upper` and `lower` was not fetched.

    Attributes:
        upper: key of the oldest entry above the hole.
        lower: key of the newest entry below it.
        older_than: cursor that continues downward from the upper edge.
        lost: the server no longer keeps what was here.
    """

    id: int
    feed: int
    upper: EntryKey
    lower: EntryKey
    older_than: str
    lost: bool = False


def feed_id(w: Writing, account: int, feed: Feed) -> int:
    """The local id of a feed, given out at first use."""
    found = find_feed(w.db, account, feed)
    if found is not None:
        return found
    return inserted(w.db, "INSERT INTO feeds (account, name) VALUES (?, ?)", (account, str(feed)))


def find_feed(db: Connection, account: int, feed: Feed) -> int | None:
    """The local id of a feed, or None if nothing was ever filed in it."""
    found: int | None = scalar(
        db, "SELECT id FROM feeds WHERE account = ? AND name = ?", (account, str(feed))
    )
    return found


def file_entries(w: Writing, account: int, feed_id: int, entries: Sequence[FeedEntry]) -> Filed:
    """Store posts and give them their places in a feed.

    A place is fixed at first sight. Boosts of a post that has one add the booster to it.
    """
    top = w.db.execute(
        "SELECT filed_at, identity FROM entries WHERE feed = ? ORDER BY filed_at DESC, identity DESC LIMIT 1",
        (feed_id,),
    ).fetchone()
    new: list[int] = []
    puts: list[Put] = []
    late = 0
    for entry in entries:
        if entry.boost and is_buried(w.db, account, entry.boost.server_id, entry.boost.uri):
            continue
        put = put_post(w, account, entry.seen)
        if put is None:
            continue
        puts.append(put)
        if _file(w, account, feed_id, put.id, entry):
            new.append(put.id)
            late += top is not None and (entry.filed_at, entry.identity) < top
    if new:
        w.changed(Topic.FEED, feed_id)
    return Filed(tuple(new), len(puts) - len(new), late, tuple(puts))


def _file(w: Writing, account: int, feed: int, post: int, entry: FeedEntry) -> bool:
    """Give a post its place; whether it had none before."""
    by_boost = entry.boost is not None
    is_new = w.db.execute(
        "INSERT INTO entries (feed, filed_at, identity, post, entry_id, by_boost) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        (feed, entry.filed_at, entry.identity, post, entry.entry_id, by_boost),
    ).rowcount
    if entry.boost:
        _add_booster(w, account, feed, post, entry.boost, entry.entry_id)
    elif not is_new:
        # It came by a boost and now by itself: it stays if the boost is taken back.
        w.db.execute(
            "UPDATE entries SET own_id = ? WHERE feed = ? AND post = ? AND by_boost AND own_id IS NULL",
            (entry.entry_id, feed, post),
        )
    return bool(is_new)


def _add_booster(
    w: Writing, account: int, feed: int, post: int, boost: Boost, entry_id: str
) -> None:
    person = put_person(w, account, boost.by)
    # Of two boosts by one person the older was taken back, though the news of that may come late.
    changed = w.db.execute(
        "INSERT INTO boosts (feed, post, person, at, uri, entry_id) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (feed, post, person) DO UPDATE SET at = excluded.at, uri = excluded.uri, "
        "entry_id = excluded.entry_id WHERE (at, entry_id) < (excluded.at, excluded.entry_id)",
        (feed, post, person, boost.at, boost.uri, entry_id),
    ).rowcount
    if changed:
        w.changed(Topic.FEED, feed)


def newest_entry_ids(db: Connection, feed: int, limit: int) -> list[str]:
    """The server's ids of the newest entries, newest first.

    Deleted posts are left out: some servers answer oddly to a cursor that is gone.
    """
    rows = db.execute(
        "SELECT e.entry_id FROM entries e CROSS JOIN posts p ON p.id = e.post AND p.deleted_at IS NULL "
        "WHERE e.feed = ? ORDER BY e.filed_at DESC, e.identity DESC LIMIT ?",
        (feed, limit),
    )
    return [entry_id for (entry_id,) in rows]


def knows(db: Connection, feed: int, entry_ids: Iterable[str]) -> set[str]:
    """Those of the server's entry ids that were filed before, boosts and deleted posts included."""
    rows = db.execute(
        "SELECT value FROM json_each(:ids) WHERE "
        "EXISTS (SELECT 1 FROM entries WHERE feed = :feed AND entry_id = value) "
        "OR EXISTS (SELECT 1 FROM entries WHERE feed = :feed AND own_id = value) "
        "OR EXISTS (SELECT 1 FROM boosts WHERE feed = :feed AND entry_id = value)",
        {"ids": listed(entry_ids), "feed": feed},
    )
    return {entry_id for (entry_id,) in rows}


def add_gap(
    w: Writing,
    feed: int,
    *,
    upper: EntryKey,
    lower: EntryKey,
    older_than: str,
    lost: bool = False,
) -> int:
    """Note a hole in a feed; see `Gap`."""
    w.changed(Topic.FEED, feed)
    return inserted(
        w.db,
        "INSERT INTO gaps (feed, upper_at, upper_identity, lower_at, lower_identity, older_than, lost) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (feed, *upper, *lower, older_than, lost),
    )


def gaps(db: Connection, feeds: Sequence[int]) -> list[Gap]:
    """The holes in some feeds, newest first."""
    rows = db.execute(
        f"SELECT {_GAP} FROM gaps g WHERE g.feed IN (SELECT value FROM json_each(?)) "  # noqa: S608  # constant
        "ORDER BY g.upper_at DESC, g.upper_identity DESC, g.id",
        (listed(feeds),),
    )
    return [_gap(row) for row in rows]


def gaps_of_account(db: Connection, account: int) -> list[Gap]:
    """The holes in all feeds of an account, newest first."""
    feeds = db.execute("SELECT id FROM feeds WHERE account = ?", (account,))
    return gaps(db, [feed for (feed,) in feeds])


def gap_with_feed(db: Connection, id: int) -> tuple[Gap, int, Feed] | None:
    """A hole with the account and the feed it is in, or None when it is filled by now."""
    row = db.execute(
        f"SELECT {_GAP}, f.account, f.name FROM gaps g JOIN feeds f ON f.id = g.feed WHERE g.id = ?",  # noqa: S608  # constant
        (id,),
    ).fetchone()
    if row is None:
        return None
    *gap, account, name = row
    return _gap(gap), account, Feed.parse(name)


_GAP = (
    "g.id, g.feed, g.upper_at, g.upper_identity, g.lower_at, g.lower_identity, g.older_than, g.lost"
)


def _gap(row: Sequence[Any]) -> Gap:
    id, feed, upper_at, upper, lower_at, lower, older_than, lost = row
    return Gap(id, feed, (upper_at, upper), (lower_at, lower), older_than, bool(lost))


def move_gap(w: Writing, gap: Gap) -> None:
    """Note that a hole has other edges, or is lost: a page at one of its ends has been filed."""
    columns = (*gap.upper, *gap.lower, gap.older_than, gap.lost)
    for (feed,) in w.db.execute(
        "UPDATE gaps SET upper_at = ?1, upper_identity = ?2, lower_at = ?3, lower_identity = ?4, "
        "older_than = ?5, lost = ?6 WHERE id = ?7 AND (upper_at, upper_identity, lower_at, "
        "lower_identity, older_than, lost) IS NOT (?1, ?2, ?3, ?4, ?5, ?6) RETURNING feed",
        (*columns, gap.id),
    ).fetchall():
        w.changed(Topic.FEED, feed)


def close_gap(w: Writing, id: int) -> None:
    """Note that a hole is filled."""
    for (feed,) in w.db.execute("DELETE FROM gaps WHERE id = ? RETURNING feed", (id,)).fetchall():
        w.changed(Topic.FEED, feed)


def older_cursor(db: Connection, feed: int) -> str | None:
    """The cursor for what lies below the oldest entry; None before the first page and at the end."""
    cursor: str | None = scalar(db, "SELECT older FROM feeds WHERE id = ?", (feed,))
    return cursor


def is_complete(db: Connection, feed: int) -> bool:
    """Whether the end of the feed's history was reached."""
    return bool(scalar(db, "SELECT complete FROM feeds WHERE id = ?", (feed,)))


def set_older(w: Writing, feed: int, cursor: str | None, complete: bool) -> None:
    """Note how far down a feed is known, in the transaction that stores the page."""
    changed = w.db.execute(
        "UPDATE feeds SET older = ?1, complete = ?2 WHERE id = ?3 AND (older, complete) IS NOT (?1, ?2)",
        (cursor, complete, feed),
    ).rowcount
    if changed:
        w.changed(Topic.FEED, feed)
