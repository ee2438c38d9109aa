"""The catch-up screen: what happened while the owner was away, in a handful of lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from tui_inbox.core.conversation import Lane
from tui_inbox.core.moment import Millis
from tui_inbox.priority import phrases
from tui_inbox.queries import words
from tui_inbox.queries.accounts import Viewer, viewers
from tui_inbox.queries.labels import labels
from tui_inbox.queries.lane_order import RANKED, in_order, scores, spoken_in, waiting
from tui_inbox.queries.lanes import placed
from tui_inbox.queries.outbox import FAILED
from tui_inbox.queries.rows import CatchUp, CatchUpLine, Scope
from tui_inbox.queries.timeline import home_feeds
from tui_inbox.store import batches, feeds, outbox, searches
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

    Args:
        scope: whose.
        away_since: when the owner last looked.
        zone: the owner's time zone, None for the machine's.
    """
    zone = zone or words.local_zone(now)
    shown = viewers(db, scope)
    lines = [
        *_waiting(db, shown, now),
        _hits(db, shown),
        *_timeline(db, shown, away_since, zone),
        _failed(db, shown),
    ]
    return CatchUp(away_since, tuple(line for line in lines if line.count))


def _waiting(db: Connection, shown: Mapping[int, Viewer], now: Millis) -> list[CatchUpLine]:
    rows = [row for row in placed(db, list(shown)) if row.answer is None]
    ranked = [row for row in rows if row.lane in RANKED]
    scored = scores(ranked, waiting(db, ranked, spoken_in(db, ranked)), now)
    names = {
        account: labels(
            db, account, [row.item.person for row in ranked if row.item.account == account]
        )
        for account in shown
    }

    def line(lane: Lane, one: str, many: str, goes_to: str) -> CatchUpLine:
        order = in_order(lane, rows, scored)
        people = [names[row.item.account].get(row.item.person) for row in order]
        who = words.listed([label.name for label in people if label])
        return CatchUpLine(len(order), one if len(order) == 1 else many, who, goes_to)

    return [
        line(
            Lane.TALK,
            "person you talk with waits for you",
            "people you talk with wait for you",
            "inbox",
        ),
        line(Lane.NEWCOMERS, "newcomer", "newcomers", "inbox"),
        line(Lane.STRANGERS, "stranger wrote", "strangers wrote", "strangers"),
    ]


def _hits(db: Connection, shown: Mapping[int, Viewer]) -> CatchUpLine:
    unread = searches.unread(db)
    own = [search for search in searches.searches(db) if search.account in shown]
    counts = {search.query: unread.get(search.id, 0) for search in own}
    marked = sum(unread.get(search.id, 0) for search in own if search.marked)
    what = phrases.counted(sum(counts.values()), "search hit").partition(" ")[2]
    return CatchUpLine(
        sum(counts.values()),
        f"{what}, {marked} of them in marked searches" if marked else what,
        words.listed([query for query, count in counts.items() if count]),
        "searches",
    )


def _timeline(
    db: Connection, shown: Mapping[int, Viewer], away_since: Millis, zone: tzinfo
) -> list[CatchUpLine]:
    homes = home_feeds(db, shown)
    owners = {viewer.owner for viewer in shown.values()}
    counts = {
        person: count
        for person, count in batches.posts_by_author_since(db, list(homes), away_since).items()
        if person not in owners
    }
    names = {}
    for account in shown:
        names.update(
            {id: label for id, label in labels(db, account, counts).items() if label.partner}
        )
    friends = sorted(names, key=lambda person: (-counts[person], person))
    told = words.listed([f"{names[person].name} {counts[person]}" for person in friends])
    from_friends = sum(counts[person] for person in friends)
    gaps = feeds.gaps(db, list(homes))
    return [
        CatchUpLine(
            from_friends,
            f"{_posts(from_friends)} from people you talk with",
            told,
            "timeline",
        ),
        CatchUpLine(
            len(gaps),
            "hole left in the timeline" if len(gaps) == 1 else "holes left in the timeline",
            words.listed([_gap(gap, shown[homes[gap.feed]], zone) for gap in gaps]),
            "timeline",
        ),
        CatchUpLine(
            sum(counts.values()) - from_friends,
            f"{_posts(sum(counts.values()) - from_friends)} from the rest",
            "your place is kept",
            "timeline",
        ),
    ]


def _posts(count: int) -> str:
    return "post" if count == 1 else "posts"


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
