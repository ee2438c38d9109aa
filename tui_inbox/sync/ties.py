"""Keeps relationship states in step with the ledger: constant work for news, a replay for what came late."""

from __future__ import annotations

from tui_inbox.core.changes import Topic
from tui_inbox.core.interaction import Interaction
from tui_inbox.priority.circle import Circle, Event
from tui_inbox.priority.tie import AccountState, Tie, UnknownPacking
from tui_inbox.store import ledger
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Writing
from tui_inbox.sync.turns import Learnt, Owner

OWN_STATE = 0
"""The key in the store under which an account's own state stands; no person has the local id 0."""


def load_circle(db: Connection, account: int) -> Circle[int]:
    """The circle of an account as stored.

    Raises:
        UnknownPacking: it was written by another version; `rebuild_ties` makes it anew.
    """
    packed = ledger.ties(db, account)
    own = packed.pop(OWN_STATE, None)
    return Circle(
        account=AccountState.unpack(own) if own else AccountState(),
        ties={person: Tie.unpack(state) for person, state in packed.items()},
    )


def rebuild_ties(w: Writing, owner: Owner) -> Circle[int]:
    """Make every state of an account anew from its ledger."""
    ledger.clear_ties(w, owner.account)
    circle: Circle[int] = Circle()
    newest: dict[int, int] = {}
    for interaction in ledger.interactions(w.db, owner.account):
        person, event = _event(interaction, owner)
        circle.observe(person, event)
        newest[person] = event.at
    for person, tie in circle.ties.items():
        ledger.put_tie(w, owner.account, person, tie.pack(), newest[person])
    ledger.put_tie(w, owner.account, OWN_STATE, circle.account.pack(), circle.account.last_out)
    w.changed(Topic.PEOPLE, owner.account)
    return circle


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
        for interaction in sorted(learnt.fresh, key=lambda interaction: interaction.at):
            person, event = _event(interaction, owner)
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
        for person, tie in known.items():
            ledger.put_tie(w, owner.account, person, tie.pack(), tie.newest)
        if known or replayed:
            ledger.put_tie(
                w, owner.account, OWN_STATE, circle.account.pack(), circle.account.last_out
            )
            w.changed(Topic.PEOPLE, owner.account)

    def _circle(self, w: Writing, owner: Owner) -> Circle[int]:
        circle = self._circles.get(owner.account)
        if circle is None:
            try:
                circle = load_circle(w.db, owner.account)
            except UnknownPacking:
                circle = rebuild_ties(w, owner)
            self._circles[owner.account] = circle
        return circle


def _event(interaction: Interaction, owner: Owner) -> tuple[int, Event]:
    outgoing = interaction.actor == owner.person
    person = interaction.target if outgoing else interaction.actor
    return person, Event(outgoing, interaction.kind, interaction.at)
