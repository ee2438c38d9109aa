"""Posts, people and notifications as servers of Mastodon's kind send them, as far as they are used here.

Source: the entities of docs.joinmastodon.org; deviations of other servers are named where met.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from tui_inbox.networks.mastodon.wire_base import Id, Many, Maybe, Wire


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
    fields: Many[ProfileField] = Field(default_factory=list)
    source: Maybe[Source] = None
    statuses_count: Maybe[int] = None
    moved: Maybe[Account] = None


class Mention(Wire):
    """Somebody named in a status."""

    id: Id
    username: Maybe[str] = None
    acct: Maybe[str] = None
    url: Maybe[str] = None


class Tag(Wire):
    """A hashtag in a status."""

    name: str


class MediaFacts(Wire):
    """What is known of a file; `duration` in seconds."""

    duration: Maybe[float] = None


class MediaMeta(Wire):
    """What is known of an attachment."""

    original: Maybe[MediaFacts] = None


class Media(Wire):
    """An attachment. While it is being prepared it has no address."""

    id: Maybe[Id] = None
    type: Maybe[str] = None
    url: Maybe[str] = None
    remote_url: Maybe[str] = None
    preview_url: Maybe[str] = None
    description: Maybe[str] = None
    meta: Maybe[MediaMeta] = None


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
    voters_count: Maybe[int] = None
    voted: Maybe[bool] = None
    own_votes: Many[int] = Field(default_factory=list)
    options: Many[PollOption] = Field(default_factory=list)


class CardAuthor(Wire):
    """Who wrote what a link leads to (4.3)."""

    name: Maybe[str] = None


class Card(Wire):
    """A link preview. Older servers name one author only, and only for some kinds of links."""

    url: Maybe[str] = None
    title: Maybe[str] = None
    description: Maybe[str] = None
    author_name: Maybe[str] = None
    authors: Many[CardAuthor] = Field(default_factory=list)


class Filter(Wire):
    """A filter of the account's, as a status that it matches names it."""

    id: Maybe[Id] = None
    title: Maybe[str] = None
    context: Many[str] = Field(default_factory=list)
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
    """A quote; `quoted_status` is missing in shallow ones and in most that may not be shown."""

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
    mentions: Many[Mention] = Field(default_factory=list)
    tags: Many[Tag] = Field(default_factory=list)
    media_attachments: Many[Media] = Field(default_factory=list)
    poll: Maybe[Poll] = None
    card: Maybe[Card] = None
    filtered: Many[FilterResult] = Field(default_factory=list)
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

    ancestors: Many[Status] = Field(default_factory=list)
    descendants: Many[Status] = Field(default_factory=list)


class SearchResults(Wire):
    """The part of a search's results that is used."""

    accounts: Many[Account] = Field(default_factory=list)
    hashtags: Many[Tag] = Field(default_factory=list)
    statuses: Many[Status] = Field(default_factory=list)


class Relationship(Wire):
    """How the account stands to another, named by its id only."""

    id: Id
    following: Maybe[bool] = None
    followed_by: Maybe[bool] = None
    requested: Maybe[bool] = None
    blocking: Maybe[bool] = None
    muting: Maybe[bool] = None
    note: Maybe[str] = None


class Conversation(Wire):
    """A private conversation; its newest post may be gone."""

    id: Maybe[Id] = None
    unread: Maybe[bool] = None
    last_status: Maybe[Status] = None


class Edit(Wire):
    """A status as it was for a while; `content` is HTML."""

    content: Maybe[str] = None
    spoiler_text: Maybe[str] = None
    sensitive: Maybe[bool] = None
    created_at: Maybe[str] = None
    media_attachments: Many[Media] = Field(default_factory=list)
    poll: Maybe[PollOptions] = None


class PollOptions(Wire):
    """The choices of a poll where nothing else is told of it."""

    options: Many[PollOption] = Field(default_factory=list)


class Translation(Wire):
    """A status in another language; `content` is HTML."""

    content: Maybe[str] = None
    spoiler_text: Maybe[str] = None
    detected_source_language: Maybe[str] = None
    provider: Maybe[str] = None
    media_attachments: Many[Media] = Field(default_factory=list)
    poll: Maybe[PollOptions] = None


class Original(Wire):
    """What the author of a status typed."""

    text: str
    spoiler_text: Maybe[str] = None


class ScheduledText(Wire):
    """What was asked for when a status was left to the server."""

    text: Maybe[str] = None


class ScheduledStatus(Wire):
    """A status that the server keeps for later. A status that was posted at once has no `scheduled_at`."""

    id: Id
    scheduled_at: str
    params: Maybe[ScheduledText] = None


class Emoji(Wire):
    """A picture of a server's own that stands in texts as `:shortcode:`."""

    shortcode: str
    visible_in_picker: Maybe[bool] = None
