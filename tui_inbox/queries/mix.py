"""The mix: how many of the owner's posts were for everybody, for people they talk with, and for somebody new.

Never an answer's reach or anybody's favour: only what the owner did.
"""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from tui_inbox.core.mix import MixKind, MixTarget, kinds
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.queries.accounts import viewers
from tui_inbox.queries.post_rows import rows_of
from tui_inbox.queries.rows import PostRow, Scope
from tui_inbox.store import own_texts
from tui_inbox.store.database import Connection

DAYS = (7, 30)
"""The times that are looked at, in days before now."""


class Share(Struct, frozen=True):
    """One kind of posts in a time.

    Attributes:
        percent: what part it is of all.
        target: what part the owner would like it to be; 0 for nothing.
    """

    kind: MixKind
    posts: int
    percent: int
    target: int = 0


class PeriodMix(Struct, frozen=True):
    """One time, with its shares in their order."""

    days: int
    posts: int
    shares: tuple[Share, ...]


class MixView(Struct, frozen=True):
    """All times, the shortest first."""

    periods: tuple[PeriodMix, ...]


def view(db: Connection, scope: Scope, *, now: Millis, target: MixTarget | None = None) -> MixView:
    """The mix of some accounts together.

    Args:
        scope: whose posts.
        now: the moment until which it is looked at.
        target: what the owner would like.
    """
    target = target or MixTarget()
    wanted = {
        MixKind.BROADCAST: target.broadcast,
        MixKind.CHAT: target.chat,
        MixKind.ENGAGE: target.engage,
    }
    said = _said(db, scope, now)
    periods = []
    for days in DAYS:
        count = Counter(kind for _, _, at, kind in said if at >= now - days * DAY)
        total = count.total()
        shares = tuple(
            Share(kind, count[kind], round(100 * count[kind] / total) if total else 0, wanted[kind])
            for kind in MixKind
        )
        periods.append(PeriodMix(days, total, shares))
    return MixView(tuple(periods))


def posts(
    db: Connection, scope: Scope, kind: MixKind, days: int, *, now: Millis
) -> tuple[PostRow, ...]:
    """The posts of one kind in a time, newest first."""
    wanted = [one for one in _said(db, scope, now) if one[3] is kind and one[2] >= now - days * DAY]
    rows: list[PostRow] = []
    for account, viewer in viewers(db, scope).items():
        ids = [post for whose, post, _, _ in wanted if whose == account]
        rows += rows_of(db, viewer, ids, context=None).values()
    return tuple(sorted(rows, key=lambda row: (row.at, row.id), reverse=True))


def _said(db: Connection, scope: Scope, now: Millis) -> list[tuple[int, int, Millis, MixKind]]:
    """All posts of the longest time, as (account, post, when, kind)."""
    found = []
    for account in viewers(db, scope):
        said = own_texts.said_since(db, account, now - max(DAYS) * DAY)
        people = {person for one in said for person in one.to}
        kind = kinds(said, own_texts.talked_since(db, account, people))
        found += [(account, one.post, one.at, kind[one.post]) for one in said if one.at <= now]
    return found
