"""Finding what filters match where the server leaves that to its clients.

Before Mastodon 4.0, and on servers of other kinds that know the first form of filters only, posts come without a word
about them (docs.joinmastodon.org, entities/V1_Filter). So they are looked through at the border, and the rest of the
program sees the same posts from any server.
"""

from __future__ import annotations

import msgspec

from tui_inbox.core.moment import Millis
from tui_inbox.core.ports import AccountState, Clock
from tui_inbox.core.post import FilterHit, Post
from tui_inbox.core.reading import Filter, Matcher, matcher, searched

STATE = "filters to match"
"""The name under which these filters stand in the account's state, as JSON."""


class Matching:
    """Looks through posts of one account, by the filters that were read last, even before they are read again.

    Args:
        state: keeps them between runs.
        clock: some hold until a moment.
    """

    def __init__(self, state: AccountState, clock: Clock) -> None:
        self._state = state
        self._clock = clock
        self._filters: tuple[Filter, ...] | None = None
        self._in_force: tuple[Filter, ...] = ()
        self._matches: Matcher | None = None

    async def recall(self) -> None:
        """Recall the filters of the last run, once."""
        if self._filters is None:
            kept = await self._state.get(STATE)
            self._filters = _filters_in(kept or "")

    async def keep(self, filters: tuple[Filter, ...]) -> None:
        """Look for these from now on; for nothing where the server itself says what they match."""
        await self.recall()
        if filters != self._filters:
            self._filters = filters
            await self._state.put(STATE, msgspec.json.encode(filters).decode())

    def hits(self, server_id: str, post: Post) -> tuple[FilterHit, ...]:
        """The filters in force that match a post, by its id on the account's server and all its texts."""
        if not self._filters:
            return ()
        matches = self._matcher(self._clock.now())
        options = [option.title for option in post.poll.options] if post.poll else []
        alts = [media.alt for media in post.media]
        return matches(server_id, searched(post.text, post.warning, options, alts))

    def _matcher(self, now: Millis) -> Matcher:
        """Made anew when other filters are in force than before: compiling them takes longer than most posts."""
        in_force = tuple(one for one in self._filters or () if not one.is_over(now))
        if self._matches is None or in_force != self._in_force:
            self._in_force, self._matches = in_force, matcher(in_force)
        return self._matches


def _filters_in(text: str) -> tuple[Filter, ...]:
    """What `Matching.keep` wrote; nothing if it was something else."""
    try:
        return msgspec.json.decode(text, type=tuple[Filter, ...])
    except msgspec.MsgspecError:
        return ()
