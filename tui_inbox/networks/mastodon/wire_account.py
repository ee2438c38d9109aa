"""What belongs to the account alone: lists, tags, requests, markers, preferences.

Source: the entities of docs.joinmastodon.org; deviations of other servers are named where met.
"""

from __future__ import annotations

from msgspec import field

from tui_inbox.networks.mastodon.wire import Account, Status
from tui_inbox.networks.wire_base import Id, Many, Maybe, Wire


class UserList(Wire, frozen=True):
    """A list of people."""

    id: Id
    title: Maybe[str] = None


class NotificationRequest(Wire, frozen=True):
    """Somebody whose notifications are held back (4.3)."""

    id: Id
    created_at: Maybe[str] = None
    updated_at: Maybe[str] = None
    notifications_count: Maybe[int] = None  # Mastodon sends it as text, which is a number as well
    account: Maybe[Account] = None
    last_status: Maybe[Status] = None


class PolicySummary(Wire, frozen=True):
    """How many are held back."""

    pending_requests_count: Maybe[int] = None
    pending_notifications_count: Maybe[int] = None


class NotificationPolicy(Wire, frozen=True):
    """Whose notifications are held back (4.3); only the count is used."""

    summary: PolicySummary


class Marker(Wire, frozen=True):
    """How far one timeline was read."""

    last_read_id: Id
    updated_at: Maybe[str] = None


class Markers(Wire, frozen=True):
    """How far timelines were read; one that nobody marked is missing."""

    notifications: Maybe[Marker] = None


class Preferences(
    Wire,
    frozen=True,
    rename={
        "visibility": "posting:default:visibility",
        "language": "posting:default:language",
        "sensitive": "posting:default:sensitive",
        "expand_media": "reading:expand:media",
        "expand_spoilers": "reading:expand:spoilers",
    },
):
    """How the owner likes to post and read."""

    visibility: Maybe[str] = None
    language: Maybe[str] = None
    sensitive: Maybe[bool] = None
    expand_media: Maybe[str] = None
    expand_spoilers: Maybe[bool] = None


class FilterKeyword(Wire, frozen=True):
    """Words that a filter looks for."""

    keyword: str
    whole_word: Maybe[bool] = None


class FilterStatus(Wire, frozen=True):
    """A status that was put into a filter by itself."""

    status_id: Id


class Filter(Wire, frozen=True):
    """A filter with all that it looks for (4.0)."""

    id: Id
    title: Maybe[str] = None
    context: Many[str] = field(default_factory=list)
    expires_at: Maybe[str] = None
    filter_action: Maybe[str] = None
    keywords: Many[FilterKeyword] = field(default_factory=list)
    statuses: Many[FilterStatus] = field(default_factory=list)


class FirstFilter(Wire, frozen=True):
    """A filter of the first form (2.4.3 to 4.0): one phrase."""

    id: Id
    phrase: str
    context: Many[str] = field(default_factory=list)
    expires_at: Maybe[str] = None
    irreversible: Maybe[bool] = None
    whole_word: Maybe[bool] = None
