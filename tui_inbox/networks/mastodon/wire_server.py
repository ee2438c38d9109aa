"""What servers of Mastodon's kind send about themselves: what they are, what they allow, how one signs in.

Source: the entities of docs.joinmastodon.org, nodeinfo (nodeinfo.diaspora.software) and RFC 8414.
"""

from __future__ import annotations

from msgspec import field

from tui_inbox.networks.wire_base import Many, Maybe, Wire


class StatusRules(Wire, frozen=True):
    """What a status may hold."""

    max_characters: Maybe[int] = None
    max_media_attachments: Maybe[int] = None
    characters_reserved_per_url: Maybe[int] = None


class PollRules(Wire, frozen=True):
    """What a poll may hold; how long it lasts in seconds. Pleroma names one of them differently."""

    max_options: Maybe[int] = None
    max_characters_per_option: Maybe[int] = None
    max_option_chars: Maybe[int] = None
    min_expiration: Maybe[int] = None
    max_expiration: Maybe[int] = None


class MediaRules(Wire, frozen=True):
    """What a file may be; sizes in bytes."""

    supported_mime_types: Many[str] = field(default_factory=list)
    image_size_limit: Maybe[int] = None
    video_size_limit: Maybe[int] = None
    description_limit: Maybe[int] = None


class Urls(Wire, frozen=True):
    """Where streams are: `streaming` in v2, `streaming_api` in v1."""

    streaming: Maybe[str] = None
    streaming_api: Maybe[str] = None


class TranslationRules(Wire, frozen=True):
    """Whether posts can be translated."""

    enabled: Maybe[bool] = None


class Configuration(Wire, frozen=True):
    """A server's limits and addresses."""

    urls: Maybe[Urls] = None
    statuses: Maybe[StatusRules] = None
    polls: Maybe[PollRules] = None
    media_attachments: Maybe[MediaRules] = None
    translation: Maybe[TranslationRules] = None


class ApiVersions(Wire, frozen=True):
    """Which revision of Mastodon's API is spoken (4.3); its forks keep the number."""

    mastodon: Maybe[int] = None


class Instance(Wire, frozen=True):
    """A server, in the form of v2 (`domain`, `configuration.urls`) or v1 (`uri`, `urls`)."""

    domain: Maybe[str] = None
    uri: Maybe[str] = None
    version: Maybe[str] = None
    source_url: Maybe[str] = None
    urls: Maybe[Urls] = None
    configuration: Maybe[Configuration] = None
    api_versions: Maybe[ApiVersions] = None
    # Pleroma says these on its own; the first Mastodon's forks before 3.4, too
    max_toot_chars: Maybe[int] = None
    poll_limits: Maybe[PollRules] = None
    description_limit: Maybe[int] = None
    upload_limit: Maybe[int] = None


class Application(Wire, frozen=True):
    """What registering gives."""

    client_id: str
    client_secret: str

    def __repr__(self) -> str:
        """Without the secret."""
        return f"Application(client_id={self.client_id!r})"


class Grant(Wire, frozen=True):
    """What a code is exchanged for; Mitra's tokens expire."""

    access_token: str
    expires_in: Maybe[int] = None

    def __repr__(self) -> str:
        """Without the token."""
        return f"Grant(expires_in={self.expires_in!r})"


class Discovery(Wire, frozen=True):
    """What a server says of its OAuth (RFC 8414)."""

    code_challenge_methods_supported: Many[str] = field(default_factory=list)


class NodeinfoLink(Wire, frozen=True):
    """Where one form of a server's nodeinfo stands."""

    rel: Maybe[str] = None
    href: Maybe[str] = None


class NodeinfoIndex(Wire, frozen=True):
    """Where a server's nodeinfo stands, in all its forms."""

    links: Many[NodeinfoLink] = field(default_factory=list)


class Software(Wire, frozen=True):
    """What runs a server."""

    name: Maybe[str] = None
    version: Maybe[str] = None


class Nodeinfo(Wire, frozen=True):
    """What a server tells the network of itself."""

    software: Maybe[Software] = None
