"""The timeline: windows on feeds of a scope, with their holes, and counts of what lies outside."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.queries.accounts import Viewer, viewers
from tui_inbox.queries.post_rows import post_rows
from tui_inbox.queries.rows import (
    EntryKey,
    EntryRow,
    GapRow,
    PostRow,
    Scope,
    TimelineRow,
    TimelineWindow,
)
from tui_inbox.queries.ties import circle
from tui_inbox.store import feeds
from tui_inbox.store.database import Connection
from tui_inbox.store.feeds import Gap, StoredEntry

HOME = Feed(FeedKind.HOME)

_MARKS = {FeedKind.FAVOURITES: "favourite", FeedKind.BOOKMARKS: "saved"}
"""What stands at a post as long as it belongs into one of these feeds (`PostRow.did`)."""


class TimelineSource(Struct, frozen=True):
    """What the Timeline shows: one feed of each account, or of one.

    Attributes:
        account: the one whose feed it is; None where every shown account has its own.
        title: what it is called, one clean line.
    """

    feed: Feed = HOME
    account: int | None = None
    title: str = "everything"

    @property
    def is_home(self) -> bool:
        """Whether it is what the accounts follow, which is kept true whoever looks."""
        return self.feed == HOME

    def accounts(self, scope: Scope) -> tuple[int, ...]:
        """Those of a scope whose feeds are shown."""
        return tuple(one for one in scope.accounts if self.account in (None, one))


EVERYTHING = TimelineSource()


def window(
    db: Connection,
    scope: Scope,
    *,
    now: Millis,
    limit: int = 200,
    older_than: EntryKey | None = None,
    newer_than: EntryKey | None = None,
    around: EntryKey | None = None,
    talk_only: bool = False,
    source: TimelineSource = EVERYTHING,
) -> TimelineWindow:
    """A bounded piece of the timeline, newest first; without a key the newest.

    Pieces that follow each other show each hole once.

    Args:
        scope: whose feeds are laid together; a post that stands in several is shown once.
        now: as in all queries of panes; what stands in a window does not depend on it.
        limit: how many entries at most; holes come on top.
        older_than: the entries directly below this key.
        newer_than: the entries directly above it.
        around: half of the entries above this key, the entry itself and what follows.
        talk_only: only people with whom text went both ways, and the owner.
        source: which feeds.
    """
    shown = viewers(db, scope)
    found = _feeds(db, scope, source)
    authors = _circle_of(db, shown) if talk_only else None
    entries = feeds.window(
        db,
        list(found),
        older_than=older_than,
        newer_than=newer_than,
        around=around,
        limit=limit,
        authors=authors,
    )
    given = older_than or newer_than or around
    top = entries[0].key if entries else given
    bottom = entries[-1].key if entries else given
    at_newest = given is None or not _above(db, found, authors, top)
    at_oldest = not _below(db, found, authors, bottom)
    posts = _post_rows(db, shown, entries)
    rows: list[TimelineRow] = [
        EntryRow(entry.key, entry.seq, row)
        for entry in entries
        if _belongs(row := posts[entry.account, entry.post.id], source)
    ]
    for gap in feeds.gaps(db, list(found)):
        below_top = at_newest or (gap.upper < older_than if older_than else _at_most(gap, top))
        above_bottom = at_oldest or (
            gap.upper > newer_than if newer_than else _at_least(gap, bottom)
        )
        if below_top and above_bottom:
            rows.append(_gap_row(gap, shown[found[gap.feed]]))
    # A hole has the key of the entry at its upper edge and stands directly below it.
    rows.sort(key=lambda row: (row.key, isinstance(row, EntryRow)), reverse=True)
    return TimelineWindow(tuple(rows), at_newest, at_oldest)


def count_newer(
    db: Connection, scope: Scope, key: EntryKey, *, source: TimelineSource = EVERYTHING
) -> int:
    """How many entries stand above a key; counting stops at a thousand."""
    return feeds.count_newer(db, list(_feeds(db, scope, source)), key)


def count_late(
    db: Connection,
    scope: Scope,
    *,
    after_seq: int,
    older_than: EntryKey,
    source: TimelineSource = EVERYTHING,
) -> int:
    """How many entries arrived after `after_seq` and stand below a key."""
    found = list(_feeds(db, scope, source))
    return feeds.count_late(db, found, after_seq=after_seq, older_than=older_than)


def newest_key(db: Connection, scope: Scope) -> EntryKey | None:
    """The key of the newest entry, or None in an empty timeline."""
    newest = feeds.window(db, list(home_feeds(db, viewers(db, scope))), limit=1)
    return newest[0].key if newest else None


def home_feeds(db: Connection, accounts: Collection[int]) -> dict[int, int]:
    """The home feeds of some accounts that have one: local id of the feed to that of the account."""
    return _of(db, accounts, HOME)


def _feeds(db: Connection, scope: Scope, source: TimelineSource) -> dict[int, int]:
    """The feeds that are shown: local id of the feed to that of the account."""
    return _of(
        db, [one for one in viewers(db, scope) if source.account in (None, one)], source.feed
    )


def _of(db: Connection, accounts: Collection[int], feed: Feed) -> dict[int, int]:
    found = ((feeds.find_feed(db, account, feed), account) for account in accounts)
    return {id: account for id, account in found if id is not None}


def _belongs(row: PostRow, source: TimelineSource) -> bool:
    """Whether a post is still what its feed is of. No server tells what was taken back elsewhere."""
    mark = _MARKS.get(source.feed.kind)
    return mark is None or mark in row.did


def _circle_of(db: Connection, shown: Mapping[int, Viewer]) -> frozenset[int]:
    """Everybody the owner talks with, by any of the accounts, and the owner."""
    people = {viewer.owner for viewer in shown.values()}
    for account in shown:
        people.update(person for person, tie in circle(db, account).ties.items() if tie.exchanged)
    return frozenset(people)


def _above(
    db: Connection, homes: Collection[int], authors: frozenset[int] | None, key: EntryKey | None
) -> bool:
    """Whether anything stands above a key."""
    return bool(feeds.window(db, list(homes), newer_than=key, authors=authors, limit=1))


def _below(
    db: Connection, homes: Collection[int], authors: frozenset[int] | None, key: EntryKey | None
) -> bool:
    """Whether anything stands below a key."""
    return bool(feeds.window(db, list(homes), older_than=key, authors=authors, limit=1))


def _at_most(gap: Gap, key: EntryKey | None) -> bool:
    return key is not None and gap.upper <= key


def _at_least(gap: Gap, key: EntryKey | None) -> bool:
    return key is not None and gap.upper >= key


def _post_rows(
    db: Connection, shown: Mapping[int, Viewer], entries: Sequence[StoredEntry]
) -> dict[tuple[int, int], PostRow]:
    """The rows of the entries' posts by (account, post)."""
    rows: dict[tuple[int, int], PostRow] = {}
    for account, viewer in shown.items():
        own = [entry for entry in entries if entry.account == account]
        boosters = {entry.post.id: entry.boosters for entry in own if entry.boosters}
        for id, row in post_rows(
            db, viewer, [entry.post for entry in own], boosters=boosters
        ).items():
            rows[account, id] = row
    return rows


def _gap_row(gap: Gap, viewer: Viewer) -> GapRow:
    return GapRow(gap.id, gap.upper, gap.upper[0], gap.lower[0], viewer.letters, gap.lost)
