"""What a network says while it is listened to, in the words of the program."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.core.person import Person
from tui_inbox.core.post import Feed, FeedEntry, PostRef, SeenPost


class NoticeKind(StrEnum):
    """What a notification tells. Kinds nobody has heard of are shown as `OTHER`."""

    MENTION = "mention"
    FAVOURITE = "favourite"
    BOOST = "boost"
    FOLLOW = "follow"
    FOLLOW_REQUEST = "follow request"
    POLL_ENDED = "poll ended"
    EDITED = "edited"
    QUOTE = "quote"
    OTHER = "other"


class Notice(Struct, frozen=True):
    """One notification of the server.

    Attributes:
        notice_id: the server's id for it; opaque, used for paging and markers only.
        by: whose doing it was, if anybody's.
        seen: the post it is about.
        words: what the server says of it, for kinds that are not known; one clean line.
    """

    notice_id: str
    kind: NoticeKind
    at: Millis
    by: Person | None = None
    seen: SeenPost | None = None
    words: str = ""

    @property
    def entry(self) -> FeedEntry | None:
        """Its place among the mentions: what addresses the account, by notification; None for all else."""
        if self.seen is None or self.kind not in (NoticeKind.MENTION, NoticeKind.QUOTE):
            return None
        return FeedEntry(self.seen, self.at, self.notice_id)


class EntryArrived(Struct, frozen=True):
    """A post was filed in a feed."""

    feed: Feed
    entry: FeedEntry


class PostEdited(Struct, frozen=True):
    """A post has new content, or the server's view of it changed."""

    seen: SeenPost


class PostDeleted(Struct, frozen=True):
    """A post is gone. Servers name it by the account's id for it, or by identity."""

    server_id: str | None = None
    ref: PostRef | None = None


class Noticed(Struct, frozen=True):
    """A notification arrived."""

    notice: Notice


class SettingsChanged(Struct, frozen=True):
    """Filters, mutes or the like changed on the server: what was read of them is stale."""


class HeldBackLetIn(Struct, frozen=True):
    """Notifications that had been held back are among the others now: those are to be read again."""


class StreamOpened(Struct, frozen=True):
    """The line is open and subscribed: from now on nothing is missed. `kind` is shown in words."""

    kind: str


class Heard(Struct, frozen=True):
    """Any sign of life on the line, such as a heartbeat."""


NetworkEvent: TypeAlias = (
    EntryArrived
    | PostEdited
    | PostDeleted
    | Noticed
    | SettingsChanged
    | HeldBackLetIn
    | StreamOpened
    | Heard
)
