"""Which lane every inbox item stands in.

Shared by the Inbox, the status bar's glance, the People pane, `n` and the traces, so that they agree. A status bar
asks every few seconds: what orders the lanes stands in `lane_order.py`, and is not loaded for counting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from tui_inbox.core.conversation import ItemState, Lane, lane_of, relation_of
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import Millis
from tui_inbox.core.outbox_state import POST, OutboxState
from tui_inbox.core.reading import FilterContext
from tui_inbox.priority.tie import Tie
from tui_inbox.queries.ties import ties_with
from tui_inbox.store import accounts, batches, identities, items, outbox, people, post_reading
from tui_inbox.store.batches import Standing
from tui_inbox.store.database import Connection
from tui_inbox.store.items import Item
from tui_inbox.store.outbox import OutboxRow

OPEN = (ItemState.NEW, ItemState.SEEN)
CLOSED = (ItemState.ANSWERED, ItemState.DONE)
PERSON = "looks like a person"
"""`core.findings.Verdict.PERSON`; counting loads no more of the check."""
SAME = "sends everyone the same"
"""`core.findings.Verdict.SAME`."""
ON_ITS_WAY = (
    OutboxState.HELD,
    OutboxState.SCHEDULED,
    OutboxState.WAITING,
    OutboxState.SENDING,
    OutboxState.UNKNOWN,
)


class Placed(Struct, frozen=True):
    """An item in its lane.

    Attributes:
        tie: the relationship with its person, all zero where there is none.
        standing: whether the account follows its person, or has let them in for ever.
        let_in: its person was let in for this conversation only.
        verdict: what the stranger check found of its person; empty where nobody has looked.
        answer: an answer of the owner's that has not been confirmed yet. The item stands where it will stand when it
            is, so that every count and every list says the same; should it be stopped or refused, it waits again.
    """

    item: Item
    lane: Lane
    tie: Tie
    standing: Standing
    let_in: bool = False
    answer: OutboxRow | None = None
    verdict: str = ""

    @property
    def looks_like_a_person(self) -> bool:
        """Whether the stranger check says so."""
        return self.verdict == PERSON


def is_seeming_stranger(row: Placed) -> bool:
    """Whether somebody looks like a person and stands among strangers all the same: the door is closed to them."""
    return row.lane is Lane.STRANGERS and row.looks_like_a_person


def placed(
    db: Connection, among: Sequence[int], *, closed_since: Millis | None = None
) -> list[Placed]:
    """The items of some accounts that stand in a lane.

    Args:
        among: local ids of accounts.
        closed_since: also those closed since then.
    """
    found = items.items(db, among, states=(*OPEN, ItemState.LATER))
    if closed_since is not None:
        found += items.items(db, among, states=CLOSED, since=closed_since)
    let_in = batches.let_in(db, [item.id for item in found])
    answers = _answers(db)
    rows: list[Placed] = []
    for account in among:
        own = [item for item in found if item.account == account]
        rows += _place(db, account, own, let_in, answers)
    return [row for row in rows if row.lane is not Lane.NONE]


def _place(
    db: Connection,
    account: int,
    own: Sequence[Item],
    let_in: set[int],
    answers: Mapping[tuple[int, int, int], OutboxRow],
) -> list[Placed]:
    together = identities.owners_together(db, account) if answers else {}
    who = {item.person for item in own}
    ties, standings = ties_with(db, account, who), batches.standings(db, account, who)
    door = accounts.door(db, account)
    verdicts = batches.verdicts(db, account, who)
    opened_by = [item.post for item in own if item.post is not None]
    hidden = post_reading.hidden(db, account, opened_by, FilterContext.NOTIFICATIONS)
    rows = []
    for item in own:
        tie = ties.get(item.person) or Tie()
        standing = standings.get(item.person) or Standing()
        relation = relation_of(
            exchanged=tie.exchanged,
            accepted=item.id in let_in or standing.accepted,
            following=standing.following,
            answers_my_post=item.answers_me,
            looks_like_a_person=verdicts.get(item.person) == PERSON,
            door=door,
        )
        lane = lane_of(item.state, item.turn, relation)
        if item.state.is_open and (standing.silenced or item.post in hidden):
            lane = Lane.NONE  # what reaches the store of them by other ways opens nothing
        answer = _answer(item, (account, *together), answers) if item.state.is_open else None
        if answer is not None and lane is not Lane.NONE:
            lane = Lane.DONE
        verdict = verdicts.get(item.person, "")
        rows.append(Placed(item, lane, tie, standing, item.id in let_in, answer, verdict))
    return rows


def _answer(
    item: Item, accounts: Iterable[int], answers: Mapping[tuple[int, int, int], OutboxRow]
) -> OutboxRow | None:
    """The answer to an item that is on its way, from whichever account of the owner's one identity."""
    found = (answers.get((account, item.conversation, item.person)) for account in accounts)
    return next((row for row in found if row is not None), None)


def _answers(db: Connection) -> dict[tuple[int, int, int], OutboxRow]:
    """Answers that have not been confirmed, by account, conversation and each person they are for."""
    rows = [
        row
        for row in outbox.rows(db, states=ON_ITS_WAY)
        if row.kind == POST and row.post is not None
    ]
    if not rows:
        return {}
    parents = {row.post for row in rows if row.post is not None}
    conversations = batches.conversations_of(db, parents)
    authors = batches.authors_of(db, parents)
    return {
        (row.account, conversations[parent], person): row
        for row in rows
        if (parent := row.post) in conversations
        for person in {authors[parent], *_named(db, row)}
    }


def _named(db: Connection, row: OutboxRow) -> list[int]:
    """Whom a text of the owner's names, as far as they are known."""
    names = (
        word[1:].rstrip(".,:;!?)")
        for word in Draft.from_json(row.content).text.split()
        if word[0] == "@"
    )
    found = (people.find_by_handle(db, name) for name in names)
    return [person for person in found if person is not None]
