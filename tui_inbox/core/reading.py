"""How the owner reads: filters kept on a server, what is shown unasked, and which languages are usual."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.core.patterns import plain
from tui_inbox.core.post import FeedKind, FilterAction, FilterHit

# Filters


class FilterContext(StrEnum):
    """Where a filter holds (docs.joinmastodon.org, entities/Filter)."""

    HOME = "home"
    NOTIFICATIONS = "notifications"
    PUBLIC = "public"
    THREAD = "thread"
    ACCOUNT = "account"


_CONTEXTS = {
    FeedKind.HOME: FilterContext.HOME,
    FeedKind.LIST: FilterContext.HOME,
    FeedKind.DIRECT: FilterContext.NOTIFICATIONS,
    FeedKind.MENTIONS: FilterContext.NOTIFICATIONS,
    FeedKind.PERSON: FilterContext.ACCOUNT,
    FeedKind.LOCAL: FilterContext.PUBLIC,
    FeedKind.FEDERATED: FilterContext.PUBLIC,
    FeedKind.TAG: FilterContext.PUBLIC,
    FeedKind.LINK: FilterContext.PUBLIC,
    FeedKind.SEARCH: FilterContext.PUBLIC,
    FeedKind.CUSTOM: FilterContext.PUBLIC,
}


def context_of(kind: FeedKind) -> FilterContext | None:
    """Which filters hold in a feed; None for those of what the owner wrote, liked or kept."""
    return _CONTEXTS.get(kind)


class Keyword(Struct, frozen=True):
    """Words of a filter; `whole`: only where no letter stands beside them."""

    text: str
    whole: bool = False


class Filter(Struct, frozen=True):
    """A filter as the account's server keeps it.

    Attributes:
        contexts: where it holds, by the names of `FilterContext`.
        posts: the server's ids of posts that were put into it one by one.
        expires_at: from when on it holds no more.
    """

    id: str
    title: str
    action: FilterAction
    contexts: tuple[str, ...]
    keywords: tuple[Keyword, ...] = ()
    posts: tuple[str, ...] = ()
    expires_at: Millis | None = None

    def is_over(self, now: Millis) -> bool:
        """Whether it holds no more."""
        return self.expires_at is not None and self.expires_at <= now

    def finds_as(self, other: Filter | None) -> bool:
        """Whether it looks for the same as another."""
        return other is not None and (self.keywords, self.posts) == (other.keywords, other.posts)


Matcher: TypeAlias = Callable[[str, str], tuple[FilterHit, ...]]
"""From a server's id of a post and all its texts to the filters that match it."""


def matcher(filters: Iterable[Filter]) -> Matcher:
    """What finds the filters that match a post, as Mastodon finds them.

    Source: `CustomFilter.apply_cached_filters` and `CustomFilterKeyword#to_regex` of mastodon/mastodon.
    """
    made = [
        (
            FilterHit(one.title, one.action, one.contexts, one.id),
            frozenset(one.posts),
            plain("|".join(map(_pattern, one.keywords))) if one.keywords else None,
        )
        for one in filters
    ]

    def matching(server_id: str, text: str) -> tuple[FilterHit, ...]:
        return tuple(
            hit
            for hit, posts, pattern in made
            if server_id in posts or (pattern is not None and pattern.search(text))
        )

    return matching


def searched(text: str, warning: str, options: Iterable[str], alts: Iterable[str]) -> str:
    """What a filter looks through: `Status#searchable_text` of mastodon/mastodon.

    Args:
        options: what can be chosen in its poll.
        alts: what is said of its attachments.
    """
    return "\n\n".join((warning, text, *options, *alts))


def _pattern(keyword: Keyword) -> str:
    """A keyword as a pattern. Where it begins or ends with a sign, there is no word to be whole."""
    text = re.escape(keyword.text)
    if keyword.whole:
        text = (r"\b" if _is_letter(keyword.text[:1]) else "") + text
        text += r"\b" if _is_letter(keyword.text[-1:]) else ""
    return f"(?i:{text})"


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def hit_in(
    hits: Iterable[FilterHit], context: FilterContext | None, *actions: FilterAction
) -> FilterHit | None:
    """The first filter that does one of these things to a post in a context, the actions in their order."""
    if context is None:
        return None
    here = [hit for hit in hits if not hit.contexts or context in hit.contexts]
    return next((hit for action in actions for hit in here if hit.action is action), None)


# What is shown unasked


class MediaShown(StrEnum):
    """Which attachments are shown unasked."""

    SAFE = "safe"
    ALL = "all"
    NONE = "none"


class OwnChoice(Struct, frozen=True):
    """What the settings file says of reading.

    Attributes:
        warnings: whether all of them are opened, None for what the server says; `media` likewise.
        of: handles of people whose warnings are opened, without their first `@`.
        words: words of warnings that are opened.
        languages: the languages that are read, by their first subtag; empty for what the accounts post in.
    """

    warnings: bool | None = None
    media: MediaShown | None = None
    of: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


class Reading(Struct, frozen=True):
    """What an account shows unasked, from its server, the settings file and what was chosen on the screen.

    Attributes:
        people: whose warnings are opened, by local id; `handles`: by handle, in lower case.
        languages: the first subtags of what the owner reads; empty where that is not known.
    """

    opens_warnings: bool = False
    media: MediaShown = MediaShown.SAFE
    people: frozenset[int] = frozenset()
    handles: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()

    def opens(self, warning: str, author: int, handle: str) -> bool:
        """Whether what stands behind a warning is shown unasked."""
        return (
            self.opens_warnings
            or author in self.people
            or handle.lower() in self.handles
            or any(
                plain(_pattern(Keyword(word, whole=True))).search(warning) for word in self.words
            )
        )

    def folds_media(self, *, sensitive: bool) -> bool:
        """Whether attachments are folded."""
        return self.media is MediaShown.NONE or (sensitive and self.media is MediaShown.SAFE)

    def is_foreign(self, language: str | None) -> bool:
        """Whether a post is known to be in a language that the owner does not usually read."""
        if not language or not self.languages:
            return False
        spoken = base_language(language)
        return spoken not in self.languages and spoken not in _NO_LANGUAGE


_NO_LANGUAGE = frozenset(("und", "mul", "zxx"))
"""Tags that name none: undetermined, several, no words at all (ISO 639-2)."""


def base_language(tag: str) -> str:
    """The language alone, without script and region: `de` of `de-AT`, `de_AT.UTF-8` or `DE`."""
    return tag.replace("_", "-").partition("-")[0].partition(".")[0].lower()
