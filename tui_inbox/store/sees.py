"""What is news in one account's view of a post."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct


class Sees(Struct, frozen=True):
    """What is news in what one account sees of a post.

    Attributes:
        first: the account had not been shown it before.
        favourited: whether the owner favours it, where that was not known yet; `boosted` likewise.
    """

    first: bool
    favourited: bool | None = None
    boosted: bool | None = None


_FAVOURITED, _BOOSTED = 1, 2
"""Their places among the columns of a view."""
NO_VIEW = (None, False, False)


def news_of(before: Sequence[object], now: Sequence[object], *, first: bool) -> Sees:
    """What is news in a view, as `posts._view_columns` has it. That nothing was done to a new post is none."""

    def of(place: int) -> bool | None:
        return bool(now[place]) if bool(now[place]) != bool(before[place]) else None

    return Sees(first, of(_FAVOURITED), of(_BOOSTED))
