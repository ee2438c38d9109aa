"""An account's circle: everybody it ever had to do with, and how events change what is known.

Events of one person must come in the order of time; those of different people need not. What comes
late is refused, and the person is replayed from the ledger: a state is always the one a rebuild
would give.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp2
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from msgspec import Struct, field

from tui_inbox.core.interaction import InteractionKind
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.priority.tie import NEVER, AccountState, Tie
from tui_inbox.priority.weights import (
    SENT_LONG_HALF_LIFE,
    SENT_SHORT_HALF_LIFE,
    TURNS_HALF_LIFE,
)


class Orderable(Protocol):
    """A name of a person that can be sorted, so that equal scores always come in the same order."""

    def __lt__(self, other: Any, /) -> bool: ...


Key = TypeVar("Key", bound=Orderable)


class Event(NamedTuple):
    """One interaction with one person, seen from the account's owner."""

    outgoing: bool
    kind: InteractionKind
    at: Millis


class Circle(Struct, Generic[Key]):
    """The ties of one account, by whatever names its people have: local ids, `PersonRef`."""

    account: AccountState = field(default_factory=AccountState)
    ties: dict[Key, Tie] = field(default_factory=dict)

    def observe(self, person: Key, event: Event) -> bool:
        """Take in one event.

        Returns:
            False if it is older than what is known of this person: nothing was changed, and
            `replay` is due.
        """
        tie = self.ties.get(person)
        if tie is None:
            tie = self.ties[person] = Tie()
        elif event.at < tie.newest:
            return False
        observe(tie, self.account, outgoing=event.outgoing, kind=event.kind, at=event.at)
        return True

    def replay(self, person: Key, events: Iterable[Event]) -> Tie:
        """Make one person's state anew from all their events, and correct the account's counts.

        For events that came late, and for such as were taken back. They may come in any order;
        without any the person is forgotten.
        """
        before = self.ties.pop(person, None) or Tie()
        self.account.turns -= before.turns
        self.account.answered -= before.answered
        tie = Tie()
        for event in sorted(events, key=lambda event: event.at):
            self.ties[person] = tie
            observe(tie, self.account, outgoing=event.outgoing, kind=event.kind, at=event.at)
        self.account.last_out = max((t.last_out for t in self.ties.values()), default=NEVER)
        return tie


def decayed(amount: float, since: Millis, now: Millis, half_life: Millis) -> float:
    """An amount halved every `half_life` from `since` to `now`; unchanged if `now` is earlier."""
    if not amount or now <= since:
        return amount
    return amount * exp2((since - now) / half_life)


def observe(
    tie: Tie, account: AccountState, *, outgoing: bool, kind: InteractionKind, at: Millis
) -> None:
    """Change a person's and their account's state by one event, in constant time.

    Likes, boosts and follows of the owner's only touch; those of others change nothing.

    Args:
        tie: the person's state; `at` is not before its `newest`.
        account: the state of the account they are known to.
        outgoing: the owner did it, to them.
        at: when it was done.
    """
    if not kind.is_talk:
        if outgoing:
            tie.touched = at
    elif outgoing:
        _sent(tie, account, at)
    else:
        _received(tie, account, at)


def _sent(tie: Tie, account: AccountState, at: Millis) -> None:
    if tie.last_in > tie.last_out:
        _turned(tie, at)
    tie.sent_short = 1 + decayed(tie.sent_short, tie.last_out, at, SENT_SHORT_HALF_LIFE)
    tie.sent_long = 1 + decayed(tie.sent_long, tie.last_out, at, SENT_LONG_HALF_LIFE)
    if tie.unanswered and at - tie.last_in <= DAY:
        tie.answered += 1
        account.answered += 1
    if tie.last_out == NEVER or at // DAY != tie.last_out // DAY:
        tie.days += 1
    tie.unanswered = 0
    tie.sent += 1
    tie.last_out = at
    account.last_out = max(account.last_out, at)


def _received(tie: Tie, account: AccountState, at: Millis) -> None:
    if tie.last_out > tie.last_in:
        _turned(tie, at)
    if not tie.unanswered:
        tie.turns += 1
        account.turns += 1
    tie.unanswered += 1
    tie.received += 1
    tie.last_in = at


def _turned(tie: Tie, at: Millis) -> None:
    tie.turns_decayed = 1 + decayed(tie.turns_decayed, tie.last_turn, at, TURNS_HALF_LIFE)
    tie.last_turn = at
