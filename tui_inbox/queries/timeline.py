"""The timeline: windows on feeds of a scope or on what some people wrote, their holes, and what lies outside."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Audience, Feed, FeedKind
from tui_inbox.core.reading import FilterContext, context_of
from tui_inbox.queries.accounts import Viewer, viewers
from tui_inbox.queries.labels import labels
from tui_inbox.queries.post_rows import post_rows
from tui_inbox.queries.rows import (
    EntryKey,
    EntryRow,
    GapRow,
    PersonLabel,
    PostRow,
    Scope,
    TimelineRow,
    TimelineWindow,
)
from tui_inbox.queries.ties import partners
from tui_inbox.store import batches, feeds, gathered, groups
from tui_inbox.store.database import Connection
from tui_inbox.store.feeds import Gap, StoredEntry
from tui_inbox.store.gathered import Gathered

HOME = Feed(FeedKind.HOME)

_MARKS = {FeedKind.FAVOURITES: "favourite", FeedKind.BOOKMARKS: "saved"}
"""What stands at a post as long as it belongs into one of these feeds (`PostRow.did`)."""

_FOLDING = frozenset(
    {FeedKind.HOME, FeedKind.LIST, FeedKind.TAG, FeedKind.LOCAL, FeedKind.FEDERATED}
)
"""Feeds in which much by one person in a row is folded."""


class TimelineSource(Struct, frozen=True):
    """What the Timeline shows: one feed of each account, or of one; or what is gathered here from all that is stored.

    Attributes:
        feed: which one; of what is gathered, the one that brings more of it.
        account: the one whose feed it is; None where every shown account has its own.
        title: what it is called, one clean line.
        group: local id of the group whose posts are gathered.
        links: whether what the people you talk with point to is gathered.
    """

    feed: Feed = HOME
    account: int | None = None
    title: str = "everything"
    group: int | None = None
    links: bool = False

    @property
    def context(self) -> FilterContext | None:
        """Which filters hold in it."""
        return context_of(self.feed.kind)

    @property
    def is_home(self) -> bool:
        """Whether it is what the accounts follow, which is kept true whoever looks."""
        return self.feed == HOME and not self.is_gathered

    @property
    def is_gathered(self) -> bool:
        """Whether it is put together here, so that no server can be asked for it."""
        return self.group is not None or self.links

    @property
    def folds(self) -> bool:
        """Whether much by one person in a row is folded in it: not where it is theirs that is asked for."""
        return self.group is not None or (not self.links and self.feed.kind in _FOLDING)

    def accounts(self, scope: Scope) -> tuple[int, ...]:
        """Those of a scope whose feeds are shown."""
        return tuple(one for one in scope.accounts if self.account in (None, one))


EVERYTHING = TimelineSource()
LINKS = TimelineSource(title="links", links=True)


class _Reads(Protocol):
    """Reads a piece of what is shown, as `store.feeds.window` does."""

    def __call__(
        self,
        *,
        limit: int,
        older_than: EntryKey | None = None,
        newer_than: EntryKey | None = None,
        around: EntryKey | None = None,
    ) -> list[StoredEntry]: ...


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
    """A bounded piece of the timeline, newest first; without a key the newest. What a filter hides is left out.

    Pieces that follow each other show each hole once.

    Args:
        scope: whose feeds are laid together; a post that stands in several is shown once.
        now: as in all queries of panes; what stands in a window does not depend on it.
        limit: how many entries at most; holes come on top.
        older_than: the entries directly below this key.
        newer_than: the entries directly above it.
        around: half of the entries above this key, the entry itself and what follows.
        talk_only: only what people with whom text went both ways, and the owner, wrote or passed on.
        source: which feeds.
    """
    shown = viewers(db, scope)
    found = _feeds(db, scope, source)
    what = _gathered(db, shown, source) if source.is_gathered else None
    read = _reads(db, shown, found, source, what, talk_only=talk_only)
    entries = read(older_than=older_than, newer_than=newer_than, around=around, limit=limit)
    given = older_than or newer_than or around
    top = entries[0].key if entries else given
    bottom = entries[-1].key if entries else given
    at_newest = given is None or not read(newer_than=top, limit=1)
    at_oldest = not read(older_than=bottom, limit=1)
    posts = _post_rows(db, shown, entries, source.context)
    also = _pointing_too(db, shown, what, entries) if what and what.links else {}
    pinned = {account: batches.pinned(db, account) for account in shown} if source.folds else {}
    rows: list[TimelineRow] = [
        EntryRow(
            entry.key,
            entry.seq,
            row,
            also.get(entry.post.id, ()),
            bringer(entry, row, shown[entry.account].owner, pinned[entry.account]) if pinned else 0,
        )
        for entry in entries
        if _belongs(row := posts[entry.account, entry.post.id], source)
    ]
    for gap in feeds.gaps(db, list(found)):
        if what is not None:  # its upper edge has another key here: below everything of that moment
            gap = replace(gap, upper=(gap.upper[0], ""))
        below_top = at_newest or (gap.upper < older_than if older_than else _at_most(gap, top))
        above_bottom = at_oldest or (
            gap.upper > newer_than if newer_than else _at_least(gap, bottom)
        )
        if below_top and above_bottom:
            rows.append(_gap_row(gap, shown[found[gap.feed]]))
    # A hole has the key of the entry at its upper edge and stands directly below it.
    rows.sort(key=lambda row: (row.key, isinstance(row, EntryRow)), reverse=True)
    latest = feeds.max_seq(db, list(found)) if what is None else gathered.max_seq(db)
    return TimelineWindow(tuple(rows), at_newest, at_oldest, latest)


def bringer(entry: StoredEntry, row: PostRow, owner: int, pinned: Collection[int]) -> int:
    """Whose flood a post may be part of, so that it can be folded among others of theirs; 0 where it is nobody's.

    Never folded are what addresses the owner, what people they talk with wrote, whatever pinned people wrote or passed
    on, and what several people passed on: that is news, whoever else says much.

    Args:
        entry: its place in the feed.
        row: the post as it is shown.
        owner: local id of the person the account belongs to.
        pinned: local ids of the account's pinned people.
    """
    post = entry.post
    if row.mine or row.answers_me or row.author.partner or post.author in pinned:
        return 0
    if owner in post.mentioned or row.audience is Audience.DIRECT or len(entry.boosters) > 1:
        return 0
    by = entry.boosters[0] if entry.boosters else post.author
    return 0 if by in pinned or by == owner else by


def count_newer(
    db: Connection,
    scope: Scope,
    key: EntryKey,
    *,
    talk_only: bool = False,
    source: TimelineSource = EVERYTHING,
) -> int:
    """How many entries stand above a key; counting stops at a thousand."""
    shown = viewers(db, scope)
    if source.is_gathered:
        return gathered.count_newer(db, _gathered(db, shown, source), key)
    authors = _circle_of(db, shown) if talk_only else None
    return feeds.count_newer(
        db, list(_feeds(db, scope, source)), key, authors=authors, context=source.context
    )


def count_late(
    db: Connection,
    scope: Scope,
    *,
    after_seq: int,
    older_than: EntryKey,
    source: TimelineSource = EVERYTHING,
) -> int:
    """How many entries arrived after `after_seq` and stand below a key."""
    if source.is_gathered:
        what = _gathered(db, viewers(db, scope), source)
        return gathered.count_late(db, what, after_seq=after_seq, older_than=older_than)
    found = list(_feeds(db, scope, source))
    return feeds.count_late(
        db, found, after_seq=after_seq, older_than=older_than, context=source.context
    )


def newest_key(db: Connection, scope: Scope) -> EntryKey | None:
    """The key of the newest entry, or None in an empty timeline."""
    homes = list(home_feeds(db, viewers(db, scope)))
    newest = feeds.window(db, homes, limit=1, context=FilterContext.HOME)
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
        people |= partners(db, account)
    return frozenset(people)


def _reads(
    db: Connection,
    shown: Mapping[int, Viewer],
    found: Collection[int],
    source: TimelineSource,
    what: Gathered | None,
    *,
    talk_only: bool,
) -> _Reads:
    """What reads pieces of a source: `what` is gathered, else feeds are laid together."""
    if what is not None:
        return partial(gathered.window, db, what)
    authors = _circle_of(db, shown) if talk_only else None
    return partial(feeds.window, db, list(found), authors=authors, context=source.context)


def _gathered(db: Connection, shown: Mapping[int, Viewer], source: TimelineSource) -> Gathered:
    """Whose posts a source is gathered from."""
    if source.group is not None:
        people = tuple(person for person, _ in groups.members(db, source.group))
    else:
        owners = {viewer.owner for viewer in shown.values()}
        people = tuple(sorted(_circle_of(db, shown) - owners))
    return Gathered(people, tuple(shown), links=source.links)


def _pointing_too(
    db: Connection, shown: Mapping[int, Viewer], what: Gathered, entries: Sequence[StoredEntry]
) -> dict[int, tuple[PersonLabel, ...]]:
    """Who else points to the same, by the post that stands for it."""
    told = gathered.pointing_too(db, what, [entry.post.id for entry in entries])
    people = {person for group in told.values() for person in group}
    names: dict[int, PersonLabel] = {}
    for account in shown if people else ():
        known = labels(db, account, people)
        names |= {id: label for id, label in known.items() if label.partner or id not in names}
    return {post: tuple(names[one] for one in group) for post, group in told.items()}


def _at_most(gap: Gap, key: EntryKey | None) -> bool:
    return key is not None and gap.upper <= key


def _at_least(gap: Gap, key: EntryKey | None) -> bool:
    return key is not None and gap.upper >= key


def _post_rows(
    db: Connection,
    shown: Mapping[int, Viewer],
    entries: Sequence[StoredEntry],
    context: FilterContext | None,
) -> dict[tuple[int, int], PostRow]:
    """The rows of the entries' posts by (account, post)."""
    rows: dict[tuple[int, int], PostRow] = {}
    for account, viewer in shown.items():
        own = [entry for entry in entries if entry.account == account]
        boosters = {entry.post.id: entry.boosters for entry in own if entry.boosters}
        for id, row in post_rows(
            db, viewer, [entry.post for entry in own], context=context, boosters=boosters
        ).items():
            rows[account, id] = row
    return rows


def _gap_row(gap: Gap, viewer: Viewer) -> GapRow:
    return GapRow(gap.id, gap.upper, gap.upper[0], gap.lower[0], viewer.letters, gap.lost)
