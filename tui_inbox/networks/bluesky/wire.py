"""Shapes of what the AppView sends (lexicons `app.bsky.*.defs`), as far as they are read.

Nothing but an identity is required. There is no place for counts of followers, likes or reposts, on purpose.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from msgspec import Meta, field

from tui_inbox.networks.wire_base import Many, Maybe, Wire

Did: TypeAlias = Annotated[str, Meta(max_length=2048, pattern=r"^did:[a-z]+:[A-Za-z0-9._:%-]+\Z")]
Uri: TypeAlias = Annotated[str, Meta(max_length=2048, pattern=r"^at://[!-~]+\Z")]
"""An `at://` address: printable, without spaces, of sane length."""

Data: TypeAlias = dict[str, Any]
"""What is of several kinds, and read by its `$type`."""


class Label(Wire, frozen=True, rename="camel"):
    """What somebody says of a post or person."""

    src: Maybe[Did] = None
    uri: Maybe[str] = None
    val: Maybe[str] = None
    neg: Maybe[bool] = None
    exp: Maybe[str] = None


class ActorViewer(Wire, frozen=True, rename="camel"):
    """How the account stands to somebody."""

    muted: Maybe[bool] = None
    blocked_by: Maybe[bool] = None
    blocking: Maybe[Uri] = None
    blocking_by_list: Maybe[Data] = None
    following: Maybe[Uri] = None
    followed_by: Maybe[Uri] = None


class Actor(Wire, frozen=True, rename="camel"):
    """Somebody."""

    did: Did
    handle: Maybe[str] = None
    display_name: Maybe[str] = None
    description: Maybe[str] = None
    avatar: Maybe[str] = None
    created_at: Maybe[str] = None
    labels: Many[Label] = field(default_factory=list)
    viewer: Maybe[ActorViewer] = None


class PostViewer(Wire, frozen=True, rename="camel"):
    """How the account stands to a post."""

    like: Maybe[Uri] = None
    repost: Maybe[Uri] = None
    bookmarked: Maybe[bool] = None
    thread_muted: Maybe[bool] = None
    reply_disabled: Maybe[bool] = None
    embedding_disabled: Maybe[bool] = None


class PostView(Wire, frozen=True, rename="camel"):
    """A post as an account sees it; in quotes its record is called `value`, and its embeds are several."""

    uri: Uri
    author: Actor
    cid: Maybe[str] = None
    record: Maybe[Data] = None
    embed: Maybe[Data] = None
    labels: Many[Label] = field(default_factory=list)
    viewer: Maybe[PostViewer] = None
    indexed_at: Maybe[str] = None


class QuotedView(Wire, frozen=True, rename="camel"):
    """A post that another one quotes."""

    uri: Uri
    author: Actor
    cid: Maybe[str] = None
    value: Maybe[Data] = None
    labels: Many[Label] = field(default_factory=list)
    embeds: Many[Data] = field(default_factory=list)
    indexed_at: Maybe[str] = None


class Reason(Wire, frozen=True, rename="camel"):
    """Why a post stands in a feed."""

    type: Maybe[str] = field(name="$type", default=None)
    by: Maybe[Actor] = None
    uri: Maybe[Uri] = None
    cid: Maybe[str] = None
    indexed_at: Maybe[str] = None


class FeedItem(Wire, frozen=True, rename="camel"):
    """An entry of a feed."""

    post: PostView
    reason: Maybe[Reason] = None


class Feed(Wire, frozen=True, rename="camel"):
    """A page of a feed."""

    feed: Many[FeedItem] = field(default_factory=list)
    cursor: Maybe[str] = None


class Posts(Wire, frozen=True, rename="camel"):
    """A list of posts, or what a search found."""

    posts: Many[PostView] = field(default_factory=list)
    cursor: Maybe[str] = None


class Bookmark(Wire, frozen=True, rename="camel"):
    """Something that the account keeps; what is gone has no author and is left out."""

    item: PostView


class Bookmarks(Wire, frozen=True, rename="camel"):
    """A page of what the account keeps."""

    bookmarks: Many[Bookmark] = field(default_factory=list)
    cursor: Maybe[str] = None


class Notification(Wire, frozen=True, rename="camel"):
    """Something that somebody did, which concerns the account."""

    uri: Uri
    author: Actor
    cid: Maybe[str] = None
    reason: Maybe[str] = None
    reason_subject: Maybe[Uri] = None
    record: Maybe[Data] = None
    labels: Many[Label] = field(default_factory=list)
    indexed_at: Maybe[str] = None


class Notifications(Wire, frozen=True, rename="camel"):
    """A page of them; `seen_at` is how far any client has read."""

    notifications: Many[Notification] = field(default_factory=list)
    cursor: Maybe[str] = None
    seen_at: Maybe[str] = None


class ThreadNode(Wire, frozen=True, rename="camel"):
    """A post in its conversation. A node that is not found or blocked has no post."""

    post: PostView
    parent: Maybe[Data] = None
    replies: Many[Data] = field(default_factory=list)


class Thread(Wire, frozen=True, rename="camel"):
    """A conversation; its root may be any kind of node."""

    thread: Maybe[Data] = None


class Actors(Wire, frozen=True, rename="camel"):
    """People under whatever name a list of them has."""

    actors: Many[Actor] = field(default_factory=list)
    profiles: Many[Actor] = field(default_factory=list)
    mutes: Many[Actor] = field(default_factory=list)
    blocks: Many[Actor] = field(default_factory=list)
    cursor: Maybe[str] = None


class UserList(Wire, frozen=True, rename="camel"):
    """A list of people."""

    uri: Uri
    name: Maybe[str] = None
    purpose: Maybe[str] = None


class UserLists(Wire, frozen=True, rename="camel"):
    """A page of them."""

    lists: Many[UserList] = field(default_factory=list)
    cursor: Maybe[str] = None


class Generator(Wire, frozen=True, rename="camel"):
    """A feed that somebody's program chooses."""

    uri: Uri
    display_name: Maybe[str] = None


class Generators(Wire, frozen=True, rename="camel"):
    """Several of them."""

    feeds: Many[Generator] = field(default_factory=list)


class Record(Wire, frozen=True, rename="camel"):
    """A record as its repository has it."""

    uri: Uri
    cid: Maybe[str] = None
    value: Maybe[Data] = None


class Records(Wire, frozen=True, rename="camel"):
    """A page of records."""

    records: Many[Record] = field(default_factory=list)
    cursor: Maybe[str] = None


class Written(Wire, frozen=True, rename="camel"):
    """What a repository says after a write."""

    uri: Uri
    cid: str
