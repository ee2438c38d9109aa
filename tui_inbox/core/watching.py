"""Watching a conversation without posting in it: how often its server is asked, and when that ends. Pure.

A watched conversation is asked about at growing intervals, so that one that is quiet costs next to nothing, and ends by
itself when it has been quiet for long enough: nobody has to tidy up after their own curiosity.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis

FIRST_REST: Millis = 5 * MINUTE
LONGEST_REST: Millis = 4 * HOUR
"""A conversation that brings nothing new is asked about less and less often, from the first rest to the longest."""
QUIET: Millis = 3 * DAY
"""How long nothing must come until watching ends, unless the owner's settings say otherwise."""
LISTED: Millis = 7 * DAY
"""For how long a watch that has ended by itself is still listed, with what nobody has looked at."""


class Ended(StrEnum):
    """Why a conversation is not watched any more, in words."""

    QUIET = "it has been quiet"
    DELETED = "the post it began with was deleted"
    BY_HAND = "you ended it"


class Watch(Struct, frozen=True):
    """A conversation that an account watches.

    Attributes:
        conversation: its local id.
        post: local id of the post at which watching began.
        began_at: when that was.
        quiet: how long nothing must come until it ends by itself.
        active_at: when something last came, whoever wrote it; at first when watching began.
        asked_at: when the server last answered; None before the first time.
        next_at: when it is asked next, not before.
        rest: the interval that led to `next_at`.
        trouble: why the server did not answer when it was last asked, one sentence; empty where it did.
        ended_at: since when it is not watched any more; None while it is.
        ended: why.
    """

    id: int
    account: int
    conversation: int
    post: int
    began_at: Millis
    quiet: Millis
    active_at: Millis
    next_at: Millis
    rest: Millis
    asked_at: Millis | None = None
    trouble: str = ""
    ended_at: Millis | None = None
    ended: Ended | None = None

    @property
    def is_on(self) -> bool:
        """Whether it is still watched."""
        return self.ended_at is None

    @property
    def ends_at(self) -> Millis:
        """When it ends by itself if nothing comes."""
        return self.active_at + self.quiet

    def was_quiet(self, at: Millis) -> bool:
        """Whether it is over, when the server has answered at that moment.

        Only an answer can tell: while a program is closed, or a server fails, nobody knows whether it is quiet.
        """
        return at >= self.ends_at


def rest_after(rest: Millis, *, news: bool) -> Millis:
    """How long a conversation is left alone after its server was asked.

    Args:
        rest: how long it was before.
        news: whether something had come since then.
    """
    return FIRST_REST if news else min(max(2 * rest, FIRST_REST), LONGEST_REST)
