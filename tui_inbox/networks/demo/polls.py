"""Polls as the owner sees them: other people's, and her own."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Poll


def counted(poll: Poll, voted: tuple[int, ...] | None, now: Millis) -> Poll:
    """A poll as the owner sees it: the counts are kept back until she has voted or it is over.

    Args:
        poll: the poll.
        voted: places of what the owner chose, None if she has not voted.
        now: the moment at which she looks.
    """
    is_over = poll.is_over(now)
    if voted is None and not is_over:
        return poll
    options = tuple(
        replace(option, votes=3 + len(option.title) * (7 + place) % 23 + (place in (voted or ())))
        for place, option in enumerate(poll.options)
    )
    return replace(poll, options=options, closed=is_over)


def counted_for_author(poll: Poll, chosen: Mapping[str, int], now: Millis) -> Poll:
    """The owner's own poll as she sees it: with all counts from the beginning.

    Args:
        chosen: the place of what somebody chose, by short name.
    """
    places = list(chosen.values())
    options = tuple(
        replace(option, votes=places.count(place)) for place, option in enumerate(poll.options)
    )
    return replace(poll, options=options, closed=poll.is_over(now), voters=len(chosen))
