"""Shapes of what the AppView sends (lexicons `app.bsky.*.defs`), as far as they are read.

Nothing but an identity is required.
There is no place for counts of followers, likes or reposts, on purpose.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import ConfigDict, Field, StringConstraints

from tui_inbox.networks.wire_base import Many, Maybe, Wire

Did: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^did:[a-z]+:[A-Za-z0-9._:%-]{1,2000}\z")
]
Uri: TypeAlias = Annotated[str, StringConstraints(pattern=r"^at://[!-~]{1,2040}\z")]
"""An `at://` address: printable, without spaces, of sane length."""

Data: TypeAlias = dict[str, Any]
"""What is of several kinds, and read by its `$type`."""


class Camel(Wire):
    """Base of all shapes here."""

    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        populate_by_name=True,
    )


class Label(Camel):
    """What somebody says of a post or person."""

    src: Maybe[Did] = None
    uri: Maybe[str] = None
    val: Maybe[str] = None
    neg: Maybe[bool] = None
    exp: Maybe[str] = None


class ActorViewer(Camel):
    """How the account stands to somebody."""

    muted: Maybe[bool] = None
    blocked_by: Annotated[Maybe[bool], Field(alias="blockedBy")] = None
    blocking: Maybe[Uri] = None
    blocking_by_list: Annotated[Maybe[Data], Field(alias="blockingByList")] = None
    following: Maybe[Uri] = None
    followed_by: Annotated[Maybe[Uri], Field(alias="followedBy")] = None


class Actor(Camel):
    """Somebody."""

    did: Did
    handle: Maybe[str] = None
    display_name: Annotated[Maybe[str], Field(alias="displayName")] = None
    description: Maybe[str] = None
    avatar: Maybe[str] = None
    created_at: Annotated[Maybe[str], Field(alias="createdAt")] = None
    labels: Many[Label] = Field(default_factory=list)
    viewer: Maybe[ActorViewer] = None


class PostViewer(Camel):
    """How the account stands to a post."""

    like: Maybe[Uri] = None
    repost: Maybe[Uri] = None
    bookmarked: Maybe[bool] = None
    thread_muted: Annotated[Maybe[bool], Field(alias="threadMuted")] = None
    reply_disabled: Annotated[Maybe[bool], Field(alias="replyDisabled")] = None
    embedding_disabled: Annotated[Maybe[bool], Field(alias="embeddingDisabled")] = None


class PostView(Camel):
    """A post as an account sees it; in quotes its record is called `value`, and its embeds are several."""

    uri: Uri
    cid: Maybe[str] = None
    author: Actor
    record: Maybe[Data] = None
    embed: Maybe[Data] = None
    labels: Many[Label] = Field(default_factory=list)
    viewer: Maybe[PostViewer] = None
    indexed_at: Annotated[Maybe[str], Field(alias="indexedAt")] = None


class QuotedView(Camel):
    """A post that another one quotes."""

    uri: Uri
    cid: Maybe[str] = None
    author: Actor
    value: Maybe[Data] = None
    labels: Many[Label] = Field(default_factory=list)
    embeds: Many[Data] = Field(default_factory=list)
    indexed_at: Annotated[Maybe[str], Field(alias="indexedAt")] = None


class Reason(Camel):
    """Why a post stands in a feed."""

    type: Annotated[Maybe[str], Field(alias="$type")] = None
    by: Maybe[Actor] = None
    uri: Maybe[Uri] = None
    cid: Maybe[str] = None
    indexed_at: Annotated[Maybe[str], Field(alias="indexedAt")] = None


class FeedItem(Camel):
    """An entry of a feed."""

    post: PostView
    reason: Maybe[Reason] = None


class Feed(Camel):
    """A page of a feed."""

    feed: Many[FeedItem] = Field(default_factory=list)
    cursor: Maybe[str] = None


class Posts(Camel):
    """A list of posts, or what a search found."""

    posts: Many[PostView] = Field(default_factory=list)
    cursor: Maybe[str] = None


class Bookmark(Camel):
    """Something that the account keeps; what is gone has no author and is left out."""

    item: PostView


class Bookmarks(Camel):
    """A page of what the account keeps."""

    bookmarks: Many[Bookmark] = Field(default_factory=list)
    cursor: Maybe[str] = None


class Notification(Camel):
    """Something that somebody did, which concerns the account."""

    uri: Uri
    cid: Maybe[str] = None
    author: Actor
    reason: Maybe[str] = None
    reason_subject: Annotated[Maybe[Uri], Field(alias="reasonSubject")] = None
    record: Maybe[Data] = None
    labels: Many[Label] = Field(default_factory=list)
    indexed_at: Annotated[Maybe[str], Field(alias="indexedAt")] = None


class Notifications(Camel):
    """A page of them; `seen_at` is how far any client has read."""

    notifications: Many[Notification] = Field(default_factory=list)
    cursor: Maybe[str] = None
    seen_at: Annotated[Maybe[str], Field(alias="seenAt")] = None


class ThreadNode(Camel):
    """A post in its conversation. A node that is not found or blocked has no post."""

    post: PostView
    parent: Maybe[Data] = None
    replies: Many[Data] = Field(default_factory=list)


class Thread(Camel):
    """A conversation; its root may be any kind of node."""

    thread: Maybe[Data] = None


class Actors(Camel):
    """People under whatever name a list of them has."""

    actors: Many[Actor] = Field(default_factory=list)
    profiles: Many[Actor] = Field(default_factory=list)
    mutes: Many[Actor] = Field(default_factory=list)
    blocks: Many[Actor] = Field(default_factory=list)
    cursor: Maybe[str] = None


class UserList(Camel):
    """A list of people."""

    uri: Uri
    name: Maybe[str] = None
    purpose: Maybe[str] = None


class UserLists(Camel):
    """A page of them."""

    lists: Many[UserList] = Field(default_factory=list)
    cursor: Maybe[str] = None


class Generator(Camel):
    """A feed that somebody's program chooses."""

    uri: Uri
    display_name: Annotated[Maybe[str], Field(alias="displayName")] = None


class Generators(Camel):
    """Several of them."""

    feeds: Many[Generator] = Field(default_factory=list)


class Record(Camel):
    """A record as its repository has it."""

    uri: Uri
    cid: Maybe[str] = None
    value: Maybe[Data] = None


class Records(Camel):
    """A page of records."""

    records: Many[Record] = Field(default_factory=list)
    cursor: Maybe[str] = None


class Written(Camel):
    """What a repository says after a write."""

    uri: Uri
    cid: str
