"""Conversations that the owner watches: what is new in each, when its server is asked next, and when it ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.core.reading import FilterContext
from tui_inbox.core.watching import Ended, Watch
from tui_inbox.queries import words
from tui_inbox.queries.accounts import Viewer, viewers
from tui_inbox.queries.labels import labels
from tui_inbox.queries.overviews import WatchedCount, WatchedRow
from tui_inbox.queries.post_rows import SOMEBODY, post_rows
from tui_inbox.queries.rows import Scope
from tui_inbox.store import posts, watches
from tui_inbox.store.database import Connection
from tui_inbox.store.posts import StoredPost


def rows(
    db: Connection, scope: Scope, *, now: Millis, zone: tzinfo | None = None
) -> tuple[WatchedRow, ...]:
    """What a scope watches: what has something new first, the latest on top; then what ended by itself.

    Args:
        scope: whose.
        zone: the owner's time zone, None for the machine's.
    """
    zone = zone or words.local_zone(now)
    shown = viewers(db, scope)
    listed = _listed(db, shown)
    new = _new(db, listed)
    found = [
        row
        for one in listed
        if (row := _row(db, shown[one.account], one, new.get(one.id, []), now, zone)) is not None
    ]
    found.sort(key=lambda row: (row.ended, row.new == 0, -row.last_at, row.id))
    return tuple(found)


def count(db: Connection, scope: Scope) -> WatchedCount:
    """How many threads a scope watches, and how many posts in them are new, as long as they are listed."""
    listed = _listed(db, scope.accounts)
    new = _new(db, listed)
    return WatchedCount(
        threads=sum(one.is_on for one in listed),
        new=sum(map(len, new.values())),
        with_new=len(new),
    )


def new_posts(db: Connection, accounts: Iterable[int]) -> list[tuple[int, ...]]:
    """What is new in the threads that some accounts watch: the posts of each thread that has something new."""
    return [tuple(posts) for posts in _new(db, _listed(db, accounts)).values()]


def new_in(db: Connection, account: int, conversation: int) -> tuple[bool, tuple[int, ...]]:
    """Whether an account watches a conversation now, and what is new in it to the owner, in the order of time."""
    watch = watches.watch_of(db, account, posts.current(db, conversation))
    if watch is None or watch.ended is Ended.BY_HAND:
        return False, ()
    return watch.is_on, tuple(_new(db, [watch]).get(watch.id, ()))


def _listed(db: Connection, accounts: Iterable[int]) -> list[Watch]:
    return [one for one in watches.watches(db, accounts) if one.ended is not Ended.BY_HAND]


def _new(db: Connection, listed: Iterable[Watch]) -> dict[int, list[int]]:
    """What is new in each, without what a filter hides in threads."""
    account = {one.id: one.account for one in listed}
    found = watches.unseen(db, account)
    new: dict[int, list[int]] = {}
    for id, unseen in found.items():
        hidden = posts.hidden(db, account[id], unseen, FilterContext.THREAD)
        if left := [post for post in unseen if post not in hidden]:
            new[id] = left
    return new


def _row(
    db: Connection, viewer: Viewer, watch: Watch, new: list[int], now: Millis, zone: tzinfo
) -> WatchedRow | None:
    """None where the account may not see anything of it any more."""
    stored = posts.conversation_posts(db, watch.account, watch.conversation)
    there = [one for one in stored if not one.deleted]
    root = _root(db, watch, stored)
    if root is None:
        return None
    row = post_rows(db, viewer, [root], context=FilterContext.THREAD)[root.id]
    last = there[-1] if there else root
    name = labels(db, watch.account, [last.author]).get(last.author, SOMEBODY).name
    return WatchedRow(
        id=watch.id,
        account=watch.account,
        letters=viewer.letters,
        post=row,
        new=len(new),
        first_new=new[0] if new else None,
        last=last.id,
        last_at=last.post.created_at,
        last_by="you" if last.author == viewer.owner else name,
        next_at=watch.next_at if watch.is_on else None,
        ends_at=watch.ends_at if watch.is_on else None,
        stands=_stands(watch, now, zone),
        trouble=watch.trouble if watch.is_on else "",
        ended=not watch.is_on,
    )


def _root(db: Connection, watch: Watch, stored: list[StoredPost]) -> StoredPost | None:
    """The topmost post of those shown that stands above the one at which watching began."""
    known = {one.id: one for one in stored}
    above = [id for id, _ in watches.path(db, watch.post) if id in known]
    return known[above[0]] if above else (stored[0] if stored else None)


def _stands(watch: Watch, now: Millis, zone: tzinfo) -> str:
    """When its server is asked next and when it ends, or why it has ended, in words."""
    if watch.ended is not None and watch.ended_at is not None:
        why = str(watch.ended)
        if watch.ended is Ended.QUIET:
            why += f" for {words.span(watch.quiet)}"
        return f"ended {words.moment(watch.ended_at, now, zone)}: {why}"
    rest = watch.next_at - now
    next_time = f"asked again in {words.span(rest)}" if rest >= MINUTE else "asked again soon"
    if watch.asked_at is None:
        next_time = "is asked soon"
    ends = words.coming_at(watch.ends_at, now, zone)
    end = f"ends {ends} if nothing comes" if watch.ends_at > now else "ends if nothing has come"
    return f"{next_time} · {end}"
