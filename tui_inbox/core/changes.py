"""What changed in the store, so that panes re-read their windows and nothing else."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Topic(StrEnum):
    """The families of things that change together."""

    FEED = "feed"  # key: local id of the feed
    POST = "post"  # key: local id of the post
    INBOX = "inbox"  # key: local id of the account
    PEOPLE = "people"  # key: local id of the account
    SEARCHES = "searches"  # key: local id of the search
    WATCHED = "watched"  # key: local id of the account
    GROUPS = "groups"  # key: local id of the group
    OUTBOX = "outbox"  # key: local id of the account
    DRAFTS = "drafts"  # key: local id of the account
    ACTIVITY = "activity"  # key: local id of the account
    ACCOUNTS = "accounts"  # key: local id of the account
    HEALTH = "health"  # key: local id of the account


class Change(Struct, frozen=True):
    """One thing that is not as it was. Sent after the transaction that changed it is on disk."""

    topic: Topic
    key: int = 0
