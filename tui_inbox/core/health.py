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


class Health(Struct, frozen=True):
    """One account's health.

    Attributes:
        since: when this state began.
        last_word: when the server was last heard from, or None if never.
        next_try: when the next attempt will be made (offline), or when a pause ends.
        reason: one clean sentence, empty while all is well.
        kind: the kind of line that was opened last, in words; empty before the first.
    """

    state: HealthState
    since: Millis
    last_word: Millis | None = None
    next_try: Millis | None = None
    reason: str = ""
    kind: str = ""
