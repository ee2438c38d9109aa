"""Mastodon's paging: which entries a page holds, and the Link header that leads on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NO_BOUND = 1 << 62


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which entries a page may hold, as indexes.

    Attributes:
        above: only those above this one.
        below: only those below this one.
        limit: how many at most.
        from_below: the oldest of them (`min_id`) rather than the newest.
    """

    above: int = -1
    below: int = NO_BOUND
    limit: int = 20
    from_below: bool = False


def read_bounds(
    query: Mapping[str, str], first_id: int, step: int, *, usual: int, most: int
) -> Bounds:
    """The page that a request asks for.

    Args:
        query: of the request: `max_id`, `since_id`, `min_id`, `limit`.
        first_id: id of the entry with index 0.
        step: from one id to the next.
        usual: entries on a page where the request does not say.
        most: entries on a page at most.
    """
    above, below = -1, NO_BOUND
    if (max_id := _number(query, "max_id")) is not None:
        below = -((first_id - max_id) // step)  # rounded up: an id may lie between two entries
    min_id, since_id = _number(query, "min_id"), _number(query, "since_id")
    if (lowest := since_id if min_id is None else min_id) is not None:
        above = (lowest - first_id) // step
    limit = _number(query, "limit") or usual
    return Bounds(above, below, max(1, min(most, limit)), min_id is not None)


def chosen(indexes: Sequence[int], bounds: Bounds) -> list[int]:
    """The page of entries whose indexes are given in rising order, newest first."""
    within = indexes[bisect_right(indexes, bounds.above) : bisect_left(indexes, bounds.below)]
    page = within[: bounds.limit] if bounds.from_below else within[-bounds.limit :]
    return list(reversed(page))


def link_header(url: str, limit: str, newest_id: str, oldest_id: str) -> dict[str, str]:
    """The header that leads to the pages below and above."""
    return {
        "Link": f'<{url}?limit={limit}&max_id={oldest_id}>; rel="next", '
        f'<{url}?limit={limit}&min_id={newest_id}>; rel="prev"'
    }


def _number(query: Mapping[str, str], name: str) -> int | None:
    text = query.get(name, "")
    return int(text) if text.isdecimal() else None
