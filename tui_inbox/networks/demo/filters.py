"""The filter that the owner of the demo account has made, and what it finds."""

from __future__ import annotations

from functools import cache

from tui_inbox.core.post import FilterAction, FilterHit, Post
from tui_inbox.core.reading import Filter, FilterContext, Keyword, Matcher, matcher

FILTERS = (
    Filter(
        "filter-machines",
        "talk of machines",
        FilterAction.WARN,
        (FilterContext.HOME, FilterContext.PUBLIC),
        (Keyword("uptime", whole=True),),
    ),
)


def hits_of(post: Post, server_id: str) -> tuple[FilterHit, ...]:
    """The filters that match a post."""
    return _matcher()(server_id, f"{post.warning}\n\n{post.text}")


@cache
def _matcher() -> Matcher:
    return matcher(FILTERS)
