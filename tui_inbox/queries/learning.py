"""What the order has learnt from what the owner does, for each account."""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.queries.accounts import viewers
from tui_inbox.queries.rows import Scope
from tui_inbox.queries.ties import circle
from tui_inbox.store import learning
from tui_inbox.store.database import Connection


class LearntRow(Struct, frozen=True):
    """What was learnt of one account's owner.

    Attributes:
        counts: whether it counts, as the settings say.
        since: older events teach nothing; None where all do.
        asked: on how many days somebody wrote, over all people.
        answered: how many of those days' first texts got an answer within a day.
        leaning: how much more than usual the owner writes to those who wrote last, from -3 to +3.
    """

    letters: str
    counts: bool
    since: Millis | None
    asked: int
    answered: int
    leaning: float


def learnt(db: Connection, scope: Scope) -> tuple[LearntRow, ...]:
    """What was learnt of the owners of some accounts."""
    rows = []
    for account, eyes in viewers(db, scope).items():
        state = circle(db, account).account
        rows.append(
            LearntRow(
                letters=eyes.letters,
                counts=learning.is_on(db, account),
                since=learning.begun(db, account) or None,
                asked=state.asked,
                answered=state.answered,
                leaning=round(state.leaning, 3),
            )
        )
    return tuple(rows)
