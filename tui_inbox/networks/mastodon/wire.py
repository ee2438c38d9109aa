"""What servers of Mastodon's kind send, as far as it is used here, and nothing they must send.

Everything but an id may be missing, null or of another type: it is then None or empty, and the rest
stays usable. A list gives its good items; a bad one never kills a page. Enumerations are text, and
ids that come as numbers become text.

Source: the entities of docs.joinmastodon.org; deviations of other servers are named where met.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    OnErrorOmit,
    StringConstraints,
    ValidationError,
)
from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")


class _NoneOnError:
    """A value that does not fit is None."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_default_schema(handler(source), default=None, on_error="default")


class _EmptyOnError:
    """A list that is none is empty."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_default_schema(
            handler(source), default_factory=list, on_error="default"
        )


Maybe: TypeAlias = Annotated[T | None, _NoneOnError]
Many: TypeAlias = Annotated[list[OnErrorOmit[T]], _EmptyOnError]

Id: TypeAlias = Annotated[
    str,
    StringConstraints(min_length=1, max_length=256, pattern=r"^[!-~]+\z"),
    Field(coerce_numbers_to_str=True),
]
"""An id on a server: opaque, but printable and of sane length."""


class Wire(BaseModel):
    """Base of all entities."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class ProfileField(Wire):
    """A line of a profile's table; `value` is HTML."""

    name: Maybe[str] = None
    value: Maybe[str] = None
    verified_at: Maybe[str] = None


class Source(Wire):
    """How an account posts by default; only in `verify_credentials`."""

    privacy: Maybe[str] = None
    language: Maybe[str] = None


class Account(Wire):
    """Somebody; `note` is HTML."""

    id: Id
    username: Maybe[str] = None
    acct: Maybe[str] = None
    display_name: Maybe[str] = None
    note: Maybe[str] = None
    url: Maybe[str] = None
    uri: Maybe[str] = None
    avatar: Maybe[str] = None
    locked: Maybe[bool] = None
    bot: Maybe[bool] = None
    created_at: Maybe[str] = None
    fields: Many[ProfileField] = []
    source: Maybe[Source] = None


class Mention(Wire):
    """Somebody named in a status."""

    id: Id
    username: Maybe[str] = None
    acct: Maybe[str] = None
    url: Maybe[str] = None


class Tag(Wire):
    """A hashtag in a status."""

    name: str


class Media(Wire):
    """An attachment."""

    type: Maybe[str] = None
    url: Maybe[str] = None
    remote_url: Maybe[str] = None
    preview_url: Maybe[str] = None
    description: Maybe[str] = None


class PollOption(Wire):
    """One choice of a poll."""

    title: Maybe[str] = None
    votes_count: Maybe[int] = None


class Poll(Wire):
    """A poll."""

    id: Id
    expires_at: Maybe[str] = None
    expired: Maybe[bool] = None
    multiple: Maybe[bool] = None
    voted: Maybe[bool] = None
    own_votes: Many[int] = []
    options: Many[PollOption] = []


class Card(Wire):
    """A link preview."""

    url: Maybe[str] = None
    title: Maybe[str] = None
    description: Maybe[str] = None


class Filter(Wire):
    """A filter of the account's."""

    title: Maybe[str] = None
    context: Many[str] = []
    expires_at: Maybe[str] = None
    filter_action: Maybe[str] = None


class FilterResult(Wire):
    """A filter that matched a status."""

    filter: Filter


def _as_quote(value: Any) -> Any:
    """Iceshrimp, Sharkey and Akkoma put the quoted status where Mastodon has its quote entity."""
    if isinstance(value, dict) and "account" in value:
        return {"state": "accepted", "quoted_status": value}
    return value


class Quote(Wire):
    """A quote; `quoted_status` is missing in shallow ones and in those that may not be shown."""

    state: Maybe[str] = None
    quoted_status: Maybe[Status] = None


class Pleroma(Wire):
    """Pleroma's own additions to a status."""

    quote: Maybe[Status] = None
    quote_url: Maybe[str] = None


class Status(Wire):
    """A post; `content` is HTML."""

    id: Id
    uri: Maybe[str] = None
    url: Maybe[str] = None
    account: Maybe[Account] = None
    created_at: Maybe[str] = None
    edited_at: Maybe[str] = None
    in_reply_to_id: Maybe[Id] = None
    in_reply_to_account_id: Maybe[Id] = None
    content: Maybe[str] = None
    spoiler_text: Maybe[str] = None
    sensitive: Maybe[bool] = None
    visibility: Maybe[str] = None
    language: Maybe[str] = None
    reblog: Maybe[Status] = None
    favourited: Maybe[bool] = None
    reblogged: Maybe[bool] = None
    bookmarked: Maybe[bool] = None
    muted: Maybe[bool] = None
    mentions: Many[Mention] = []
    tags: Many[Tag] = []
    media_attachments: Many[Media] = []
    poll: Maybe[Poll] = None
    card: Maybe[Card] = None
    filtered: Many[FilterResult] = []
    quote: Annotated[Maybe[Quote], BeforeValidator(_as_quote)] = None
    pleroma: Maybe[Pleroma] = None


class Fallback(Wire):
    """What to show for a notification of a type the client does not know (Mastodon 4.6)."""

    title: Maybe[str] = None
    summary: Maybe[str] = None


class Notification(Wire):
    """A notification in the form of v1, which the stream uses too."""

    id: Id
    type: Maybe[str] = None
    created_at: Maybe[str] = None
    account: Maybe[Account] = None
    status: Maybe[Status] = None
    fallback: Maybe[Fallback] = None


class Deleted(Wire):
    """The id of a status that is gone."""

    id: Id


class Context(Wire):
    """What stands above and below a status."""

    ancestors: Many[Status] = []
    descendants: Many[Status] = []


class SearchResults(Wire):
    """The part of a search's results that is used."""

    statuses: Many[Status] = []


class Relationship(Wire):
    """How the account stands to another, named by its id only."""

    id: Id
    following: Maybe[bool] = None
    followed_by: Maybe[bool] = None
    requested: Maybe[bool] = None
    blocking: Maybe[bool] = None
    muting: Maybe[bool] = None
    note: Maybe[str] = None


class Preferences(Wire):
    """How an account posts by default, for servers whose `source` does not say."""

    visibility: Annotated[Maybe[str], Field(alias="posting:default:visibility")] = None
    language: Annotated[Maybe[str], Field(alias="posting:default:language")] = None


class StatusRules(Wire):
    """What a status may hold."""

    max_characters: Maybe[int] = None
    max_media_attachments: Maybe[int] = None
    characters_reserved_per_url: Maybe[int] = None


class PollRules(Wire):
    """What a poll may hold."""

    max_options: Maybe[int] = None


class Urls(Wire):
    """Where streams are: `streaming` in v2, `streaming_api` in v1."""

    streaming: Maybe[str] = None
    streaming_api: Maybe[str] = None


class Configuration(Wire):
    """A server's limits and addresses."""

    urls: Maybe[Urls] = None
    statuses: Maybe[StatusRules] = None
    polls: Maybe[PollRules] = None


class ApiVersions(Wire):
    """Which revision of Mastodon's API is spoken (4.3); its forks keep the number."""

    mastodon: Maybe[int] = None


class Instance(Wire):
    """A server, in the form of v2 (`domain`, `configuration.urls`) or v1 (`uri`, `urls`)."""

    domain: Maybe[str] = None
    uri: Maybe[str] = None
    version: Maybe[str] = None
    source_url: Maybe[str] = None
    urls: Maybe[Urls] = None
    configuration: Maybe[Configuration] = None
    api_versions: Maybe[ApiVersions] = None
    max_toot_chars: Maybe[int] = None  # Pleroma, and Mastodon's forks before 3.4


class Application(Wire):
    """What registering gives."""

    client_id: str
    client_secret: str = Field(repr=False)


class Grant(Wire):
    """What a code is exchanged for; Mitra's tokens expire."""

    access_token: str = Field(repr=False)
    expires_in: Maybe[int] = None


class Discovery(Wire):
    """What a server says of its OAuth (RFC 8414)."""

    code_challenge_methods_supported: Many[str] = []


M = TypeVar("M", bound=Wire)


def decode(model: type[M], data: object) -> M | None:
    """One entity, or None if it is not even that."""
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def decode_list(model: type[M], data: object) -> list[M]:
    """The good items of a list; nothing if it is none."""
    if not isinstance(data, list):
        return []
    return [item for item in (decode(model, each) for each in data) if item is not None]
