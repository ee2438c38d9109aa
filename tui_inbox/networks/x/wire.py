"""Shapes of what version 2 of the API answers, in both of its dialects (facts/x.md section 4).

X renames `tweet` to `post` without saying when: `tweet.fields` or `post.fields`, `note_tweet` or `note_post`,
`includes.tweets` or `includes.posts`. Each request is asked in one of them, and every answer is read in both. There is
no place for counts of any kind, on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from msgspec import Meta, field

from tui_inbox.networks.wire_base import Many, Maybe, Wire

Id: TypeAlias = Annotated[str, Meta(max_length=19, pattern=r"^[0-9]+\Z")]
"""A number of up to 19 digits, as text."""

RENAMED = {
    "note_post": "note_tweet",
    "referenced_posts": "referenced_tweets",
    "edit_history_post_ids": "edit_history_tweet_ids",
    "posts": "tweets",
}
"""By the name of the newer dialect, the name of the older one, under which it is read."""


class Named(Wire, frozen=True):
    """Somebody named in a text. Places are counted in code points, their end exclusive."""

    start: Maybe[int] = None
    end: Maybe[int] = None
    username: Maybe[str] = None
    id: Maybe[Id] = None


class Address(Wire, frozen=True):
    """A web address in a text, which X has shortened there."""

    start: Maybe[int] = None
    end: Maybe[int] = None
    url: Maybe[str] = None
    expanded_url: Maybe[str] = None
    unwound_url: Maybe[str] = None
    title: Maybe[str] = None
    description: Maybe[str] = None
    media_key: Maybe[str] = None


class Tag(Wire, frozen=True):
    """A tag in a text."""

    tag: Maybe[str] = None


class Entities(Wire, frozen=True):
    """What stands where in a text."""

    mentions: Many[Named] = field(default_factory=list)
    urls: Many[Address] = field(default_factory=list)
    hashtags: Many[Tag] = field(default_factory=list)


class Note(Wire, frozen=True):
    """The whole of a text that is too long for `text`."""

    text: Maybe[str] = None
    entities: Maybe[Entities] = None


class Reference(Wire, frozen=True):
    """A post that another one passes on (`retweeted`), quotes (`quoted`) or answers (`replied_to`)."""

    type: Maybe[str] = None
    id: Maybe[Id] = None


class Attachments(Wire, frozen=True):
    """What hangs on a post, by keys of `includes.media`; polls by their ids."""

    media_keys: Many[str] = field(default_factory=list)
    poll_ids: Many[str] = field(default_factory=list)


class Withheld(Wire, frozen=True):
    """Where a post may not be shown, and why."""

    copyright: Maybe[bool] = None
    country_codes: Many[str] = field(default_factory=list)
    scope: Maybe[str] = None


class Post(Wire, frozen=True):
    """A post."""

    id: Id
    text: Maybe[str] = None
    author_id: Maybe[Id] = None
    created_at: Maybe[str] = None
    conversation_id: Maybe[Id] = None
    in_reply_to_user_id: Maybe[Id] = None
    referenced_tweets: Many[Reference] = field(default_factory=list)
    entities: Maybe[Entities] = None
    note_tweet: Maybe[Note] = None
    attachments: Maybe[Attachments] = None
    edit_history_tweet_ids: Many[Id] = field(default_factory=list)
    possibly_sensitive: Maybe[bool] = None
    lang: Maybe[str] = None
    withheld: Maybe[Withheld] = None

    @property
    def first_id(self) -> str:
        """The id of its first version, by which all of its versions are one post."""
        return min(self.edit_history_tweet_ids, key=int, default=self.id)


class User(Wire, frozen=True):
    """Somebody."""

    id: Id
    username: Maybe[str] = None
    name: Maybe[str] = None
    description: Maybe[str] = None
    created_at: Maybe[str] = None
    protected: Maybe[bool] = None
    profile_image_url: Maybe[str] = None
    url: Maybe[str] = None


class Medium(Wire, frozen=True):
    """A picture or film."""

    media_key: str
    type: Maybe[str] = None
    url: Maybe[str] = None
    preview_image_url: Maybe[str] = None
    alt_text: Maybe[str] = None
    duration_ms: Maybe[int] = None


class Includes(Wire, frozen=True):
    """What was answered beside what was asked for, each once."""

    users: Many[User] = field(default_factory=list)
    tweets: Many[Post] = field(default_factory=list)
    media: Many[Medium] = field(default_factory=list)


class Problem(Wire, frozen=True):
    """Something that could not be answered while the rest was."""

    title: Maybe[str] = None
    detail: Maybe[str] = None
    type: Maybe[str] = None
    resource_type: Maybe[str] = None
    resource_id: Maybe[str] = None
    value: Maybe[str] = None
    message: Maybe[str] = None


class PageMeta(Wire, frozen=True):
    """How to read on."""

    next_token: Maybe[str] = None
    newest_id: Maybe[Id] = None
    oldest_id: Maybe[Id] = None
    result_count: Maybe[int] = None


class PostPage(Wire, frozen=True):
    """A page of posts, or of one."""

    data: Many[Post] = field(default_factory=list)
    includes: Includes = field(default_factory=Includes)
    errors: Many[Problem] = field(default_factory=list)
    meta: PageMeta = field(default_factory=PageMeta)


class UserPage(Wire, frozen=True):
    """A page of people, or of one."""

    data: Many[User] = field(default_factory=list)
    errors: Many[Problem] = field(default_factory=list)
    meta: PageMeta = field(default_factory=PageMeta)


def in_one_dialect(answer: object) -> dict[str, Any]:
    """An answer under the names of the older dialect, its `data` always a list; whatever dialect it came in."""
    told = _renamed(answer) if isinstance(answer, Mapping) else {}
    data = told.get("data")
    told["data"] = data if isinstance(data, list) else [data] if data is not None else []
    return told


def _renamed(told: Mapping[str, Any]) -> dict[str, Any]:
    """Posts stand in `data` and in `includes`; nothing else has other names."""
    renamed = {RENAMED.get(key, key): value for key, value in told.items()}
    for key in ("data", "includes"):
        part = renamed.get(key)
        if isinstance(part, Mapping):
            renamed[key] = _renamed(part)
        elif isinstance(part, list):
            renamed[key] = [_renamed(one) if isinstance(one, Mapping) else one for one in part]
    if isinstance(posts := renamed.get("tweets"), list):
        renamed["tweets"] = [_renamed(one) if isinstance(one, Mapping) else one for one in posts]
    return renamed
