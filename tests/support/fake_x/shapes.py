"""Posts and people as they are answered, in the dialect and with the fields that were asked for."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import Any, TypeAlias

from support.fake_x.world import Post, User, World

Json: TypeAlias = dict[str, Any]

_LONGEST_SHOWN = 280


class Asked:
    """What a request wants of posts.

    Attributes:
        is_newer: whether it speaks the dialect that says `post` where the older one says `tweet`.
    """

    def __init__(self, query: dict[str, str]) -> None:
        self.is_newer = "post.fields" in query
        self.fields = set(
            _listed(query.get("post.fields" if self.is_newer else "tweet.fields", ""))
        )
        self.users = set(_listed(query.get("user.fields", "")))
        self.media = set(_listed(query.get("media.fields", "")))
        self.expansions = set(_listed(query.get("expansions", "")))

    def wants(self, field: str) -> bool:
        """Whether a field comes. In the newer dialect authors and references are expansions only."""
        if self.is_newer and field in ("author_id", "in_reply_to_user_id", "referenced_posts"):
            return field in self.expansions
        return field in self.fields

    @property
    def expands_posts(self) -> bool:
        """Whether posts that others refer to are answered with, too."""
        name = "referenced_posts" if self.is_newer else "referenced_tweets.id"
        return name in self.expansions


def shape(world: World, post: Post, asked: Asked) -> Json:
    """A post."""
    word = "post" if asked.is_newer else "tweet"
    told: Json = {
        "id": post.id,
        "text": html.escape(post.text, quote=False)[:_LONGEST_SHOWN],
        f"edit_history_{word}_ids": list(post.versions),
    }
    more: Json = {
        "author_id": post.author,
        "created_at": datetime.fromtimestamp(post.made_at / 1000, tz=UTC).strftime(
            "%Y-%m-%dT%H:%M:%S.000Z"
        ),
        "conversation_id": post.conversation,
        "lang": "en",
        "possibly_sensitive": False,
        "entities": _entities(world, post, html.escape(post.text, quote=False)),
        "public_metrics": {"like_count": 3, f"re{word}_count": 1},
    }
    if post.refs:
        more[f"referenced_{word}s"] = [{"type": kind, "id": id} for kind, id in post.refs]
    answered = world.posts.get(post.ref("replied_to") or "")
    if answered:
        more["in_reply_to_user_id"] = answered.author
    if post.media:
        more["attachments"] = {"media_keys": [f"3_{id}" for id in post.media]}
    if post.note:
        more[f"note_{word}"] = {
            "text": post.note,
            "entities": _entities(world, post, post.note),
        }
    return told | {key: value for key, value in more.items() if asked.wants(key)}


def user_shape(user: User, asked: Asked, viewer: User) -> Json:
    """Somebody."""
    more: Json = {
        "description": f"I am {user.name}.",
        "protected": False,
        "profile_image_url": "https://pbs.example/1.png",
        "created_at": "2020-01-01T00:00:00.000Z",
        "connection_status": [
            *(["following"] if user.id in viewer.follows else []),
            *(["followed_by"] if viewer.id in user.follows else []),
            *(["muting"] if user.id in viewer.mutes else []),
        ],
    }
    told = {"id": user.id, "name": user.name, "username": user.username}
    return told | {key: value for key, value in more.items() if key in asked.users}


def _entities(world: World, post: Post, text: str) -> Json:
    """Places are code points of the text as it is answered."""
    told: Json = {}
    mentions = []
    for match in re.finditer(r"@(\w+)", text):
        named = [user for _, _, user in world.mentioned(post) if user.username == match[1]]
        mentions += [
            {"start": match.start(), "end": match.end(), "username": one.username, "id": one.id}
            for one in named[:1]
        ]
    urls = [
        {
            "start": match.start(),
            "end": match.end(),
            "url": match[0],
            "expanded_url": html.unescape(match[0]),
        }
        for match in re.finditer(r"https?://\S+", text)
    ]
    tags = [{"tag": match[1]} for match in re.finditer(r"#(\w+)", text)]
    for name, found in (("mentions", mentions), ("urls", urls), ("hashtags", tags)):
        if found:
            told[name] = found
    return told


def _listed(text: str) -> list[str]:
    return [one for one in text.split(",") if one]
