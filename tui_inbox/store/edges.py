"""How far a feed is known without a break, and which known places a page of its server touches.

A page and the store touch where both hold the same entry. Only entries that came under that id count: a boost
of a stored post is known too, but its row stands where the post was first seen, which says nothing about what
lies around the boost.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from tui_inbox.core.post import Feed
from tui_inbox.store.database import Connection
from tui_inbox.store.entries import EntryKey, max_seq
from tui_inbox.store.feeds import find_feed
from tui_inbox.store.rows import listed, scalar
from tui_inbox.store.store import Writing


class Edge(Struct, frozen=True):
    """Where a feed was last known to be without a break.

    Attributes:
        feed: local id of the feed; 0 before anything was filed in it.
        joined: arrival number up to which pages have joined the entries.
        key: place of the newest of those; None while there are none. Of deleted ones only where there is no other:
            pages are asked for from entries that stand, so what came late right below a deleted one would be left out.
        latest: number of the latest arrival in any feed.
    """

    feed: int
    joined: int
    key: EntryKey | None
    latest: int

    def __str__(self) -> str:
        return msgspec.json.encode(self).decode()

    @classmethod
    def parse(cls, text: str) -> Edge:
        """What `str` wrote.

        Raises:
            ValueError: the text is something else.
        """
        return msgspec.json.decode(text, type=cls)


class Place(Struct, frozen=True):
    """Where a known entry stands, and when it arrived."""

    seq: int
    key: EntryKey


def edge(db: Connection, account: int, feed: Feed) -> Edge:
    """Where a feed was last known to be without a break."""
    id, latest = find_feed(db, account, feed), max_seq(db, [])
    # Where pages never joined anything, nothing but pages has come.
    joined: int = scalar(db, "SELECT joined FROM feeds WHERE id = ?", (id,)) or latest
    key = _newest(db, id, joined, "AND p.deleted_at IS NULL") or _newest(db, id, joined, "")
    return Edge(id or 0, joined, key, latest)


def _newest(db: Connection, feed: int | None, joined: int, standing: str) -> EntryKey | None:
    key: EntryKey | None = db.execute(
        "SELECT e.filed_at, e.identity FROM entries e CROSS JOIN posts p ON p.id = e.post "  # noqa: S608  # constants
        f"{standing} WHERE e.feed = ? AND e.seq <= ? ORDER BY e.filed_at DESC, e.identity DESC LIMIT 1",
        (feed, joined),
    ).fetchone()
    return key


def set_joined(w: Writing, feed: int, seq: int) -> None:
    """Note that pages have joined all entries up to an arrival number. It never goes back."""
    w.db.execute("UPDATE feeds SET joined = ?1 WHERE id = ?2 AND joined < ?1", (seq, feed))


def places(db: Connection, feed: int, entry_ids: Iterable[str]) -> dict[str, Place]:
    """The places of those of the server's ids under which an entry came."""
    rows = db.execute(
        "SELECT e.entry_id, e.seq, e.filed_at, e.identity FROM json_each(?) "
        "CROSS JOIN entries e ON e.feed = ? AND e.entry_id = value",
        (listed(entry_ids), feed),
    )
    return {entry_id: Place(seq, (at, identity)) for entry_id, seq, at, identity in rows}


def anchors(db: Connection, feed: int, key: EntryKey, limit: int) -> list[str]:
    """The server's ids of the entries at a place and directly below it, newest first.

    Deleted posts are left out: some servers answer oddly to a cursor that is gone.
    """
    rows = db.execute(
        "SELECT e.entry_id FROM entries e CROSS JOIN posts p ON p.id = e.post AND p.deleted_at IS NULL "
        "WHERE e.feed = ? AND (e.filed_at, e.identity) <= (?, ?) "
        "ORDER BY e.filed_at DESC, e.identity DESC LIMIT ?",
        (feed, *key, limit),
    )
    return [entry_id for (entry_id,) in rows]


def between(db: Connection, feed: int, upper: EntryKey, lower: EntryKey) -> list[str]:
    """The server's ids of the entries between two places, without deleted posts, newest first."""
    rows = db.execute(
        "SELECT e.entry_id FROM entries e CROSS JOIN posts p ON p.id = e.post AND p.deleted_at IS NULL "
        "WHERE e.feed = ? AND (e.filed_at, e.identity) < (?, ?) AND (e.filed_at, e.identity) > (?, ?) "
        "ORDER BY e.filed_at DESC, e.identity DESC",
        (feed, *upper, *lower),
    )
    return [entry_id for (entry_id,) in rows]


def post_ids(db: Connection, feed: int, entry_ids: Iterable[str]) -> list[str]:
    """The server's ids of the posts behind some entries, in the order of those."""
    rows = db.execute(
        "SELECT v.server_id FROM json_each(?) wanted "
        "CROSS JOIN entries e ON e.feed = ? AND e.entry_id = wanted.value "
        "CROSS JOIN feeds f ON f.id = e.feed "
        "CROSS JOIN post_views v ON v.account = f.account AND v.post = e.post ORDER BY wanted.key",
        (listed(entry_ids), feed),
    )
    return [server_id for (server_id,) in rows]
