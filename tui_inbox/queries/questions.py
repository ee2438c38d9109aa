"""Whether texts that panes show ask something, remembered: finding out takes 0.2 ms, and panes show texts again."""

from __future__ import annotations

from functools import lru_cache

from tui_inbox.core.asks import asks_something


@lru_cache(maxsize=2048)
def is_question(text: str) -> bool:
    """Whether a text asks something."""
    return asks_something(text) is not None
