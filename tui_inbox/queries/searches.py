"""Standing searches with what they found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import TypeAlias

from msgspec.structs import replace

from tui_inbox.core.conversation import ItemState
from tui_inbox.core.coverage import Coverage, state_name
from tui_inbox.core.moment import Millis, to_datetime
from tui_inbox.core.outside import Source
from tui_inbox.core.query_text import QueryError, parse
from tui_inbox.core.reading import FilterContext
from tui_inbox.priority import phrases
from tui_inbox.queries import outside, words
from tui_inbox.queries.accounts import Viewer, viewers
from tui_inbox.queries.hit_groups import ROWS, HitGroup, groups_of
from tui_inbox.queries.post_rows import post_rows
from tui_inbox.queries.questions import is_question
from tui_inbox.queries.rows import HitRow, Scope, SearchRows
from tui_inbox.store import accounts, batches, hits, posts, searches
from tui_inbox.store.batches import Answer
from tui_inbox.store.database import Connection
from tui_inbox.store.posts import StoredPost
from tui_inbox.store.searches import SavedSearch

MOST_WAITING = 10
"""So many hits that are put off are shown below the others; all are counted."""

Found: TypeAlias = tuple[StoredPost, ItemState]


def view(
    db: Connection,
    scope: Scope,
    *,
    now: Millis,
    limit: int = ROWS,
    zone: tzinfo | None = None,
    only: int | None = None,
) -> tuple[SearchRows, ...]:
    """The standing searches of a scope, in their order, each with its newest open hits.

    Args:
        scope: whose; the hits of a search are answered from the account that owns it.
        limit: how many rows of each search at most; hits dealt with are off the plate.
        zone: the owner's time zone, None for the machine's.
        only: id of the one search that is wanted; None for all of them.
    """
    zone = zone or words.local_zone(now)
    shown = viewers(db, scope)
    unread, later = searches.unread(db), hits.put_off(db)
    passed = hits.passed(db, to_datetime(now).astimezone(zone).date().toordinal())
    wanted = [search for search in searches.searches(db) if only in (None, search.id)]
    heard = {search.id: outside.sources_of(db, search.id) for search in wanted}
    return tuple(
        SearchRows(
            id=search.id,
            query=search.query,
            account=search.account,
            letters=shown[search.account].letters,
            marked=search.marked,
            unread=unread.get(search.id, 0),
            coverage=_coverage(db, search, heard[search.id], now, zone),
            sources=outside.source_rows(heard[search.id]),
            hits=_rows_of(db, shown[search.account], search, limit, now, zone),
            asks_only=search.asks_only,
            later=later.get(search.id, 0),
            waiting=_waiting(db, shown[search.account], search, now, zone)
            if search.id in later
            else (),
            passed=passed.get(search.id, 0),
        )
        for search in wanted
        if search.account in shown
    )


def _rows_of(
    db: Connection, viewer: Viewer, search: SavedSearch, limit: int, now: Millis, zone: tzinfo
) -> tuple[HitRow, ...]:
    """The newest open hits, each text once."""
    groups = groups_of(db, search, limit)
    found = [(post, hit.state) for group in groups for hit, post in (group.first, *group.copies)]
    read = hit_rows(db, viewer, search.id, found, now, zone, all_ask=search.asks_only)
    rows = {row.post.id: row for row in read}
    return tuple(_one_row(group, rows) for group in groups)


def _waiting(
    db: Connection, viewer: Viewer, search: SavedSearch, now: Millis, zone: tzinfo
) -> tuple[HitRow, ...]:
    """Hits that are put off, each by itself."""
    kept = hits.later_hits(db, search.id, MOST_WAITING)
    stored = posts.posts(db, viewer.account, [hit.post for hit in kept])
    found = [
        (post, hit.state)
        for hit in kept
        if (post := stored.get(hit.post)) is not None and not post.deleted
    ]
    rows = {row.post.id: row for row in hit_rows(db, viewer, search.id, found, now, zone)}
    return tuple(
        replace(
            rows[hit.post],
            alone=True,
            wakes=words.wakes(hit.until, hit.until_post, hit.until_start, now, zone),
        )
        for hit in kept
        if hit.post in rows
    )


def _one_row(group: HitGroup, rows: Mapping[int, HitRow]) -> HitRow:
    """The row for those who say the same."""
    first = rows[group.first[1].id]
    copies = [replace(rows[post.id], alone=True) for _, post in group.copies]
    also = dict.fromkeys(row.post.author for row in copies)
    return replace(
        first,
        state=ItemState.NEW if group.is_new else first.state,
        also=tuple(one for one in also if one.id != first.post.author.id),
        copies=tuple(copies),
        more=group.more,
    )


def hit_rows(
    db: Connection,
    viewer: Viewer,
    search: int,
    found: Sequence[Found],
    now: Millis,
    zone: tzinfo,
    *,
    all_ask: bool = False,
) -> tuple[HitRow, ...]:
    """Rows of what was found. `all_ask`: the owner's rules say of each that it looks for something."""
    stored = [post for post, _ in found]
    asking = {post.id for post in stored if all_ask or is_question(post.post.text)}
    rows = post_rows(db, viewer, stored, context=FilterContext.PUBLIC, asking=asking)
    answers: dict[int, list[Answer]] = defaultdict(list)
    authors = {post.id: post.author for post in stored}
    for answer in batches.answers_to(db, viewer.account, rows):
        if answer.author != authors[answer.parent]:  # who goes on speaking answers nobody
            answers[answer.parent].append(answer)
    return tuple(
        HitRow(
            search,
            rows[post.id],
            state,
            _answers(answers[post.id], post.id in asking, now, zone),
        )
        for post, state in found
    )


def _answers(answers: Sequence[Answer], asks: bool, now: Millis, zone: tzinfo) -> str:
    """What is known of answers. Threads are incomplete on federated networks, so "seen" is all one can say."""
    if not answers:
        return "no answer seen" if asks else ""
    last = phrases.last(answers[-1].at, now, zone)
    if len(answers) == 1:
        return f"1 answer, {last}"
    return f"{len(answers)} answers, the last {last}"


def _coverage(
    db: Connection, search: SavedSearch, heard: Sequence[Source], now: Millis, zone: tzinfo
) -> str:
    """Where a search looks: at what reaches the account anyway, what its server was asked, and sources outside."""
    try:
        if search.query:
            parse(search.query)
    except QueryError as error:
        return f"this query cannot be read any more: {error}"
    kept = accounts.get_state(db, search.account, state_name(search.id))
    known = Coverage.parse(kept) if kept is not None else None
    if search.outside_only:
        return " · ".join(outside.source_words(heard, now, zone))
    parts = ["what reaches this account", *outside.source_words(heard, now, zone)]
    if known is not None and known.query == search.query:
        parts += _of_server(known, now, zone)
    return " · ".join(parts)


def _of_server(known: Coverage, now: Millis, zone: tzinfo) -> Iterator[str]:
    """What the server was asked, or why it was not."""
    people = "an account’s timeline" if known.people == 1 else f"{known.people} accounts’ timelines"
    asked = [
        word
        for word, count in (
            ("server search", known.searches),
            ("tags", known.tags),
            (people, known.people),
        )
        if count
    ]
    if known.refusal:
        yield f"the server does not answer: {known.refusal.rstrip('.')}"
    elif asked and known.asked_at is not None:
        yield f"{words.enumerated(asked)}, {phrases.last(known.asked_at, now, zone)}"
    if known.checked_here:
        yield f"checked here: {' '.join(known.checked_here)}"
    if known.by_word is False and not known.feeds:
        yield "this server has no full-text search"
    elif known.not_asked:
        yield f"not asked there: {' OR '.join(known.not_asked)}"
