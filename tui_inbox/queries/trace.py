"""Why something stands where it stands: the prioritizer's reasons, with the events behind each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from msgspec.structs import replace

from tui_inbox.core.asks import asks_something
from tui_inbox.core.conversation import Lane
from tui_inbox.core.moment import Millis
from tui_inbox.priority import phrases
from tui_inbox.priority.circle import Circle
from tui_inbox.priority.model import Question, Rule, Score, explain, with_rules
from tui_inbox.priority.ranking import Ranked, rank_people
from tui_inbox.priority.tie import Tie
from tui_inbox.priority.trace import (
    Facts,
    behind,
    compare,
    reasons,
    short_reason,
    standing,
)
from tui_inbox.queries import words
from tui_inbox.queries.accounts import Viewer, viewer
from tui_inbox.queries.evidence import Behind
from tui_inbox.queries.exchanges import talk_with
from tui_inbox.queries.identities import ids_of
from tui_inbox.queries.labels import labels
from tui_inbox.queries.lane_order import (
    RANKED,
    in_order,
    scores,
    spoken_in,
    waiting,
)
from tui_inbox.queries.lanes import Placed, placed
from tui_inbox.queries.own_rules import ranked_by_rules, rules_of_people
from tui_inbox.queries.people import candidates
from tui_inbox.queries.post_rows import SOMEBODY
from tui_inbox.queries.reply_card import MONTH, texts_since
from tui_inbox.queries.rows import (
    PeopleSection,
    PersonLabel,
    Scope,
    Trace,
)
from tui_inbox.queries.ties import circle
from tui_inbox.store import accounts, posts
from tui_inbox.store.batches import Spoken
from tui_inbox.store.database import Connection
from tui_inbox.store.own_rules import own_rules

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
    zone: tzinfo | None = None,
) -> Trace | None:
    """Why an inbox item stands where it stands in its lane.

    Args:
        item: local id.
        scope: the accounts whose items stand together; None for all.
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
    facts = waiting(db, lane, spoken, now)
    scored = scores(lane, facts, now)
    order = in_order(row.lane, lane, scored)
    place = next(place for place, one in enumerate(order) if one.item.id == item)
    label = _label(db, eyes.account, row.item.person)
    post = posts.post(db, eyes.account, row.item.post) if row.item.post else None
    question = asks_something(post.post.text) if post and row.item.asks else facts[item].question
    behind_it = Behind(
        db,
        eyes,
        label,
        row.tie,
        talk_with(db, eyes.account, row.item.person),
        ids_of(db, row.item.person),
        own_rules(db),
        row,
        spoken,
    )
    told = Facts(
        tie=row.tie,
        now=now,
        zone=zone,
        exchanges=texts_since(behind_it.talk, now - MONTH),
        item=replace(facts[item], question=question),
        said_here=_said_here(eyes, row, spoken),
    )
    return Trace(
        title=f"Why {label.name} is {_place(place, len(order))} in “{row.lane.lower()}”",
        reasons=tuple(behind_it.row(one, now) for one in reasons(scored[item], told)),
        total=scored[item].points,
        next=_next_item(db, order, place, scored),
        standing=standing(scored[item]),
        before=_item_before(db, order, place, scored),
        place=place + 1,
        count=len(order),
        by_points=row.lane in RANKED,
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
    everybody, rules = circle(db, account), rules_of_people(db)
    ranking = ranked_by_rules(rank_people(everybody, now, Question.WEEK), rules, now)
    if eyes is None or person not in everybody.ties:
        return None
    found = {one.person: one for one in candidates(db, {account: eyes}, now, zone)}
    regulars = {one for one in found if found[one].section is PeopleSection.REGULARS}
    order = [one for one in ranking if person not in regulars or one.key in regulars]
    place = next(place for place, one in enumerate(order) if one.key == person)
    label, tie = _label(db, account, person), everybody.ties[person]
    behind_it = Behind(
        db,
        eyes,
        label,
        tie,
        talk_with(db, account, person),
        ids_of(db, person),
        own_rules(db),
        everybody=everybody,
    )
    neighbours = order[max(0, place - 1) : place + 2]
    scored = {one.key: _week_score(everybody, one, rules, now) for one in neighbours}
    score = scored[person]
    exchanged = texts_since(behind_it.talk, now - MONTH)
    told = Facts(tie, now, zone, exchanged, order[place].order)
    among = "in “regulars”" if person in regulars else "among the people you have to do with"
    trace = Trace(
        title=f"Why {label.name} is {_place(place, len(order))} {among}",
        reasons=tuple(behind_it.row(one, now) for one in reasons(score, told)),
        total=score.points,
        next=_next_person(db, account, scored, order, place),
        standing=standing(score),
        before=_person_before(db, account, scored, order, place),
        place=place + 1,
        count=len(order),
    )
    if person not in found or person in regulars:
        return trace
    return replace(
        trace,
        title=f"Why {label.name} stands in “{found[person].section.lower()}”",
        next=f"these points decide nothing here; by them {_place(place, len(order))} {among}",
        standing=found[person].reason,
        before="",
        by_points=False,
    )


def _week_score(
    everybody: Circle[int], one: Ranked[int], rules: Mapping[int, tuple[Rule, ...]], now: Millis
) -> Score:
    """What a regular stands by, the owner's rules included."""
    score = explain(everybody.ties[one.key], one.order, now, Question.WEEK)
    return with_rules(score, rules.get(one.key, ()), now)


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
        unknown = short_reason(Tie(), 0, now, zone)
        return Trace(title, (), 0, by_time, unknown, by_points=False)
    mark = f"text has {'' if label.partner else 'not '}gone both ways between you: that is the mark"
    return replace(trace, title=title, next=by_time, standing=mark, before="", by_points=False)


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


def _item_before(
    db: Connection, order: Sequence[Placed], place: int, scored: Mapping[int, Score]
) -> str:
    mine = order[place]
    if mine.lane not in RANKED or not place:
        return ""
    other = order[place - 1]
    name = _label(db, other.item.account, other.item.person).name
    return behind(scored[mine.item.id], scored[other.item.id], name)


def _next_person(
    db: Connection,
    account: int,
    scored: Mapping[int, Score],
    order: Sequence[Ranked[int]],
    place: int,
) -> str:
    if place + 1 == len(order):
        return "nobody stands below"
    mine, other = order[place].key, order[place + 1].key
    return compare(scored[mine], scored[other], _label(db, account, other).name)


def _person_before(
    db: Connection,
    account: int,
    scored: Mapping[int, Score],
    order: Sequence[Ranked[int]],
    place: int,
) -> str:
    if not place:
        return ""
    mine, other = order[place].key, order[place - 1].key
    return behind(scored[mine], scored[other], _label(db, account, other).name)


def _label(db: Connection, account: int, person: int) -> PersonLabel:
    return labels(db, account, [person]).get(person, SOMEBODY)


def _place(place: int, count: int) -> str:
    """`first of 3`, `12th of 41`."""
    if place < len(_ORDINALS):
        return f"{_ORDINALS[place]} of {count}"
    return f"{phrases.ordinal(place + 1)} of {count}"
