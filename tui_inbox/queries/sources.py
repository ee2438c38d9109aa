"""What the Timeline can show besides home: what servers offered when last asked, and what is gathered here."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from tui_inbox.core.post import Feed, FeedKind, TagFeed
from tui_inbox.core.sources import KeptSources, Source
from tui_inbox.core.text import clean_line
from tui_inbox.queries.accounts import Viewer, viewers
from tui_inbox.queries.groups import rows as group_rows
from tui_inbox.queries.rows import Scope
from tui_inbox.queries.timeline import EVERYTHING, LINKS, TimelineSource
from tui_inbox.store import accounts, people
from tui_inbox.store.database import Connection

FIXED = {
    kind: TimelineSource(Feed(kind), title=title)
    for kind, title in (
        (FeedKind.LOCAL, "this server"),
        (FeedKind.FEDERATED, "all known servers"),
        (FeedKind.FAVOURITES, "favourites"),
        (FeedKind.BOOKMARKS, "bookmarks"),
        (FeedKind.DIRECT, "private conversations"),
        (FeedKind.MENTIONS, "mentions of you"),
        (FeedKind.OWN, "your posts"),
    )
} | {FeedKind.HOME: EVERYTHING}
"""Feeds of which each account has one, which are therefore shown for all accounts together."""

LONGEST_TITLE = 200
"""Characters of a title at most."""


class SourceRow(Struct, frozen=True):
    """Something that can be shown, and the letters of the accounts that have it; none where one is shown."""

    source: TimelineSource
    letters: tuple[str, ...]


class LackRow(Struct, frozen=True):
    """Something that an account's server does not offer, in a sentence for the owner."""

    kind: FeedKind
    letters: str
    sentence: str


class SourcesView(Struct, frozen=True):
    """What can be shown and what is lacking, in the servers' order, account by account.

    Attributes:
        unknown: accounts whose server was never asked.
        gathered: what is put together here: links, then groups by name.
    """

    offered: tuple[SourceRow, ...]
    lacking: tuple[LackRow, ...]
    unknown: tuple[int, ...]
    gathered: tuple[SourceRow, ...] = ()


def view(db: Connection, scope: Scope) -> SourcesView:
    """What the accounts of a scope can show. What several have under one name stands once."""
    letters: dict[TimelineSource, tuple[str, ...]] = {}
    lacking: list[LackRow] = []
    unknown: list[int] = []
    for account, viewer in viewers(db, scope).items():
        kept = accounts.get_state(db, account, accounts.SOURCES)
        if kept is None:
            unknown.append(account)
            continue
        sources = KeptSources.parse(kept).sources
        for source in _shown(sources.offered, viewer):
            letters[source] = (*letters.get(source, ()), viewer.letters)
        lacking += [LackRow(one.kind, viewer.letters, one.sentence) for one in sources.lacking]
    rows = tuple(
        SourceRow(one, tuple(mark for mark in marks if mark)) for one, marks in letters.items()
    )
    gathered = (LINKS, *(group.source for group in group_rows(db)))
    return SourcesView(
        rows, tuple(lacking), tuple(unknown), tuple(SourceRow(one, ()) for one in gathered)
    )


READ_FOR_SEARCHES = (FeedKind.LIST, FeedKind.LOCAL, FeedKind.FEDERATED)
"""Timelines that a standing search may have read for it. Of tags and people it says so by naming them."""


def for_searches(db: Connection, account: int) -> tuple[TimelineSource, ...] | None:
    """The timelines of an account that a search may have read for it; None where its server was never asked."""
    kept = accounts.get_state(db, account, accounts.SOURCES)
    if kept is None:
        return None
    offered = KeptSources.parse(kept).sources.offered
    readable = tuple(one for one in offered if one.feed.kind in READ_FOR_SEARCHES)
    (eyes,) = viewers(db, Scope((account,))).values()
    return tuple(_shown(readable, eyes))


def _shown(offered: tuple[Source, ...], viewer: Viewer) -> Iterator[TimelineSource]:
    for one in offered:
        if one.feed.kind is FeedKind.TAG:
            yield TimelineSource(one.feed, title=one.title)
        elif one.feed.kind is FeedKind.LIST:
            yield TimelineSource(one.feed, viewer.account, f"list {one.title}")
        elif one.feed.kind is FeedKind.CUSTOM:
            yield TimelineSource(one.feed, viewer.account, f"feed {one.title}")
        elif one.feed.kind in FIXED:
            yield FIXED[one.feed.kind]


CHOSEN = frozenset({FeedKind.LIST, FeedKind.CUSTOM})
"""Feeds of which an account has several with names of their own."""


class Named(Struct, frozen=True):
    """What was asked for by name. `talk_only`: only people one talks with."""

    source: TimelineSource
    talk_only: bool = False


class NoSuchSource(LookupError):
    """Nothing is called so. `str()` is one sentence that lists what there is."""


_BY_WORD = {
    "everything": Named(EVERYTHING),
    "people": Named(EVERYTHING, talk_only=True),
    "links": Named(LINKS),
    "mentions": Named(FIXED[FeedKind.MENTIONS]),
    "favourites": Named(FIXED[FeedKind.FAVOURITES]),
    "bookmarks": Named(FIXED[FeedKind.BOOKMARKS]),
    "mine": Named(FIXED[FeedKind.OWN]),
    "local": Named(FIXED[FeedKind.LOCAL]),
    "federated": Named(FIXED[FeedKind.FEDERATED]),
}


def named(db: Connection, scope: Scope, text: str) -> Named:
    """What the Timeline shows, by a name that can be typed: a word, `group:NAME`, `list:NAME`, `feed:NAME` or
    `tag:NAME`.

    Of lists that two accounts have under one name it is that of the first.

    Raises:
        NoSuchSource: there is nothing of that name.
    """
    kind, colon, name = text.partition(":")
    if not colon and kind in _BY_WORD:
        return _BY_WORD[kind]
    if kind == "tag":
        try:
            return Named(tag(name))
        except ValueError:
            raise NoSuchSource(_what_there_is(db, scope, text)) from None
    wanted = f"{kind} {clean_line(name)}".casefold()
    for title, source in _titled(db, scope):
        if title.casefold() == wanted:
            return Named(source)
    raise NoSuchSource(_what_there_is(db, scope, text))


def _titled(db: Connection, scope: Scope) -> Iterator[tuple[str, TimelineSource]]:
    """Groups, lists and saved feeds with their titles, which begin with that word."""
    found = view(db, scope)
    for row in (*found.gathered, *found.offered):
        if row.source.group is not None or row.source.feed.kind in CHOSEN:
            yield row.source.title, row.source


def _what_there_is(db: Connection, scope: Scope, text: str) -> str:
    titles = [title.replace(" ", ":", 1) for title, _ in _titled(db, scope)]
    there = ", ".join([*_BY_WORD, "tag:NAME", *dict.fromkeys(titles)])
    return f"There is no {clean_line(text)!r} to show; there are {there}."


def tag(text: str) -> TimelineSource:
    """The posts with a tag, of all accounts; as `TagFeed` reads it, so `choir |singing -karaoke` too.

    Raises:
        ValueError: no tag is named.
    """
    feed = str(TagFeed.parse(clean_line(text, limit=LONGEST_TITLE)))
    return TimelineSource(Feed(FeedKind.TAG, feed), title=f"#{feed}")


def of_person(db: Connection, account: int, person: int) -> TimelineSource | None:
    """What somebody posts, as an account's server shows it; None where that does not know them."""
    known = people.view(db, account, person)
    if known is None or not known.server_id:
        return None
    name, handle = people.names(db, [person])[person]
    return TimelineSource(Feed(FeedKind.PERSON, known.server_id), account, name or f"@{handle}")
