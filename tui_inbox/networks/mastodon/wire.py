"""Posts, people and notifications as servers of Mastodon's kind send them, as far as they are used here.

Source: the entities of docs.joinmastodon.org; deviations of other servers are named where met.
"""

from __future__ import annotations

from typing import Any

from msgspec import field

from tui_inbox.networks.wire_base import Id, Many, Maybe, Wire, decode


class ProfileField(Wire, frozen=True):
    """A line of a profile's table; `value` is HTML."""

    name: Maybe[str] = None
    value: Maybe[str] = None
    verified_at: Maybe[str] = None


class Account(Wire, frozen=True):
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
    fields: Many[ProfileField] = field(default_factory=list)
    moved: Maybe[Account] = None


class Source(Wire, frozen=True):
    """How an account posts by default, and what was typed into its profile."""

    privacy: Maybe[str] = None
    language: Maybe[str] = None
    note: Maybe[str] = None
    fields: Many[ProfileField] = field(default_factory=list)


class OwnAccount(Account, frozen=True):
    """What `verify_credentials` tells besides."""

    source: Maybe[Source] = None
    statuses_count: Maybe[int] = None


class Mention(Wire, frozen=True):
    """Somebody named in a status."""

    id: Id
    username: Maybe[str] = None
    acct: Maybe[str] = None
    url: Maybe[str] = None


class Tag(Wire, frozen=True):
    """A hashtag in a status."""

    name: str


class MediaFacts(Wire, frozen=True):
    """What is known of a file; `duration` in seconds."""

    duration: Maybe[float] = None


class MediaMeta(Wire, frozen=True):
    """What is known of an attachment."""

    original: Maybe[MediaFacts] = None


class Media(Wire, frozen=True):
    """An attachment. While it is being prepared it has no address."""

    id: Maybe[Id] = None
    type: Maybe[str] = None
    url: Maybe[str] = None
    remote_url: Maybe[str] = None
    preview_url: Maybe[str] = None
    description: Maybe[str] = None
    meta: Maybe[MediaMeta] = None


class PollOption(Wire, frozen=True):
    """One choice of a poll."""

    title: Maybe[str] = None
    votes_count: Maybe[int] = None


class Poll(Wire, frozen=True):
    """A poll."""

    id: Id
    expires_at: Maybe[str] = None
    expired: Maybe[bool] = None
    multiple: Maybe[bool] = None
    voters_count: Maybe[int] = None
    voted: Maybe[bool] = None
    own_votes: Many[int] = field(default_factory=list)
    options: Many[PollOption] = field(default_factory=list)


class CardAuthor(Wire, frozen=True):
    """Who wrote what a link leads to (4.3)."""

    name: Maybe[str] = None


class Card(Wire, frozen=True):
    """A link preview. Older servers name one author only, and only for some kinds of links."""

    url: Maybe[str] = None
    title: Maybe[str] = None
    description: Maybe[str] = None
    author_name: Maybe[str] = None
    authors: Many[CardAuthor] = field(default_factory=list)


class Filter(Wire, frozen=True):
    """A filter of the account's, as a status that it matches names it."""

    id: Maybe[Id] = None
    title: Maybe[str] = None
    context: Many[str] = field(default_factory=list)
    expires_at: Maybe[str] = None
    filter_action: Maybe[str] = None


class FilterResult(Wire, frozen=True):
    """A filter that matched a status."""

    filter: Filter


class Quote(Wire, frozen=True):
    """A quote; `quoted_status` is missing in shallow ones and in most that may not be shown."""

    state: Maybe[str] = None
    quoted_status: Maybe[Status] = None


class Pleroma(Wire, frozen=True):
    """Pleroma's own additions to a status."""

    quote: Maybe[Status] = None
    quote_url: Maybe[str] = None


class Status(Wire, frozen=True):
    """A post; `content` is HTML, and of `quote` `quote_of` makes one."""

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
    pinned: Maybe[bool] = None
    muted: Maybe[bool] = None
    mentions: Many[Mention] = field(default_factory=list)
    tags: Many[Tag] = field(default_factory=list)
    media_attachments: Many[Media] = field(default_factory=list)
    poll: Maybe[Poll] = None
    card: Maybe[Card] = None
    filtered: Many[FilterResult] = field(default_factory=list)
    quote: Any = None
    pleroma: Maybe[Pleroma] = None


def quote_of(status: Status) -> Quote | None:
    """What a status quotes.

    Iceshrimp, Sharkey and Akkoma put the quoted status where Mastodon has its quote entity.
    """
    told = status.quote
    if isinstance(told, dict) and "account" in told:
        return Quote("accepted", decode(Status, told))
    return decode(Quote, told) if told is not None else None


class Fallback(Wire, frozen=True):
    """What to show for a notification of a type the client does not know (Mastodon 4.6)."""

    title: Maybe[str] = None
    summary: Maybe[str] = None


class Notification(Wire, frozen=True):
    """A notification in the form of v1, which the stream uses too."""

    id: Id
    type: Maybe[str] = None
    created_at: Maybe[str] = None
    account: Maybe[Account] = None
    status: Maybe[Status] = None
    fallback: Maybe[Fallback] = None


class Deleted(Wire, frozen=True):
    """The id of a status that is gone."""

    id: Id


class Context(Wire, frozen=True):
    """What stands above and below a status."""

    ancestors: Many[Status] = field(default_factory=list)
    descendants: Many[Status] = field(default_factory=list)


class SearchResults(Wire, frozen=True):
    """The part of a search's results that is used."""

    accounts: Many[Account] = field(default_factory=list)
    hashtags: Many[Tag] = field(default_factory=list)
    statuses: Many[Status] = field(default_factory=list)


class Relationship(Wire, frozen=True):
    """How the account stands to another, named by its id only."""

    id: Id
    following: Maybe[bool] = None
    followed_by: Maybe[bool] = None
    requested: Maybe[bool] = None
    blocking: Maybe[bool] = None
    muting: Maybe[bool] = None
    note: Maybe[str] = None


class Conversation(Wire, frozen=True):
    """A private conversation; its newest post may be gone."""

    id: Maybe[Id] = None
    unread: Maybe[bool] = None
    last_status: Maybe[Status] = None


class Edit(Wire, frozen=True):
    """A status as it was for a while; `content` is HTML."""

    content: Maybe[str] = None
    spoiler_text: Maybe[str] = None
    sensitive: Maybe[bool] = None
    created_at: Maybe[str] = None
    media_attachments: Many[Media] = field(default_factory=list)
    poll: Maybe[PollOptions] = None


class PollOptions(Wire, frozen=True):
    """The choices of a poll where nothing else is told of it."""

    options: Many[PollOption] = field(default_factory=list)


class Translation(Wire, frozen=True):
    """A status in another language; `content` is HTML."""

    content: Maybe[str] = None
    spoiler_text: Maybe[str] = None
    detected_source_language: Maybe[str] = None
    provider: Maybe[str] = None
    media_attachments: Many[Media] = field(default_factory=list)
    poll: Maybe[PollOptions] = None


class Original(Wire, frozen=True):
    """What the author of a status typed."""

    text: str
    spoiler_text: Maybe[str] = None


class ScheduledText(Wire, frozen=True):
    """What was asked for when a status was left to the server."""

    text: Maybe[str] = None


class ScheduledStatus(Wire, frozen=True):
    """A status that the server keeps for later. A status that was posted at once has no `scheduled_at`."""

    id: Id
    scheduled_at: str
    params: Maybe[ScheduledText] = None


class Emoji(Wire, frozen=True):
    """A picture of a server's own that stands in texts as `:shortcode:`."""

    shortcode: str
    visible_in_picker: Maybe[bool] = None
