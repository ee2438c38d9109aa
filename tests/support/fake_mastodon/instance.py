"""What the fake server says of itself, and the answers that are always the same."""

from __future__ import annotations

from support.fake_mastodon.prose import Json
from support.fake_mastodon.world import MASTODON, World

ALWAYS_EMPTY = (
    "/api/v1/announcements",
    "/api/v1/accounts/familiar_followers",
    "/api/v1/blocks",
    "/api/v1/conversations",
    "/api/v1/custom_emojis",
    "/api/v1/favourites",
    "/api/v1/bookmarks",
    "/api/v1/filters",
    "/api/v2/filters",
    "/api/v1/follow_requests",
    "/api/v1/followed_tags",
    "/api/v1/lists",
    "/api/v1/mutes",
    "/api/v1/suggestions",
    "/api/v2/suggestions",
    "/api/v1/timelines/direct",
    "/api/v1/trends/statuses",
    "/api/v1/trends/tags",
)
"""Paths that answer with an empty list."""

PREFERENCES: Json = {
    "posting:default:visibility": "public",
    "posting:default:sensitive": False,
    "posting:default:language": "en",
    "reading:expand:media": "default",
    "reading:expand:spoilers": False,
    "reading:autoplay:gifs": False,
}

APPLICATION: Json = {
    "id": "1",
    "name": "bench",
    "website": None,
    "scopes": ["read", "write"],
    "redirect_uri": "urn:ietf:wg:oauth:2.0:oob",
    "redirect_uris": ["urn:ietf:wg:oauth:2.0:oob"],
    "client_id": "client",
    "client_secret": "secret",
}

TOKEN: Json = {
    "access_token": "token",
    "token_type": "Bearer",
    "scope": "read write follow",
    "created_at": 1_700_000_000,
}

_LIMITS: Json = {
    "statuses": {
        "max_characters": 500,
        "max_media_attachments": 4,
        "characters_reserved_per_url": 23,
    },
    "media_attachments": {
        "supported_mime_types": ["image/png", "image/jpeg", "image/gif", "video/mp4"],
        "image_size_limit": 16_777_216,
        "video_size_limit": 103_809_024,
        "description_limit": 1_500,
    },
    "polls": {
        "max_options": 4,
        "max_characters_per_option": 50,
        "min_expiration": 300,
        "max_expiration": 2_629_746,
    },
}


def instance_v1(world: World) -> Json:
    """The older form."""
    host = world.base_url.partition("://")[2]
    return {
        "uri": host,
        "title": "Bench",
        "short_description": "",
        "description": "",
        "email": "nobody@example.org",
        "version": world.version,
        "urls": {"streaming_api": world.streaming or f"ws://{host}"},
        "stats": {"user_count": 1, "status_count": world.size, "domain_count": 4},
        "languages": ["en"],
        "registrations": False,
        "configuration": _LIMITS,
        "rules": [],
    }


def instance_v2(world: World) -> Json:
    """The newer form."""
    host = world.base_url.partition("://")[2]
    return {
        "domain": host,
        "title": "Bench",
        "version": world.version,
        "source_url": "https://example.org",
        "description": "",
        "usage": {"users": {"active_month": 1}},
        "languages": ["en"],
        "configuration": {"urls": {"streaming": world.streaming or f"ws://{host}"}, **_LIMITS},
        "registrations": {"enabled": False},
        **({"api_versions": {"mastodon": 4}} if world.version == MASTODON else {}),
        "rules": [],
    }


def owner(world: World) -> Json:
    """The account that every token belongs to, as `verify_credentials` gives it."""
    source = {"privacy": "public", "sensitive": False, "language": "en", "note": "", "fields": []}
    return {**world.account(0), "source": source}


def relationship(account_id: str) -> Json:
    """How the owner stands to anybody: they follow each other."""
    yes = ("following", "followed_by", "showing_reblogs")
    no = ("requested", "requested_by", "blocking", "blocked_by", "muting", "notifying", "endorsed")
    return {"id": account_id, "note": ""} | dict.fromkeys(no, False) | dict.fromkeys(yes, True)
