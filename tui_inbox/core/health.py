"""The health of an account's connection: a state to show, never an event to interrupt with."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from tui_inbox.core.moment import Millis


class HealthState(StrEnum):
    """How news of an account reaches the program at the moment."""

    STARTING = "starting"
    LIVE = "live"
    POLLING = "polling"
    OFFLINE = "offline"
    PAUSED = "paused"
    SIGNED_OUT = "signed out"


class Past(Struct, frozen=True):
    """How far the past of a new account has been read, in requests.

    Attributes:
        read: how many were made.
        about: how many there will be in all, as far as is known by now.
    """

    read: int
    about: int

    def __str__(self) -> str:
        return f"reading your past: {self.read} of about {self.about} requests"


class Health(Struct, frozen=True):
    """One account's health.

    Attributes:
        since: when this state began.
        last_word: when the server was last heard from, or None if never.
        next_try: when the next attempt will be made (offline), or when a pause ends.
        reason: one clean sentence, empty while all is well.
        kind: the kind of line that was opened last, in words; empty before the first.
        past: how far the account's past has been read, None when none is being read.
    """

    state: HealthState
    since: Millis
    last_word: Millis | None = None
    next_try: Millis | None = None
    reason: str = ""
    kind: str = ""
    past: Past | None = None

    @property
    def reading(self) -> Past | None:
        """How far the past has been read, while the server is heard: without a line nothing is read."""
        return self.past if self.state in HEARING else None

    @property
    def sentence(self) -> str:
        """What is to be known besides the state: what is wrong, else how far the past has been read."""
        if self.reason or self.reading is None:
            return self.reason
        words = str(self.reading)
        return f"{words[0].upper()}{words[1:]}."


HEARING = frozenset({HealthState.LIVE, HealthState.POLLING})
"""States in which the server is heard."""
