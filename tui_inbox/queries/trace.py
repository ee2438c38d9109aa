"""Why something stands where it stands: the prioritizer's reasons, with the events behind each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.asks import asks_something
from tui_inbox.core.conversation import Lane
from tui_inbox.core.interaction import Interaction
from tui_inbox.core.moment import Millis
from tui_inbox.priority.model import Question, Score, explain
from tui_inbox.priority.ranking import Ranked, rank_people
from tui_inbox.priority.tie import Tie
from tui_inbox.priority.trace import (
    Evidence,
    Facts,
    Reason,
    compare,
    reasons,
    short_reason,
    standing,
)
from tui_inbox.queries import words
from tui_inbox.queries.accounts import Viewer, viewer
from tui_inbox.queries.exchanges import exchanges
from tui_inbox.queries.labels import labels
from tui_inbox.queries.lane_order import (
    OwnRule,
    in_order,
    scores,
    spoken_in,
    waiting,
)
from tui_inbox.queries.lanes import Placed, placed
from tui_inbox.queries.people import candidates
from tui_inbox.queries.post_rows import SOMEBODY
from tui_inbox.queries.reply_card import MONTH, texts_since
from tui_inbox.queries.rows import (
    Exchange,
    PeopleSection,
    PersonLabel,
    ReasonRow,
    Scope,
    Trace,
)
from tui_inbox.queries.ties import circle
from tui_inbox.store import accounts, ledger, posts
from tui_inbox.store.batches import Spoken
from tui_inbox.store.database import Connection
from tui_inbox.store.items import Item

MOST_EVIDENCE = 30
"""So many events are shown behind a reason."""

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth"),
)
_OTHER_ORDERS = {
    Lane.STRANGERS: "points decide nothing here: strangers stand newest first",
    Lane.LATER: "points decide nothing here: what was put off stands by when it comes back",
    Lane.DONE: "points decide nothing here: what is done stands newest first",
}


def of_item(
    db: Connection,
    item: int,
    *,
    now: Millis,
    scope: Scope | None = None,
    rules: Sequence[OwnRule] = (),
    zone: tzinfo | None = None,
) -> Trace | None:
    """Why an inbox item stands where it stands in its lane.

    Args:
        item: local id.
        scope: the accounts whose items stand together; None for all.
        rules: the user's own rules, as the Inbox was given them.
        zone: the owner's time zone, None for the machine's.

    Returns:
        None when the item stands in no lane (any more).
    """
    zone = zone or words.local_zone(now)
    among = scope.accounts if scope else [account.id for account in accounts.accounts(db)]
    rows = placed(db, among, closed_since=words.midnight(now, zone))
    row = next((one for one in rows if one.item.id == item), None)
    eyes = viewer(db, row.item.account) if row else None
    if row is None or eyes is None:
        return None
    lane = [one for one in rows if one.lane is row.lane]
    spoken = spoken_in(db, lane)
    facts = waiting(db, lane, spoken, rules)
    scored = scores(lane, facts, now)
    order = in_order(row.lane, lane, scored)
    place = next(place for place, one in enumerate(order) if one.item.id == item)
    name = _label(db, eyes.account, row.item.person).name
    post = posts.post(db, eyes.account, row.item.post) if row.item.post else None
    question = asks_something(post.post.text) if post and row.item.asks else facts[item].question
    history = _history(db, eyes, row.item.person)
    told = Facts(
        tie=row.tie,
        now=now,
        zone=zone,
        exchanges=history.in_a_month(now),
        item=replace(facts[item], question=question),
        said_here=_said_here(eyes, row, spoken),
    )
    return Trace(
        title=f"Why {name} is {_place(place, len(order))} in “{row.lane.lower()}”",
        reasons=tuple(
            _reason_row(one, history, row.tie, _thread(db, eyes, row.item, spoken), row.item)
            for one in reasons(scored[item], told)
        ),
        total=scored[item].points,
        next=_next_item(db, order, place, scored),
        standing=standing(scored[item]),
    )


def of_person(
    db: Connection, account: int, person: int, *, now: Millis, zone: tzinfo | None = None
) -> Trace | None:
    """Why somebody stands where they stand in the People pane of an account.

    Regulars stand by points, other sections by what brings people there: of these the points tell how close
    somebody is among all whom the account has to do with.

    Returns:
        None when the account has never had to do with them.
    """
    zone = zone or words.local_zone(now)
    eyes = viewer(db, account)
    everybody = circle(db, account)
    ranking = rank_people(everybody, now, Question.WEEK)
    if eyes is None or person not in everybody.ties:
        return None
    found = {one.person: one for one in candidates(db, {account: eyes}, now, zone)}
    regulars = {one for one in found if found[one].section is PeopleSection.REGULARS}
    order = [one for one in ranking if person not in regulars or one.key in regulars]
    place = next(place for place, one in enumerate(order) if one.key == person)
    history, tie = _history(db, eyes, person), everybody.ties[person]
    score = explain(tie, order[place].order, now, Question.WEEK)
    told = Facts(tie, now, zone, history.in_a_month(now), order[place].order)
    name = _label(db, account, person).name
    among = "in “regulars”" if person in regulars else "among the people you have to do with"
    trace = Trace(
        title=f"Why {name} is {_place(place, len(order))} {among}",
        reasons=tuple(_reason_row(one, history, tie) for one in reasons(score, told)),
        total=score.points,
        next=_next_person(db, account, everybody.ties, order, place, now),
        standing=standing(score),
    )
    if person not in found or person in regulars:
        return trace
    return replace(
        trace,
        title=f"Why {name} stands in “{found[person].section.lower()}”",
        next=f"these points decide nothing here; by them {_place(place, len(order))} {among}",
        standing=found[person].reason,
    )


def of_post(
    db: Connection, account: int, post: int, *, now: Millis, zone: tzinfo | None = None
) -> Trace | None:
    """Why a post in the timeline carries the mark of people one talks with, or does not.

    The timeline itself stands in the order of time, which the trace says in the place of a next one.

    Returns:
        None when there is no such post for this account.
    """
    zone = zone or words.local_zone(now)
    stored = posts.post(db, account, post)
    if stored is None:
        return None
    label = _label(db, account, stored.author)
    title = f"Why {label.name} is {'' if label.partner else 'not '}marked as somebody you talk with"
    by_time = "the timeline stands in the order of time; the mark changes nothing in it"
    trace = of_person(db, account, stored.author, now=now, zone=zone)
    if trace is None:
        return Trace(title, (), 0, by_time, short_reason(Tie(), 0, now, zone))
    return replace(trace, title=title, next=by_time)


class _History(Struct, frozen=True):
    """The talk with a person, newest first: all events, and the newest of them with their texts."""

    events: Sequence[Interaction]
    told: tuple[Exchange, ...]

    def in_a_month(self, now: Millis) -> int:
        """How many texts went either way in the last 30 days."""
        return texts_since(self.events, now - MONTH)


def _history(db: Connection, eyes: Viewer, person: int) -> _History:
    events = ledger.all_with_person(db, eyes.account, person)[::-1]
    talk = [event for event in events if event.kind.is_talk]
    return _History(talk, exchanges(db, eyes, talk[:MOST_EVIDENCE]))


def _said_here(
    eyes: Viewer, row: Placed, spoken: Mapping[tuple[int, int], Sequence[Spoken]]
) -> Millis | None:
    """When the owner last spoke in the conversation without naming its person, after the last text to them."""
    own = [
        one.at
        for one in spoken.get((row.item.account, row.item.conversation), ())
        if one.author == eyes.owner and one.at > row.tie.last_out
    ]
    return max(own, default=None)


def _thread(
    db: Connection,
    eyes: Viewer,
    item: Item,
    spoken: Mapping[tuple[int, int], Sequence[Spoken]],
) -> tuple[Exchange, ...]:
    """What others have said in the conversation since it became the owner's turn, newest first."""
    others = [
        one
        for one in spoken.get((item.account, item.conversation), ())
        if one.at > item.since and one.author not in (eyes.owner, item.person)
    ]
    others = others[-MOST_EVIDENCE:][::-1]
    stored = posts.posts(db, eyes.account, [one.post for one in others])
    names = labels(db, eyes.account, [one.author for one in others])
    return tuple(
        Exchange(
            at=one.at,
            outgoing=False,
            word=f"{names.get(one.author, SOMEBODY).name} wrote",
            text=words.said(stored[one.post].post.text) if one.post in stored else "",
            post=one.post,
        )
        for one in others
    )


def _reason_row(
    reason: Reason,
    history: _History,
    tie: Tie,
    thread: tuple[Exchange, ...] = (),
    item: Item | None = None,
) -> ReasonRow:
    match reason.evidence:
        case Evidence.EXCHANGES:
            behind = history.told
        case Evidence.SENT:
            behind = tuple(one for one in history.told if one.outgoing)
        case Evidence.RECEIVED:
            behind = tuple(
                one for one in history.told if not one.outgoing and one.at > tie.last_out
            )
        case Evidence.ITEM:
            behind = tuple(one for one in history.told if item and one.post == item.post)
        case Evidence.THREAD:
            behind = thread
        case _:
            behind = ()
    return ReasonRow(reason.points, reason.sentence, behind)


def _next_item(
    db: Connection, order: Sequence[Placed], place: int, scored: Mapping[int, Score]
) -> str:
    mine = order[place]
    if mine.lane in _OTHER_ORDERS:
        return _OTHER_ORDERS[mine.lane]
    if place + 1 == len(order):
        return "nobody stands below"
    other = order[place + 1]
    name = _label(db, other.item.account, other.item.person).name
    return compare(scored[mine.item.id], scored[other.item.id], name)


def _next_person(
    db: Connection,
    account: int,
    ties: Mapping[int, Tie],
    ranking: Sequence[Ranked[int]],
    place: int,
    now: Millis,
) -> str:
    if place + 1 == len(ranking):
        return "nobody stands below"
    mine, other = (
        explain(ties[one.key], one.order, now, Question.WEEK) for one in ranking[place : place + 2]
    )
    return compare(mine, other, _label(db, account, ranking[place + 1].key).name)


def _label(db: Connection, account: int, person: int) -> PersonLabel:
    return labels(db, account, [person]).get(person, SOMEBODY)


def _place(place: int, count: int) -> str:
    """`first of 3`, `12th of 41`."""
    if place < len(_ORDINALS):
        return f"{_ORDINALS[place]} of {count}"
    number = place + 1
    ending = (
        "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending} of {count}"
