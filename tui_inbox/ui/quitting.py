"""The end of the program, which one key alone never brings."""

from __future__ import annotations

from collections.abc import Callable

WITHIN = 3.0
"""Seconds in which a second wish to end counts as one."""


class Quitting:
    """Remembers when the owner last wished to end the program.

    Args:
        monotonic: seconds that never jump.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._asked_at = float("-inf")

    def is_meant(self) -> bool:
        """Whether this wish is the second within a moment; else it is remembered as the first."""
        now = self._monotonic()
        before, self._asked_at = self._asked_at, now
        return now - before < WITHIN
