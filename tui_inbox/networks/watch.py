"""How the death of a line that stays open is noticed.

A socket can look open for hours after its other end is gone. So a line counts as lost when nothing
at all was heard for a while (client pings ask for a sign of life), and at once when a wait of
seconds took minutes by the wall clock: then the machine was asleep, and what was missed is lost.
"""

from __future__ import annotations

from collections.abc import Callable

from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.core.ports import Unreachable

TICK = 5.0
"""Seconds between two looks at a line."""

ASLEEP = MINUTE
"""What the wall clock may say a tick took; more means that the machine was asleep."""


class Pulse:
    """How many signs of life a line has shown, and how many bytes came over it."""

    def __init__(self) -> None:
        self.beats = 0
        self.bytes = 0


class Watch:
    """Tells a dead line from a quiet one; asked at every tick.

    Silence is counted in ticks, not by the clock: a consumer that is busy for long looks at nothing
    in that time, though much may be waiting for it.

    Args:
        silence: seconds of silence that mean death.
        beats: how many signs of life there were so far.
    """

    def __init__(self, silence: float, beats: Callable[[], int]) -> None:
        self._silence = silence
        self._beats = beats
        self._seen = beats()
        self._quiet = 0.0

    def hear(self) -> None:
        """Note that something was read, however long ago it arrived."""
        self._quiet = 0.0

    def look(self, slept: Millis, host: str) -> bool:
        """Whether something was heard since the last look.

        Args:
            slept: what the wall clock says the last tick took.
            host: the other end.

        Raises:
            Unreachable: the line is dead.
        """
        if slept > ASLEEP:
            raise Unreachable(f"This machine was asleep; the line to {host} is opened again.")
        heard = self._beats() != self._seen
        self._seen = self._beats()
        self._quiet = 0.0 if heard else self._quiet + TICK
        if self._quiet >= self._silence:
            raise Unreachable(f"Nothing was heard from {host} for {self._silence:.0f} seconds.")
        return heard
