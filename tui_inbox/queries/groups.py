"""Groups of the owner's own, and lists of servers, as screens and verbs name them."""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.post import FeedKind
from tui_inbox.core.sources import KeptSources
from tui_inbox.queries.timeline import TimelineSource
from tui_inbox.store import accounts, groups, laid_over
from tui_inbox.store.database import Connection
from tui_inbox.store.groups import Group


class GroupRow(Struct, frozen=True):
    """A group that can be shown or changed.

    Attributes:
        people: how many are in it.
        within: whether the person that is asked about is in it.
    """

    id: int
    name: str
    people: int
    source: TimelineSource
    within: bool = False


def rows(db: Connection, person: int | None = None) -> tuple[GroupRow, ...]:
    """All groups, by name.

    Args:
        person: local id of somebody who may be in some of them.
    """
    sizes = groups.sizes(db)
    theirs = {one.id for one in groups.groups_of(db, person)} if person is not None else set()
    return tuple(
        GroupRow(one.id, one.name, sizes.get(one.id, 0), _source(one), one.id in theirs)
        for one in groups.groups(db)
    )


class ListRow(Struct, frozen=True):
    """A list of the account's server. `within`: the person in question was put on it from here."""

    account: int
    server_id: str
    title: str
    within: bool = False


def lists(db: Connection, account: int, person: int) -> tuple[ListRow, ...]:
    """The lists of an account, as its server last told them, to put somebody on."""
    kept = accounts.get_state(db, account, accounts.SOURCES)
    if kept is None:
        return ()
    told = laid_over.lists_of(db, account, person)
    return tuple(
        ListRow(account, one.feed.argument, one.title, told.get(one.feed.argument, False))
        for one in KeptSources.parse(kept).sources.offered
        if one.feed.kind is FeedKind.LIST
    )


def source_of(db: Connection, group: int) -> TimelineSource | None:
    """What a group's people write, under its present name; None where it was deleted."""
    found = groups.group(db, group)
    return None if found is None else _source(found)


def _source(group: Group) -> TimelineSource:
    return TimelineSource(title=f"group {group.name}", group=group.id)
