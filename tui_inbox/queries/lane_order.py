"""In what order the items of a lane stand, and what the prioritizer has to know of them for that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from tui_inbox.core.conversation import Lane
from tui_inbox.core.moment import Millis
from tui_inbox.priority.model import Item as Waiting
from tui_inbox.priority.model import Score, mention_score
from tui_inbox.queries.lanes import Placed
from tui_inbox.queries.own_rules import rules_of_items
from tui_inbox.store import accounts, batches
from tui_inbox.store.batches import Spoken
from tui_inbox.store.database import Connection

RANKED = (Lane.TALK, Lane.NEWCOMERS)
"""Lanes that stand by priority."""


def spoken_in(db: Connection, rows: Iterable[Placed]) -> dict[tuple[int, int], list[Spoken]]:
    """Who spoke in the conversations of some items, by (account, conversation); oldest first."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        wanted[row.item.account].add(row.item.conversation)
    found: dict[tuple[int, int], list[Spoken]] = defaultdict(list)
    for account, conversations in wanted.items():
        for one in batches.spoken(db, account, conversations):
            found[account, one.conversation].append(one)
    return found


def waiting(
    db: Connection,
    rows: Sequence[Placed],
    spoken: Mapping[tuple[int, int], Sequence[Spoken]],
    now: Millis,
) -> dict[int, Waiting]:
    """What the prioritizer wants to know of some items, by their ids; the owner's rules about them included."""
    owners = {
        account: accounts.owner(db, account) for account in {row.item.account for row in rows}
    }
    facts = {}
    for row in rows:
        item = row.item
        others = {
            one.author
            for one in spoken.get((item.account, item.conversation), ())
            if one.at > item.since
        }
        facts[item.id] = Waiting(
            question="" if item.asks else None,
            only_thanks=item.thanks,
            waiting_since=item.since,
            other_speakers=len(others - {owners[item.account], item.person}),
        )
    for id, rules in rules_of_items(db, rows, facts, now).items():
        facts[id] = replace(facts[id], rules=rules)
    return facts


def scores(rows: Iterable[Placed], facts: Mapping[int, Waiting], now: Millis) -> dict[int, Score]:
    """The place of each item among others, by its id."""
    return {row.item.id: mention_score(row.tie, facts[row.item.id], now) for row in rows}


def in_order(lane: Lane, rows: Iterable[Placed], scored: Mapping[int, Score]) -> list[Placed]:
    """The items of one lane in their order.

    People one talks with and newcomers stand by priority, strangers and what is closed newest first, what was
    put off by the moment it comes back.
    """
    own = [row for row in rows if row.lane is lane]
    match lane:
        case Lane.TALK | Lane.NEWCOMERS:
            own.sort(key=lambda row: (row.item.since, row.item.id))
            own.sort(
                key=lambda row: (scored[row.item.id].points, row.tie.last_contact), reverse=True
            )
        case Lane.LATER:
            own.sort(key=lambda row: (row.item.until is None, row.item.until or 0, row.item.id))
        case Lane.DONE:
            own.sort(key=lambda row: (_dealt_with(row), row.item.id), reverse=True)
        case _:
            own.sort(key=lambda row: (row.item.since, row.item.id), reverse=True)
    return own


def _dealt_with(row: Placed) -> Millis:
    """When the owner was done with an item; one that is being answered since the answer was sent."""
    return row.item.changed_at if row.answer is None else row.answer.created_at
