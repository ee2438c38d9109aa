"""What an error, a lost answer or an end of the program means: for a row of the outbox, and for a line."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

from msgspec import Struct

from tui_inbox.core.moment import MINUTE, SECOND, Millis
from tui_inbox.core.outbox_state import POST, OutboxEvent
from tui_inbox.core.ports import (
    AnswerLost,
    NetworkError,
    Refused,
    SignedOut,
    Throttled,
    Unreachable,
)
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.sync.looking import SKEW

MOST_FAILURES = 6
"""How often an act may fail, for no lack of a line, before the owner is asked what becomes of it."""


class Meaning(Struct, frozen=True):
    """What an error means for a row.

    Attributes:
        release_at: it does not leave before this moment.
        no_line: nothing else of the account gets through before that, either.
        never_left: no request for it has arrived, not even an earlier one.
    """

    event: OutboxEvent
    release_at: Millis
    no_line: bool = False
    never_left: bool = False


class Failures:
    """Counts how often each row has failed, while the program runs."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()

    def meaning(
        self,
        row: OutboxRow,
        error: NetworkError,
        now: Millis,
        *,
        never_left: bool,
        plan_at: Millis | None,
    ) -> Meaning:
        """What an error means for a row that was being sent.

        Args:
            never_left: whether no request for it had left before this one.
            plan_at: the moment of the plan that it takes back; None where it does not, or where that is not known.
        """
        later = now + back_off(row.tries)
        match error:
            case AnswerLost():
                return Meaning(self.after_loss(row), later)
            case Throttled(until=until):
                return Meaning(_put_off(row, never_left), until, never_left=never_left)
            case Unreachable() | SignedOut():
                event = _put_off(row, never_left)
                return Meaning(event, later, no_line=True, never_left=never_left)
            case Refused(gone=True) if not never_left and plan_at and now + SKEW < plan_at:
                # by the request whose answer was lost: the server cannot have posted it yet
                return Meaning(OutboxEvent.CONFIRMED, later)
            case _:
                return Meaning(OutboxEvent.REFUSED, later)

    def after_loss(self, row: OutboxRow) -> OutboxEvent:
        """What becomes of a row that left, or was about to, and of which nothing more is known.

        An act, an edit or an upload can be repeated without harm, though not for ever; only a new text might be there
        twice, once it has left.
        """
        if row.kind == POST and row.first_try_at is not None:
            return OutboxEvent.LOST
        self._counts[row.id] += 1
        if self._counts[row.id] < MOST_FAILURES:
            return OutboxEvent.PUT_OFF
        del self._counts[row.id]
        return OutboxEvent.REFUSED


def _put_off(row: OutboxRow, never_left: bool) -> OutboxEvent:
    """What it means that a request has surely not arrived: an earlier one of the same text may have, and by the time
    there is a line again its key may be forgotten."""
    may_be_there = row.kind == POST and not never_left
    return OutboxEvent.LOST if may_be_there else OutboxEvent.PUT_OFF


def back_off(tries: int, jitter: Callable[[], float] = random.random) -> Millis:
    """How long to wait after that many tries: 2 s doubling to 2 min, spread by a quarter."""
    wait = min(2 * SECOND * 2 ** min(tries, 10), 2 * MINUTE)
    return int(wait * (0.875 + jitter() / 4))


def weightiest(errors: BaseExceptionGroup[NetworkError]) -> NetworkError:
    """The error that decides what happens next: a refused token, else a spent budget, else any."""
    leaves: list[NetworkError] = []
    pending: list[BaseException] = [errors]
    while pending:
        one = pending.pop()
        if isinstance(one, BaseExceptionGroup):
            pending.extend(one.exceptions)
        elif isinstance(one, NetworkError):
            leaves.append(one)
    for kind in (SignedOut, Throttled):
        if found := next((leaf for leaf in leaves if isinstance(leaf, kind)), None):
            return found
    return leaves[0]
