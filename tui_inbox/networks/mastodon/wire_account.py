"""What belongs to the account alone: lists, tags, requests, markers, preferences.

Source: the entities of docs.joinmastodon.org; deviations of other servers are named where met.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tui_inbox.networks.mastodon.wire import Account, Status
from tui_inbox.networks.mastodon.wire_base import Id, Many, Maybe, Wire


class UserList(Wire):
    """A list of people."""

    id: Id
    title: Maybe[str] = None


class NotificationRequest(Wire):
    """Somebody whose notifications are held back (4.3)."""

    id: Id
    created_at: Maybe[str] = None
    updated_at: Maybe[str] = None
    notifications_count: Maybe[int] = None  # Mastodon sends it as text, which is a number as well
    account: Maybe[Account] = None
    last_status: Maybe[Status] = None


class PolicySummary(Wire):
    """How many are held back."""

    pending_requests_count: Maybe[int] = None
    pending_notifications_count: Maybe[int] = None


class NotificationPolicy(Wire):
    """Whose notifications are held back (4.3); only the count is used."""

    summary: PolicySummary


class Marker(Wire):
    """How far one timeline was read."""

    last_read_id: Id
    updated_at: Maybe[str] = None


class Markers(Wire):
    """How far timelines were read; one that nobody marked is missing."""

    notifications: Maybe[Marker] = None


class Preferences(Wire):
    """How the owner likes to post and read."""

    visibility: Annotated[Maybe[str], Field(alias="posting:default:visibility")] = None
    language: Annotated[Maybe[str], Field(alias="posting:default:language")] = None
    sensitive: Annotated[Maybe[bool], Field(alias="posting:default:sensitive")] = None
    expand_media: Annotated[Maybe[str], Field(alias="reading:expand:media")] = None
    expand_spoilers: Annotated[Maybe[bool], Field(alias="reading:expand:spoilers")] = None


class FilterKeyword(Wire):
    """Words that a filter looks for."""

    keyword: str
    whole_word: Maybe[bool] = None


class FilterStatus(Wire):
    """A status that was put into a filter by itself."""

    status_id: Id


class Filter(Wire):
    """A filter with all that it looks for (4.0)."""

    id: Id
    title: Maybe[str] = None
    context: Many[str] = Field(default_factory=list)
    expires_at: Maybe[str] = None
    filter_action: Maybe[str] = None
    keywords: Many[FilterKeyword] = Field(default_factory=list)
    statuses: Many[FilterStatus] = Field(default_factory=list)


class FirstFilter(Wire):
    """A filter of the first form (2.4.3 to 4.0): one phrase."""

    id: Id
    phrase: str
    context: Many[str] = Field(default_factory=list)
    expires_at: Maybe[str] = None
    irreversible: Maybe[bool] = None
    whole_word: Maybe[bool] = None
