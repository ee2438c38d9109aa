"""An account's circle: everybody it ever had to do with, and how events change what is known.

Events of one person must come in the order of time; those of different people need not. What comes
late is refused, and the person is replayed from the ledger: a state is always the one a rebuild
would give. What is learnt from whom the owner writes to depends on the order of all: where an event
came after it should have been learnt from, `AccountState.late` says so, until `relearn`.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nlargest
from math import exp2
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct, field

from tui_inbox.core.interaction import InteractionKind
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.priority.leaning import REMEMBERED, learn
from tui_inbox.priority.tie import NEVER, AccountState, Tie
from tui_inbox.priority.weights import LONG_HALF_LIFE, SHORT_HALF_LIFE

_TALK = tuple(kind for kind in InteractionKind if kind.is_talk)
"""A tuple: to hash an enum takes longer than all else that an event needs."""

_SHORT = -1 / SHORT_HALF_LIFE
_LONG = -1 / LONG_HALF_LIFE


class Orderable(Protocol):
    """A name of a person that can be sorted, so that equal scores always come in the same order."""

    def __lt__(self, other: Any, /) -> bool: ...


Key = TypeVar("Key", bound=Orderable)


class Event(Struct, frozen=True, gc=False):
    """One interaction with one person, seen from the account's owner."""

    outgoing: bool
    kind: InteractionKind
    at: Millis


class Circle(Struct, Generic[Key]):
    """The ties of one account, by whatever names its people have: local ids, `PersonRef`.

    Attributes:
        ties: everybody; who was in contact last stands about last.
        latest: the ties of the latest contacts, newest first; only who learns needs it.
    """

    account: AccountState = field(default_factory=AccountState)
    ties: dict[Key, Tie] = field(default_factory=dict)
    latest: list[Tie] = field(default_factory=list)

    def observe(self, person: Key, event: Event) -> bool:
        """Take in one event.

        Returns:
            False if it is older than what is known of this person: nothing was changed, and
            `replay` is due.
        """
        at, ties = event.at, self.ties
        tie = ties.pop(person, None)
        if tie is None:
            tie = Tie()
        elif at < tie.last_out or at < tie.last_in or at < tie.touched:
            ties[person] = tie
            return False
        ties[person] = tie
        if event.kind not in _TALK:
            if event.outgoing:
                tie.touched = at
            return True
        account, latest = self.account, self.latest
        if event.outgoing:
            if at > account.learnt_to:
                self._learn(tie, at)
            elif at < account.learnt_to:
                account.late += 1
            _sent(tie, account, at)
        else:
            if at <= account.learnt_to:
                account.late += 1
            _received(tie, account, at)
        if not latest:
            latest.append(tie)
        elif (newest := latest[0]) is not tie:
            if at > newest.last_in and at > newest.last_out:
                self._put_first(tie)  # nearly always the newest text is told last
            else:
                self._put_in_order(tie)
        return True

    def replay(self, person: Key, events: Iterable[Event]) -> Tie:
        """Make one person's state anew from all their events, and correct the account's counts.

        For events that came late, and for such as were taken back. They may come in any order;
        without any the person is forgotten. What was learnt has to be learnt again (`relearn`).
        """
        account = self.account
        before = self.ties.pop(person, None) or Tie()
        account.asked -= before.asked
        account.answered -= before.answered
        account.late += 1
        tie = Tie()
        for event in sorted(events, key=lambda event: event.at):
            self.ties[person] = tie
            _take(tie, account, event)
        account.last_out = max((t.last_out for t in self.ties.values()), default=NEVER)
        self.look_for_latest()
        return tie

    def relearn(self, history: Iterable[tuple[Key, Event]]) -> None:
        """Learn anew from all events, in the order of time, after some had come late."""
        again = circle_of(history, self.account.learns_from).account
        account = self.account
        account.leaning, account.surprise = again.leaning, again.surprise
        account.learnt_to, account.late = again.learnt_to, 0

    def _learn(self, tie: Tie, at: Millis) -> None:
        account, latest = self.account, self.latest
        account.learnt_to = at
        if latest and at <= max(latest[0].last_in, latest[0].last_out):
            account.late += 1  # others' texts have overtaken it
        elif at >= account.learns_from and tie.last_contact != NEVER:
            learn(account, latest, tie)

    def _put_first(self, tie: Tie) -> None:
        latest = self.latest
        for place, other in enumerate(latest):
            if other is tie:
                del latest[place]
                break
        else:
            del latest[REMEMBERED - 1 :]
        latest.insert(0, tie)

    def _put_in_order(self, tie: Tie) -> None:
        others = [other for other in self.latest if other is not tie]
        self.latest[:] = sorted((tie, *others), key=_recency, reverse=True)[:REMEMBERED]

    def look_for_latest(self) -> None:
        """Make `latest` from `ties`, as for a circle that was stored and is to learn on."""
        known = (tie for tie in self.ties.values() if tie.last_contact != NEVER)
        self.latest = nlargest(REMEMBERED, known, key=_recency)


def circle_of(history: Iterable[tuple[Key, Event]], learns_from: Millis = NEVER) -> Circle[Key]:
    """The circle that all events make, told in the order of time.

    Args:
        learns_from: what is older teaches nothing.
    """
    circle: Circle[Key] = Circle(AccountState(learns_from=learns_from))
    for person, event in history:
        circle.observe(person, event)
    circle.account.late = 0
    return circle


def _recency(tie: Tie) -> tuple[Millis, bool]:
    """At one moment those who wrote stand before those who were written to."""
    return tie.last_contact, tie.wrote_last


def decayed(amount: float, since: Millis, now: Millis, half_life: Millis) -> float:
    """An amount halved every `half_life` from `since` to `now`; unchanged if `now` is earlier."""
    if not amount or now <= since:
        return amount
    return amount * exp2((since - now) / half_life)


def _take(tie: Tie, account: AccountState, event: Event) -> None:
    """Change a person's state by one event, without learning from it.

    Likes, boosts and follows of the owner's only touch; those of others change nothing.
    """
    if event.kind not in _TALK:
        if event.outgoing:
            tie.touched = event.at
    elif event.outgoing:
        _sent(tie, account, event.at)
    else:
        _received(tie, account, event.at)


def _sent(tie: Tie, account: AccountState, at: Millis) -> None:
    since = at - tie.last_out
    if since > 0 and tie.sent_long:
        tie.sent_short = 1 + tie.sent_short * exp2(since * _SHORT)
        tie.sent_long = 1 + tie.sent_long * exp2(since * _LONG)
    else:
        tie.sent_short += 1
        tie.sent_long += 1
    if tie.opened:
        answered = (at - tie.opened <= DAY) + (
            tie.opened_before > 0 and at - tie.opened_before <= DAY
        )
        tie.answered += answered
        account.answered += answered
        tie.opened = tie.opened_before = NEVER
    if at // DAY != tie.last_out // DAY or tie.last_out == NEVER:
        tie.days += 1
    tie.unanswered = 0
    tie.sent += 1
    tie.last_out = at
    if at > account.last_out:
        account.last_out = at


def _received(tie: Tie, account: AccountState, at: Millis) -> None:
    since = at - tie.last_in
    if since > 0 and tie.received_long:
        tie.received_long = 1 + tie.received_long * exp2(since * _LONG)
    else:
        tie.received_long += 1
    if (at // DAY != tie.last_in // DAY or tie.last_in == NEVER) and at >= account.learns_from:
        tie.asked += 1
        account.asked += 1
        tie.opened_before, tie.opened = tie.opened, at
    tie.unanswered += 1
    tie.received += 1
    tie.last_in = at
