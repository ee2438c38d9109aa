"""What is learnt from whom the owner writes to: one number, the leaning towards those who wrote last.

Some owners mostly answer, others write to people who have not said anything. Each time the owner writes
to somebody, a small model that knows only the order of the latest contacts says how likely that was
one who had written last; the leaning moves towards what was, by smaller and smaller steps (online logistic
regression with the step sizes of AdaGrad: Duchi, Hazan & Singer 2011). It begins at none, is bounded,
costs the same for every text, and comes out the same whenever the same events are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import copysign, exp, sqrt

from tui_inbox.priority.tie import AccountState, Tie

REMEMBERED = 6
"""So many of the latest contacts are whom the owner might have written to instead."""
MOST = 3.0
"""The leaning goes from minus this to this."""

_STEP = 0.5
_USUAL = exp(0.5)
"""How much likelier one who wrote last is chosen than one who was written to last, for most owners."""
_ELSEWHERE = 0.3
"""What remains for everybody else."""
_ALL = tuple(
    _ELSEWHERE + sum(1 / place for place in range(1, count + 1)) for count in range(REMEMBERED + 1)
)
"""By how many of them are known: the first weighs 1, the second a half, and so on, before the leaning."""


def learn(account: AccountState, latest: Sequence[Tie], chosen: Tie) -> None:
    """Take in that the owner writes to somebody they already know.

    Args:
        latest: the ties of the latest contacts, newest first, as they were before.
        chosen: the tie with whom they write to, as it was before.
    """
    wrote_last = place = 0.0
    for tie in latest:
        place += 1
        if tie.last_in > tie.last_out:
            wrote_last += 1 / place
    others = _ALL[len(latest)] - wrote_last
    wrote_last *= _USUAL * exp(account.leaning)
    error = (chosen.last_in > chosen.last_out) - wrote_last / (wrote_last + others)
    account.surprise = surprise = account.surprise + error * error
    moved = account.leaning + _STEP * error / sqrt(surprise)
    account.leaning = moved if -MOST < moved < MOST else copysign(MOST, moved)
