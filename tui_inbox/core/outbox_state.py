"""The states of everything that must leave the machine, and what leads from one to the next."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from tui_inbox.core.moment import MINUTE, SECOND, Millis

HOLD: Millis = 10 * SECOND
"""How long a send can be taken back before it leaves."""

POST = "post"
"""The kind of an outbox row that holds a new text."""
EDIT = "edit"
"""The kind of a row that holds what an own post is to become."""
TEXTS = (POST, EDIT)
"""Kinds of rows that hold a draft; every other kind is an `ActKind`."""


class OutboxState(StrEnum):
    """Where a row of the outbox stands."""

    HELD = "held"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    SCHEDULED = "scheduled"  # until its moment, here or at the server
    DISCARDED = "discarded"

    @property
    def is_final(self) -> bool:
        """Whether nothing more happens to the row by itself."""
        return self in (OutboxState.SENT, OutboxState.DISCARDED)


LONGEST_LEAVING: Millis = MINUTE
"""After this long something that should have left is stuck: to say that it leaves would be wishful."""

LEAVING = frozenset({OutboxState.HELD, OutboxState.SENDING})
"""States that end by themselves in a moment."""


class Leaving(Protocol):
    """Something in the outbox, with the moments that say whether it is late."""

    @property
    def state(self) -> OutboxState:
        """Where it stands."""
        ...

    @property
    def release_at(self) -> Millis:
        """It does not leave before this moment."""
        ...

    @property
    def changed_at(self) -> Millis:
        """Since when it stands there."""
        ...


def due_at(row: Leaving) -> Millis:
    """When something should have left: when its hold was over, or when a sender took it."""
    return max(row.release_at, row.changed_at)


def is_stuck(row: Leaving, now: Millis) -> bool:
    """Whether it should have left long ago: then whatever sends has failed, or the server is silent."""
    return row.state in LEAVING and now - due_at(row) > LONGEST_LEAVING


class OutboxEvent(StrEnum):
    """What can happen to a row of the outbox."""

    RELEASED = "released"  # the hold or the schedule is over
    LEASED = "leased"  # a sender took it, on disk before the request leaves
    CONFIRMED = "confirmed"  # the server has it
    REFUSED = "refused"  # the server said a definite no
    PUT_OFF = "put off"  # surely not sent: no line, no budget
    LOST = "lost"  # the request left and no answer came; also a lease found at start
    NOT_FOUND = "not found"  # looked at what the account posted: it is not there
    STOPPED = "stopped"  # the owner took it back
    RETRIED = "retried"  # the owner asks to try again
    PLANNED = "planned"  # the server has it, and posts it at its moment
    FORESTALLED = "forestalled"  # somebody answered the same from elsewhere while it was held
    MISSED = "missed"  # its moment at the server is over, and it was not seen yet


_S, _E = OutboxState, OutboxEvent

_AFTER: dict[OutboxEvent, dict[OutboxState, OutboxState]] = {
    _E.RELEASED: {_S.HELD: _S.WAITING, _S.SCHEDULED: _S.WAITING},
    _E.LEASED: {_S.WAITING: _S.SENDING},
    _E.CONFIRMED: {_S.SENDING: _S.SENT, _S.UNKNOWN: _S.SENT, _S.SCHEDULED: _S.SENT},
    _E.REFUSED: {_S.SENDING: _S.REFUSED},
    _E.PUT_OFF: {_S.SENDING: _S.WAITING},
    _E.LOST: {_S.SENDING: _S.UNKNOWN},
    _E.NOT_FOUND: {_S.UNKNOWN: _S.WAITING},
    _E.STOPPED: dict.fromkeys(
        (_S.HELD, _S.WAITING, _S.SCHEDULED, _S.REFUSED, _S.UNKNOWN), _S.DISCARDED
    ),
    _E.RETRIED: {_S.REFUSED: _S.WAITING, _S.UNKNOWN: _S.WAITING},
    _E.PLANNED: {_S.SENDING: _S.SCHEDULED, _S.UNKNOWN: _S.SCHEDULED},
    _E.FORESTALLED: {_S.HELD: _S.REFUSED},
    _E.MISSED: {_S.SCHEDULED: _S.UNKNOWN},
}


def after(state: OutboxState, event: OutboxEvent) -> OutboxState:
    """The state after an event. Total: an event that means nothing in a state leaves it as it is."""
    return _AFTER[event].get(state, state)
