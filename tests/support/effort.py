"""How much is tried of what could be tried for ever."""

from __future__ import annotations

from hypothesis import settings

USUAL_EXAMPLES = 30
"""Examples of a property at each run of the suite; other runs try others."""
THOROUGH_EXAMPLES = 300


def tries(thorough: int) -> int:
    """How often a loop over made-up material goes round.

    Args:
        thorough: how often when everything is tried thoroughly; a tenth of it otherwise.
    """
    return max(1, thorough * settings().max_examples // THOROUGH_EXAMPLES)
