"""Keeps relationship states in step with the ledger: constant work for news, a replay for what came late."""

from __future__ import annotations

from collections.abc import Iterator

from tui_inbox.core.changes import Topic
from tui_inbox.core.interaction import Interaction
from tui_inbox.priority.circle import Circle, Event, circle_of
from tui_inbox.priority.tie import AccountState, Tie, UnknownPacking
from tui_inbox.store import accounts, learning, ledger
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Writing
from tui_inbox.sync.turns import Learnt, Owner

LATE_PART = 4
"""One part in so many of an account's events may have come late before it is learnt anew from all of them."""


def load_circle(db: Connection, account: int) -> Circle[int]:
    """The circle of an account as stored.

    Raises:
        UnknownPacking: it was written by another version; `rebuild_ties` makes it anew.
    """
    packed = ledger.ties(db, account)
    own = packed.pop(ledger.OWN_STATE, None)
    circle = Circle(
        account=AccountState.unpack(own) if own else _begun(db, account),
        ties={person: Tie.unpack(state) for person, state in packed.items()},
    )
    circle.look_for_latest()
    return circle


def rebuild_ties(w: Writing, owner: Owner) -> Circle[int]:
    """Make every state of an account anew from its ledger."""
    ledger.clear_ties(w, owner.account)
    circle = circle_of(_history(w.db, owner), learning.begun(w.db, owner.account))
    for person, tie in circle.ties.items():
        ledger.put_tie(w, owner.account, person, tie.pack(), tie.newest)
    _put_own(w, owner, circle)
    return circle


def renew_ties(w: Writing) -> None:
    """Make the states anew that another version of the program has packed; mostly there are none."""
    for account in accounts.accounts(w.db):
        try:
            load_circle(w.db, account.id)
        except UnknownPacking:
            rebuild_ties(w, Owner.of(w.db, account.id))


class Ties:
    """The circles of the accounts that are being synced, kept in memory while they are.

    Used inside write transactions only. When one fails, `forget` drops the circle, and it is loaded again.
    """

    def __init__(self) -> None:
        self._circles: dict[int, Circle[int]] = {}

    def forget(self) -> None:
        """Drop what is in memory; the store has it."""
        self._circles.clear()

    def learn(self, w: Writing, owner: Owner, learnt: Learnt) -> None:
        """Take in what the ledger has just learnt."""
        circle = self._circle(w, owner)
        replayed = set(learnt.corrected)
        known: dict[int, Tie] = {}
        own_text = False
        for interaction in sorted(learnt.fresh, key=_in_ledger_order):
            person, event = _event(interaction, owner)
            newest = event.outgoing and event.kind.is_talk and event.at > circle.account.learnt_to
            own_text = own_text or newest
            if person not in replayed and not circle.observe(person, event):
                replayed.add(person)
            elif person not in replayed:
                known[person] = circle.ties[person]
        for person in replayed:
            events = ledger.all_with_person(w.db, owner.account, person)
            tie = circle.replay(person, [_event(one, owner)[1] for one in events])
            if events:
                known[person] = tie
            else:
                known.pop(person, None)
                ledger.drop_tie(w, owner.account, person)
        if self._is_time_to_relearn(circle, own_text):
            circle.relearn(_history(w.db, owner))
        for person, tie in known.items():
            ledger.put_tie(w, owner.account, person, tie.pack(), tie.newest)
        if known or replayed:
            _put_own(w, owner, circle)

    def _is_time_to_relearn(self, circle: Circle[int], own_text: bool) -> bool:
        """Learning anew reads the whole ledger, so it is not done for each late page of the past.

        It is when the owner has just written, from which something is learnt, and when much has come late.
        """
        late = circle.account.late
        events = sum(tie.sent + tie.received for tie in circle.ties.values()) if late else 0
        return late > 0 and (own_text or late * LATE_PART >= events)

    def _circle(self, w: Writing, owner: Owner) -> Circle[int]:
        circle = self._circles.get(owner.account)
        if circle is None or circle.account.learns_from != learning.begun(w.db, owner.account):
            try:
                circle = load_circle(w.db, owner.account)
            except UnknownPacking:
                circle = rebuild_ties(w, owner)
            if circle.account.learns_from != learning.begun(w.db, owner.account):
                circle = rebuild_ties(w, owner)
            if circle.account.late:
                circle.relearn(_history(w.db, owner))
                _put_own(w, owner, circle)
            self._circles[owner.account] = circle
        return circle


def _begun(db: Connection, account: int) -> AccountState:
    return AccountState(learns_from=learning.begun(db, account))


def _put_own(w: Writing, owner: Owner, circle: Circle[int]) -> None:
    account = circle.account
    ledger.put_tie(w, owner.account, ledger.OWN_STATE, account.pack(), account.last_out)
    w.changed(Topic.PEOPLE, owner.account)


def _history(db: Connection, owner: Owner) -> Iterator[tuple[int, Event]]:
    return (_event(interaction, owner) for interaction in ledger.interactions(db, owner.account))


def _in_ledger_order(one: Interaction) -> tuple[int, str, int, int, str]:
    """As `ledger.interactions` has equal moments, so that a rebuild learns the same."""
    return one.at, one.kind, one.actor, one.target, one.subject


def _event(interaction: Interaction, owner: Owner) -> tuple[int, Event]:
    outgoing = interaction.actor == owner.person
    person = interaction.target if outgoing else interaction.actor
    return person, Event(outgoing, interaction.kind, interaction.at)
