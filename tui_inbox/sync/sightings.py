"""When posts were last seen as their server shows them, by whatever page, thread, answer or event."""

from __future__ import annotations

from collections import OrderedDict

from tui_inbox.core.moment import Millis

MOST = 5_000
"""Posts that are remembered, about a mebibyte; of one that is forgotten it is not known, so it may be asked about
once more."""


class Sightings:
    """Remembers that for the latest posts of all accounts, in memory: after a start nothing was seen yet.

    Written on the store's thread and read on the hub's, one entry at a time.
    """

    def __init__(self) -> None:
        self._at: OrderedDict[tuple[int, int], Millis] = OrderedDict()

    def saw(self, account: int, post: int, at: Millis) -> None:
        """An account's server has shown a post (local ids)."""
        self._at[account, post] = at
        self._at.move_to_end((account, post))
        if len(self._at) > MOST:
            self._at.popitem(last=False)

    def last(self, account: int, post: int) -> Millis | None:
        """When an account's server showed a post last; None where that is not known."""
        return self._at.get((account, post))
