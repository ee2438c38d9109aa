"""The catch-up screen: what happened while the owner was away, in a handful of lines.

People come first, then conversations, then the rest by author. A post is counted in one line at most: with the person
who waits because of it, else as a hit, else with its conversation, else with its author.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import tzinfo

from msgspec import Struct

from tui_inbox.core.conversation import ItemState, Lane
from tui_inbox.core.moment import Millis
from tui_inbox.priority import phrases
from tui_inbox.queries import outside, watched, words
from tui_inbox.queries.accounts import Viewer, viewers
from tui_inbox.queries.labels import labels
from tui_inbox.queries.lane_order import RANKED, in_order, scores, spoken_in, waiting
from tui_inbox.queries.lanes import Placed, is_seeming_stranger, placed
from tui_inbox.queries.outbox import FAILED
from tui_inbox.queries.overviews import CatchUp, CatchUpLine
from tui_inbox.queries.rows import PersonLabel, Scope
from tui_inbox.queries.timeline import home_feeds
from tui_inbox.store import batches, feeds, items, outbox, searches
from tui_inbox.store.batches import Filed
from tui_inbox.store.database import Connection


def since(
    db: Connection,
    scope: Scope,
    *,
    away_since: Millis,
    now: Millis,
    zone: tzinfo | None = None,
) -> CatchUp:
    """What has come in since a moment, and what waits. Lines that would count nothing are left out.

    Nothing is marked by it.

    Args:
        scope: whose.
        away_since: when the owner last looked.
        zone: the owner's time zone, None for the machine's.
    """
    zone = zone or words.local_zone(now)
    shown = viewers(db, scope)
    rows = placed(db, list(shown))
    hits = _Hits.of(db, shown, rows)
    homes = home_feeds(db, shown)
    owners = {viewer.owner for viewer in shown.values()}
    waits = _told_of(rows) | {(post, None) for post in hits.posts}
    in_watched = _Watched.of(db, shown, {post for post, author in waits if author is None})
    told = waits | {(post, None) for post in in_watched.posts}
    left = [
        one
        for one in batches.filed_since(db, list(homes), owners, away_since)
        if one.author not in owners
        and told.isdisjoint({(one.post, None), (one.conversation, one.author)})
    ]
    names = _Names(db, shown, [one.author for one in left])
    lines = [
        *_waiting(db, shown, rows, now),
        _lapsed(db, shown, away_since),
        _conversations([one for one in left if one.is_own_talk], names),
        hits.line(),
        in_watched.line(),
        *_posts_of([one for one in left if not one.is_own_talk], names),
        _holes(db, homes, shown, zone),
        _failed(db, shown),
    ]
    return CatchUp(away_since, tuple(line for line in lines if line.count))


def _told_of(rows: Sequence[Placed]) -> set[tuple[int, int | None]]:
    """What stands in the lines of people who wait: their posts, and whatever else they wrote in that conversation."""
    waits = [row.item for row in rows if row.lane in _WAIT]
    return {(item.conversation, item.person) for item in waits} | {
        (item.post, None) for item in waits if item.post is not None
    }


# People


_WAIT = {
    Lane.TALK: ("person you talk with waits for you", "people you talk with wait for you", "inbox"),
    Lane.NEWCOMERS: ("newcomer", "newcomers", "newcomers"),
    Lane.STRANGERS: ("stranger", "strangers", "strangers"),
}
"""The lines of people who wait, by lane: of one, of several, and where they lead."""


def _waiting(
    db: Connection, shown: Mapping[int, Viewer], rows: Sequence[Placed], now: Millis
) -> list[CatchUpLine]:
    ranked = [row for row in rows if row.lane in RANKED]
    scored = scores(ranked, waiting(db, ranked, spoken_in(db, ranked), now), now)
    names = _Names(db, shown, [row.item.person for row in ranked])
    lines = []
    for lane, (one, many, goes_to) in _WAIT.items():
        people = dict.fromkeys(row.item.person for row in in_order(lane, rows, scored))
        who = words.listed([names.of(person) for person in people if person in names.known])
        if lane is Lane.STRANGERS:
            lines.append(_strangers(rows, len(people), goes_to))
        else:
            lines.append(CatchUpLine(len(people), one if len(people) == 1 else many, who, goes_to))
    return lines


def _lapsed(db: Connection, shown: Mapping[int, Viewer], away_since: Millis) -> CatchUpLine:
    """What has waited for thirty days and waits no more: said here and among what is done today, then no more."""
    closed = items.items(db, list(shown), states=(ItemState.DONE,), since=away_since)
    people = dict.fromkeys(one.person for one in closed if one.closed_by == items.LAPSED)
    names = _Names(db, shown, list(people))
    text = "text lapsed after 30 days" if len(people) == 1 else "texts lapsed after 30 days"
    who = words.listed([names.of(person) for person in people if person in names.known])
    return CatchUpLine(len(people), text, who, "lapsed")


def _strangers(rows: Sequence[Placed], all_of_them: int, goes_to: str) -> CatchUpLine:
    """How many strangers wrote; where some of them look like people, those, and the others beside them."""
    seeming = len({row.item.person for row in rows if is_seeming_stranger(row)})
    if not seeming:
        wrote = "stranger wrote" if all_of_them == 1 else "strangers wrote"
        return CatchUpLine(all_of_them, wrote, "", goes_to)
    look = "stranger looks like a person" if seeming == 1 else "strangers look like people"
    others = all_of_them - seeming
    more = f"{others} more {'does' if others == 1 else 'do'} not" if others else ""
    return CatchUpLine(seeming, look, more, goes_to)


class _Names:
    """The names of some people, and with whom of them the owner talks by any of the accounts."""

    def __init__(
        self, db: Connection, shown: Mapping[int, Viewer], people: Collection[int]
    ) -> None:
        self.known: dict[int, PersonLabel] = {}
        for account in shown:
            for id, label in labels(db, account, dict.fromkeys(people)).items():
                if id not in self.known or label.partner:
                    self.known[id] = label

    def of(self, person: int) -> str:
        return self.known[person].name

    def is_partner(self, person: int) -> bool:
        return person in self.known and self.known[person].partner


# Conversations and searches


def _conversations(posts: Sequence[Filed], names: _Names) -> CatchUpLine:
    """What went on in conversations of the owner's without anybody waiting for an answer."""
    count = len({one.conversation for one in posts})
    what = "conversation of yours went on" if count == 1 else "conversations of yours went on"
    return CatchUpLine(count, what, words.listed(_by_author(posts, names)), "timeline")


class _Hits(Struct, frozen=True):
    """New hits of the shown searches, each post once, without those that wait in the Inbox anyway.

    Attributes:
        posts: local ids of the posts.
        marked: how many of them a marked search has found.
        queries: the searches that found them.
        first: local id of the first of these searches.
    """

    posts: frozenset[int]
    marked: int
    queries: tuple[str, ...]
    first: int | None

    @classmethod
    def of(cls, db: Connection, shown: Mapping[int, Viewer], rows: Sequence[Placed]) -> _Hits:
        waits = {row.item.post for row in rows if row.lane in _WAIT}
        own = {one.id: one for one in searches.searches(db) if one.account in shown}
        new = [(id, post) for id, post in searches.new_hits(db) if id in own and post not in waits]
        found_by = {id for id, _ in new}
        having = [one for one in own.values() if one.id in found_by]
        return cls(
            posts=frozenset(post for _, post in new),
            marked=len({post for id, post in new if own[id].marked}),
            queries=tuple(dict.fromkeys(outside.title(db, one) for one in having)),
            first=having[0].id if having else None,
        )

    def line(self) -> CatchUpLine:
        what = phrases.counted(len(self.posts), "search hit").partition(" ")[2]
        return CatchUpLine(
            len(self.posts),
            f"{what}, {self.marked} of them in marked searches" if self.marked else what,
            words.listed(self.queries),
            f"search:{self.first}",
        )


class _Watched(Struct, frozen=True):
    """What is new in watched threads, without what is told already.

    Attributes:
        posts: local ids of the posts.
        threads: in how many threads.
    """

    posts: frozenset[int]
    threads: int

    @classmethod
    def of(cls, db: Connection, shown: Collection[int], told: Collection[int]) -> _Watched:
        new = [frozenset(posts) - frozenset(told) for posts in watched.new_posts(db, shown)]
        return cls(posts=frozenset().union(*new), threads=sum(map(bool, new)))

    def line(self) -> CatchUpLine:
        threads = phrases.counted(self.threads, "watched thread")
        count = len(self.posts)
        return CatchUpLine(count, f"new {_posts(count)} in {threads}", "", "watched")


# The rest


def _posts_of(posts: Sequence[Filed], names: _Names) -> list[CatchUpLine]:
    friends = [one for one in posts if names.is_partner(one.author)]
    rest = [one for one in posts if not names.is_partner(one.author)]
    kept = "your place is kept"
    return [
        CatchUpLine(
            len(friends),
            f"{_posts(len(friends))} from people you talk with",
            words.listed(_by_author(friends, names)),
            "timeline",
        ),
        CatchUpLine(
            len(rest),
            f"{_posts(len(rest))} from the rest",
            " · ".join(filter(None, (words.listed(_by_author(rest, names)), kept))),
            "timeline",
        ),
    ]


def _by_author(posts: Sequence[Filed], names: _Names) -> list[str]:
    """Authors with how many of these posts they wrote, the most first."""
    counts = Counter(one.author for one in posts if one.author in names.known)
    order = sorted(counts, key=lambda person: (-counts[person], person))
    return [f"{names.of(person)} {counts[person]}" for person in order]


def _posts(count: int) -> str:
    return "post" if count == 1 else "posts"


def _holes(
    db: Connection, homes: Mapping[int, int], shown: Mapping[int, Viewer], zone: tzinfo
) -> CatchUpLine:
    gaps = feeds.gaps(db, list(homes))
    return CatchUpLine(
        len(gaps),
        "hole left in the timeline" if len(gaps) == 1 else "holes left in the timeline",
        words.listed([_gap(gap, shown[homes[gap.feed]], zone) for gap in gaps]),
        f"gap:{gaps[0].id}" if gaps else "timeline",
    )


def _gap(gap: feeds.Gap, viewer: Viewer, zone: tzinfo) -> str:
    span = f"{words.clock(gap.lower[0], zone)} to {words.clock(gap.upper[0], zone)}"
    return f"{span}, {viewer.letters} only" if viewer.letters else span


def _failed(db: Connection, shown: Mapping[int, Viewer]) -> CatchUpLine:
    count = len(outbox.rows(db, accounts=list(shown), states=FAILED))
    return CatchUpLine(
        count,
        "send needs you" if count == 1 else "sends need you",
        "refused, or not known to have arrived",
        "outbox",
    )
