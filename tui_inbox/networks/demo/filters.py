"""The filter that the owner of the demo account has made, those for words hidden since, and what they find."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

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


def filters_with(words: Iterable[str]) -> tuple[Filter, ...]:
    """The filters in force while these words are hidden."""
    hiding = (
        Filter(
            f"word-{word}", word, FilterAction.HIDE, tuple(FilterContext), (Keyword(word, True),)
        )
        for word in words
    )
    return (*FILTERS, *hiding)


def hits_of(post: Post, server_id: str, words: Iterable[str]) -> tuple[FilterHit, ...]:
    """The filters that match a post while these words are hidden."""
    return _matcher(tuple(words))(server_id, f"{post.warning}\n\n{post.text}")


@lru_cache(maxsize=8)
def _matcher(words: tuple[str, ...]) -> Matcher:
    return matcher(filters_with(words))
