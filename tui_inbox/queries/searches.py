"""Standing searches with what they found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import TypeAlias

from tui_inbox.core.conversation import ItemState
from tui_inbox.core.coverage import Coverage, state_name
from tui_inbox.core.moment import Millis
from tui_inbox.core.outside import Source
from tui_inbox.core.query_text import QueryError, parse
from tui_inbox.core.reading import FilterContext
from tui_inbox.priority import phrases
from tui_inbox.queries import outside, words
from tui_inbox.queries.accounts import Viewer, viewers
from tui_inbox.queries.post_rows import post_rows
from tui_inbox.queries.questions import is_question
from tui_inbox.queries.rows import HitRow, Scope, SearchRows
from tui_inbox.store import accounts, batches, searches
from tui_inbox.store.batches import Answer
from tui_inbox.store.database import Connection
from tui_inbox.store.posts import StoredPost
from tui_inbox.store.searches import SavedSearch

Hit: TypeAlias = tuple[StoredPost, ItemState]


def view(
    db: Connection,
    scope: Scope,
    *,
    now: Millis,
    limit: int = 30,
    zone: tzinfo | None = None,
) -> tuple[SearchRows, ...]:
    """The standing searches of a scope, in their order, each with its newest open hits.

    Args:
        scope: whose; the hits of a search are answered from the account that owns it.
        limit: how many hits of each search at most; those dealt with are off the plate.
        zone: the owner's time zone, None for the machine's.
    """
    zone = zone or words.local_zone(now)
    shown = viewers(db, scope)
    unread = searches.unread(db)
    heard = {search.id: outside.sources_of(db, search.id) for search in searches.searches(db)}
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
            hits=hit_rows(
                db, shown[search.account], search.id, _open_hits(db, search, limit), now, zone
            ),
        )
        for search in searches.searches(db)
        if search.account in shown
    )


def _open_hits(db: Connection, search: SavedSearch, limit: int) -> list[Hit]:
    """The newest hits that were not dealt with, read in pages."""
    found: list[Hit] = []
    key = None
    while len(found) < limit:
        page = searches.hits(db, search.id, accounts=[search.account], limit=limit, older_than=key)
        found += (hit for hit in page if hit[1].is_open)
        if len(page) < limit:
            break
        key = page[-1][0].post.created_at, page[-1][0].id
    return found[:limit]


def hit_rows(
    db: Connection, viewer: Viewer, search: int, hits: Sequence[Hit], now: Millis, zone: tzinfo
) -> tuple[HitRow, ...]:
    """Posts that a search found as rows, with what is known of answers to those that ask something."""
    stored = [post for post, _ in hits]
    asking = {post.id for post in stored if is_question(post.post.text)}
    rows = post_rows(db, viewer, stored, context=FilterContext.PUBLIC, asking=asking)
    answers: dict[int, list[Answer]] = defaultdict(list)
    for answer in batches.answers_to(db, viewer.account, rows):
        answers[answer.parent].append(answer)
    return tuple(
        HitRow(
            search,
            rows[post.id],
            state,
            _answers(answers[post.id], post.id in asking, now, zone),
        )
        for post, state in hits
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
