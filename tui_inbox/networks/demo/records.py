"""What the town keeps about posts, notifications and people, besides the posts themselves."""

from __future__ import annotations

from msgspec import Struct, field

from tui_inbox.core.events import NoticeKind
from tui_inbox.core.moment import Millis


class Filing(Struct, frozen=True):
    """A post's place in time: as it was written, or as somebody passed it on.

    Attributes:
        by: short name of who filed it: the author, or who boosts.
    """

    at: Millis
    entry_id: str
    post_id: str
    by: str
    is_boost: bool = False


class Told(Struct, frozen=True):
    """A notification as the town keeps it; what it shows of the post is looked up when it is read."""

    at: Millis
    notice_id: str
    kind: NoticeKind
    by: str
    post_id: str | None = None


class Standing(Struct):
    """How the owner stands to somebody.

    Attributes:
        muted_until: when a mute ends that was made for a time.
        hides_boosts: whether what they pass on stays out of the home feed.
    """

    following: bool
    followed_by: bool
    note: str = ""
    muting: bool = False
    blocking: bool = False
    muted_until: Millis | None = None
    hides_boosts: bool = False


class Doings(Struct):
    """What the owner did to posts, by their ids; of a vote the places of what she chose.

    Attributes:
        decided: whom at the door she has decided on; see `door`.
        listed: whom she put on a list (True) or took off (False), by list and short name.
        muted_talks: conversations of which she wants to hear no more, by the id of their first post.
        hidden_words: words that she does not want to read, in the order in which she said so.
        polled: what people chose in her own polls: places of options by short name, by the post's id.
    """

    favourited: set[str] = field(default_factory=set)
    boosted: set[str] = field(default_factory=set)
    bookmarked: set[str] = field(default_factory=set)
    voted: dict[str, tuple[int, ...]] = field(default_factory=dict)
    decided: set[str] = field(default_factory=set)
    listed: dict[tuple[str, str], bool] = field(default_factory=dict)
    muted_talks: set[str] = field(default_factory=set)
    hidden_words: dict[str, None] = field(default_factory=dict)
    polled: dict[str, dict[str, int]] = field(default_factory=dict)
