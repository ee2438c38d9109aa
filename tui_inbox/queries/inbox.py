"""The Inbox: who waits for the owner, in lanes, each lane in its order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import tzinfo

from msgspec import Struct

from tui_inbox.core.conversation import ItemState, Lane
from tui_inbox.core.moment import SECOND, Millis
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.reading import FilterContext
from tui_inbox.queries import words
from tui_inbox.queries.accounts import Viewer, viewers
from tui_inbox.queries.labels import labels
from tui_inbox.queries.lane_order import (
    RANKED,
    in_order,
    scores,
    spoken_in,
    waiting,
)
from tui_inbox.queries.lanes import SAME, Placed, is_seeming_stranger, placed
from tui_inbox.queries.post_rows import SOMEBODY, rows_of
from tui_inbox.queries.rows import InboxView, ItemRow, LaneRows, PersonLabel, PostRow, Scope
from tui_inbox.store import batches
from tui_inbox.store.batches import Spoken
from tui_inbox.store.database import Connection
from tui_inbox.store.items import AS_ANOTHER, LAPSED, Item
from tui_inbox.store.outbox import OutboxRow


def view(
    db: Connection,
    scope: Scope,
    *,
    now: Millis,
    zone: tzinfo | None = None,
) -> InboxView:
    """The whole Inbox.

    Args:
        scope: whose.
        zone: the owner's time zone, None for the machine's: at its midnight "Done today" begins.
    """
    zone = zone or words.local_zone(now)
    shown = viewers(db, scope)
    rows = placed(db, list(shown), closed_since=words.midnight(now, zone))
    spoken = spoken_in(db, [row for row in rows if row.lane is not Lane.DONE])
    ranked = [row for row in rows if row.lane in RANKED]
    scored = scores(ranked, waiting(db, ranked, spoken, now), now)
    facts = {
        account: _facts(
            db, viewer, [row.item for row in rows if row.item.account == account], spoken
        )
        for account, viewer in shown.items()
    }
    asking, held = batches.at_door(db, list(shown))
    lanes = tuple(
        LaneRows(
            lane,
            tuple(
                _row(row, shown[row.item.account], facts[row.item.account], now, zone)
                for row in in_order(lane, rows, scored)
            ),
            people=_seeming(rows) if lane is Lane.STRANGERS else 0,
            asking=asking if lane is Lane.STRANGERS else 0,
            held=held if lane is Lane.STRANGERS else 0,
        )
        for lane in Lane
        if lane is not Lane.NONE
    )
    return InboxView(
        lanes=tuple(lane for lane in lanes if not lane.is_empty),
        waiting=_count(rows, Lane.TALK),
        newcomers=_count(rows, Lane.NEWCOMERS),
        strangers=_count(rows, Lane.STRANGERS),
    )


def _seeming(rows: Iterable[Placed]) -> int:
    """How many strangers look like people: with the door at `check` none, for those are newcomers."""
    return len({row.item.person for row in rows if is_seeming_stranger(row)})


def _count(rows: Iterable[Placed], lane: Lane) -> int:
    return sum(row.lane is lane for row in rows)


class _Facts(Struct, frozen=True):
    """What the rows of one account need beside their items."""

    names: Mapping[int, PersonLabel]
    posts: Mapping[int, PostRow]
    spoken: Mapping[tuple[int, int], Sequence[Spoken]]
    own_texts: Mapping[int, str]


def _facts(
    db: Connection,
    viewer: Viewer,
    own: Sequence[Item],
    spoken: Mapping[tuple[int, int], Sequence[Spoken]],
) -> _Facts:
    here = [one for item in own for one in spoken.get((item.account, item.conversation), ())]
    people = {item.person for item in own} | {one.author for one in here}
    return _Facts(
        names=labels(db, viewer.account, people),
        posts=rows_of(
            db,
            viewer,
            [item.post for item in own if item.post is not None],
            context=FilterContext.NOTIFICATIONS,
            asking={item.post for item in own if item.asks and item.post is not None},
        ),
        spoken=spoken,
        own_texts=batches.texts_of(db, {one.post for one in here if one.author == viewer.owner}),
    )


def _row(row: Placed, viewer: Viewer, facts: _Facts, now: Millis, zone: tzinfo) -> ItemRow:
    item = row.item
    post = facts.posts.get(item.post or 0)
    at = item.since if post is None else post.at
    spoken = facts.spoken.get((item.account, item.conversation), ())
    return ItemRow(
        id=item.id,
        account=item.account,
        letters=viewer.letters,
        person=facts.names.get(item.person, SOMEBODY),
        lane=row.lane,
        state=item.state if row.answer is None else ItemState.ANSWERED,
        opening=item.opening,
        asks=item.asks,
        at=at,
        post=post,
        reason=_reason(row, post, now, zone),
        also=_also(spoken, facts.names, {viewer.owner, item.person}),
        before=_before(spoken, viewer.owner, at, facts.own_texts),
        wakes=words.wakes(item.until, item.until_post, item.until_start, now, zone)
        if row.lane is Lane.LATER
        else "",
    )


def _also(
    spoken: Iterable[Spoken], names: Mapping[int, PersonLabel], but: Collection[int]
) -> tuple[PersonLabel, ...]:
    """Others in a conversation, in the order in which they came in."""
    others = dict.fromkeys(one.author for one in spoken if one.author not in but)
    return tuple(names.get(person, SOMEBODY) for person in others)


def _before(
    spoken: Iterable[Spoken], owner: int, at: Millis, texts: Mapping[int, str]
) -> tuple[Millis, str] | None:
    """What the owner said last before a moment."""
    said = [one for one in spoken if one.author == owner and one.at < at]
    return (said[-1].at, words.said(texts.get(said[-1].post, ""))) if said else None


_CLOSED_BY = {
    "reply": "answered",
    "favourite": "closed by a favourite",
    "muted": "muted",
    "deleted": "they deleted it",
    LAPSED: "30 days without an answer of yours",
}


def _reason(row: Placed, post: PostRow | None, now: Millis, zone: tzinfo) -> str:
    if row.answer is not None:
        return answer_words(row.answer, now, zone)
    if row.lane is Lane.DONE and row.item.closed_by == AS_ANOTHER:
        return f"answered as @{post.author.handle}" if post else "answered as another of yours"
    if row.lane is Lane.DONE:
        return _CLOSED_BY.get(row.item.closed_by or "", "done")
    if row.lane is Lane.TALK:
        return ""
    if row.let_in:
        return "let in for this conversation"
    if row.standing.accepted:
        return "let in"
    is_told = row.looks_like_a_person and not row.item.answers_me
    if is_told or (row.lane is Lane.STRANGERS and row.verdict == SAME):
        return row.verdict
    if not row.tie.sent and row.tie.received == 1:
        return "first time"
    return "you follow them" if row.standing.following else ""


def answer_words(answer: OutboxRow, now: Millis, zone: tzinfo) -> str:
    """What becomes of an answer that has not been confirmed yet."""
    match answer.state:
        case OutboxState.HELD:
            left = max(0, answer.release_at - now + SECOND - 1) // SECOND
            return f"your answer leaves in {left} s"
        case OutboxState.SCHEDULED:
            return f"your answer leaves {words.coming(answer.release_at, now, zone)}"
        case OutboxState.SENDING:
            return "your answer is being sent"
        case OutboxState.UNKNOWN:
            return "your answer may not have arrived"
    return "your answer waits in the outbox"
