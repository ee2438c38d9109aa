"""Trying a standing search before it is kept: what it would have found in the last days, and where it would look."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta, tzinfo

from msgspec import Struct

from tui_inbox.core.asks import asks_something
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.post import Feed, FeedKind, TagFeed
from tui_inbox.core.query import And, Query, Since
from tui_inbox.core.query_text import parse, unparse
from tui_inbox.core.searching_together import asked_of_every_post
from tui_inbox.core.server_query import Dialect, asking
from tui_inbox.core.text import clean_fragment
from tui_inbox.queries import words
from tui_inbox.queries.accounts import viewer
from tui_inbox.queries.finding import FOUND_HERE, refuse_unknown
from tui_inbox.queries.rows import HitRow
from tui_inbox.queries.searches import hit_rows
from tui_inbox.store import accounts
from tui_inbox.store.database import Connection
from tui_inbox.store.looking import look
from tui_inbox.store.post_rows import StoredPost
from tui_inbox.store.timelines import timelines

MOST_FOUND = 10_000
LONGEST_SECONDS = 10.0
"""A search that finds so many posts, or looks for so long, is left there."""


class OnDay(Struct, frozen=True):
    """How many posts of a day a search finds. `day` is as 2026-11-30 in the owner's calendar, `word` as one says it."""

    day: str
    word: str
    count: int


class Trial(Struct, frozen=True):
    """What a search would have found.

    Attributes:
        query: as it is understood, in the search language.
        account: local id of the account that would own it; its own posts are no hits.
        days: today first.
        found: how many in all; `asking` of them ask something.
        newest: the newest of them.
        looked_to: how far back was looked; None where everything of these days was.
        too_slow: on so many posts a regular expression took too long, which would be no hits.
        asked: what the account's server would be asked for, each as one reads it.
        checked_here: terms that are left out of that, and looked for in what comes.
        not_asked: alternatives that it cannot be asked for.
        every_post: alternatives that name no word, tag or author, and are put to every post that arrives.
    """

    query: str
    account: int
    days: tuple[OnDay, ...]
    found: int
    asking: int
    newest: tuple[HitRow, ...]
    looked_to: Millis | None
    too_slow: int
    asked: tuple[str, ...]
    checked_here: tuple[str, ...]
    not_asked: tuple[str, ...]
    every_post: tuple[str, ...]


class NoSuchViewer(LookupError):
    """The account is not signed in any more."""


def trial(
    db: Connection,
    account: int,
    query: str,
    *,
    now: Millis,
    dialect: Dialect | None,
    days: int = 7,
    examples: int = 5,
    zone: tzinfo | None = None,
    seconds: float = LONGEST_SECONDS,
) -> Trial:
    """Try a search on what is stored; nothing is kept.

    Args:
        account: local id of the account that would own it.
        query: in the search language.
        now: the moment.
        dialect: how its server's search is asked; None where it has none.
        days: so many, today included.
        examples: how many of the newest posts to show.
        zone: the owner's time zone, None for the machine's.
        seconds: how long to look at most.

    Raises:
        QueryError: it is not a query.
        NoSuchViewer: there is no such account.
    """
    zone = zone or words.local_zone(now)
    tree = parse(clean_fragment(query))  # it may have been pasted
    refuse_unknown(db, query, tree)
    eyes = viewer(db, account)
    if eyes is None:
        raise NoSuchViewer(account)
    first = words.local(now, zone).date() - timedelta(days=days - 1)
    last = time.monotonic() + seconds
    looked = look(
        db,
        [account],
        _both(tree, Since(first.isoformat())),
        limit=MOST_FOUND,
        now=now,
        zone=zone,
        enough=lambda examined: time.monotonic() >= last,
        skips_slow=True,
    )
    found = [post for post in looked.posts if post.author != eyes.owner]
    asked = asking(
        tree,
        dialect,
        whose=lambda term: timelines(db, account, term),
        tags_together=accounts.account(db, account).limits.tags_together,
    )
    newest = [(post, ItemState.SEEN) for post in found[:examples]]
    return Trial(
        query=unparse(tree),
        account=account,
        days=tuple(_on_days(found, days, now, zone)),
        found=len(found),
        asking=sum(asks_something(post.post.text) is not None for post in found),
        newest=hit_rows(db, eyes, FOUND_HERE, newest, now, zone),
        looked_to=None if looked.below is None else looked.below.key[0],
        too_slow=looked.skipped,
        asked=tuple(dict.fromkeys(map(_in_words, asked.feeds))),
        checked_here=tuple(map(unparse, asked.checked_here)),
        not_asked=tuple(map(unparse, asked.not_asked)),
        every_post=tuple(map(unparse, asked_of_every_post(tree))),
    )


def _on_days(found: Sequence[StoredPost], days: int, now: Millis, zone: tzinfo) -> Iterator[OnDay]:
    """How many on each of the last days, today first."""
    counts = Counter(words.local(post.post.created_at, zone).date() for post in found)
    today = words.local(now, zone).date()
    for back in range(days):
        day = today - timedelta(days=back)
        yield OnDay(day.isoformat(), words.day(now - back * DAY, now, zone), counts[day])


def _both(tree: Query, since: Since) -> And:
    terms = tree.terms if isinstance(tree, And) else (tree,)
    return And((*terms, since))


def _in_words(feed: Feed) -> str:
    """What a feed is, to somebody who reads it."""
    match feed.kind:
        case FeedKind.SEARCH:
            return f"its search for {feed.argument}"
        case FeedKind.TAG:
            tags = TagFeed.parse(feed.argument)
            either = " or ".join(f"#{name}" for name in (tags.tag, *tags.any))
            with_all = "".join(f" with #{name}" for name in tags.all)
            without = "".join(f" without #{name}" for name in tags.none)
            return f"the timeline of {either}{with_all}{without}"
        case _:
            return "timelines of the people it names"
